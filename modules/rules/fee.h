/*
 * fee - the fee of a certificate and the tax on it, in paise.
 *
 * The place of supply is the recipient's state; equal to the supplier's, the tax is CGST and SGST
 * (UTGST in some union territories), each rounded by itself, half up; otherwise it is IGST.  At odd
 * fees the two differ in sum by a paisa: neither is ever derived from the other.
 *
 * Trust:   amounts and rates are our own rows.
 * Memory:  none.
 * Fails:   aborts on amounts below zero or beyond any fee.
 * Needs:   nothing.
 */
#ifndef RULES_FEE_H
#define RULES_FEE_H
#include "rules/identity.h"

#define FEE_MAX INT64_C(100000000000)	/* 1000 million rupees */

struct fee {
	int64_t	fee, cgst, sgst, igst, total;
	const struct gst_state *place;	/* of supply; NULL when no tax is due */
};

/*
 * fee_split(fee, rate, supplier, recipient, sez): ${rate} in basis points (1800 = 18 %).
 * ${supplier} NULL: the agency is not registered or exempt, and there is no tax.  ${recipient}
 * NULL: neither registered nor with an address, which puts the supply at the supplier's.  A unit in
 * a special economic zone is always in another state.
 */
struct fee fee_split(int64_t, int, const struct gst_state *, const struct gst_state *, bool);
#endif
