/*
 * The exporter's signature over the canonical text: by a job, or as a file made elsewhere.
 */
#include <inttypes.h>

#include "base/clock.h"
#include "base/codec.h"
#include "base/digest.h"
#include "fcgi/application/application.h"
#include "host/audit.h"
#include "host/once.h"
#include "keys/cms.h"
#include "rules/number.h"

#define TITLE T("Application for a certificate of origin (Non-Preferential)")

static int
attach(struct call *k, const char *type, struct text name, struct text bytes)
{
	reply_header(k->out, "Content-Disposition", text_fmt(k->c, "attachment; filename=\"%.*s\"",
	    TEXT_F(name)));
	return reply_bytes(k->out, type, bytes);
}

static int
read_frozen(struct call *k, int64_t id, struct signature_row *out)
{
	int rc = db_one(k->c, k->d, ST_SIGNED_TEXT, ARGS(A_INT(id)), out);

	return rc == 0 ? problem_say(k->c, PROBLEM_STATE, "It is not frozen for signing.") :
	    rc < 0 ? -1 : 0;
}

int
on_signing_text(struct call *k, const void *form)
{
	const struct id_form *in = form;
	struct signature_row s;
	struct record r;

	if (record_read(k, in->id, &r) != 0 || read_frozen(k, r.id, &s) != 0)
		return -1;
	return attach(k, "application/json", text_fmt(k->c, "application-%" PRId64 ".json", r.id),
	    s.signed_text);
}

static int
signature_of(struct call *k, int64_t id, struct signature_row *out)
{
	struct record r;

	return record_read(k, id, &r) != 0 ||
	    db_need(k->c, k->d, ST_SIGNATURE, ARGS(A_INT(r.signature_id)), out) != 0 ? -1 : 0;
}

int
on_signature_p7s(struct call *k, const void *form)
{
	const struct id_form *in = form;
	struct signature_row s;

	if (signature_of(k, in->id, &s) != 0)
		return -1;
	return attach(k, "application/pkcs7-signature",
	    text_fmt(k->c, "application-%" PRId64 ".p7s", in->id), s.cms);
}

int
on_signature_text(struct call *k, const void *form)
{
	const struct id_form *in = form;
	struct signature_row s;

	if (signature_of(k, in->id, &s) != 0)
		return -1;
	return attach(k, "application/json", text_fmt(k->c, "application-%" PRId64 ".json", in->id),
	    s.signed_text);
}

static int
start_job(struct call *k, void *arg)
{
	const struct id_form *in = arg;
	struct record r;

	if (record_read(k, in->id, &r) != 0)
		return -1;
	if (record_state(&r) != APPLICATION_SIGN)
		return problem_say(k->c, PROBLEM_STATE, "It does not wait for a signature.");
	return audit_add(k, "signing_asked", text_fmt(k->c, "application/%" PRId64, r.id),
	    r.signed_sha256) != 0 ||
	    signing_start(k, "application", r.id, r.signed_sha256) != 0 ? -1 : 0;
}

int
on_job(struct call *k, const void *form)
{
	struct id_form in = *(const struct id_form *)form;

	return call_tx(k, start_job, &in);
}

static int
find_job(struct call *k, struct text token, struct signing_job *job, struct record *r)
{
	if (signing_find(k, "application", token, job) != 0 ||
	    record_read(k, job->subject_id, r) != 0)
		return -1;
	return record_state(r) == APPLICATION_SIGN && text_eq(r->signed_sha256, job->sha256) ? 0 :
	    problem_set(k->c, PROBLEM_GONE, "the application has moved on");
}

int
on_job_show(struct call *k, const void *form)
{
	const struct job_form *in = form;
	struct signature_row s;
	struct signing_job job;
	struct record r;

	if (find_job(k, in->token, &job, &r) != 0 || read_frozen(k, r.id, &s) != 0)
		return -1;
	return signing_show(k, "application", &job, &(struct signing_words){ .title = TITLE,
	    .subject = r.number.n > 0 ? r.number : text_fmt(k->c, "%" PRId64, r.id),
	    .size = (int64_t)s.signed_text.n });
}

int
on_job_document(struct call *k, const void *form)
{
	const struct job_form *in = form;
	struct signature_row s;
	struct signing_job job;
	struct record r;

	if (find_job(k, in->token, &job, &r) != 0 || read_frozen(k, r.id, &s) != 0)
		return -1;
	return reply_bytes(k->out, "application/json", s.signed_text);
}

/* Where a signature leads: back to the officer, past a payment made before, or to the payment. */
static enum application_state
next_state(const struct record *r)
{
	if (r->submitted_at.n > 0)
		return APPLICATION_RESUBMITTED;
	return r->paid ? APPLICATION_SUBMITTED : APPLICATION_PAYMENT;
}

static int
number_for(struct call *k, const struct record *r, enum application_state to, struct text *out)
{
	int year = clock_financial_year(k->c->now);
	int64_t serial;

	*out = r->number;
	if (to != APPLICATION_SUBMITTED || r->number.n > 0)
		return 0;
	serial = db_insert(k->c, k->d, ST_COUNT, ARGS(A_TEXT(r->agency), A_INT(year)));
	if (serial < 0)
		return -1;
	*out = application_number(k->c, r->agency, year, serial);
	return 0;
}

