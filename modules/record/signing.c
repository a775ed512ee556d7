#include <string.h>

#include "base/clock.h"
#include "base/codec.h"
#include "base/digest.h"
#include "base/random.h"
#include "keys/cms.h"
#include "record/signing.h"

#define TOKEN_BYTES	24
#define JOB_SECONDS	600

const struct col sign_dsc_col[4] = {
	ROW_INT(struct dsc, id), ROW_TEXT(struct dsc, fingerprint), ROW_TEXT(struct dsc, der),
	ROW_TEXT(struct dsc, subject),
};
const struct col sign_job_col[7] = {
	ROW_INT(struct signing_job, subject_id), ROW_INT(struct signing_job, person_id),
	ROW_TEXT(struct signing_job, sha256), ROW_TIME(struct signing_job, expires_at),
	ROW_TEXT(struct signing_job, fingerprint), ROW_TEXT(struct signing_job, der),
	ROW_TEXT(struct signing_job, subject),
};

/* An address inside another address. */
static struct text
escaped(struct ctx *c, struct text t)
{
	static const char hex[] = "0123456789ABCDEF";
	char *p = ctx_alloc(c, 3 * t.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		unsigned char b = (unsigned char)t.p[i];

		if ((b | 0x20) >= 'a' && (b | 0x20) <= 'z' ? true : b >= '0' && b <= '9') {
			p[n++] = (char)b;
			continue;
		}
		p[n++] = '%';
		p[n++] = hex[b >> 4];
		p[n++] = hex[b & 15];
	}
	return (struct text){ p, n };
}

static int
reply_job(struct call *k, const char *kind, struct text token, const struct dsc *d)
{
	struct json_object *o = json_new(k->c);
	struct text url = text_fmt(k->c, "%s/api/%s-signing/%.*s", k->conf->origin, kind,
	    TEXT_F(token));

	json_set_text(o, "url", url);
	json_set_text(o, "link", text_fmt(k->c, "coosign:job?u=%.*s", TEXT_F(escaped(k->c, url))));
	json_set_text(o, "command", text_fmt(k->c, "coosign job %.*s", TEXT_F(url)));
	if (config_yes(k->conf->demo))		/* whose keys lie beside the launcher */
		json_set_text(o, "demo_command", text_fmt(k->c, "./ecoo sign %.*s", TEXT_F(url)));
	json_set_text(o, "signer", d->subject);
	json_set_text(o, "expires_at", clock_rfc3339(k->c, k->c->now + JOB_SECONDS));
	return reply_json(k->c, k->out, 201, o);
}

/* Found by its subject on purpose: the gap it locks lets one of two that begin at the same moment wait, or
 * try again, so that one job is open and no more. */
int
signing_end(struct call *k, const char *kind, int64_t subject)
{
	return db_run(k->c, k->d, signing_first + SIGN_END, ARGS(A_TEXT(text_of(kind)),
	    A_INT(subject))) < 0 ? -1 : 0;
}

int
signing_start(struct call *k, const char *kind, int64_t subject, struct text sha256)
{
	unsigned char secret[TOKEN_BYTES];
	struct text token;
	struct dsc d;
	int rc = db_one(k->c, k->d, signing_first + SIGN_DSC, ARGS(A_INT(k->who->person)), &d);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return problem_say(k->c, PROBLEM_STATE,
		    "You have no registered signature certificate that is still good.");
	random_bytes(secret, sizeof secret);
	token = base64url_text(k->c, secret, sizeof secret);
	if (signing_end(k, kind, subject) != 0 ||
	    db_run(k->c, k->d, signing_first + SIGN_ADD, ARGS(A_TEXT(sha256_text(k->c, token)),
	    A_TEXT(text_of(kind)), A_INT(subject), A_INT(k->who->person), A_INT(d.id),
	    A_TEXT(sha256))) < 0)
		return -1;
	return reply_job(k, kind, token, &d);
}

/* Whoever asked for the job has to be allowed to sign still. */
static bool
may_sign(const char *kind, const struct who *who)
{
	return (who->may & (strcmp(kind, "certificate") == 0 ? WHO_OFFICER : WHO_SIGNATORY)) != 0;
}

int
signing_find(struct call *k, const char *kind, struct text token, struct signing_job *out)
{
	struct who *who = ctx_alloc(k->c, sizeof *who);
	int rc = db_one(k->c, k->d, signing_first + SIGN_FIND,
	    ARGS(A_TEXT(sha256_text(k->c, token)), A_TEXT(text_of(kind))), out);

	if (rc == 0)
		return problem_set(k->c, PROBLEM_GONE, "no such job");
	if (rc < 0 || db_need(k->c, k->d, signing_first + SIGN_WHO, ARGS(A_INT(out->person_id)),
	    who) != 0)
		return -1;
	who->may = who_may(who);
	if (!may_sign(kind, who))
		return problem_set(k->c, PROBLEM_GONE, "its person may not sign any more");
	k->who = who;
	return 0;
}

static int
document_hash(struct ctx *c, const struct signing_job *job, unsigned char *out)
{
	return hex_decode(job->sha256, out, SHA256_BYTES) ? 0 :
	    problem_set(c, PROBLEM_INTERNAL, "job without a hash");
}

int
signing_show(struct call *k, const char *kind, const struct signing_job *job,
    const struct signing_words *w)
{
	struct json_object *o = json_new(k->c);
	unsigned char document[SHA256_BYTES], hash[SHA256_BYTES];

	if (document_hash(k->c, job, document) != 0 ||
	    cms_attributes_hash(k->c, job->der, document, hash) != 0)
		return -1;
	json_set_text(o, "portal", text_of(k->conf->origin));
	json_set_text(o, "kind", text_of(kind));
	json_set_text(o, "title", w->title);
	json_set_text(o, "subject", w->subject);
	json_set_int(o, "size", w->size);
	json_set_text(o, "document_sha256", job->sha256);
	json_set_text(o, "signer", job->subject);
	json_set_text(o, "certificate", base64_text(k->c, job->der));
	json_set_text(o, "fingerprint", job->fingerprint);
	json_set_text(o, "hash", base64_text(k->c, (struct text){ (char *)hash, sizeof hash }));
	json_set_text(o, "hash_function", T("SHA-256"));
	json_set_bool(o, "demo", config_yes(k->conf->demo));
	json_set_text(o, "expires_at", job->expires_at);
	return reply_json(k->c, k->out, 200, o);
}

int
signing_cms(struct call *k, const struct signing_job *job, struct text signature, struct text *out)
{
	unsigned char document[SHA256_BYTES];
	struct signer signer;
	struct text raw;

	if (!base64_decode(k->c, signature, &raw))
		return problem_field(k->c, "signature", "not-base64", "This is not base64.");
	if (document_hash(k->c, job, document) != 0 ||
	    cms_finish(k->c, job->der, document, raw, out) != 0 ||
	    cms_verify(k->c, *out, document, k->c->now, &signer) != 0)
		return -1;
	return text_eq(signer.fingerprint, job->fingerprint) ? 0 :
	    problem_say(k->c, PROBLEM_SIGNATURE, "Another certificate signed than the one asked for.");
}

int
signing_use(struct call *k, struct text token)
{
	int64_t n = db_run(k->c, k->d, signing_first + SIGN_USE,
	    ARGS(A_TEXT(sha256_text(k->c, token))));

	if (n < 0)
		return -1;
	return n == 1 ? 0 : problem_set(k->c, PROBLEM_GONE, "used already");
}
