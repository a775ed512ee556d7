/*
 * problem - the one error type.
 *
 * A function that can fail returns -1 with the cause recorded here: the first cause wins.  Words
 * for the operator (log) and words for the client (faults) never mix.  The edge renders it once,
 * as RFC 9457 problem+json (web/reply.h).
 *
 * Trust:   log text is ours; fault values may quote the client, and are escaped when written.
 * Memory:  inside the ctx; the strings of a fault must live as long as the request.
 * Fails:   never.
 * Needs:   nothing.
 */
#ifndef BASE_PROBLEM_H
#define BASE_PROBLEM_H
#include "base/text.h"

struct ctx;

/* One table: enum, status, documentation page (static/problems/<slug>.html) and title. */
#define PROBLEMS(X)									\
	X(PROBLEM_INPUT,    422, "invalid-input",     "Some fields need attention")	\
	X(PROBLEM_SYNTAX,   400, "malformed",         "The request could not be read")	\
	X(PROBLEM_LOGIN,    401, "login-needed",      "Sign in first")			\
	X(PROBLEM_REFUSED,  401, "sign-in-refused",   "E-mail or password is not right")	\
	X(PROBLEM_DENIED,   403, "not-allowed",       "Your role may not do this")	\
	X(PROBLEM_ORIGIN,   403, "cross-site",        "The request came from another site")	\
	X(PROBLEM_MISSING,  404, "not-found",         "No such record")			\
	X(PROBLEM_METHOD,   405, "method-not-allowed","This address does not answer that method") \
	X(PROBLEM_STATE,    409, "wrong-state",       "The record has moved on")	\
	X(PROBLEM_VERSION,  409, "changed-meanwhile", "Somebody saved this in the meantime") \
	X(PROBLEM_TAKEN,    409, "already-there",     "This exists already")		\
	X(PROBLEM_LOCKED,   409, "locked",            "Somebody else is working on this")	\
	X(PROBLEM_GONE,     410, "expired",           "This link is no longer good")	\
	X(PROBLEM_LARGE,    413, "too-large",         "That is more than is accepted here") \
	X(PROBLEM_TYPE,     415, "wrong-type",        "This content type is not accepted")	\
	X(PROBLEM_FILE,     422, "file-refused",      "The file cannot be accepted")	\
	X(PROBLEM_SIGNATURE,422, "signature-refused", "The signature does not verify")	\
	X(PROBLEM_KEY,      422, "idempotency-key",   "The idempotency key was used for another request") \
	X(PROBLEM_HALTED,   503, "issuing-halted",    "Issuing is halted by the operator") \
	X(PROBLEM_RATE,     429, "too-many-requests", "Too many requests: wait a little")	\
	X(PROBLEM_FULL,     507, "no-space",          "There is no room to store this now")	\
	X(PROBLEM_BUSY,     503, "try-again",         "Try again in a moment")		\
	X(PROBLEM_INTERNAL, 500, "internal",          "Something failed here")

enum problem_kind {
	PROBLEM_NONE,
#define X(id, status, slug, title) id,
	PROBLEMS(X)
#undef X
	PROBLEM__MAX
};

struct problem_row { int status; const char *slug, *title; };
extern const struct problem_row problem_rows[PROBLEM__MAX];

/*
 * One thing wrong with one field.  ${field} is a JSON path ("items[2].gross_kg").  ${code} names
 * the rule and is the key of the translations; ${reason} says it in English; ${a} and ${b} are
 * the values that the words mention, NULL if none.
 */
struct fault { const char *field, *code, *reason, *a, *b; };

#define FAULTS_MAX 100

struct problem {
	enum problem_kind kind;
	struct fault	fault[FAULTS_MAX];
	size_t		nfault;
	const char	*detail;	/* for the client: one sentence about this case, or NULL */
	char		log[256];	/* for the operator: never leaves the host */
};

void problem_clear(struct problem *);

/* problem_set(c, kind, fmt, ...): record the cause for the log.  Always return -1. */
int problem_set(struct ctx *, enum problem_kind, const char *, ...) PRINTF(3, 4);

/* problem_say(c, kind, detail): as problem_set(), with a sentence for the client as well. */
int problem_say(struct ctx *, enum problem_kind, const char *);

/* problem_fault(c, fault): add one rejected input; PROBLEM_INPUT.  Always return -1. */
int problem_fault(struct ctx *, struct fault);

/* problem_field(c, field, code, reason): the same, for a fault without values. */
int problem_field(struct ctx *, const char *, const char *, const char *);
#endif
