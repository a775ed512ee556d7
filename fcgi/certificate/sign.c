/*
 * The officer's signature: the job, what it shows, and the issue that it completes.
 */
#include <inttypes.h>
#include <string.h>

#include "base/codec.h"
#include "base/digest.h"
#include "base/fault.h"
#include "dossier/dossier.h"
#include "fcgi/certificate/certificate.h"
#include "files/store.h"
#include "host/audit.h"
#include "host/once.h"
#include "keys/cms.h"
#include "paper/pades.h"

#define LEAF_MAX (32 * MIB)

struct signing { struct record r; struct certificate cert; struct ready ready; };

static int
begin(struct call *k, void *arg)
{
	struct signing *s = arg;
	const struct ready *p = &s->ready;

	return must_not_halt(k) != 0 ||
	    db_guard(k->c, k->d, ST_SIGNING, ARGS(A_TEXT(p->face), A_INT(p->pages),
	    A_TEXT(p->file), A_TEXT(p->sha256), A_INT(k->who->person), A_INT(s->cert.id),
	    A_INT(s->cert.version), A_INT(k->who->person))) != 0 ||
	    audit_add(k, "certificate_signing", s->cert.number, p->sha256) != 0 ||
	    signing_start(k, "certificate", s->cert.id, p->sha256) != 0 ? -1 : 0;
}

int
on_sign(struct call *k, const void *form)
{
	const struct number_form *in = form;
	struct signing s;

	if (sweep(k) != 0 || certificate_read(k, in->number, &s.cert) != 0 ||
	    must_not_halt(k) != 0 || record_read(k, s.cert.application_id, &s.r) != 0)
		return -1;
	if (text_is(s.cert.state, "signing") && s.cert.signing_by != k->who->person)
		return problem_say(k->c, PROBLEM_LOCKED, "Another officer is signing this.");
	if (text_is(s.cert.state, "void"))
		return problem_say(k->c, PROBLEM_STATE, "Its number is void: the application ended.");
	if (!text_is(s.cert.state, "prepared") && !text_is(s.cert.state, "signing"))
		return problem_say(k->c, PROBLEM_STATE, "It is signed already.");
	if (record_state(&s.r) != APPLICATION_APPROVED)
		return problem_say(k->c, PROBLEM_STATE, "It is not approved.");
	if (draw_prepared(k, &s.r, &s.cert, &s.ready) != 0)
		return -1;
	return call_tx(k, begin, &s);
}

static int
give_up(struct call *k, void *arg)
{
	struct certificate *cert = arg;
	struct json_object *o = json_new(k->c);

	if (db_guard(k->c, k->d, ST_BACK, ARGS(A_INT(cert->id), A_INT(cert->version))) != 0 ||
	    signing_end(k, "certificate", cert->id) != 0 ||
	    audit_add(k, "certificate_unsigned", cert->number, T("")) != 0)
		return -1;
	json_set_text(o, "state", T("prepared"));
	return reply_json(k->c, k->out, 200, o);
}

int
on_unsign(struct call *k, const void *form)
{
	const struct number_form *in = form;
	struct certificate cert;

	if (certificate_read(k, in->number, &cert) != 0)
		return -1;
	if (text_is(cert.state, "signing") && cert.signing_by != k->who->person)
		return problem_say(k->c, PROBLEM_LOCKED, "Another officer is signing this.");
	return call_tx(k, give_up, &cert);
}

/* The job's certificate, still waiting for this very signature by this very officer. */
static int
find_job(struct call *k, struct text token, struct signing_job *job, struct certificate *cert)
{
	if (signing_find(k, "certificate", token, job) != 0 ||
	    db_need(k->c, k->d, ST_BY_ID, ARGS(A_INT(job->subject_id)), cert) != 0)
		return -1;
	if (!text_is(cert->state, "signing") || cert->signing_by != job->person_id ||
	    !text_eq(cert->prepared_sha256, job->sha256))
		return problem_set(k->c, PROBLEM_GONE, "the certificate has moved on");
	return 0;
}

