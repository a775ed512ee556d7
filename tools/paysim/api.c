/*
 * Orders and their payments, as Razorpay shows them.
 */
#include "base/codec.h"
#include "base/random.h"
#include "host/once.h"
#include "host/rows.h"
#include "paysim.h"

static int
check_key(struct call *k)
{
	struct text want = text_fmt(k->c, "%s:%.*s", k->conf->gateway_key,
	    TEXT_F(paysim_secrets.key));

	want = text_fmt(k->c, "Basic %.*s", TEXT_F(base64_text(k->c, want)));
	return secret_eq(want, k->q->authorization) ? 0 :
	    problem_set(k->c, PROBLEM_LOGIN, "the key is not the right one");
}

static struct json_object *
order_json(struct call *k, const struct order_row *o)
{
	struct json_object *j = row_json(k->c, &paysim_stmt[ST_ORDER], o);
	int64_t paid = text_is(o->status, "paid") ? o->amount : 0;

	json_set_text(j, "entity", T("order"));
	json_set_int(j, "amount_paid", paid);
	json_set_int(j, "amount_due", o->amount - paid);
	json_set_text(j, "checkout_url", text_fmt(k->c, "%s/paysim/checkout/%.*s",
	    k->conf->origin, TEXT_F(o->id)));
	return j;
}

static struct json_object *
collection(struct ctx *c, struct json_object *items)
{
	struct json_object *o = json_new(c);

	json_set_text(o, "entity", T("collection"));
	json_set_int(o, "count", (int64_t)json_object_array_length(items));
	json_add(o, "items", items);
	return o;
}

int
paysim_order(struct call *k, struct text id, struct order_row *out)
{
	return db_need(k->c, k->d, ST_ORDER, ARGS(A_TEXT(id)), out);
}

/* True while a counted fault is switched on; it counts down. */
static int
goes_wrong(struct call *k, const char *name)
{
	int64_t n = db_run(k->c, k->d, ST_FAULT_TAKE, ARGS(A_TEXT(text_of(name))));

	return n < 0 ? -1 : n > 0 ? problem_set(k->c, PROBLEM_INTERNAL, "%s", name) : 0;
}

int
on_order(struct call *k, const void *form)
{
	const struct order_form *in = form;
	struct order_row o;
	char code[15];
	struct text id;

	if (check_key(k) != 0 || goes_wrong(k, "refuse_orders") != 0)
		return -1;
	random_code(code, 14);
	id = text_fmt(k->c, "order_%s", code);
	if (db_run(k->c, k->d, ST_ORDER_ADD, ARGS(A_TEXT(id), A_TEXT(in->receipt),
	    A_INT(in->amount), A_TEXT(in->currency))) < 0 ||
	    goes_wrong(k, "lose_orders") != 0 || paysim_order(k, id, &o) != 0)
		return -1;
	return reply_json(k->c, k->out, 200, order_json(k, &o));
}

int
on_orders(struct call *k, const void *form)
{
	const struct receipt_form *in = form;
	struct json_object *items = json_list(k->c);
	struct list l;
	const struct order_row *o;

	if (check_key(k) != 0 ||
	    db_list(k->c, k->d, ST_BY_RECEIPT, ARGS(A_TEXT(in->receipt)), &l) != 0)
		return -1;
	o = l.row;
	for (size_t i = 0; i < l.n; i++)
		json_push(items, order_json(k, &o[i]));
	return reply_json(k->c, k->out, 200, collection(k->c, items));
}

int
on_order_show(struct call *k, const void *form)
{
	struct order_row o;

	if (check_key(k) != 0 || paysim_order(k, ((const struct id_form *)form)->id, &o) != 0)
		return -1;
	return reply_json(k->c, k->out, 200, order_json(k, &o));
}

int
on_payments(struct call *k, const void *form)
{
	struct order_row o;
	struct list l;

	if (check_key(k) != 0 || paysim_order(k, ((const struct id_form *)form)->id, &o) != 0 ||
	    db_list(k->c, k->d, ST_PAYMENTS, ARGS(A_TEXT(o.id)), &l) != 0)
		return -1;
	return reply_json(k->c, k->out, 200, collection(k->c,
	    rows_json(k->c, &paysim_stmt[ST_PAYMENTS], &l)));
}

int
on_faults(struct call *k, const void *form)
{
	const struct fault_row *f = form;
	struct fault_row now;

	if (check_key(k) != 0 || db_run(k->c, k->d, ST_FAULT_SET, ARGS(A_INT(f->drop_notices),
	    A_INT(f->duplicate_notices), A_INT(f->delay_notices_ms), A_INT(f->forge_notices),
	    A_INT(f->forge_return), A_INT(f->refuse_orders), A_INT(f->lose_orders))) < 0 ||
	    db_need(k->c, k->d, ST_FAULTS, NO_ARGS, &now) != 0)
		return -1;
	return reply_json(k->c, k->out, 200, row_json(k->c, &paysim_stmt[ST_FAULTS], &now));
}
