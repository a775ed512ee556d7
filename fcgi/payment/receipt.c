/*
 * The receipt: a tax invoice as CGST Rule 46 wants it, written once.
 */
#include "base/clock.h"
#include "fcgi/payment/payment.h"
#include "host/rows.h"

static void
add_line(struct json_object *lines, struct ctx *c, const char *words, struct text sac,
    int64_t amount)
{
	struct json_object *o;

	if (amount == 0)
		return;
	o = json_new(c);
	json_set_text(o, "text", text_of(words));
	json_set_text(o, "sac", sac);
	json_set_int(o, "amount_paise", amount);
	json_push(lines, o);
}

/* The half that is not CGST goes to the territory where there is no state. */
static const char *
other_half(const struct parties_row *p)
{
	const struct gst_state *s = gst_state(p->agency_gstin);

	return s != NULL && s->territory ? "UTGST" : "SGST";
}

static struct json_object *
lines_json(struct ctx *c, const struct due_row *d, const struct parties_row *p)
{
	struct json_object *lines = json_list(c);
	struct text none = { NULL, 0 };

	add_line(lines, c, "Certificate of origin (non-preferential): fee for one application",
	    d->sac, d->fee_paise);
	add_line(lines, c, "CGST", none, d->cgst_paise);
	add_line(lines, c, other_half(p), none, d->sgst_paise);
	add_line(lines, c, "IGST", none, d->igst_paise);
	return lines;
}

static struct json_object *
agency_json(struct ctx *c, const struct due_row *d, const struct parties_row *p)
{
	struct json_object *o = json_new(c);

	json_set_text(o, "code", d->agency);
	json_set_text(o, "name", p->agency_name);
	json_embed(c, o, "address", p->agency_address);
	json_set_text(o, "city", p->agency_city);
	json_set_text(o, "gstin", p->agency_gstin);
	return o;
}

static struct json_object *
firm_json(struct ctx *c, const struct due_row *d, const struct parties_row *p)
{
	struct json_object *o = json_new(c);

	json_set_text(o, "iec", d->iec);
	json_set_text(o, "name", p->firm);
	json_set_text(o, "gstin", p->gstin);
	json_embed(c, o, "address", p->address);
	json_set_text(o, "city", p->city);
	json_set_text(o, "state", p->firm_state);
	json_set_text(o, "pin", p->pin);
	return o;
}

static void
add_amounts(struct json_object *o, const struct due_row *d)
{
	json_set_int(o, "fee_paise", d->fee_paise);
	json_set_int(o, "cgst_paise", d->cgst_paise);
	json_set_int(o, "sgst_paise", d->sgst_paise);
	json_set_int(o, "igst_paise", d->igst_paise);
	json_set_int(o, "total_paise", d->total_paise);
	json_set_text(o, "sac", d->sac);
	json_set_text(o, "place_of_supply", d->place_of_supply);
	json_set_bool(o, "reverse_charge", false);
}

int
receipt_write(struct call *k, const struct due_row *d, struct text number, struct text application,
    const struct fact *fact)
{
	struct ctx *c = k->c;
	struct json_object *o = json_new(c);
	struct parties_row p;

	if (db_need(c, k->d, ST_PARTIES, ARGS(A_TEXT(d->agency), A_TEXT(d->iec)), &p) != 0)
		return -1;
	json_set_text(o, "number", number);
	json_set_text(o, "paid_at", clock_rfc3339(c, c->now));
	json_set_text(o, "date", clock_ist_date(c, c->now));
	json_add(o, "agency", agency_json(c, d, &p));
	json_add(o, "firm", firm_json(c, d, &p));
	json_set_int(o, "payment_id", d->id);
	json_set_int(o, "application_id", d->application_id);
	json_set_text(o, "application_number", application.n > 0 ? application :
	    (struct text){ NULL, 0 });
	json_add(o, "lines", lines_json(c, d, &p));
	add_amounts(o, d);
	json_set_text(o, "gateway_payment", fact->payment);
	return db_run(c, k->d, ST_RECEIPT_ADD, ARGS(A_TEXT(number), A_INT(d->id), A_TEXT(d->iec),
	    A_TEXT(json_write(c, o)))) < 0 ? -1 : 0;
}
