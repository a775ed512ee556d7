/*
 * Asking for a payment, and looking at payments and receipts.
 */
#include <inttypes.h>

#include "base/clock.h"
#include "fcgi/payment/payment.h"
#include "host/audit.h"
#include "host/once.h"
#include "host/rows.h"

#define PAGE		50
#define FIRST_ASK_S	60	/* the courier asks by itself when no notice came by then */

int
payment_event(struct call *k, int64_t application, const char *what, struct text words)
{
	struct text by = k->who->person != 0 ? k->who->name : T("Payment gateway");

	return db_run(k->c, k->d, ST_EVENT_ADD, ARGS(A_INT(application), A_TEXT(text_of(what)),
	    A_INT(k->who->person), A_TEXT(by), A_TEXT(words))) < 0 ? -1 : 0;
}

static int
show(struct call *k, int64_t id, int status)
{
	struct payment_row row;

	if (db_need(k->c, k->d, ST_SHOW, ARGS(A_TEXT(k->who->iec), A_INT(id)), &row) != 0)
		return -1;
	return reply_json(k->c, k->out, status, row_json(k->c, &payment_stmt[ST_SHOW], &row));
}

static struct text
place_text(struct ctx *c, const struct fee *f)
{
	return f->place == NULL ? (struct text){ "", 0 } :
	    text_fmt(c, "%s (%s)", f->place->name, f->place->code);
}

/* A firm that is not registered is where its address is. */
static int
price(struct call *k, const struct owed_row *a, struct fee *out, struct text *sac)
{
	const struct gst_state *supplier = a->agency_gstin.n > 0 ? gst_state(a->agency_gstin) : NULL;
	const struct gst_state *recipient = a->gstin.n > 0 ? gst_state(a->gstin) :
	    gst_state_named(a->firm_state);
	struct fee_row fee;

	if (db_need(k->c, k->d, ST_FEE, ARGS(A_TEXT(a->rule_set),
	    A_TEXT(clock_ist_date(k->c, k->c->now))), &fee) != 0)
		return -1;
	*out = fee_split(fee.fee_paise, (int)fee.gst_bp, supplier, recipient, false);
	*sac = fee.sac;
	return 0;
}

/* The order is the courier's to make, and to ask about when nobody tells. */
static int
leave_to_courier(struct call *k, int64_t id)
{
	struct text payload = text_fmt(k->c, "{\"payment_id\":%" PRId64 "}", id);

	return db_run(k->c, k->d, ST_JOB_ADD, ARGS(A_TEXT(T("gateway_order")),
	    A_TEXT(text_fmt(k->c, "order/%" PRId64, id)), A_TEXT(payload))) < 0 ||
	    db_run(k->c, k->d, ST_ASK_ADD, ARGS(A_TEXT(text_fmt(k->c, "poll/%" PRId64, id)),
	    A_TEXT(payload), A_INT(FIRST_ASK_S))) < 0 ? -1 : 0;
}

static int
make(struct call *k, const struct owed_row *a)
{
	struct text sac;
	struct fee f;
	int64_t id;

	if (price(k, a, &f, &sac) != 0)
		return -1;
	id = db_insert(k->c, k->d, ST_CREATE, ARGS(A_INT(a->id), A_INT(a->id),
	    A_TEXT(k->who->iec), A_TEXT(a->agency), A_INT(f.fee), A_INT(f.cgst), A_INT(f.sgst),
	    A_INT(f.igst), A_INT(f.total), A_TEXT(sac), A_TEXT(place_text(k->c, &f)),
	    A_INT(k->who->person)));
	if (id < 0 || payment_event(k, a->id, "payment_asked", rupees(k->c, f.total)) != 0 ||
	    leave_to_courier(k, id) != 0 ||
	    audit_add(k, "payment_created", text_fmt(k->c, "payment/%" PRId64, id),
	    rupees(k->c, f.total)) != 0)
		return -1;
	return show(k, id, 201);
}

static int
do_create(struct call *k, void *arg)
{
	const struct create_form *in = arg;
	struct owed_row a;
	struct id_row live;
	int rc;

	if (db_need(k->c, k->d, ST_OWED, ARGS(A_INT(in->application_id), A_TEXT(k->who->iec)),
	    &a) != 0)
		return -1;
	if (!text_is(a.state, state_name(APPLICATION_PAYMENT)) || a.paid)
		return problem_say(k->c, PROBLEM_STATE, text_c(k->c, text_fmt(k->c,
		    "The application is %.*s: nothing is to be paid now.", TEXT_F(a.state))));
	if ((rc = db_one(k->c, k->d, ST_LIVE, ARGS(A_INT(a.id)), &live)) < 0)
		return -1;
	return rc == 1 ? show(k, live.id, 201) : make(k, &a);
}

/* Two at once, each with a key of its own: the slower one finds what the faster one made. */
int
on_create(struct call *k, const void *form)
{
	struct create_form in = *(const struct create_form *)form;

	if (call_once(k, do_create, &in) == 0)
		return 0;
	if (k->c->problem.kind != PROBLEM_TAKEN)
		return -1;
	problem_clear(&k->c->problem);
	return call_once(k, do_create, &in);
}

int
on_show(struct call *k, const void *form)
{
	return show(k, ((const struct id_form *)form)->id, 200);
}

int
on_list(struct call *k, const void *form)
{
	const struct list_form *in = form;
	struct list l;

	if (db_list(k->c, k->d, ST_LIST, ARGS(A_TEXT(k->who->iec), A_INT(in->application_id),
	    A_INT(in->application_id), A_INT(in->after), A_INT(in->after), A_INT(PAGE + 1)),
	    &l) != 0)
		return -1;
	return reply_list(k, ST_LIST, &l, PAGE);
}

int
on_receipt(struct call *k, const void *form)
{
	const struct number_form *in = form;
	struct receipt_row row;

	if (db_need(k->c, k->d, ST_RECEIPT, ARGS(A_TEXT(in->number), A_TEXT(k->who->iec)),
	    &row) != 0)
		return -1;
	return reply_bytes(k->out, "application/json", row.document);
}
