/*
 * clock - times as people and machines write them.
 *
 * Times are kept as seconds since 1970, UTC, and written as RFC 3339.  Dates on a certificate, and
 * the financial year that its number names, are Indian: UTC + 5:30, the year from 1 April.
 *
 * Trust:   parsers take hostile text.
 * Memory:  allocated in the ctx where said.
 * Fails:   parsers return false.
 * Needs:   nothing.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H
#include "base/ctx.h"

int64_t clock_now(void);
/* clock_ms(): milliseconds that only go forward; for durations. */
int64_t clock_ms(void);
/* clock_rfc3339(c, t): "2026-11-24T09:00:00Z". */
struct text clock_rfc3339(struct ctx *, int64_t);
/* clock_ist_date(c, t): the date in India, "2026-11-24". */
struct text clock_ist_date(struct ctx *, int64_t);
/* clock_ist(c, t): date and time in India, "24 Nov 2026, 14:30 IST". */
struct text clock_ist(struct ctx *, int64_t);
/* clock_day(c, day): "24 Nov 2026", of days since 1970. */
struct text clock_day(struct ctx *, int64_t);
/* clock_financial_year(t): 2026 for 1 April 2026 to 31 March 2027, Indian time. */
int clock_financial_year(int64_t);
/* clock_date(t, out): "2026-11-24" that exists in the calendar; ${out} counts days since 1970. */
bool clock_date(struct text, int64_t *) MUST_CHECK;
/* clock_today_ist(t): days since 1970 of the date in India. */
int64_t clock_today_ist(int64_t);
#endif
