#include <time.h>

#include "base/clock.h"

#define IST_AHEAD	19800		/* 5 h 30 min, no summer time */
#define DAY		86400

int64_t
clock_now(void)
{
	return (int64_t)time(NULL);
}

int64_t
clock_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static struct tm
parts(int64_t t)
{
	time_t at = (time_t)t;
	struct tm tm;

	(void)gmtime_r(&at, &tm);
	return tm;
}

static struct text
kept(struct ctx *c, const char *p, size_t n)
{
	return text_copy(c, (struct text){ p, n });
}

struct text
clock_rfc3339(struct ctx *c, int64_t t)
{
	struct tm tm = parts(t);
	char out[48];

	return kept(c, out, strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &tm));
}

struct text
clock_ist_date(struct ctx *c, int64_t t)
{
	struct tm tm = parts(t + IST_AHEAD);
	char out[48];

	return kept(c, out, strftime(out, sizeof out, "%Y-%m-%d", &tm));
}

struct text
clock_ist(struct ctx *c, int64_t t)
{
	struct tm tm = parts(t + IST_AHEAD);
	char out[48];

	return kept(c, out, strftime(out, sizeof out, "%d %b %Y, %H:%M IST", &tm));
}

struct text
clock_day(struct ctx *c, int64_t day)
{
	struct tm tm = parts(day * DAY);
	char out[48];

	return kept(c, out, strftime(out, sizeof out, "%d %b %Y", &tm));
}

int
clock_financial_year(int64_t t)
{
	time_t at = (time_t)(t + IST_AHEAD);
	struct tm tm;

	(void)gmtime_r(&at, &tm);
	return tm.tm_year + 1900 - (tm.tm_mon < 3 ? 1 : 0);
}

bool
clock_date(struct text t, int64_t *out)
{
	int64_t y, m, d;
	struct tm tm = { 0 };
	time_t at;

	if (t.n != 10 || t.p[4] != '-' || t.p[7] != '-' ||
	    !text_int(text_sub(t, 0, 4), &y) || !text_int(text_sub(t, 5, 2), &m) ||
	    !text_int(text_sub(t, 8, 2), &d) || y < 1900 || m < 1 || m > 12 || d < 1)
		return false;
	tm = (struct tm){ .tm_year = (int)y - 1900, .tm_mon = (int)m - 1, .tm_mday = (int)d };
	at = timegm(&tm);
	*out = at / DAY;
	return tm.tm_mday == (int)d;		/* 30 February became 1 or 2 March */
}

int64_t
clock_today_ist(int64_t t)
{
	return (t + IST_AHEAD) / DAY;
}