/* What is signed, read again from the store and compared with what was noted. */
static int
read_prepared(struct call *k, const struct certificate *cert, struct prepared *out)
{
	if (store_read(k->c, certificates_root(k), cert->prepared_file, LEAF_MAX, &out->pdf) != 0 ||
	    pades_range_hash(k->c, out->pdf, &out->range, out->sha256) != 0)
		return -1;
	return text_eq(hex_text(k->c, out->sha256, sizeof out->sha256), cert->prepared_sha256) ? 0 :
	    problem_set(k->c, PROBLEM_INTERNAL, "%.*s: the stored leaf is not what was prepared",
	    TEXT_F(cert->number));
}

int
on_job_show(struct call *k, const void *form)
{
	const struct job_form *in = form;
	struct certificate cert;
	struct signing_job job;
	struct prepared p;

	if (find_job(k, in->token, &job, &cert) != 0 || read_prepared(k, &cert, &p) != 0)
		return -1;
	return signing_show(k, "certificate", &job, &(struct signing_words){
	    .title = T("Certificate of origin (Non-Preferential)"), .subject = cert.number,
	    .size = (int64_t)(p.range.at[1] + p.range.at[3]) });
}

int
on_job_document(struct call *k, const void *form)
{
	const struct job_form *in = form;
	struct certificate cert;
	struct signing_job job;
	struct prepared p;
	char *bytes;

	if (find_job(k, in->token, &job, &cert) != 0 || read_prepared(k, &cert, &p) != 0)
		return -1;
	bytes = ctx_alloc(k->c, p.range.at[1] + p.range.at[3] + 1);
	(void)memcpy(bytes, p.pdf.p + p.range.at[0], p.range.at[1]);
	(void)memcpy(bytes + p.range.at[1], p.pdf.p + p.range.at[2], p.range.at[3]);
	return reply_bytes(k->out, "application/octet-stream",
	    (struct text){ bytes, p.range.at[1] + p.range.at[3] });
}

struct issue {
	struct text token;
	struct certificate cert;
	struct signing_job job;
	struct record r;
	struct letterhead h;
	struct text applicant, goods;
	struct text sha256;
	int64_t size;
};

/* "Ladies' leather court shoes ... (and 3 more)". */
static struct text
goods_words(struct ctx *c, const struct content *content)
{
	struct text first = content->nitems > 0 ? content->items[0].description : T("");

	first = text_cut(text_sub(first, 0, text_find(first, '\n')), 300);
	return content->nitems < 2 ? first : text_fmt(c, "%.*s (and %zu more)", TEXT_F(first),
	    content->nitems - 1);
}

static int
gather(struct call *k, struct issue *i)
{
	struct content content;
	struct firm firm;

	if (record_read(k, i->cert.application_id, &i->r) != 0 ||
	    db_need(k->c, k->d, ST_LETTERHEAD, ARGS(A_INT(i->cert.office_id)), &i->h) != 0 ||
	    dossier_read(k->c, i->r.content, &content) != 0 ||
	    dossier_firm(k->c, i->r.exporter, &firm) != 0)
		return -1;
	i->applicant = firm.name;
	i->goods = goods_words(k->c, &content);
	return 0;
}

/* Embed, look at the result with other eyes, store. */
static int
finish_leaf(struct call *k, const struct prepared *p, struct text cms, struct issue *i)
{
	struct pades_found found;
	struct signer signer;
	struct text final;

	if (pades_embed(k->c, p->pdf, cms, &final) != 0 || pades_extract(k->c, final, &found) != 0 ||
	    cms_verify(k->c, found.cms, found.sha256, k->c->now, &signer) != 0)
		return -1;
	if (found.appended || !text_eq(signer.fingerprint, i->job.fingerprint) ||
	    memcmp(found.sha256, p->sha256, sizeof p->sha256) != 0)
		return problem_set(k->c, PROBLEM_INTERNAL, "%.*s: the signed leaf differs",
		    TEXT_F(i->cert.number));
	i->size = (int64_t)final.n;
	FAULT("signed");
	if (store_put(k->c, certificates_root(k), final, &i->sha256) != 0)
		return -1;
	FAULT("signed_stored");
	return 0;
}

