/*
 * outcome - how coosign ends: one table of exit codes, and the sentence that goes with one.
 *
 * Trust:   words may quote a portal or a token: they are cleaned before they are printed.
 * Memory:  none.
 * Fails:   never.
 * Needs:   nothing.
 */
#ifndef COOSIGN_OUTCOME_H
#define COOSIGN_OUTCOME_H
#include "base/ctx.h"

#define OUTCOMES(X)									\
	X(DONE,	    0, "signed")							\
	X(FAILED,   1, "a file, the network or the portal failed: nothing is known to be signed") \
	X(MISUSED,  2, "the command line is wrong")					\
	X(REFUSED,  3, "coosign refused: unknown portal, or not what the portal says it is")	\
	X(NO_KEY,   4, "no key: wrong PIN, no token, no certificate that fits")		\
	X(DECLINED, 5, "you said no, or nobody was there to say yes")			\
	X(REJECTED, 6, "the portal did not accept the signature")

enum outcome {
#define X(id, code, words) id = (code),
	OUTCOMES(X)
#undef X
};

/* fail(outcome, fmt, ...): a sentence on standard error; returns the outcome. */
enum outcome fail(enum outcome, const char *, ...) PRINTF(2, 3);
/* fail_problem(outcome, c): with the problem's sentence. */
enum outcome fail_problem(enum outcome, const struct ctx *);
#endif
