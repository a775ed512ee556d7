/*
 * The one door for money from outside (DESIGN 9).
 *
 * The ledger has two entries for a captured payment that sum to zero: what stands with the gateway
 * for the agency grows (gateway:NCE, +), and it is owed to the agency as fees with the tax on them
 * (fees:NCE, -) or to the payer (refunds:NCE, -).  An account's balance is the sum of its entries.
 */
#include <inttypes.h>

#include "base/clock.h"
#include "base/journal.h"
#include "fcgi/payment/payment.h"
#include "host/audit.h"
#include "host/once.h"
#include "rules/number.h"

#define TRIES 4

struct settling {
	struct call *k;
	const struct fact *fact;
	struct due_row due;
	struct standing_row app;
	enum application_state state;
	enum outcome outcome;
	struct text receipt, number;
};

static int
note(struct settling *s, const char *what)
{
	const struct fact *f = s->fact;

	return audit_add(s->k, what, s->due.id == 0 ? text_fmt(s->k->c, "order/%.*s",
	    TEXT_F(f->order)) : text_fmt(s->k->c, "payment/%" PRId64, s->due.id),
	    text_fmt(s->k->c, "%.*s %.*s %" PRId64 " %.*s by %s", TEXT_F(f->payment),
	    TEXT_F(f->status), f->amount, TEXT_F(f->currency), f->source));
}

static int
book(struct settling *s, const char *account, int64_t amount)
{
	return db_run(s->k->c, s->k->d, ST_LEDGER_ADD, ARGS(A_INT(s->due.id),
	    A_TEXT(s->fact->payment), A_TEXT(text_fmt(s->k->c, "%s:%.*s", account,
	    TEXT_F(s->due.agency))), A_INT(amount))) < 0 ? -1 : 0;
}

static int
book_both(struct settling *s)
{
	const char *other = s->outcome == OUTCOME_SETTLED ? "fees" : "refunds";

	return book(s, "gateway", s->fact->amount) != 0 || book(s, other, -s->fact->amount) != 0 ?
	    -1 : 0;
}

static int
count(struct settling *s, const char *name, int64_t *out)
{
	*out = db_insert(s->k->c, s->k->d, ST_COUNT, ARGS(A_TEXT(text_of(name)),
	    A_TEXT(s->due.agency), A_INT(clock_financial_year(s->k->c->now))));
	return *out < 0 ? -1 : 0;
}

static int
give_numbers(struct settling *s)
{
	struct ctx *c = s->k->c;
	int year = clock_financial_year(c->now);
	int64_t serial;

	s->number = s->app.number;
	if (s->state == APPLICATION_PAYMENT && s->number.n == 0) {
		if (count(s, "application", &serial) != 0)
			return -1;
		s->number = application_number(c, s->due.agency, year, serial);
	}
	if (count(s, "receipt", &serial) != 0)
		return -1;
	s->receipt = receipt_number(c, s->due.agency, year, serial);
	return s->receipt.n > 0 ? 0 :
	    problem_set(c, PROBLEM_INTERNAL, "the series of receipts is used up");
}

static int
move(struct settling *s)
{
	struct call *k = s->k;
	struct text paid = text_fmt(k->c, "%.*s, receipt %.*s",
	    TEXT_F(rupees(k->c, s->fact->amount)), TEXT_F(s->receipt));

	if (s->state != APPLICATION_PAYMENT)
		return db_guard(k->c, k->d, ST_PAID_EARLY, ARGS(A_INT(s->due.application_id),
		    A_INT(s->app.version), A_TEXT(s->app.state))) != 0 ||
		    payment_event(k, s->due.application_id, "paid", paid) != 0 ? -1 : 0;
	return db_guard(k->c, k->d, ST_SUBMIT, ARGS(A_TEXT(s->number),
	    A_INT(s->due.application_id), A_INT(s->app.version))) != 0 ||
	    payment_event(k, s->due.application_id, "paid", paid) != 0 ||
	    payment_event(k, s->due.application_id, "submitted", s->number) != 0 ? -1 : 0;
}

static struct json_object *
letter(struct settling *s, struct text to)
{
	struct ctx *c = s->k->c;
	bool in = s->state == APPLICATION_PAYMENT;
	struct json_object *o = json_new(c), *lines = json_list(c);
	struct text line[] = {
		text_fmt(c, "The fee of %.*s was paid; receipt %.*s.",
		    TEXT_F(rupees(c, s->fact->amount)), TEXT_F(s->receipt)),
		in ? text_fmt(c, "Application %.*s was submitted.", TEXT_F(s->number)) :
		    T("The application was being changed meanwhile: sign it again and it is "
		    "submitted. Nothing more is to be paid."),
		T(""),
		in ? text_fmt(c, "शुल्क मिल गया है और आवेदन %.*s जमा हो गया है।", TEXT_F(s->number)) :
		    T("शुल्क मिल गया है। आवेदन पर फिर से हस्ताक्षर करें; और कुछ नहीं देना है।"),
		T(""),
		text_fmt(c, "%s/receipts/%.*s", s->k->conf->origin, TEXT_F(s->receipt)),
		text_fmt(c, "%s/applications/%" PRId64, s->k->conf->origin, s->due.application_id),
	};

	json_set_text(o, "to", to);
	json_set_text(o, "subject", in ? text_fmt(c, "Paid and submitted: %.*s",
	    TEXT_F(s->number)) : text_fmt(c, "Paid: receipt %.*s", TEXT_F(s->receipt)));
	for (size_t i = 0; i < COUNT(line); i++)
		(void)json_object_array_add(lines,
		    json_object_new_string_len(line[i].p, (int)line[i].n));
	json_add(o, "lines", lines);
	return o;
}

