/*
 * number - certificate and application numbers.
 *
 * A certificate number is NP-NCE-26-0000123-K: scheme, agency (2 to 6 letters or digits), financial
 * year (26 begins on 1 April 2026, Indian time), serial of seven digits, and an ISO 7064
 * MOD 37,36 check character over the letters and digits before it.  People type it from paper, so
 * reading forgives case, blanks and dashes of any kind; the check character then tells a slip of
 * the finger (mistyped) from a number that was never given.
 *
 * Trust:   number_read() takes hostile text.
 * Memory:  results live in the ctx.
 * Fails:   number_read() tells malformed from mistyped; the makers abort on arguments out of range.
 * Needs:   nothing.
 */
#ifndef RULES_NUMBER_H
#define RULES_NUMBER_H
#include "base/ctx.h"

#define SERIAL_MAX 9999999

/* check_37_36(t): the check character over [0-9A-Z]*; '\0' if ${t} has anything else. */
char check_37_36(struct text);

struct number {
	struct text text;	/* "NP-NCE-26-0000123-K", to show */
	struct text compact;	/* "NPNCE260000123K", to look up */
	struct text agency;	/* "NCE" */
	int	year;		/* 2026 */
	int64_t	serial;		/* 123 */
};

enum number_verdict { NUMBER_OK, NUMBER_MALFORMED, NUMBER_MISTYPED };

/* agency_code_ok(t): 2 to 6 of [A-Z0-9], at least one letter. */
bool agency_code_ok(struct text) MUST_CHECK;

/* number_make(c, agency, year, serial): the certificate number; ${year} is of four digits. */
struct number number_make(struct ctx *, struct text, int, int64_t);

/* number_read(c, t, out): ${out} is filled for NUMBER_OK only. */
enum number_verdict number_read(struct ctx *, struct text, struct number *) MUST_CHECK;

/* application_number(c, agency, year, serial): "A-NCE-26-0000456". */
struct text application_number(struct ctx *, struct text, int, int64_t);
#endif
