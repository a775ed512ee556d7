/*
 * Freezing for signature and what else moves an application: thaw, withdraw, answer.
 */
#include <inttypes.h>

#include "base/digest.h"
#include "dossier/dossier.h"
#include "fcgi/application/application.h"
#include "host/audit.h"
#include "host/once.h"

/* What the signatory declares (HBP 2.93 and box 12 of the form); part of the signed bytes. */
#define DECLARATION "The details and statements in this application are correct, the goods comply " \
	"with the non-preferential rules of origin of HBP 2.93, and the documents attached are true."

int
own_text(struct call *k, const struct record *r, struct text *out)
{
	struct list docs;
	struct dossier d = { .id = r->id, .agency = r->agency, .office = r->office,
		.rule_set = r->rule_set, .exporter = r->exporter, .content = r->content,
		.declaration_text = T(DECLARATION) };

	if (record_documents(k, r->id, &docs) != 0)
		return -1;
	d.documents = record_attached(k->c, &docs);
	d.ndocuments = docs.n;
	return dossier_signed(k->c, &d, out);
}

int
reply_state(struct call *k, int64_t id)
{
	struct json_object *o = json_new(k->c);
	struct record r;

	if (record_read(k, id, &r) != 0)
		return -1;
	json_set_text(o, "state", r.state);
	json_set_int(o, "version", r.version);
	if (r.signed_sha256.n > 0)
		json_set_text(o, "sha256", r.signed_sha256);
	return reply_json(k->c, k->out, 200, o);
}

static int
note(struct call *k, int64_t id, const char *what, struct text words)
{
	return record_event(k, id, what, words) != 0 || audit_add(k, text_c(k->c,
	    text_fmt(k->c, "application_%s", what)), text_fmt(k->c, "application/%" PRId64, id),
	    T("")) != 0 ? -1 : 0;
}

/* Every error at once; warnings do not block. */
static int
must_be_sound(struct call *k, const struct record *r)
{
	struct finding *f = ctx_alloc(k->c, FINDINGS_MAX * sizeof *f);
	size_t n;

	if (record_findings(k, r, f, &n) != 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (!f[i].warning)
			(void)problem_fault(k->c, f[i].fault);
	return k->c->problem.kind == PROBLEM_NONE ? 0 : -1;
}

/* The exporter's record is taken as it is today, once for all. */
static int
freeze(struct call *k, struct record *r)
{
	struct firm_row firm;
	struct text bytes;

	if (db_need(k->c, k->d, ST_FIRM, ARGS(A_TEXT(r->iec), A_INT(k->who->person)), &firm) != 0)
		return -1;
	r->exporter = json_write(k->c, row_json(k->c, &application_stmt[ST_FIRM], &firm));
	if (must_be_sound(k, r) != 0 || own_text(k, r, &bytes) != 0)
		return -1;
	return db_guard(k->c, k->d, ST_FREEZE, ARGS(A_TEXT(r->exporter), A_TEXT(bytes),
	    A_TEXT(sha256_hex(k->c, bytes)), A_INT(r->id), A_INT(r->version)));
}

static int
do_freeze(struct call *k, void *arg)
{
	const struct version_form *in = arg;
	struct record r;

	if (record_read(k, in->id, &r) != 0 ||
	    record_may(k, &r, APPLICATION_SIGN, BY_FILER) != 0 ||
	    record_version(k, &r, in->version) != 0 || freeze(k, &r) != 0 ||
	    note(k, r.id, "frozen", T("")) != 0)
		return -1;
	return reply_state(k, r.id);
}

int
on_freeze(struct call *k, const void *form)
{
	struct version_form in = *(const struct version_form *)form;

	return call_once(k, do_freeze, &in);
}

static int
do_thaw(struct call *k, void *arg)
{
	const struct id_form *in = arg;
	struct record r;
	enum application_state back;

	if (record_read(k, in->id, &r) != 0)
		return -1;
	back = r.submitted_at.n > 0 ? APPLICATION_QUERY : APPLICATION_DRAFT;
	if (record_may(k, &r, back, BY_FILER) != 0 ||
	    db_guard(k->c, k->d, ST_THAW, ARGS(A_INT(r.id), A_INT(r.version),
	    A_TEXT(r.state))) != 0 || signing_end(k, "application", r.id) != 0 ||
	    note(k, r.id, "reopened", T("")) != 0)
		return -1;
	return reply_state(k, r.id);
}

int
on_thaw(struct call *k, const void *form)
{
	struct id_form in = *(const struct id_form *)form;

	return call_tx(k, do_thaw, &in);
}

static int
move(struct call *k, const struct record *r, enum application_state to)
{
	return db_guard(k->c, k->d, ST_MOVE, ARGS(A_TEXT(text_of(state_name(to))), A_INT(r->id),
	    A_INT(r->version), A_TEXT(r->state)));
}

static int
do_withdraw(struct call *k, void *arg)
{
	const struct version_form *in = arg;
	struct record r;

	if (record_read(k, in->id, &r) != 0 ||
	    record_may(k, &r, APPLICATION_WITHDRAWN, BY_FILER) != 0 ||
	    record_version(k, &r, in->version) != 0 || record_void(k, &r) != 0 ||
	    move(k, &r, APPLICATION_WITHDRAWN) != 0 ||
	    signing_end(k, "application", r.id) != 0 || note(k, r.id, "withdrawn", T("")) != 0)
		return -1;
	return reply_state(k, r.id);
}

int
on_withdraw(struct call *k, const void *form)
{
	struct version_form in = *(const struct version_form *)form;

	return call_tx(k, do_withdraw, &in);
}

/* Unchanged since it was signed, the answer goes straight back; otherwise it is signed again. */
static int
do_answer(struct call *k, void *arg)
{
	const struct answer_form *in = arg;
	struct record r;
	struct text bytes;
	struct signature_row sig;

	if (record_read(k, in->id, &r) != 0 ||
	    record_may(k, &r, APPLICATION_RESUBMITTED, BY_FILER) != 0 ||
	    record_version(k, &r, in->version) != 0 || own_text(k, &r, &bytes) != 0 ||
	    db_need(k->c, k->d, ST_SIGNATURE, ARGS(A_INT(r.signature_id)), &sig) != 0 ||
	    note(k, r.id, "answered", in->answer) != 0)
		return -1;
	if (text_eq(bytes, sig.signed_text) ? move(k, &r, APPLICATION_RESUBMITTED) != 0 :
	    freeze(k, &r) != 0)
		return -1;
	return reply_state(k, r.id);
}

int
on_resubmit(struct call *k, const void *form)
{
	struct answer_form in = *(const struct answer_form *)form;

	return call_once(k, do_answer, &in);
}
