/*
 * The doors by which facts come in: the gateway's notice (which the courier uses too, for what it
 * has found by asking), and the browser that comes back.
 */
#include <inttypes.h>

#include "base/journal.h"
#include "fcgi/payment/payment.h"

static int
read_body(struct call *k)
{
	if (k->q->length > (int64_t)k->program->body_max)
		return problem_set(k->c, PROBLEM_LARGE, "body of %" PRId64, k->q->length);
	return request_body(k->c, k->q, &k->body);
}

/*
 * Signed but unreadable, about nothing of ours, or known: 200, since repeating it would change
 * nothing.  Only what may go better the next time is refused, and comes again.
 */
int
on_notice(struct call *k, const void *form)
{
	struct fact f;
	int rc;

	(void)form;
	if (read_body(k) != 0)
		return -1;
	if (!gateway_notice_ok(k->c, &payment_secrets, k->body, k->q->signature))
		return problem_set(k->c, PROBLEM_SIGNATURE, "notice %.*s",
		    TEXT_F(text_sub(k->q->event, 0, 60)));
	if ((rc = fact_read(k->c, k->body, &f)) < 0) {
		JOURNAL("notice_unreadable", J("request", text_of(k->c->id)),
		    J("event", text_sub(k->q->event, 0, 60)));
		problem_clear(&k->c->problem);
	}
	if (rc == 1 && settle_fact(k, &f) != 0)
		return -1;
	return reply_json(k->c, k->out, 200, json_new(k->c));
}

/*
 * What the browser carries proves that this payment was made for this order, but neither how much it
 * was nor that it was captured: the fact is "authorized", and the courier asks for the rest.
 */
static int
come_back(struct call *k, const struct return_form *in)
{
	struct fact f = { .order = in->razorpay_order_id, .payment = in->razorpay_payment_id,
		.status = T("authorized"), .currency = T("INR"), .source = "return" };
	struct order_row payment;

	if (!gateway_id_ok(f.order) || !gateway_id_ok(f.payment))
		return problem_set(k->c, PROBLEM_MISSING, "return without an order");
	if (db_need(k->c, k->d, ST_ORDER, ARGS(A_TEXT(f.order)), &payment) != 0)
		return -1;
	f.amount = payment.total_paise;
	if (gateway_return_ok(k->c, &payment_secrets, f.order, f.payment, in->razorpay_signature)) {
		if (settle_fact(k, &f) != 0)
			return -1;
	} else
		JOURNAL("return_forged", J("request", text_of(k->c->id)), J("order", f.order));
	return reply_see_other(k->out, text_fmt(k->c, "/payments/%" PRId64, payment.id));
}

int
on_return(struct call *k, const void *form)
{
	return come_back(k, form);
}

static struct text
pair_named(const struct pair *p, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (text_is(p[i].name, name))
			return p[i].value;
	return (struct text){ "", 0 };
}

/* Razorpay lets the browser post a form, with members that differ from one way of paying to another. */
int
on_return_form(struct call *k, const void *form)
{
	struct return_form in;
	struct pair p[16];
	size_t n;

	(void)form;
	if (read_body(k) != 0 || query_read(k->c, k->body, p, COUNT(p), &n) != 0)
		return -1;
	in.razorpay_payment_id = pair_named(p, n, "razorpay_payment_id");
	in.razorpay_order_id = pair_named(p, n, "razorpay_order_id");
	in.razorpay_signature = pair_named(p, n, "razorpay_signature");
	return come_back(k, &in);
}