static int
tell_exporter(struct call *k, const struct issue *i)
{
	struct mail_row to;
	struct text line[] = {
		text_fmt(k->c, "Your certificate of origin %.*s has been issued.",
		    TEXT_F(i->cert.number)),
		T(""),
		text_fmt(k->c, "उत्पत्ति प्रमाणपत्र %.*s जारी हो गया है।", TEXT_F(i->cert.number)),
		T(""), T("Download it here:"),
		text_fmt(k->c, "%s/certificates/%.*s", k->conf->origin, TEXT_F(i->cert.number)),
		T(""), T("Anyone can verify it here:"),
		verify_address(k, i->cert.number, i->cert.check_code),
	};
	int rc = db_one(k->c, k->d, ST_MAIL_TO, ARGS(A_INT(i->cert.application_id)), &to);

	if (rc != 1)
		return rc;
	return record_mail(k, text_fmt(k->c, "mail/issued/%.*s", TEXT_F(i->cert.number)),
	    to.email.n > 0 ? to.email : to.iec_email, text_fmt(k->c, "Certificate of origin %.*s "
	    "issued", TEXT_F(i->cert.number)), line, COUNT(line));
}

static int
add_issue(struct call *k, const struct issue *i)
{
	const struct letterhead *h = &i->h;

	return db_run(k->c, k->d, ST_ISSUE_ADD, ARGS(A_TEXT(i->cert.number),
	    A_INT(i->cert.application_id), A_TEXT(i->cert.check_code), A_TEXT(i->cert.face),
	    A_TEXT(i->applicant), A_TEXT(i->goods), A_TEXT(i->r.importing_country),
	    A_TEXT(h->code), A_TEXT(h->name), A_TEXT(h->email), A_TEXT(h->phone),
	    A_TEXT(h->website), A_TEXT(h->office), A_INT(i->cert.pages), A_TEXT(i->sha256),
	    A_TEXT(i->cert.prepared_sha256), A_INT(i->size), A_INT(k->who->person),
	    A_TEXT(k->who->name), A_TEXT(i->job.fingerprint))) < 0 ? -1 : 0;
}

static int
issue(struct call *k, void *arg)
{
	struct issue *i = arg;
	struct json_object *o = json_new(k->c);

	if (signing_use(k, i->token) != 0 || must_not_halt(k) != 0 ||
	    db_guard(k->c, k->d, ST_ISSUED, ARGS(A_INT(i->cert.id), A_INT(i->cert.version),
	    A_INT(k->who->person), A_TEXT(i->job.sha256))) != 0 || add_issue(k, i) != 0 ||
	    db_guard(k->c, k->d, ST_APPLICATION, ARGS(A_TEXT(T("issued")),
	    A_INT(i->cert.application_id), A_TEXT(T("approved")))) != 0 ||
	    record_event(k, i->cert.application_id, "issued", i->cert.number) != 0 ||
	    tell_exporter(k, i) != 0 ||
	    audit_add(k, "certificate_issued", i->cert.number, i->sha256) != 0)
		return -1;
	json_set_bool(o, "done", true);
	json_set_text(o, "subject", i->cert.number);
	json_set_text(o, "state", T("issued"));
	return reply_json(k->c, k->out, 200, o);
}

int
on_job_sign(struct call *k, const void *form)
{
	const struct job_form *in = form;
	struct issue i = { .token = in->token };
	struct prepared p;
	struct text cms;

	if (find_job(k, in->token, &i.job, &i.cert) != 0 || must_not_halt(k) != 0 ||
	    gather(k, &i) != 0 || read_prepared(k, &i.cert, &p) != 0 ||
	    signing_cms(k, &i.job, in->signature, &cms) != 0 ||
	    finish_leaf(k, &p, cms, &i) != 0)
		return -1;
	return call_tx(k, issue, &i);
}
