/*
 * One application on the officer's desk: taken, seen, given back.
 */
#include <inttypes.h>
#include <string.h>

#include "fcgi/review/review.h"
#include "host/audit.h"
#include "host/once.h"

/* What the officer looks at before deciding; the page has the words (domain 10.4). */
static const char *const checklist[] = {
	"parties", "goods_match_invoice", "weights", "hs", "marks", "origin", "documents_legible",
};

static struct json_object *
checklist_json(struct ctx *c)
{
	struct json_object *list = json_list(c);

	for (size_t i = 0; i < COUNT(checklist); i++) {
		struct json_object *o = json_new(c);

		json_set_text(o, "code", text_of(checklist[i]));
		json_push(list, o);
	}
	return list;
}

/* What was not looked at is not approved. */
int
checklist_done(struct call *k, struct text checked)
{
	struct json_object *list;

	if (json_read(k->c, checked, &list) != 0)
		return -1;
	for (size_t i = 0; i < COUNT(checklist); i++) {
		size_t n = json_object_array_length(list);

		while (n > 0 && strcmp(json_object_get_string(json_object_array_get_idx(list, n - 1)),
		    checklist[i]) != 0)
			n--;
		if (n == 0)
			return problem_field(k->c, "checked", "missing", text_c(k->c, text_fmt(k->c,
			    "\"%s\" was not looked at.", checklist[i])));
	}
	return 0;
}

static int
name_of(struct call *k, int64_t person, struct text *out)
{
	struct person_row p = { T("") };
	int rc = db_one(k->c, k->d, ST_PERSON, ARGS(A_INT(person)), &p);

	*out = p.name;
	return rc < 0 ? -1 : 0;
}

static int
add_lock(struct call *k, const struct record *r, struct json_object *o)
{
	struct json_object *lock;
	struct text name;

	if (!r->lock_holds) {
		json_set_null(o, "lock");
		return 0;
	}
	if (name_of(k, r->lock_person, &name) != 0)
		return -1;
	lock = json_new(k->c);
	json_set_int(lock, "person", r->lock_person);
	json_set_text(lock, "name", name);
	json_set_text(lock, "until", r->lock_until);
	json_set_bool(lock, "mine", r->lock_person == k->who->person);
	json_add(o, "lock", lock);
	return 0;
}

static int
add_findings(struct call *k, const struct record *r, struct json_object *o)
{
	struct finding *f = ctx_alloc(k->c, FINDINGS_MAX * sizeof *f);
	struct json_object *found = json_new(k->c);
	size_t n;

	if (record_findings(k, r, f, &n) != 0)
		return -1;
	json_add(found, "errors", findings_json(k->c, f, n, false));
	json_add(found, "warnings", findings_json(k->c, f, n, true));
	json_add(o, "findings", found);
	return 0;
}

int
on_show(struct call *k, const void *form)
{
	const struct id_form *in = form;
	struct json_object *o;
	struct list decisions, same;
	struct record r;

	if (record_read(k, in->id, &r) != 0 || record_json(k, &r, &o) != 0 ||
	    add_lock(k, &r, o) != 0 || add_findings(k, &r, o) != 0 ||
	    db_list(k->c, k->d, VIEW_DECISIONS, ARGS(A_INT(r.id)), &decisions) != 0 ||
	    db_list(k->c, k->d, ST_SAME_INVOICE, ARGS(A_INT(r.id)), &same) != 0)
		return -1;
	json_add(o, "decisions", rows_json(k->c, &review_stmt[VIEW_DECISIONS], &decisions));
	json_add(o, "same_invoice", rows_json(k->c, &review_stmt[ST_SAME_INVOICE], &same));
	json_add(o, "checklist", checklist_json(k->c));
	return reply_json(k->c, k->out, 200, o);
}

int
on_document(struct call *k, const void *form)
{
	const struct document_form *in = form;

	return record_file(k, in->id, in->document);
}

int
on_page(struct call *k, const void *form)
{
	const struct document_form *in = form;

	return record_page(k, in->id, in->document, in->page);
}

static int
refuse_locked(struct call *k, const struct record *r)
{
	struct text name;

	if (name_of(k, r->lock_person, &name) != 0)
		return -1;
	return problem_say(k->c, PROBLEM_LOCKED, text_c(k->c, text_fmt(k->c,
	    "%.*s is examining this until %.*s.", TEXT_F(name), TEXT_F(r->lock_until))));
}

/* Renewing a lock changes nothing but its time: no event, so that the history stays readable. */
static int
take(struct call *k, void *arg)
{
	const struct id_form *in = arg;
	struct json_object *o;
	struct record r;
	bool mine;

	if (record_read(k, in->id, &r) != 0)
		return -1;
	mine = r.lock_holds && r.lock_person == k->who->person;
	if (r.lock_holds && !mine)
		return refuse_locked(k, &r);
	if (record_state(&r) != APPLICATION_REVIEW &&
	    record_may(k, &r, APPLICATION_REVIEW, BY_OFFICER) != 0)
		return -1;
	if (db_guard(k->c, k->d, ST_LOCK, ARGS(A_INT(k->who->person), A_INT(r.id),
	    A_INT(r.version), A_TEXT(r.state), A_INT(k->who->person))) != 0 ||
	    (!mine && record_event(k, r.id, "opened", T("")) != 0) ||
	    audit_add(k, "application_opened", text_fmt(k->c, "application/%" PRId64, r.id),
	    T("")) != 0 || record_read(k, r.id, &r) != 0)
		return -1;
	o = json_new(k->c);
	json_set_text(o, "lock_until", r.lock_until);
	json_set_int(o, "version", r.version);
	json_set_text(o, "state", r.state);
	return reply_json(k->c, k->out, 200, o);
}

int
on_lock(struct call *k, const void *form)
{
	struct id_form in = *(const struct id_form *)form;

	return call_tx(k, take, &in);
}

static int
give_back(struct call *k, void *arg)
{
	const struct id_form *in = arg;
	struct record r;

	if (record_read(k, in->id, &r) != 0 ||
	    db_run(k->c, k->d, ST_UNLOCK, ARGS(A_INT(r.id), A_INT(k->who->person))) < 0 ||
	    audit_add(k, "application_closed", text_fmt(k->c, "application/%" PRId64, r.id),
	    T("")) != 0)
		return -1;
	return reply_empty(k->out, 204);
}

int
on_unlock(struct call *k, const void *form)
{
	struct id_form in = *(const struct id_form *)form;

	return call_tx(k, give_back, &in);
}
