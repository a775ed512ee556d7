/*
 * Transactions.  The retry is the net, the written lock order (sql/ORDER.md) is the design.
 */
#include <time.h>

#include "base/random.h"
#include "data/db_private.h"

#define TX_TRIES	8

/* Full random back-off: up to 4 ms, then 8, 16, ... so that rivals part. */
static void
pause_before(unsigned attempt)
{
	struct timespec ts = { 0, random_below(4000000u << (attempt < 6 ? attempt : 6)) };

	(void)nanosleep(&ts, NULL);
}

/* Return 0, or -1; d->fault says whether trying again makes sense. */
static int
attempt_tx(struct ctx *c, struct db *d, int (*fn)(struct ctx *, struct db *, void *), void *arg)
{
	int rc;

	d->fault = FAULT_NONE;
	if (mysql_query(d->my, "START TRANSACTION") != 0)
		return db_fail_conn(c, d);
	d->in_tx = true;
	rc = fn(c, d, arg);
	d->in_tx = false;
	if (rc == 0) {
		if (mysql_query(d->my, "COMMIT") == 0)
			return 0;
		(void)db_fail_conn(c, d);
	}
	if (!d->lost && mysql_query(d->my, "ROLLBACK") != 0)
		d->lost = true;		/* a connection in an unknown state is not used again */
	return -1;
}

int
db_tx(struct ctx *c, struct db *d, int (*fn)(struct ctx *, struct db *, void *), void *arg)
{
	struct mark m = ctx_mark(c);

	if (d->in_tx)
		return problem_set(c, PROBLEM_INTERNAL, "nested transaction");
	for (unsigned try = 0;; try++) {
		if (attempt_tx(c, d, fn, arg) == 0)
			return 0;
		if (d->fault != FAULT_RETRY || try + 1 == TX_TRIES)
			return -1;
		d->retries++;
		problem_clear(&c->problem);
		ctx_rewind(c, m);
		pause_before(try);
	}
}

void
db_rival(struct db *d)
{
	if (d->fault == FAULT_DUPLICATE)
		d->fault = FAULT_RETRY;
}
