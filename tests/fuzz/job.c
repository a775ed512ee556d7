/*
 * A job as a portal describes it to coosign, and its answer to a signature.  The network and the key
 * are taken away from under coosign's own file; what it prints must not move a terminal's cursor.
 *
 * The input is up to three parts, ended by NUL: the job, the answer to the signature, and the document.
 */
#include "tools/coosign/job.c"

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/screen.h"

const size_t fuzz_memory = 8 * MIB;	/* of coosign */

static struct text parts[3];
static long status;

void
fuzz_start(void)
{
	screen_start();
}

static enum outcome
answer(struct ctx *c, struct text t, struct http_answer *out)
{
	out->status = status;
	out->body = text_copy(c, text_sub(t, 0, 65536));
	return DONE;
}

enum outcome
http_get(struct ctx *c, const struct options *o, const struct portal *p, struct http_answer *out)
{
	(void)o;
	(void)p;
	return answer(c, parts[0], out);
}

enum outcome
http_post(struct ctx *c, const struct options *o, const struct portal *p, struct text body,
    struct http_answer *out)
{
	(void)o;
	(void)p;
	MUST(json_object_is_type(parse(c, body), json_type_object));
	return answer(c, parts[1], out);
}

enum outcome
http_digest(struct ctx *c, const struct options *o, const struct portal *p, struct http_answer *out)
{
	(void)c;
	(void)o;
	(void)p;
	out->status = 200;
	out->size = parts[2].n;
	sha256(out->sha256, parts[2]);
	return DONE;
}

enum outcome
key_open(struct ctx *c, const struct options *o, const char *fingerprint, struct key *out)
{
	(void)c;
	(void)o;
	(void)out;
	MUST(strlen(fingerprint) == 64);
	return NO_KEY;
}

enum outcome
key_sign_cms(struct ctx *c, struct key *k, const unsigned char *document, struct text *signature,
    struct text *cms)
{
	(void)c;
	(void)k;
	(void)document;
	(void)signature;
	(void)cms;
	return NO_KEY;
}

void
fuzz(struct ctx *c, struct text in)
{
	static const long statuses[] = { 200, 200, 200, 410, 422, 500, 302 };
	struct options o = { .yes = true, .url = "http://localhost:8080/api/application-signing/"
	    "0123456789abcdef" };
	struct job j = { .size = 0 };
	struct cursor k = cursor_of(in);
	enum outcome how;

	for (size_t i = 0; i < COUNT(parts); i++)
		parts[i] = take_word(&k, '\0');
	status = statuses[in.n % COUNT(statuses)];
	MUST(portal_read(c, o.url, &j.portal) == DONE);
	if ((how = fetch(c, &o, &j)) == DONE) {
		unsigned char hash[SHA256_BYTES];

		MUST(cms_attributes_hash(c, j.certificate.der, j.document, hash) == 0);
		MUST(memcmp(hash, j.hash, sizeof hash) == 0);
		show(c, &j);
		MUST(sign(c, &o, &j, &(struct text){ NULL, 0 }) == NO_KEY);
	}
	(void)send_it(c, &o, &j, T("signature"));
	screen_look();
}
