/*
 * fact - what the gateway says about one of its payments, and what follows from it.  Pure.
 *
 * Trust:   the text of a notice is the gateway's once its signature was checked, and still read as
 *          if it were not.
 * Memory:  the ctx.
 * Fails:   PROBLEM_SYNTAX for a notice that cannot be read.
 * Needs:   nothing.
 */
#ifndef PAYMENT_FACT_H
#define PAYMENT_FACT_H
#include "rules/state.h"
#include "web/json.h"

struct fact {
	struct text	order, payment, status, currency;
	int64_t		amount;
	const char	*source;	/* notice, return, poll */
};

/*
 * fact_read(c, body, out): 1, or 0 for an event that is about no payment (settlements, disputes),
 * or -1.  The courier's own notices say "poll".
 */
int fact_read(struct ctx *, struct text, struct fact *) MUST_CHECK;

enum outcome { OUTCOME_NOTED, OUTCOME_SETTLED, OUTCOME_REFUND_DUE, OUTCOME_MISMATCH };
const char *outcome_name(enum outcome);

/*
 * fact_outcome(fact, total, payment_paid, application_paid, state): money that was captured is
 * either the fee, or has to go back.  Anything short of captured is noted: an attempt that failed
 * may be followed by one that does not, on the same order.
 */
enum outcome fact_outcome(const struct fact *, int64_t, bool, bool, enum application_state);

/*
 * receipt_number(c, agency, year, serial): "R-NCE-26-000001", at most 16 characters as CGST Rule
 * 46(b) wants them; a code of five or six letters goes without the dash, or without the R.  Dashes,
 * not slashes: the number stands in addresses.  The empty text if the series is used up.
 */
struct text receipt_number(struct ctx *, struct text, int, int64_t);

/* rupees(c, paise): "Rs 236.00". */
struct text rupees(struct ctx *, int64_t);
#endif
