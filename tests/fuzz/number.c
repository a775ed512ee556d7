/* Numbers that people type: of certificates, and IEC, PAN and GSTIN of firms. */
#include "rules/identity.h"
#include "rules/number.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 1 * MIB;

void
fuzz_start(void)
{
}

static void
certificate(struct ctx *c, struct text in)
{
	struct number n, again;
	struct text body;

	if (number_read(c, in, &n) != NUMBER_OK)
		return;
	MUST(agency_code_ok(n.agency) && n.serial >= 1 && n.serial <= SERIAL_MAX);
	MUST(n.year >= 2000 && n.year <= 2099);
	body = text_sub(n.compact, 0, n.compact.n - 1);
	MUST(check_37_36(body) == n.compact.p[n.compact.n - 1]);
	MUST(number_read(c, n.text, &again) == NUMBER_OK && text_eq(again.text, n.text));
	MUST(number_read(c, n.compact, &again) == NUMBER_OK && text_eq(again.text, n.text));
	MUST(again.serial == n.serial && again.year == n.year && text_eq(again.agency, n.agency));
}

/* What was read is as it is written: reading it again changes nothing. */
static void
firm(struct ctx *c, struct text in)
{
	static enum identity_verdict (*const read[])(struct ctx *, struct text, struct text *) = {
		iec_read, pan_read, gstin_read,
	};
	struct text t, u;

	for (size_t i = 0; i < COUNT(read); i++)
		if (read[i](c, in, &t) == IDENTITY_OK) {
			MUST(read[i](c, t, &u) == IDENTITY_OK && text_eq(t, u));
			MUST(read[i] != gstin_read || (gstin_pan(t).n == 10 && gst_state(t) != NULL));
		}
	(void)gst_state(in);
	(void)gst_state_named(in);
}

void
fuzz(struct ctx *c, struct text in)
{
	certificate(c, in);
	firm(c, in);
}
