/*
 * Building the CMS from a certificate and a digest: the attributes, and later the signature.
 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "keys/cms.h"
#include "keys/private.h"

#define ATTRIBUTES	3
#define SIGNATURE_MAX	512	/* RSA-4096 */

static void
release_cms(void *cms)
{
	CMS_ContentInfo_free(cms);
}

CMS_ContentInfo *
key_own_cms(struct ctx *c, CMS_ContentInfo *cms)
{
	if (cms != NULL)
		ctx_defer(c, release_cms, cms);
	return cms;
}

struct draft { X509 *certificate; CMS_ContentInfo *cms; CMS_SignerInfo *signer; };

/* contentType is added where this version of the library has not done so. */
static bool
add_attributes(CMS_SignerInfo *s, const unsigned char *document)
{
	return (CMS_signed_get_attr_by_NID(s, NID_pkcs9_contentType, -1) >= 0 ||
	    CMS_signed_add1_attr_by_NID(s, NID_pkcs9_contentType, V_ASN1_OBJECT,
	    OBJ_nid2obj(NID_pkcs7_data), -1) == 1) &&
	    CMS_signed_add1_attr_by_NID(s, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, document,
	    SHA256_BYTES) == 1 && CMS_signed_get_attr_count(s) == ATTRIBUTES;
}

/* All but the signature.  The library wants a key; the public one is enough until it is to sign. */
static int
begin(struct ctx *c, struct text certificate, const unsigned char *document, struct draft *d)
{
	struct key_certificate facts;

	if ((d->certificate = key_x509(c, certificate)) == NULL ||
	    key_facts(c, d->certificate, &facts) != 0)
		return -1;
	if (facts.kind == KEY_OTHER)
		return key_refuse(c, KEY_WEAK);
	d->cms = key_own_cms(c, CMS_sign(NULL, NULL, NULL, NULL,
	    CMS_PARTIAL | CMS_DETACHED | CMS_BINARY));
	d->signer = d->cms == NULL ? NULL : CMS_add1_signer(d->cms, d->certificate,
	    X509_get0_pubkey(d->certificate), EVP_sha256(),
	    CMS_PARTIAL | CMS_NOSMIMECAP | CMS_CADES);
	if (d->signer == NULL || !add_attributes(d->signer, document)) {
		ERR_clear_error();
		return problem_set(c, PROBLEM_INTERNAL, "CMS attributes cannot be built");
	}
	return 0;
}

/* The order of a DER SET OF: bytewise, and of two with the same beginning the shorter first. */
static int
order(const void *a, const void *b)
{
	const struct text *x = a, *y = b;
	int by = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

	return by != 0 ? by : (x->n > y->n) - (x->n < y->n);
}

static int
attributes_hash(struct ctx *c, const CMS_SignerInfo *s, unsigned char *hash)
{
	struct text one[ATTRIBUTES];
	size_t total = 0, size;
	unsigned char *set, *q;

	for (int i = 0; i < ATTRIBUTES; i++) {
		unsigned char *der = NULL;
		int n = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(s, i), &der);

		one[i] = key_der(c, n, der);
		if (one[i].n == 0)
			return problem_set(c, PROBLEM_INTERNAL, "a CMS attribute cannot be written");
		total += one[i].n;
	}
	qsort(one, ATTRIBUTES, sizeof one[0], order);
	size = (size_t)ASN1_object_size(1, (int)total, V_ASN1_SET);
	q = set = ctx_alloc(c, size);
	ASN1_put_object(&q, 1, (int)total, V_ASN1_SET, V_ASN1_UNIVERSAL);
	for (int i = 0; i < ATTRIBUTES; q += one[i++].n)
		(void)memcpy(q, one[i].p, one[i].n);
	sha256(hash, (struct text){ (const char *)set, size });
	return 0;
}

int
cms_attributes_hash(struct ctx *c, struct text certificate, const unsigned char *document,
    unsigned char *hash)
{
	struct draft d;

	return begin(c, certificate, document, &d) != 0 ? -1 : attributes_hash(c, d.signer, hash);
}

static bool
signed_by(EVP_PKEY *key, const unsigned char *hash, struct text signature)
{
	EVP_PKEY_CTX *p = EVP_PKEY_CTX_new(key, NULL);
	bool right = p != NULL && EVP_PKEY_verify_init(p) == 1 &&
	    EVP_PKEY_CTX_set_signature_md(p, EVP_sha256()) == 1 &&
	    EVP_PKEY_verify(p, (const unsigned char *)signature.p, signature.n, hash,
	    SHA256_BYTES) == 1;

	EVP_PKEY_CTX_free(p);
	ERR_clear_error();
	return right;
}

int
cms_finish(struct ctx *c, struct text certificate, const unsigned char *document,
    struct text signature, struct text *out)
{
	unsigned char hash[SHA256_BYTES], *der = NULL;
	struct draft d;
	int n;

	if (begin(c, certificate, document, &d) != 0 || attributes_hash(c, d.signer, hash) != 0)
		return -1;
	if (signature.n == 0 || signature.n > SIGNATURE_MAX ||
	    !signed_by(X509_get0_pubkey(d.certificate), hash, signature))
		return problem_say(c, PROBLEM_SIGNATURE, "The signature was not made over this document "
		    "with the key of this certificate.");
	if (ASN1_STRING_set(CMS_SignerInfo_get0_signature(d.signer), signature.p,
	    (int)signature.n) != 1)
		return problem_set(c, PROBLEM_INTERNAL, "no memory for a signature");
	n = i2d_CMS_ContentInfo(d.cms, &der);
	*out = key_der(c, n, der);
	ERR_clear_error();
	return out->n > 0 ? 0 : problem_set(c, PROBLEM_INTERNAL, "a CMS cannot be written");
}
