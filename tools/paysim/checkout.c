/*
 * Paying, in all the ways in which it goes well or wrong.
 */
#include <inttypes.h>
#include <string.h>

#include "base/random.h"
#include "host/once.h"
#include "paysim.h"

const struct way paysim_ways[] = {
	{ "pay", "Pay", "", NULL, "captured", 1, 1, true },
	{ "fail", "The bank refuses", "Nothing is paid; one can try again.",
	    "The bank refused. Nothing was paid.", "failed", 1, 1, false },
	{ "late", "The bank answers late", "First it counts as refused; it is paid 8 seconds later.",
	    "The bank has not answered. It may still pay.", "late", 1, 1, false },
	{ "close", "Pay, then close the page", "The browser does not go back; a notice is sent.",
	    "Paid. The page was closed before it could go back.", "captured", 1, 1, false },
	{ "silent", "Pay, but the gateway never tells", "The browser goes back; no notice is sent.",
	    NULL, "captured", 1, 0, true },
	{ "lost", "Pay, close the page, and the gateway never tells",
	    "Found out only by asking, after a minute.",
	    "Paid. The page was closed, and nobody was told.", "captured", 1, 0, false },
	{ "twice", "Pay, and the gateway tells twice", "The same notice comes two times.", NULL,
	    "captured", 1, 2, true },
	{ "double", "Pay two times", "One payment too many: it has to be returned.", NULL,
	    "captured", 2, 1, true },
};
const size_t paysim_nways = COUNT(paysim_ways);

struct paying {
	struct order_row order;
	const struct way *way;
	struct fault_row fault;
	struct text last;		/* the payment that the browser tells of */
};

static const struct way *
way_named(struct text name)
{
	for (size_t i = 0; i < paysim_nways; i++)
		if (text_is(name, paysim_ways[i].name))
			return &paysim_ways[i];
	return NULL;
}

struct text
paysim_back(struct call *k, struct text order, struct text payment, bool forged)
{
	struct text signature = gateway_sign(k->c, forged ? T("a secret of nobody's") :
	    paysim_secrets.key, gateway_return_text(k->c, order, payment));

	return text_fmt(k->c, "%s/api/gateway/return?razorpay_payment_id=%.*s"
	    "&razorpay_order_id=%.*s&razorpay_signature=%.*s", k->conf->origin, TEXT_F(payment),
	    TEXT_F(order), TEXT_F(signature));
}

static struct text
notice_body(struct call *k, const struct paying *p, const char *status)
{
	return text_fmt(k->c, "{\"entity\":\"event\",\"account_id\":\"acc_paysim\","
	    "\"event\":\"payment.%s\",\"contains\":[\"payment\"],\"payload\":{\"payment\":"
	    "{\"entity\":{\"id\":\"%.*s\",\"entity\":\"payment\",\"amount\":%" PRId64 ","
	    "\"currency\":\"%.*s\",\"status\":\"%s\",\"order_id\":\"%.*s\",\"method\":\"upi\"}}},"
	    "\"created_at\":%" PRId64 "}", status, TEXT_F(p->last), p->order.amount,
	    TEXT_F(p->order.currency), status, TEXT_F(p->order.id), k->c->now);
}

static int
notify(struct call *k, const struct paying *p, const char *status, int64_t after_ms)
{
	char code[15];

	random_code(code, 14);
	return db_run(k->c, k->d, ST_NOTICE_ADD, ARGS(A_TEXT(text_fmt(k->c, "evt_%s", code)),
	    A_TEXT(notice_body(k, p, status)), A_INT(p->fault.forge_notices),
	    A_INT(after_ms + p->fault.delay_notices_ms))) < 0 ? -1 : 0;
}

static int
notify_all(struct call *k, const struct paying *p)
{
	bool late = strcmp(p->way->status, "late") == 0;
	int64_t n = p->fault.drop_notices ? 0 : p->way->notices + p->fault.duplicate_notices;

	for (int64_t i = 0; i < n; i++)
		if (notify(k, p, late ? "failed" : p->way->status, 0) != 0 ||
		    (late && notify(k, p, "captured", (LATE_S + 1) * 1000) != 0))
			return -1;
	return 0;
}

static int
pay_all(struct call *k, void *arg)
{
	struct paying *p = arg;
	char code[15];

	for (int i = 0; i < p->way->payments; i++) {
		random_code(code, 14);
		p->last = text_fmt(k->c, "pay_%s", code);
		if (db_run(k->c, k->d, ST_PAYMENT_ADD, ARGS(A_TEXT(p->last), A_TEXT(p->order.id),
		    A_INT(p->order.amount), A_TEXT(p->order.currency),
		    A_TEXT(text_of(p->way->status)))) < 0 || notify_all(k, p) != 0)
			return -1;
	}
	return 0;
}

static struct text
page_address(struct call *k, const struct paying *p, bool paid)
{
	return text_fmt(k->c, "%s/paysim/checkout/%.*s%s%s", k->conf->origin, TEXT_F(p->order.id),
	    paid ? "" : "?said=", paid ? "" : p->way->name);
}

static const struct way *
read_way(struct call *k)
{
	struct pair pair[4];
	size_t n;

	if (k->q->length > 256) {
		(void)problem_set(k->c, PROBLEM_LARGE, "body of %" PRId64, k->q->length);
		return NULL;
	}
	if (request_body(k->c, k->q, &k->body) != 0 ||
	    query_read(k->c, k->body, pair, COUNT(pair), &n) != 0)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (text_is(pair[i].name, "act") && way_named(pair[i].value) != NULL)
			return way_named(pair[i].value);
	(void)problem_field(k->c, "act", "not-a-choice", "This is not one of the choices.");
	return NULL;
}

/* An order is paid once: whoever comes again sees that it was. */
int
on_pay(struct call *k, const void *form)
{
	struct paying p = { .way = read_way(k) };

	if (p.way == NULL || paysim_order(k, ((const struct id_form *)form)->id, &p.order) != 0 ||
	    db_need(k->c, k->d, ST_FAULTS, NO_ARGS, &p.fault) != 0)
		return -1;
	if (text_is(p.order.status, "paid"))
		return reply_see_other(k->out, page_address(k, &p, true));
	if (call_tx(k, pay_all, &p) != 0)
		return -1;
	return reply_see_other(k->out, p.way->returns ?
	    paysim_back(k, p.order.id, p.last, p.fault.forge_return != 0) :
	    page_address(k, &p, false));
}

int
on_checkout(struct call *k, const void *form)
{
	const struct page_form *in = form;
	struct order_row o;

	if (paysim_order(k, in->id, &o) != 0)
		return -1;
	return paysim_page(k, &o, way_named(in->said));
}
