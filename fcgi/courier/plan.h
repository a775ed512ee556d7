/*
 * plan - when to try again.  Pure.
 *
 * Trust:   ours.
 * Memory:  none.
 * Fails:   never.
 * Needs:   nothing.
 */
#ifndef COURIER_PLAN_H
#define COURIER_PLAN_H
#include <stdbool.h>
#include <stdint.h>

/* plan_retry(tries): seconds after the ${tries}th failure: 1, 2, 4 ... an hour. */
int64_t plan_retry(int64_t);

/*
 * plan_ask(tries, soon): seconds until the gateway is asked again after the ${tries}th time; -1: it
 * is not.  An open order is asked about after 1, 3, 10, 30 minutes, 2 hours, then daily to the fifth
 * day, as long as a bank may still say yes; ${soon}, when a browser said that something was paid,
 * within seconds.
 */
int64_t plan_ask(int64_t, bool);
#endif
