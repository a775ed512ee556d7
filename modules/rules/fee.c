#include <stdlib.h>

#include "rules/fee.h"

#define WHOLE 10000	/* basis points */

/* ${part} of ${rate}: 1 the whole, 2 the half of it; to the paisa, half up. */
static int64_t
tax(int64_t fee, int rate, int part)
{
	return (fee * rate + part * WHOLE / 2) / (part * WHOLE);
}

/* Codes of before the divisions count as the state that they became. */
static struct text
today(const struct gst_state *s)
{
	if (text_is(text_of(s->code), "25"))
		return T("26");
	if (text_is(text_of(s->code), "28"))
		return T("37");
	return text_of(s->code);
}

struct fee
fee_split(int64_t fee, int rate, const struct gst_state *supplier,
    const struct gst_state *recipient, bool sez)
{
	struct fee f = { .fee = fee, .total = fee };

	if (fee < 0 || fee > FEE_MAX || rate < 0 || rate > WHOLE)
		abort();
	if (supplier == NULL)
		return f;
	f.place = recipient != NULL ? recipient : supplier;
	if (!sez && text_eq(today(f.place), today(supplier)))
		f.cgst = f.sgst = tax(fee, rate, 2);
	else
		f.igst = tax(fee, rate, 1);
	f.total += f.cgst + f.sgst + f.igst;
	return f;
}
