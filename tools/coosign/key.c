#include <string.h>

#include "base/clock.h"
#include "tools/coosign/key.h"

/* The certificate has to be the one that was asked for, and good for signing now. */
static enum outcome
fits(const struct key *k, const char *fingerprint)
{
	enum key_fault why = key_certificate_fit(&k->certificate, clock_now());

	if (fingerprint != NULL && !text_is(k->certificate.fingerprint, fingerprint))
		return fail(NO_KEY, "%.*s holds the certificate %.16s... of %.*s, but %.16s... is asked for: "
		    "use the one that is registered at the portal", TEXT_F(k->where),
		    k->certificate.fingerprint.p, TEXT_F(k->certificate.subject), fingerprint);
	return why == KEY_FIT ? DONE : fail(NO_KEY, "%s", key_words[why].words);
}

enum outcome
key_open(struct ctx *c, const struct options *o, const char *fingerprint, struct key *out)
{
	enum outcome how;

	*out = (struct key){ .held = NULL };
	how = o->p12 != NULL ? p12_open(c, o, out) : token_open(c, o, fingerprint, out);
	if (how != DONE)
		return how;
	if ((how = fits(out, fingerprint)) != DONE)
		out->close(out);
	return how;
}

enum outcome
key_sign_cms(struct ctx *c, struct key *k, const unsigned char *document, struct text *signature,
    struct text *cms)
{
	unsigned char hash[32], *to = ctx_alloc(c, SIGNATURE_MAX);
	size_t n = SIGNATURE_MAX;
	enum outcome how;

	if (cms_attributes_hash(c, k->certificate.der, document, hash) != 0)
		return fail_problem(NO_KEY, c);
	if ((how = k->sign(k, hash, to, &n)) != DONE)
		return how;
	*signature = (struct text){ (const char *)to, n };
	if (cms_finish(c, k->certificate.der, document, *signature, cms) != 0)
		return fail(NO_KEY, "%.*s signed with another key than that of its certificate",
		    TEXT_F(k->where));
	return DONE;
}
