/*
 * The payment gateway: orders, and what became of them.
 */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/journal.h"
#include "fcgi/courier/courier.h"
#include "fcgi/courier/plan.h"
#include "net/net.h"

static int
read_payment(struct call *k, struct job *j, struct payment_row *out)
{
	struct json_object *id = json_object_object_get(j->payload, "payment_id");

	j->again = -1;
	if (json_object_is_type(id, json_type_int))
		return db_one(k->c, k->d, ST_PAYMENT, ARGS(A_INT(json_object_get_int64(id))), out);
	j->hopeless = true;
	return problem_set(k->c, PROBLEM_SYNTAX, "a job without a payment");
}

/* An answer that is no object counts as none.  4xx is our fault, and will be the next time too. */
static int
ask(struct call *k, struct job *j, struct text path, struct text body, struct json_object **out)
{
	struct ask a = { .url = text_fmt(k->c, "%s%.*s", k->conf->gateway_url, TEXT_F(path)),
		.user = text_of(k->conf->gateway_key), .secret = courier_secrets.key, .body = body };
	struct answer answer;

	if (net_ask(k->c, &a, &answer) != 0)
		return -1;
	if (answer.status / 100 != 2) {
		j->hopeless = answer.status / 100 == 4 && answer.status != 408 &&
		    answer.status != 429;
		return problem_set(k->c, PROBLEM_BUSY, "the gateway answered %ld", answer.status);
	}
	if (json_read(k->c, answer.body, out) != 0 ||
	    !json_object_is_type(*out, json_type_object))
		return problem_set(k->c, PROBLEM_BUSY, "the gateway's answer cannot be read");
	return 0;
}

/* A number that no other payment has, here or after the database was made anew. */
static struct text
receipt_of(struct ctx *c, const struct payment_row *p)
{
	return text_fmt(c, "P%" PRId64 "-%" PRId64, p->id, p->created);
}

static bool
is_order(struct ctx *c, struct json_object *o, const struct payment_row *p)
{
	struct json_object *amount;

	return json_object_is_type(o, json_type_object) &&
	    json_object_object_get_ex(o, "amount", &amount) &&
	    json_object_get_int64(amount) == p->total_paise &&
	    text_is(json_member(o, "currency"), "INR") &&
	    text_eq(json_member(o, "receipt"), receipt_of(c, p)) &&
	    gateway_id_ok(json_member(o, "id"));
}

/* The order that an earlier try has made, if its answer was lost. */
static int
find_order(struct call *k, struct job *j, const struct payment_row *p, struct json_object **out)
{
	struct json_object *o, *items;

	*out = NULL;
	if (ask(k, j, text_fmt(k->c, "/v1/orders?receipt=%.*s", TEXT_F(receipt_of(k->c, p))),
	    (struct text){ NULL, 0 }, &o) != 0)
		return -1;
	items = json_object_object_get(o, "items");
	for (size_t i = 0; json_object_is_type(items, json_type_array) &&
	    i < json_object_array_length(items); i++)
		if (is_order(k->c, json_object_array_get_idx(items, i), p))
			*out = json_object_array_get_idx(items, i);
	return 0;
}

static int
make_order(struct call *k, struct job *j, const struct payment_row *p, struct json_object **out)
{
	struct json_object *o = json_new(k->c), *payment = json_new(k->c);

	json_set_int(o, "amount", p->total_paise);
	json_set_text(o, "currency", T("INR"));
	json_set_text(o, "receipt", receipt_of(k->c, p));
	json_set_text(payment, "capture", T("automatic"));
	json_add(o, "payment", payment);
	if (ask(k, j, T("/v1/orders"), json_write(k->c, o), out) != 0)
		return -1;
	return is_order(k->c, *out, p) ? 0 :
	    problem_set(k->c, PROBLEM_BUSY, "the gateway made another order than was asked for");
}

/* A browser is sent there: nothing but the web, and without its lock only in a demonstration. */
static bool
is_address(struct call *k, struct text url)
{
	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] <= ' ' || url.p[i] > '~')
			return false;
	return url.n <= 400 && (text_starts(url, "https://") ||
	    (config_yes(k->conf->demo) && text_starts(url, "http://")));
}

