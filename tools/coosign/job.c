#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/codec.h"
#include "base/digest.h"
#include "base/tree.h"
#include "tools/coosign/http.h"
#include "tools/coosign/job.h"
#include "tools/coosign/key.h"
#include "tools/coosign/terminal.h"

struct job {
	struct portal	portal;
	struct text	kind, title, subject;
	struct key_certificate certificate;
	unsigned char	document[SHA256_BYTES];	/* digested here */
	size_t		size;
	unsigned char	hash[SHA256_BYTES];	/* of the attributes, as the portal says */
	bool		demo;
};

/* ---- what the portal says ---- */

static struct json_object *
parse(struct ctx *c, struct text t)
{
	struct json_object *o;

	return tree_read(c, t, 8, &o) && json_object_is_type(o, json_type_object) ? o : NULL;
}

static struct text
word(struct json_object *o, const char *name)
{
	struct json_object *m = NULL;

	if (!json_object_object_get_ex(o, name, &m) || !json_object_is_type(m, json_type_string))
		return T("");
	return (struct text){ json_object_get_string(m), (size_t)json_object_get_string_len(m) };
}

static enum outcome
portal_says_no(struct ctx *c, enum outcome how, const struct http_answer *a)
{
	struct json_object *o = parse(c, a->body);
	struct text words = word(o, "detail");

	if (words.n == 0)
		words = word(o, "title");
	if (a->status == 410)
		return fail(how, "the address was used already, or has expired: ask the page for a new one");
	if (words.n == 0)
		return fail(how, "the portal answers %ld", a->status);
	return fail(how, "the portal says: %.*s", TEXT_F(words));
}

static bool
digest_of(struct ctx *c, struct text base64, unsigned char *out)
{
	struct text raw;

	if (base64.n > 64 || !base64_decode(c, base64, &raw) || raw.n != SHA256_BYTES)
		return false;
	(void)memcpy(out, raw.p, raw.n);
	return true;
}

/* Everything that the job has to have, in the form it has to have. */
static enum outcome
read_job(struct ctx *c, struct json_object *o, struct job *j, unsigned char *claimed, int64_t *size)
{
	struct json_object *m = NULL;
	struct text der;

	j->kind = word(o, "kind");
	j->title = word(o, "title");
	j->subject = word(o, "subject");
	j->demo = json_object_object_get_ex(o, "demo", &m) && json_object_get_boolean(m);
	*size = json_object_object_get_ex(o, "size", &m) ? json_object_get_int64(m) : -1;
	if (j->title.n == 0 || j->subject.n == 0 || !text_is(word(o, "hash_function"), "SHA-256") ||
	    !hex_decode(word(o, "document_sha256"), claimed, SHA256_BYTES) ||
	    !digest_of(c, word(o, "hash"), j->hash) || !base64_decode(c, word(o, "certificate"), &der) ||
	    key_certificate_read(c, der, &j->certificate) != 0)
		return fail(REFUSED, "the portal's job cannot be understood");
	if (!text_eq(word(o, "fingerprint"), j->certificate.fingerprint))
		return fail(REFUSED, "the portal names a certificate by a fingerprint that is not its own");
	return DONE;
}

/* What the portal wants signed has to be what we would sign: it is built here anew. */
static enum outcome
same_attributes(struct ctx *c, const struct job *j)
{
	unsigned char hash[SHA256_BYTES];

	if (cms_attributes_hash(c, j->certificate.der, j->document, hash) != 0)
		return fail_problem(NO_KEY, c);
	return memcmp(hash, j->hash, sizeof hash) == 0 ? DONE : fail(REFUSED, "the portal asks for a "
	    "signature over something else than this document: nothing is signed");
}

static enum outcome
fetch(struct ctx *c, const struct options *o, struct job *j)
{
	unsigned char claimed[SHA256_BYTES];
	struct http_answer a;
	struct json_object *json;
	int64_t size;
	enum outcome how;

	if ((how = http_get(c, o, &j->portal, &a)) != DONE)
		return how;
	if (a.status != 200)
		return portal_says_no(c, FAILED, &a);
	if ((json = parse(c, a.body)) == NULL)
		return fail(REFUSED, "the portal's job cannot be understood");
	if ((how = read_job(c, json, j, claimed, &size)) != DONE ||
	    (how = http_digest(c, o, &j->portal, &a)) != DONE)
		return how;
	if (a.status != 200)
		return fail(FAILED, "the portal does not give out the document (%ld)", a.status);
	(void)memcpy(j->document, a.sha256, sizeof j->document);
	j->size = a.size;
	if (memcmp(claimed, j->document, sizeof claimed) != 0 || size < 0 || (size_t)size != a.size)
		return fail(REFUSED, "the document is not the one that the portal says: nothing is signed");
	return same_attributes(c, j);
}

