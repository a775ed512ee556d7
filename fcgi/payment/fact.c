#include <inttypes.h>

#include "fcgi/payment/fact.h"
#include "gateway/gateway.h"
#include "rules/fee.h"

#define RECEIPT_MAX	16
#define SERIAL_DIGITS	6

static const char *const known[] = { "created", "authorized", "captured", "refunded", "failed" };

static const char *const outcome_names[] = {
	[OUTCOME_NOTED] = "noted", [OUTCOME_SETTLED] = "settled",
	[OUTCOME_REFUND_DUE] = "refund_due", [OUTCOME_MISMATCH] = "mismatch",
};

const char *
outcome_name(enum outcome o)
{
	return outcome_names[o];
}

static struct json_object *
member(struct json_object *o, const char *key, json_type type)
{
	struct json_object *m;

	return o != NULL && json_object_object_get_ex(o, key, &m) &&
	    json_object_is_type(m, type) ? m : NULL;
}

static bool
known_status(struct text t)
{
	for (size_t i = 0; i < COUNT(known); i++)
		if (text_is(t, known[i]))
			return true;
	return false;
}

static bool
sound(const struct fact *f)
{
	return gateway_id_ok(f->order) && gateway_id_ok(f->payment) && known_status(f->status) &&
	    f->currency.n == 3 && f->amount >= 0 && f->amount <= FEE_MAX;
}

int
fact_read(struct ctx *c, struct text body, struct fact *out)
{
	struct json_object *o, *payment, *amount;

	if (json_read(c, body, &o) != 0)
		return -1;
	if (!json_object_is_type(o, json_type_object))
		return problem_say(c, PROBLEM_SYNTAX, "The notice is not an object.");
	payment = member(member(member(o, "payload", json_type_object), "payment",
	    json_type_object), "entity", json_type_object);
	if (payment == NULL)
		return 0;
	amount = member(payment, "amount", json_type_int);
	*out = (struct fact){
		.order = json_member(payment, "order_id"), .payment = json_member(payment, "id"),
		.status = json_member(payment, "status"),
		.currency = json_member(payment, "currency"),
		.amount = amount == NULL ? -1 : json_object_get_int64(amount),
		.source = text_starts(json_member(o, "event"), "poll.") ? "poll" : "notice",
	};
	return sound(out) ? 1 : problem_say(c, PROBLEM_SYNTAX, "The notice names no payment.");
}

enum outcome
fact_outcome(const struct fact *f, int64_t total, bool payment_paid, bool application_paid,
    enum application_state state)
{
	if (!text_is(f->status, "captured"))
		return OUTCOME_NOTED;
	if (!text_is(f->currency, "INR"))
		return OUTCOME_MISMATCH;
	if (f->amount != total || payment_paid || application_paid ||
	    state_waiting(state) == WAITS_NOBODY)
		return OUTCOME_REFUND_DUE;
	return OUTCOME_SETTLED;
}

struct text
receipt_number(struct ctx *c, struct text agency, int year, int64_t serial)
{
	const char *before = agency.n <= 4 ? "R-" : agency.n == 5 ? "R" : "";
	struct text t = text_fmt(c, "%s%.*s-%02d-%0*" PRId64, before, TEXT_F(agency), year % 100,
	    SERIAL_DIGITS, serial);

	return t.n <= RECEIPT_MAX ? t : (struct text){ "", 0 };
}

struct text
rupees(struct ctx *c, int64_t paise)
{
	return text_fmt(c, "Rs %" PRId64 ".%02" PRId64, paise / 100, paise % 100);
}
