#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "rules/number.h"

#define SCHEME		"NP"
#define AGENCY_MIN	2
#define AGENCY_MAX	6
#define TAIL		10	/* year 2, serial 7, check 1 */

/* What people, word processors and telephones put for a dash or a blank, in UTF-8. */
static const char *const ignored[] = {
	" ", "\t", "\r", "\n", "-", "_", ".", "/",
	"\xc2\xa0", "\xc2\xad",						/* no-break space, soft hyphen */
	"\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83",	/* U+2000 .. blanks */
	"\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87",
	"\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\x8b",
	"\xe2\x80\x90", "\xe2\x80\x91", "\xe2\x80\x92", "\xe2\x80\x93",	/* U+2010 .. dashes */
	"\xe2\x80\x94", "\xe2\x80\x95", "\xe2\x80\xaf", "\xe2\x88\x92",
	"\xe3\x80\x80", "\xef\xb9\x98", "\xef\xb9\xa3", "\xef\xbc\x8d", "\xef\xbb\xbf",
};

static int
value_of(char b)
{
	if (b >= '0' && b <= '9')
		return b - '0';
	return b >= 'A' && b <= 'Z' ? b - 'A' + 10 : -1;
}

char
check_37_36(struct text t)
{
	int p = 36;

	for (size_t i = 0; i < t.n; i++) {
		int v = value_of(t.p[i]);

		if (v < 0)
			return '\0';
		p = (p + v) % 36;
		p = (p == 0 ? 36 : p) * 2 % 37;
	}
	return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(37 - p) % 36];
}

bool
agency_code_ok(struct text t)
{
	bool letter = false;

	for (size_t i = 0; i < t.n; i++) {
		int v = value_of(t.p[i]);

		if (v < 0)
			return false;
		letter |= v >= 10;
	}
	return letter && t.n >= AGENCY_MIN && t.n <= AGENCY_MAX;
}

static void
in_range(struct text agency, int year, int64_t serial)
{
	if (!agency_code_ok(agency) || year < 2000 || year > 2099 || serial < 1 ||
	    serial > SERIAL_MAX)
		abort();
}

struct number
number_make(struct ctx *c, struct text agency, int year, int64_t serial)
{
	struct number out = { .agency = agency, .year = year, .serial = serial };
	struct text body;
	char check;

	in_range(agency, year, serial);
	body = text_fmt(c, SCHEME "%.*s%02d%07" PRId64, TEXT_F(agency), year % 100, serial);
	check = check_37_36(body);
	out.compact = text_fmt(c, "%.*s%c", TEXT_F(body), check);
	out.text = text_fmt(c, SCHEME "-%.*s-%02d-%07" PRId64 "-%c", TEXT_F(agency), year % 100,
	    serial, check);
	return out;
}

struct text
application_number(struct ctx *c, struct text agency, int year, int64_t serial)
{
	in_range(agency, year, serial);
	return text_fmt(c, "A-%.*s-%02d-%07" PRId64, TEXT_F(agency), year % 100, serial);
}

/* How many bytes at t[i] only separate. */
static size_t
ignorable(struct text t, size_t i)
{
	for (size_t k = 0; k < COUNT(ignored); k++) {
		size_t n = strlen(ignored[k]);

		if (t.n - i >= n && memcmp(t.p + i, ignored[k], n) == 0)
			return n;
	}
	return 0;
}

/* Letters and digits in upper case; false if anything else stands between them. */
static bool
squeeze(struct text t, char *out, size_t cap, size_t *n)
{
	*n = 0;
	for (size_t i = 0, skip; i < t.n; i += skip) {
		char b = t.p[i] >= 'a' && t.p[i] <= 'z' ? (char)(t.p[i] - 32) : t.p[i];

		skip = value_of(b) >= 0 ? 1 : ignorable(t, i);
		if (skip == 0 || (value_of(b) >= 0 && *n == cap))
			return false;
		if (value_of(b) >= 0)
			out[(*n)++] = b;
	}
	return true;
}

enum number_verdict
number_read(struct ctx *c, struct text t, struct number *out)
{
	char flat[sizeof SCHEME - 1 + AGENCY_MAX + TAIL];
	const size_t lead = sizeof SCHEME - 1;
	struct text agency;
	int64_t year, serial;
	size_t n;

	if (!squeeze(t, flat, sizeof flat, &n) || n < lead + AGENCY_MIN + TAIL ||
	    memcmp(flat, SCHEME, lead) != 0)
		return NUMBER_MALFORMED;
	agency = (struct text){ flat + lead, n - lead - TAIL };
	if (!agency_code_ok(agency) || !text_int((struct text){ flat + n - TAIL, 2 }, &year) ||
	    !text_int((struct text){ flat + n - TAIL + 2, 7 }, &serial) || serial == 0)
		return NUMBER_MALFORMED;
	if (check_37_36((struct text){ flat, n - 1 }) != flat[n - 1])
		return NUMBER_MISTYPED;
	*out = number_make(c, text_copy(c, agency), 2000 + (int)year, serial);
	return NUMBER_OK;
}