static int
tell_payer(struct settling *s)
{
	struct call *k = s->k;
	struct mail_row to;
	struct text once = s->state == APPLICATION_PAYMENT ?
	    text_fmt(k->c, "mail/submitted/%" PRId64, s->due.application_id) :
	    text_fmt(k->c, "mail/paid/%" PRId64, s->due.id);
	int rc = db_one(k->c, k->d, ST_MAIL_TO, ARGS(A_INT(s->due.id)), &to);

	if (rc != 1)
		return rc;
	return db_run(k->c, k->d, ST_JOB_ADD, ARGS(A_TEXT(T("mail")), A_TEXT(once),
	    A_TEXT(json_write(k->c, letter(s, to.email))))) < 0 ? -1 : 0;
}

static int
close_payment(struct settling *s)
{
	return db_guard(s->k->c, s->k->d, ST_PAID, ARGS(A_TEXT(s->fact->payment),
	    A_TEXT0(s->receipt), A_INT(s->due.id), A_INT(s->due.version)));
}

static int
settle(struct settling *s)
{
	return book_both(s) != 0 || give_numbers(s) != 0 || close_payment(s) != 0 ||
	    move(s) != 0 || receipt_write(s->k, &s->due, s->receipt, s->number, s->fact) != 0 ||
	    tell_payer(s) != 0 || note(s, "payment_settled") != 0 ? -1 : 0;
}

/* Captured, and not the fee: booked all the same, for the payer.  Nobody submits anything. */
static int
owe_back(struct settling *s)
{
	struct call *k = s->k;
	bool open = !text_is(s->due.state, "paid") && s->fact->amount == s->due.total_paise;

	JOURNAL("refund_due", J("payment", s->fact->payment), J("order", s->fact->order),
	    J("amount", text_fmt(k->c, "%" PRId64, s->fact->amount)));
	return book_both(s) != 0 || (open && close_payment(s) != 0) ||
	    payment_event(k, s->due.application_id, "refund_due", text_fmt(k->c,
	    "%.*s came in that is not owed (%.*s): it will be returned.",
	    TEXT_F(rupees(k->c, s->fact->amount)), TEXT_F(s->fact->payment))) != 0 ||
	    note(s, "payment_refund_due") != 0 ? -1 : 0;
}

static int
mismatch(struct settling *s)
{
	JOURNAL("payment_mismatch", J("payment", s->fact->payment), J("order", s->fact->order),
	    J("currency", s->fact->currency));
	return note(s, "payment_mismatch");
}

/* Authorised is not yet ours: the courier asks the gateway at once how it went on. */
static int
only_note(struct settling *s)
{
	struct call *k = s->k;

	if (text_is(s->fact->status, "authorized") && !text_is(s->due.state, "paid") &&
	    db_run(k->c, k->d, ST_ASK_ADD, ARGS(A_TEXT(text_fmt(k->c, "poll/%.*s",
	    TEXT_F(s->fact->payment))), A_TEXT(text_fmt(k->c, "{\"payment_id\":%" PRId64
	    ",\"soon\":true}", s->due.id)), A_INT(0))) < 0)
		return -1;
	return note(s, "payment_noted");
}

static int (*const does[])(struct settling *) = {
	[OUTCOME_NOTED] = only_note, [OUTCOME_SETTLED] = settle,
	[OUTCOME_REFUND_DUE] = owe_back, [OUTCOME_MISMATCH] = mismatch,
};

/* The key of the fact is what makes it count once: 1 if it is new, 0 if it was here before. */
static int
keep(struct settling *s)
{
	const struct fact *f = s->fact;
	struct call *k = s->k;

	if (db_run(k->c, k->d, ST_FACT_ADD, ARGS(A_TEXT(f->payment), A_TEXT(f->status),
	    A_TEXT(f->order), A_INT(f->amount), A_TEXT(text_of(f->source)),
	    A_TEXT(text_of(outcome_name(s->outcome))))) >= 0)
		return 1;
	if (db_fault(k->d) != FAULT_DUPLICATE)
		return -1;
	problem_clear(&k->c->problem);
	return 0;
}

/*
 * Nothing is locked by reading: the fact's key lets one of several equal ones through, and what was
 * read of payment and application is asserted again by the statements that change them.
 *
 * An order that we do not know is noted and not kept as a fact: the courier may be about to tell us
 * of it, and then asks about it again.
 */
static int
apply(struct call *k, void *arg)
{
	struct settling s = { .k = k, .fact = arg };
	int rc = db_one(k->c, k->d, ST_BY_ORDER, ARGS(A_TEXT(s.fact->order)), &s.due);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return note(&s, "payment_unknown");
	if (db_need(k->c, k->d, ST_APPLICATION, ARGS(A_INT(s.due.application_id)), &s.app) != 0)
		return -1;
	if (!state_read(s.app.state, &s.state))
		return problem_set(k->c, PROBLEM_INTERNAL, "state of an application");
	s.outcome = fact_outcome(s.fact, s.due.total_paise, text_is(s.due.state, "paid"),
	    s.app.paid, s.state);
	if ((rc = keep(&s)) != 1)
		return rc;
	return does[s.outcome](&s);
}

/* Something else happened to the same payment in that moment: looked at anew, it is another case. */
int
settle_fact(struct call *k, struct fact *f)
{
	for (int try = 1; call_tx(k, apply, f) != 0; try++) {
		if (k->c->problem.kind != PROBLEM_STATE || try == TRIES)
			return -1;
		problem_clear(&k->c->problem);
	}
	return 0;
}