int
act_order(struct call *k, struct job *j)
{
	struct payment_row p;
	struct json_object *order;
	struct count_row changed;
	struct text url;
	int rc = read_payment(k, j, &p);

	if (rc != 1 || !text_is(p.state, "created"))
		return rc < 0 ? -1 : 0;
	if (find_order(k, j, &p, &order) != 0 ||
	    (order == NULL && make_order(k, j, &p, &order) != 0))
		return -1;
	url = json_member(order, "checkout_url");
	if (!is_address(k, url)) {
		j->hopeless = true;
		return problem_set(k->c, PROBLEM_SYNTAX, "the order has no checkout_url");
	}
	return db_one(k->c, k->d, ST_OPENED, ARGS(A_INT(p.id),
	    A_TEXT(json_member(order, "id")), A_TEXT(url)), &changed) < 0 ? -1 : 0;
}

/* The exporter can ask for another payment then. */
int
order_given_up(struct call *k, struct job *j)
{
	struct payment_row p;
	struct count_row changed;
	int rc = read_payment(k, j, &p);

	return rc != 1 ? rc : db_one(k->c, k->d, ST_REFUSED, ARGS(A_INT(p.id)), &changed) < 0 ?
	    -1 : 0;
}

static struct text
notice_url(struct call *k)
{
	return k->conf->notice_url[0] != '\0' ? text_of(k->conf->notice_url) :
	    text_fmt(k->c, "%s/api/gateway/notice", k->conf->origin);
}

static int
hand_in(struct call *k, struct json_object *payment)
{
	struct text body = text_fmt(k->c, "{\"entity\":\"event\",\"event\":\"poll.captured\","
	    "\"contains\":[\"payment\"],\"payload\":{\"payment\":{\"entity\":%.*s}},"
	    "\"created_at\":%" PRId64 "}", TEXT_F(json_write(k->c, payment)), k->c->now);
	struct ask a = { .url = notice_url(k), .body = body };
	struct answer answer;

	a.header[0] = text_c(k->c, text_fmt(k->c, "X-Razorpay-Signature: %.*s",
	    TEXT_F(gateway_sign(k->c, courier_secrets.notice, body))));
	if (net_ask(k->c, &a, &answer) != 0)
		return -1;
	return answer.status == 200 ? 0 :
	    problem_set(k->c, PROBLEM_BUSY, "the portal answered %ld", answer.status);
}

/* Every captured payment of the order; how many there were, or -1. */
static int
hand_in_all(struct call *k, struct job *j, const struct payment_row *p)
{
	struct json_object *o, *items;
	struct mark m;
	int n = 0;

	if (ask(k, j, text_fmt(k->c, "/v1/orders/%.*s/payments", TEXT_F(p->gateway_order)),
	    (struct text){ NULL, 0 }, &o) != 0)
		return -1;
	items = json_object_object_get(o, "items");
	for (size_t i = 0; json_object_is_type(items, json_type_array) &&
	    i < json_object_array_length(items); i++) {
		struct json_object *item = json_object_array_get_idx(items, i);

		if (!json_object_is_type(item, json_type_object) ||
		    !text_is(json_member(item, "status"), "captured"))
			continue;
		m = ctx_mark(k->c);
		if (hand_in(k, item) != 0)
			return -1;
		ctx_rewind(k->c, m);
		n++;
	}
	return n;
}

/* Done once something was paid: what else comes, the gateway tells. */
int
act_poll(struct call *k, struct job *j)
{
	bool soon = json_object_get_boolean(json_object_object_get(j->payload, "soon"));
	struct payment_row p;
	int rc = read_payment(k, j, &p);

	if (rc != 1)
		return rc;
	if (text_is(p.state, "paid") || text_is(p.state, "failed"))
		return 0;
	rc = p.gateway_order.n == 0 ? 0 : hand_in_all(k, j, &p);
	j->hopeless = false;		/* somebody may have paid: asked again as long as planned */
	if (rc < 0)
		return -1;
	j->again = rc > 0 ? -1 : plan_ask(j->row.tries, soon);
	return 0;
}