/* ---- what the person says ---- */

static void
show(struct ctx *c, const struct job *j)
{
	const struct key_certificate *k = &j->certificate;

	(void)printf("To be signed:\n");
	terminal_line("portal", j->portal.origin);
	terminal_line("kind", j->kind);
	terminal_line("title", j->title);
	terminal_line("subject", j->subject);
	terminal_line("document", text_fmt(c, "%zu bytes, digested here:", j->size));
	terminal_line("SHA-256", hex_text(c, j->document, sizeof j->document));
	terminal_line("signer", k->organisation.n == 0 ? k->subject : text_fmt(c, "%.*s, %.*s",
	    TEXT_F(k->subject), TEXT_F(k->organisation)));
	terminal_line("certificate", text_fmt(c, "%.16s..., issued by %.*s, until %.*s",
	    k->fingerprint.p, TEXT_F(k->issuer), TEXT_F(clock_ist_date(c, k->not_after))));
	if (j->demo)
		terminal_line("", T("This portal is a demonstration: the signature has no legal effect."));
}

static enum outcome
consent(const struct options *o)
{
	if (o->yes || terminal_yes("Sign this?"))
		return DONE;
	return terminal_there() ? fail(DECLINED, "nothing is signed") :
	    fail(DECLINED, "there is no terminal to ask: say --yes to sign without being asked");
}

/* ---- signing ---- */

static enum outcome
sign(struct ctx *c, const struct options *o, const struct job *j, struct text *signature)
{
	const char *fingerprint = text_c(c, j->certificate.fingerprint);
	struct text cms;
	struct key k;
	enum outcome how;

	if ((how = key_open(c, o, fingerprint, &k)) != DONE)
		return how;
	how = key_sign_cms(c, &k, j->document, signature, &cms);
	k.close(&k);
	return how;
}

/* What follows a signature, in words; a state that came later is said by its name. */
static const struct { const char *state, *words; } follows[] = {
	{ "payment_pending", " now waits for payment" },
	{ "submitted", " is submitted" },
	{ "resubmitted", " is submitted again" },
	{ "issued", " is issued" },
};

static void
print_state(struct text state)
{
	for (size_t i = 0; i < COUNT(follows); i++)
		if (text_is(state, follows[i].state)) {
			(void)printf("%s", follows[i].words);
			return;
		}
	if (state.n > 0) {
		(void)printf(" is now ");
		terminal_print(stdout, state);
	}
}

static enum outcome
send_it(struct ctx *c, const struct options *o, const struct job *j, struct text signature)
{
	struct http_answer a;
	struct json_object *json;
	enum outcome how = http_post(c, o, &j->portal, text_fmt(c, "{\"signature\":\"%s\"}",
	    base64_text(c, signature).p), &a);

	if (how != DONE)
		return how;
	if (a.status != 200)
		return portal_says_no(c, a.status == 410 || a.status < 500 ? REJECTED : FAILED, &a);
	json = parse(c, a.body);
	(void)printf("Signed: ");
	terminal_print(stdout, word(json, "subject").n > 0 ? word(json, "subject") : j->subject);
	print_state(word(json, "state"));
	(void)printf(".\n");
	return DONE;
}

enum outcome
job_run(struct ctx *c, const struct options *o)
{
	struct job j = { .size = 0 };
	struct text signature;
	enum outcome how;

	if ((how = portal_read(c, o->url, &j.portal)) != DONE ||
	    (how = portal_accept(c, o, &j.portal)) != DONE || (how = fetch(c, o, &j)) != DONE)
		return how;
	show(c, &j);
	if ((how = consent(o)) != DONE || (how = sign(c, o, &j, &signature)) != DONE)
		return how;
	return send_it(c, o, &j, signature);
}
