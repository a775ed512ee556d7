/* Bytes as numbers, dates, UTF-8, hexadecimal and base64, each against a second way to say the same. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <glib.h>

#include "base/clock.h"
#include "base/codec.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 1 * MIB;

void
fuzz_start(void)
{
}

static void
numbers(struct ctx *c, struct text in)
{
	int64_t n, m;

	if (text_int(in, &n)) {
		MUST(n == strtoll(text_c(c, in), NULL, 10));
		MUST(text_int(text_fmt(c, "%" PRId64, n), &m) && m == n);
	}
	for (unsigned places = 0; places <= 3; places += 3) {
		static const int64_t unit[] = { [0] = 1, [3] = 1000 };

		if (!text_decimal(in, places, &n))
			continue;
		MUST(n >= 0 && text_decimal(text_fmt(c, "%" PRId64 "%s%0*" PRId64, n / unit[places],
		    places == 0 ? "" : ".", (int)places, places == 0 ? 0 : n % unit[places]),
		    places == 0 ? 1 : places, &m) == (places != 0 || n <= INT64_MAX / 100));
	}
	if (clock_date(in, &n))
		MUST(text_eq(clock_ist_date(c, n * 86400), in));
}

static void
codes(struct ctx *c, struct text in)
{
	struct text raw;
	unsigned char b[64];

	if (base64_decode(c, in, &raw))
		MUST(text_eq(base64_text(c, raw), in));
	MUST(base64_decode(c, base64_text(c, in), &raw) && text_eq(raw, in));
	MUST(base64url_text(c, in.p, in.n).n <= (in.n * 4 + 2) / 3);
	if (in.n / 2 <= sizeof b && hex_decode(in, b, in.n / 2))
		MUST(text_is_nocase(in, hex_text(c, b, in.n / 2).p));
}

void
fuzz(struct ctx *c, struct text in)
{
	struct text cut = text_cut(in, in.n / 2);

	numbers(c, in);
	codes(c, in);
	if (in.n > 0 && memchr(in.p, '\0', in.n) == NULL)
		MUST(text_utf8(in) == (g_utf8_validate(in.p, (gssize)in.n, NULL) == TRUE));
	if (text_utf8(in))
		MUST(text_utf8(cut) && in.n / 2 - cut.n < 4);
	MUST(text_trim(in).n <= in.n && text_eq(text_trim(text_trim(in)), text_trim(in)));
}
