/*
 * The roots: set once by trust_start(), before the first thread; only read afterwards.
 */
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>

#include "keys/private.h"

#define LEVEL		2	/* 112 bits: no SHA-1, no RSA below 2048, anywhere in a chain */
#define DEPTH		5

static struct {
	X509_STORE		*anchors;
	STACK_OF(X509)		*others;	/* intermediates */
	STACK_OF(X509_CRL)	*crls;
} trust;

static bool
is_root(X509 *x)
{
	return X509_self_signed(x, 1) == 1;
}

static bool
keep(const X509_INFO *one)
{
	if (one->crl != NULL && (X509_CRL_up_ref(one->crl) != 1 ||
	    sk_X509_CRL_push(trust.crls, one->crl) <= 0))
		return false;
	if (one->x509 == NULL)
		return true;
	if (is_root(one->x509))
		return X509_STORE_add_cert(trust.anchors, one->x509) == 1;
	return X509_up_ref(one->x509) == 1 && sk_X509_push(trust.others, one->x509) > 0;
}

static void
drop(void)
{
	X509_STORE_free(trust.anchors);
	sk_X509_pop_free(trust.others, X509_free);
	sk_X509_CRL_pop_free(trust.crls, X509_CRL_free);
	trust.anchors = X509_STORE_new();
	trust.others = sk_X509_new_null();
	trust.crls = sk_X509_CRL_new_null();
}

/* Everything in the file, or nothing: a root that cannot be read is not passed over in silence. */
static bool
keep_all(BIO *in)
{
	STACK_OF(X509_INFO) *all = PEM_X509_INFO_read_bio(in, NULL, NULL, NULL);
	bool good = all != NULL;

	for (int i = 0; good && i < sk_X509_INFO_num(all); i++)
		good = keep(sk_X509_INFO_value(all, i));
	sk_X509_INFO_pop_free(all, X509_INFO_free);
	return good && sk_X509_OBJECT_num(X509_STORE_get0_objects(trust.anchors)) > 0;
}

int
trust_start(const char *path)
{
	BIO *in;
	bool good;

	/* The library reads its configuration now: later, in the jail, it could not. */
	if (OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_ADD_ALL_DIGESTS |
	    OPENSSL_INIT_LOAD_CONFIG, NULL) != 1)
		return -1;
	drop();
	in = BIO_new_file(path, "r");
	good = in != NULL && trust.anchors != NULL && trust.others != NULL && trust.crls != NULL &&
	    keep_all(in);
	(void)BIO_free(in);
	ERR_clear_error();
	if (good)
		return 0;
	drop();
	(void)fprintf(stderr, "trust: %s: no file of root certificates in PEM\n", path);
	return -1;
}

static bool
is_revoked(STACK_OF(X509) *chain, int i)
{
	int last = sk_X509_num(chain) - 1;
	X509 *x = sk_X509_value(chain, i), *issuer = sk_X509_value(chain, i < last ? i + 1 : i);
	X509_REVOKED *entry;

	for (int n = 0; n < sk_X509_CRL_num(trust.crls); n++) {
		X509_CRL *crl = sk_X509_CRL_value(trust.crls, n);

		if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_issuer_name(x)) == 0 &&
		    X509_CRL_verify(crl, X509_get0_pubkey(issuer)) == 1 &&
		    X509_CRL_get0_by_cert(crl, &entry, x) == 1)
			return true;
	}
	return false;
}

static enum key_fault
judge(X509_STORE_CTX *s, X509 *x, STACK_OF(X509) *helpers, int64_t at)
{
	X509_VERIFY_PARAM *how;

	if (X509_STORE_CTX_init(s, trust.anchors, x, helpers) != 1)
		return KEY_UNTRUSTED;
	how = X509_STORE_CTX_get0_param(s);
	X509_VERIFY_PARAM_set_time(how, (time_t)at);
	X509_VERIFY_PARAM_set_depth(how, DEPTH);
	X509_VERIFY_PARAM_set_auth_level(how, LEVEL);
	if (X509_verify_cert(s) != 1)
		return X509_STORE_CTX_get_error(s) == X509_V_ERR_CERT_HAS_EXPIRED &&
		    X509_STORE_CTX_get_error_depth(s) == 0 ? KEY_EXPIRED : KEY_UNTRUSTED;
	for (int i = 0; i < sk_X509_num(X509_STORE_CTX_get0_chain(s)); i++)
		if (is_revoked(X509_STORE_CTX_get0_chain(s), i))
			return KEY_REVOKED;
	return KEY_FIT;
}

enum key_fault
trust_judge(X509 *x, STACK_OF(X509) *others, int64_t at)
{
	STACK_OF(X509) *helpers = sk_X509_dup(trust.others);
	X509_STORE_CTX *s = X509_STORE_CTX_new();
	bool good = trust.anchors != NULL && helpers != NULL && s != NULL;
	enum key_fault why;

	for (int i = 0; good && i < sk_X509_num(others); i++)
		good = sk_X509_push(helpers, sk_X509_value(others, i)) > 0;
	why = good ? judge(s, x, helpers, at) : KEY_UNTRUSTED;
	X509_STORE_CTX_free(s);
	sk_X509_free(helpers);
	ERR_clear_error();
	return why;
}
