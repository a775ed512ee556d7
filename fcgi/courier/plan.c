#include "fcgi/courier/plan.h"

#define HOUR	INT64_C(3600)
#define DAY	(24 * HOUR)

/* Waits between the times; the first time of an open order is a minute after it was made. */
static const int64_t open_order[] = { 120, 420, 1200, 5400, 22 * HOUR, DAY, DAY, DAY, DAY, -1 };
static const int64_t was_paid[] = { 1, 2, 4, 8, 15, 30, 60, -1 };

int64_t
plan_retry(int64_t tries)
{
	return tries < 1 ? 1 : tries > 12 ? HOUR : (INT64_C(1) << (tries - 1)) > HOUR ? HOUR :
	    INT64_C(1) << (tries - 1);
}

static int64_t
at(const int64_t *table, int64_t n, int64_t tries)
{
	return table[tries < 1 ? 0 : tries > n ? n - 1 : tries - 1];
}

int64_t
plan_ask(int64_t tries, bool soon)
{
	return soon ? at(was_paid, sizeof was_paid / sizeof *was_paid, tries) :
	    at(open_order, sizeof open_order / sizeof *open_order, tries);
}
