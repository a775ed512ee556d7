/*
 * Query, rejection, approval: one way, told apart by a row.
 */
#include <inttypes.h>

#include "fcgi/review/review.h"
#include "host/audit.h"
#include "host/once.h"

struct verdict {
	enum application_state to;
	const char *kind, *event;
	const char *subject;		/* of the letter to the exporter; NULL: none is sent */
	const char *line, *hindi;
};

static const struct verdict query = { APPLICATION_QUERY, "query", "queried",
	"A question about your application", "The issuing agency has a question:",
	"जारीकर्ता एजेंसी ने आपके आवेदन के बारे में कुछ पूछा है।" };
static const struct verdict rejection = { APPLICATION_REJECTED, "rejection", "rejected",
	"Your application was rejected", "The issuing agency rejected it, for this reason:",
	"जारीकर्ता एजेंसी ने आपका आवेदन अस्वीकार कर दिया है।" };
static const struct verdict approval = { APPLICATION_APPROVED, "approval", "approved", NULL, NULL,
	NULL };

struct decision {
	const struct verdict *verdict;
	int64_t id, version;
	struct text text, detail;
};

static int
tell_exporter(struct call *k, const struct record *r, const struct decision *d)
{
	struct mail_row to;
	struct text line[] = { text_of(d->verdict->line), d->text, T(""),
		text_of(d->verdict->hindi), T(""),
		text_fmt(k->c, "%s/applications/%" PRId64, k->conf->origin, r->id) };
	int rc;

	if (d->verdict->subject == NULL)
		return 0;
	if ((rc = db_one(k->c, k->d, ST_MAIL_TO, ARGS(A_INT(r->id)), &to)) != 1)
		return rc;
	return record_mail(k, text_fmt(k->c, "mail/%s/%" PRId64 "/%" PRId64, d->verdict->event,
	    r->id, r->version), to.email, text_fmt(k->c, "%s: %.*s", d->verdict->subject,
	    TEXT_F(r->number)), line, COUNT(line));
}

/* What is under review is decided by whoever has it open; an approval any officer takes back. */
static int
guard(struct call *k, const struct record *r, struct text state)
{
	if (record_state(r) == APPLICATION_APPROVED)
		return db_guard(k->c, k->d, ST_TAKE_BACK, ARGS(A_INT(r->id), A_INT(r->version)));
	if (!r->lock_holds || r->lock_person != k->who->person)
		return problem_say(k->c, PROBLEM_LOCKED, "Open the application again before you decide.");
	return db_guard(k->c, k->d, ST_DECIDE, ARGS(A_TEXT(state), A_TEXT(state), A_INT(r->id),
	    A_INT(r->version), A_INT(k->who->person)));
}

static int
decide(struct call *k, void *arg)
{
	const struct decision *d = arg;
	const struct verdict *v = d->verdict;
	struct text state = text_of(state_name(v->to));
	struct json_object *o;
	struct record r;

	if (record_read(k, d->id, &r) != 0 || record_may(k, &r, v->to, BY_OFFICER) != 0 ||
	    record_version(k, &r, d->version) != 0)
		return -1;
	if ((v->to == APPLICATION_REJECTED && record_void(k, &r) != 0) ||
	    guard(k, &r, state) != 0 ||
	    db_run(k->c, k->d, ST_DECISION_ADD, ARGS(A_INT(r.id), A_TEXT(text_of(v->kind)),
	    A_INT(k->who->person), A_TEXT(k->who->name), A_TEXT(d->text), A_TEXT(d->detail))) < 0 ||
	    record_event(k, r.id, v->event, d->text) != 0 || tell_exporter(k, &r, d) != 0 ||
	    audit_add(k, text_c(k->c, text_fmt(k->c, "application_%s", v->event)),
	    text_fmt(k->c, "application/%" PRId64, r.id), T("")) != 0)
		return -1;
	o = json_new(k->c);
	json_set_text(o, "state", state);
	json_set_int(o, "version", r.version + 1);
	return reply_json(k->c, k->out, 200, o);
}

static int
with_words(struct call *k, const struct verdict *v, const struct decide_form *in)
{
	struct decision d = { v, in->id, in->version, in->text, T("{}") };

	return call_once(k, decide, &d);
}

int
on_query(struct call *k, const void *form)
{
	return with_words(k, &query, form);
}

int
on_reject(struct call *k, const void *form)
{
	return with_words(k, &rejection, form);
}

int
on_approve(struct call *k, const void *form)
{
	const struct approve_form *in = form;
	struct decision d = { &approval, in->id, in->version, T(""),
		text_fmt(k->c, "{\"checked\":%.*s}", TEXT_F(in->checked)) };

	return checklist_done(k, in->checked) != 0 ? -1 : call_once(k, decide, &d);
}
