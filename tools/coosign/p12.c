/* A key in a file: for demonstrations, tests, and holders of such files. */
#include <errno.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <stdio.h>
#include <string.h>

#include "tools/coosign/key.h"
#include "tools/coosign/terminal.h"

#define P12_MAX	((size_t)65536)

static enum outcome
sign(struct key *k, const unsigned char *hash, unsigned char *to, size_t *n)
{
	EVP_PKEY_CTX *p = EVP_PKEY_CTX_new(k->held, NULL);
	bool good = p != NULL && EVP_PKEY_sign_init(p) == 1 &&
	    EVP_PKEY_CTX_set_signature_md(p, EVP_sha256()) == 1 &&
	    EVP_PKEY_sign(p, to, n, hash, 32) == 1;

	EVP_PKEY_CTX_free(p);
	ERR_clear_error();
	return good ? DONE : fail(NO_KEY, "%.*s: the key does not sign", TEXT_F(k->where));
}

static void
put_away(struct key *k)
{
	EVP_PKEY_free(k->held);
	k->held = NULL;
}

static enum outcome
read_p12(struct ctx *c, const char *path, PKCS12 **out)
{
	unsigned char *p = ctx_alloc(c, P12_MAX + 1);
	const unsigned char *at = p;
	FILE *f = fopen(path, "rbe");
	size_t n;

	if (f == NULL)
		return fail(NO_KEY, "%s: %s", path, strerror(errno));
	n = fread(p, 1, P12_MAX + 1, f);
	(void)fclose(f);
	*out = n > P12_MAX ? NULL : d2i_PKCS12(NULL, &at, (long)n);
	ERR_clear_error();
	return *out != NULL ? DONE : fail(NO_KEY, "%s: this is not a PKCS#12 file", path);
}

static enum outcome
take_certificate(struct ctx *c, X509 *x, struct key *out)
{
	unsigned char *der = NULL;
	int n = x == NULL ? -1 : i2d_X509(x, &der);
	struct text t = { (const char *)der, n > 0 ? (size_t)n : 0 };
	int rc = n > 0 ? key_certificate_read(c, text_copy(c, t), &out->certificate) : -1;

	OPENSSL_free(der);
	return rc == 0 ? DONE : fail(NO_KEY, "%.*s: no certificate with its key", TEXT_F(out->where));
}

/* Files of older systems are enciphered in ways that need the legacy provider. */
static enum outcome
open_with(struct ctx *c, PKCS12 *p12, const struct secret *pin, struct key *out)
{
	char *word = (char *)(uintptr_t)text_c(c, (struct text){ (const char *)pin->byte, pin->n });
	OSSL_PROVIDER *legacy = OSSL_PROVIDER_try_load(NULL, "legacy", 1);
	EVP_PKEY *key = NULL;
	X509 *x = NULL;
	enum outcome how;

	if (PKCS12_mac_present(p12) == 1 && PKCS12_verify_mac(p12, word, (int)pin->n) != 1)
		how = fail(NO_KEY, "%.*s: the PIN is not right", TEXT_F(out->where));
	else if (PKCS12_parse(p12, word, &key, &x, NULL) != 1 || key == NULL)
		how = fail(NO_KEY, "%.*s: the key cannot be read", TEXT_F(out->where));
	else
		how = take_certificate(c, x, out);
	explicit_bzero(word, pin->n);
	X509_free(x);
	(void)OSSL_PROVIDER_unload(legacy);
	ERR_clear_error();
	if (how == DONE)
		out->held = key;
	else
		EVP_PKEY_free(key);
	return how;
}

enum outcome
p12_open(struct ctx *c, const struct options *o, struct key *out)
{
	struct secret pin = { .n = 0 };
	PKCS12 *p12 = NULL;
	enum outcome how = read_p12(c, o->p12, &p12);

	out->where = text_fmt(c, "the file %s", o->p12);
	out->sign = sign;
	out->close = put_away;
	if (how == DONE)
		how = secret_get(o->pin_file, "PIN of the key file", &pin);
	if (how == DONE)
		how = open_with(c, p12, &pin, out);
	secret_wipe(&pin);
	PKCS12_free(p12);
	return how;
}
