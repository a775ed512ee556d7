/*
 * A draft: begun, shown, saved as one types, checked.
 */
#include <inttypes.h>

#include "base/clock.h"
#include "dossier/dossier.h"
#include "fcgi/application/application.h"
#include "host/audit.h"
#include "host/once.h"
#include "rules/code.h"

#define EMPTY T("{}")

struct begin { const struct new_form *in; int64_t id; };

/* The content of an earlier application; what belongs to one shipment alone is typed anew. */
static int
copied(struct call *k, int64_t id, struct text *content)
{
	struct record r;
	struct json_object *o, *transport;

	if (record_read(k, id, &r) != 0 || json_read(k->c, r.content, &o) != 0)
		return -1;
	json_object_object_del(o, "invoices");
	if (json_object_object_get_ex(o, "transport", &transport) && transport != NULL) {
		json_object_object_del(transport, "departure_date");
		json_object_object_del(transport, "voyage");
	}
	*content = json_write(k->c, o);
	return 0;
}

/* The country as lists show it: a draft may name one that there is not. */
static struct text
listed_country(const struct content *content)
{
	return code_find(&countries, content->importing_country) == NULL ? T("") :
	    content->importing_country;
}

static struct text
firm_text(struct call *k, const struct firm_row *f)
{
	return json_write(k->c, row_json(k->c, &application_stmt[ST_FIRM], f));
}

static int
insert(struct call *k, const struct new_form *in, struct text content, int64_t *id)
{
	struct content read;
	struct found_row office;
	struct rule_row rules;
	struct firm_row firm;

	if (dossier_read(k->c, content, &read) != 0)
		return -1;
	if (db_one(k->c, k->d, ST_OFFICE, ARGS(A_INT(in->office_id), A_TEXT(in->agency)),
	    &office) != 1)
		return problem_field(k->c, "office_id", "unknown",
		    "This agency has no such office.");
	if (db_need(k->c, k->d, ST_RULES, ARGS(A_TEXT(clock_ist_date(k->c, k->c->now))),
	    &rules) != 0 || db_need(k->c, k->d, ST_FIRM, ARGS(A_TEXT(k->who->iec),
	    A_INT(k->who->person)), &firm) != 0)
		return -1;
	*id = db_insert(k->c, k->d, ST_ADD, ARGS(A_TEXT(k->who->iec), A_TEXT(in->agency),
	    A_INT(in->office_id), A_TEXT(rules.code), A_TEXT(content),
	    A_TEXT(firm_text(k, &firm)), A_TEXT(read.consignee.name),
	    A_TEXT(listed_country(&read)), A_INT((int64_t)read.nitems), A_INT(k->who->person)));
	return *id < 0 ? -1 : 0;
}

static int
begin(struct call *k, void *arg)
{
	struct begin *b = arg;
	struct text content = EMPTY;
	struct json_object *o;

	if ((b->in->copy_of > 0 && copied(k, b->in->copy_of, &content) != 0) ||
	    insert(k, b->in, content, &b->id) != 0 ||
	    record_event(k, b->id, "created", T("")) != 0 ||
	    audit_add(k, "application_created", text_fmt(k->c, "application/%" PRId64, b->id),
	    T("")) != 0)
		return -1;
	o = json_new(k->c);
	json_set_int(o, "id", b->id);
	return reply_json(k->c, k->out, 201, o);
}

int
on_create(struct call *k, const void *form)
{
	struct begin b = { .in = form };

	return call_once(k, begin, &b);
}

int
on_show(struct call *k, const void *form)
{
	const struct id_form *in = form;
	struct json_object *o;
	struct record r;

	if (record_read(k, in->id, &r) != 0 || record_json(k, &r, &o) != 0)
		return -1;
	return reply_json(k->c, k->out, 200, o);
}

/* Upper case without blanks: for finding the same invoice, not for showing it. */
static struct text
norm(struct ctx *c, struct text number)
{
	char *p = ctx_alloc(c, number.n + 1);
	size_t n = 0;

	number = text_upper(c, number);
	for (size_t i = 0; i < number.n; i++)
		if (number.p[i] != ' ')
			p[n++] = number.p[i];
	return (struct text){ p, n };
}

static int
save_invoices(struct call *k, const struct record *r, const struct content *content)
{
	if (db_run(k->c, k->d, ST_INVOICES_DROP, ARGS(A_INT(r->id))) < 0)
		return -1;
	for (size_t i = 0; i < content->ninvoices; i++)
		if (content->invoices[i].number.n > 0 &&
		    db_run(k->c, k->d, ST_INVOICE_ADD, ARGS(A_INT(r->id),
		    A_TEXT(norm(k->c, content->invoices[i].number)), A_TEXT(r->iec))) < 0)
			return -1;
	return 0;
}

struct saving { const struct save_form *in; struct content content; };

static int
check_office(struct call *k, const struct save_form *in, struct record *r)
{
	struct found_row office;

	if (in->office_id == 0 || in->office_id == r->office_id)
		return 0;
	if (r->submitted_at.n > 0 || db_one(k->c, k->d, ST_OFFICE,
	    ARGS(A_INT(in->office_id), A_TEXT(r->agency)), &office) != 1)
		return problem_field(k->c, "office_id", "unknown",
		    "This application cannot go to that office.");
	r->office_id = in->office_id;
	return 0;
}

static int
write_draft(struct call *k, void *arg)
{
	struct saving *s = arg;
	struct record r;
	struct json_object *o;

	if (record_read(k, s->in->id, &r) != 0)
		return -1;
	if (!state_editable(record_state(&r)))
		return problem_say(k->c, PROBLEM_STATE, "It is not open for editing.");
	if (record_version(k, &r, s->in->version) != 0 || check_office(k, s->in, &r) != 0 ||
	    db_guard(k->c, k->d, ST_SAVE, ARGS(A_TEXT(s->in->content), A_INT(r.office_id),
	    A_TEXT(s->content.consignee.name), A_TEXT(listed_country(&s->content)),
	    A_INT((int64_t)s->content.nitems), A_INT(r.id), A_INT(r.version))) != 0 ||
	    save_invoices(k, &r, &s->content) != 0 ||
	    audit_add(k, "application_saved", text_fmt(k->c, "application/%" PRId64, r.id),
	    text_fmt(k->c, "version %" PRId64, r.version + 1)) != 0)
		return -1;
	o = json_new(k->c);
	json_set_int(o, "version", r.version + 1);
	json_set_text(o, "updated_at", clock_rfc3339(k->c, k->c->now));
	return reply_json(k->c, k->out, 200, o);
}

int
on_save(struct call *k, const void *form)
{
	struct saving s = { .in = form };

	if (dossier_read(k->c, s.in->content, &s.content) != 0)
		return -1;
	return call_tx(k, write_draft, &s);
}

int
on_check(struct call *k, const void *form)
{
	const struct id_form *in = form;
	struct finding *f = ctx_alloc(k->c, FINDINGS_MAX * sizeof *f);
	struct json_object *o = json_new(k->c);
	struct record r;
	size_t n;

	if (record_read(k, in->id, &r) != 0 || record_findings(k, &r, f, &n) != 0)
		return -1;
	json_add(o, "errors", findings_json(k->c, f, n, false));
	json_add(o, "warnings", findings_json(k->c, f, n, true));
	return reply_json(k->c, k->out, 200, o);
}