int
take_signature(struct call *k, struct taken *t)
{
	const struct record *r = &t->r;
	enum application_state to;
	struct text state, number;
	struct record now;		/* it may have been paid since ${r} was read */
	int64_t id;

	if (record_read(k, r->id, &now) != 0)
		return -1;
	to = next_state(&now);
	state = text_of(state_name(to));
	id = db_insert(k->c, k->d, ST_SIGNATURE_ADD, ARGS(A_TEXT(t->cms),
	    A_INT(k->who->person), A_TEXT(t->signer), A_TEXT(t->fingerprint), A_INT(r->id),
	    A_TEXT(r->signed_sha256)));
	return id < 0 || number_for(k, &now, to, &number) != 0 ||
	    db_guard(k->c, k->d, ST_SIGNED, ARGS(A_TEXT(state), A_INT(id), A_TEXT0(number),
	    A_TEXT(state), A_INT(r->id), A_INT(now.version), A_TEXT(r->signed_sha256))) != 0 ||
	    record_event(k, r->id, "signed", t->signer) != 0 ||
	    (to != APPLICATION_PAYMENT && record_event(k, r->id, state_name(to), T("")) != 0) ||
	    audit_add(k, "application_signed", text_fmt(k->c, "application/%" PRId64, r->id),
	    r->signed_sha256) != 0 ? -1 : 0;
}

struct job_taken { struct text token; struct taken t; };

static int
finish_job(struct call *k, void *arg)
{
	struct job_taken *j = arg;
	struct json_object *o = json_new(k->c);
	struct record r;

	if (signing_use(k, j->token) != 0 || take_signature(k, &j->t) != 0 ||
	    record_read(k, j->t.r.id, &r) != 0)
		return -1;
	json_set_bool(o, "done", true);
	json_set_text(o, "subject", text_fmt(k->c, "%" PRId64, r.id));
	json_set_text(o, "state", r.state);
	return reply_json(k->c, k->out, 200, o);
}

int
on_job_sign(struct call *k, const void *form)
{
	const struct job_form *in = form;
	struct job_taken j = { .token = in->token };
	struct signing_job job;

	if (find_job(k, in->token, &job, &j.t.r) != 0 ||
	    signing_cms(k, &job, in->signature, &j.t.cms) != 0)
		return -1;
	j.t.signer = job.subject;
	j.t.fingerprint = job.fingerprint;
	return call_tx(k, finish_job, &j);
}

static int
finish_p7s(struct call *k, void *arg)
{
	struct taken *t = arg;

	return take_signature(k, t) != 0 || signing_end(k, "application", t->r.id) != 0 ? -1 :
	    reply_state(k, t->r.id);
}

/* The certificate has to be one that this person registered here. */
static int
must_be_own(struct call *k, struct text fingerprint)
{
	struct found_row dsc;
	int rc = db_one(k->c, k->d, ST_DSC_OWNED, ARGS(A_INT(k->who->person),
	    A_TEXT(fingerprint)), &dsc);

	return rc == 0 ? problem_say(k->c, PROBLEM_SIGNATURE, "It was signed with a certificate that "
	    "is not registered for you.") : rc < 0 ? -1 : 0;
}

/* PEM as it is, or DER in base64 with whatever line ends. */
static int
read_cms(struct call *k, struct text sent, struct text *out)
{
	char *p = ctx_alloc(k->c, sent.n + 1);
	size_t n = 0;

	*out = sent;
	if (text_starts(sent, "-----BEGIN"))
		return 0;
	for (size_t i = 0; i < sent.n; i++)
		if (sent.p[i] != '\n' && sent.p[i] != ' ')
			p[n++] = sent.p[i];
	return base64_decode(k->c, (struct text){ p, n }, out) ? 0 :
	    problem_field(k->c, "p7s", "not-base64", "This is neither PEM nor base64.");
}

int
on_p7s(struct call *k, const void *form)
{
	const struct p7s_form *in = form;
	unsigned char document[SHA256_BYTES];
	struct signer signer;
	struct text sent;
	struct taken t;

	if (record_read(k, in->id, &t.r) != 0)
		return -1;
	if (record_state(&t.r) != APPLICATION_SIGN)
		return problem_say(k->c, PROBLEM_STATE, "It does not wait for a signature.");
	if (!hex_decode(t.r.signed_sha256, document, sizeof document))
		return problem_set(k->c, PROBLEM_INTERNAL, "frozen without a hash");
	if (read_cms(k, in->p7s, &sent) != 0 ||
	    cms_verify(k->c, sent, document, k->c->now, &signer) != 0 ||
	    must_be_own(k, signer.fingerprint) != 0)
		return -1;
	t.cms = signer.cms;
	t.signer = signer.subject;
	t.fingerprint = signer.fingerprint;
	return call_tx(k, finish_p7s, &t);
}
