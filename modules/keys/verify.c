/*
 * Judging a CMS: form first, then the document, the signature, and whose it is.
 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

#include "base/digest.h"
#include "keys/cms.h"
#include "keys/private.h"

#define CERTIFICATES_MAX	10

static int
refuse(struct ctx *c, const char *words)
{
	return problem_say(c, PROBLEM_SIGNATURE, words);
}

static int
no_signature_file(struct ctx *c)
{
	return refuse(c, "This is not a signature file: a detached CMS (.p7s) is expected.");
}

/* ---- reading ---- */

/* One PEM block, without headers, under either of its names. */
static bool
unwrap(struct ctx *c, struct text t, struct text *der)
{
	BIO *in = BIO_new_mem_buf(t.p, (int)t.n);
	char *name = NULL, *header = NULL;
	unsigned char *data = NULL;
	long n = 0;
	bool good = in != NULL && PEM_read_bio(in, &name, &header, &data, &n) == 1 &&
	    (strcmp(name, PEM_STRING_CMS) == 0 || strcmp(name, PEM_STRING_PKCS7) == 0) &&
	    header[0] == '\0' && n > 0;

	if (good)
		*der = text_copy(c, (struct text){ (const char *)data, (size_t)n });
	OPENSSL_free(name);
	OPENSSL_free(header);
	OPENSSL_free(data);
	(void)BIO_free(in);
	ERR_clear_error();
	return good;
}

static CMS_ContentInfo *
parse(struct ctx *c, struct text t)
{
	const unsigned char *p;
	CMS_ContentInfo *cms;
	struct text der = t;

	if (t.n == 0 || t.n > CMS_MAX || (t.p[0] != 0x30 && !unwrap(c, t, &der)))
		return NULL;
	p = (const unsigned char *)der.p;
	cms = key_own_cms(c, d2i_CMS_ContentInfo(NULL, &p, (long)der.n));
	ERR_clear_error();
	return cms != NULL && p == (const unsigned char *)der.p + der.n &&
	    OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed &&
	    OBJ_obj2nid(CMS_get0_eContentType(cms)) == NID_pkcs7_data ? cms : NULL;
}

/* ---- form ---- */

static int
one_signer(struct ctx *c, CMS_ContentInfo *cms, CMS_SignerInfo **out)
{
	STACK_OF(CMS_SignerInfo) *all = CMS_get0_SignerInfos(cms);

	if (all == NULL || sk_CMS_SignerInfo_num(all) != 1)
		return refuse(c, "The file has to carry exactly one signature.");
	*out = sk_CMS_SignerInfo_value(all, 0);
	return 0;
}

/* SHA-256, and the two kinds of signature that coosign and common tools make. */
static int
usual_algorithms(struct ctx *c, CMS_SignerInfo *s)
{
	static const int accepted[] = {
		NID_rsaEncryption, NID_sha256WithRSAEncryption, NID_ecdsa_with_SHA256,
	};
	X509_ALGOR *digest, *signature;

	CMS_SignerInfo_get0_algs(s, NULL, NULL, &digest, &signature);
	if (OBJ_obj2nid(digest->algorithm) != NID_sha256)
		return refuse(c, "The signature has to be made with SHA-256.");
	for (size_t i = 0; i < COUNT(accepted); i++)
		if (OBJ_obj2nid(signature->algorithm) == accepted[i])
			return 0;
	return refuse(c, "The kind of signature is not accepted: RSA (PKCS#1 v1.5) or ECDSA is.");
}

/* What nobody signed may be a time stamp; anything else would travel under the signer's name. */
static int
nothing_unsigned(struct ctx *c, const CMS_SignerInfo *s)
{
	for (int i = 0; i < CMS_unsigned_get_attr_count(s); i++)
		if (OBJ_obj2nid(X509_ATTRIBUTE_get0_object(CMS_unsigned_get_attr(s, i))) !=
		    NID_id_smime_aa_timeStampToken)
			return refuse(c, "The file carries attributes that nobody signed.");
	return 0;
}

/* ---- the document ---- */

/* -3: exactly one attribute of that kind, with exactly one value. */
static const void *
attribute(CMS_SignerInfo *s, int nid, int type)
{
	return CMS_signed_get0_data_by_OBJ(s, OBJ_nid2obj(nid), -3, type);
}

static int
right_document(struct ctx *c, CMS_ContentInfo *cms, CMS_SignerInfo *s, const unsigned char *document)
{
	const ASN1_OBJECT *kind = attribute(s, NID_pkcs9_contentType, V_ASN1_OBJECT);
	const ASN1_OCTET_STRING *digest = attribute(s, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
	ASN1_OCTET_STRING **content = CMS_get0_content(cms);
	unsigned char hash[SHA256_BYTES];

	ERR_clear_error();
	if (kind == NULL || digest == NULL || OBJ_obj2nid(kind) != NID_pkcs7_data)
		return refuse(c, "The signature lacks signed attributes (contentType, messageDigest).");
	if (content != NULL && *content != NULL) {
		sha256(hash, (struct text){ (const char *)ASN1_STRING_get0_data(*content),
		    (size_t)ASN1_STRING_length(*content) });
		if (memcmp(hash, document, sizeof hash) != 0)
			return refuse(c, "The file contains another document.");
		if (CMS_set_detached(cms, 1) != 1)
			return problem_set(c, PROBLEM_INTERNAL, "content cannot be detached");
	}
	if (ASN1_STRING_length(digest) != SHA256_BYTES ||
	    memcmp(ASN1_STRING_get0_data(digest), document, SHA256_BYTES) != 0)
		return refuse(c, "The signature belongs to another document.");
	return 0;
}

/* ---- the certificate ---- */

static bool
der_take(struct cursor *c, int tag, struct text *out)
{
	size_t n;

	if (take_u8(c) != tag)
		return false;
	n = take_u8(c);
	if (n == 0x81)
		n = take_u8(c);
	else if (n == 0x82)
		n = take_be16(c);
	else if (n > 0x7f)
		return false;
	*out = take_bytes(c, n);
	return !c->bad;
}

/*
 * ESSCertIDv2: hash algorithm (absent: SHA-256), hash of the certificate, and more that is not
 * needed: the hash says it all.
 */
static bool
names_certificate(struct text id, const X509 *x)
{
	struct cursor c = cursor_of(id);
	struct text algorithm, hash;
	const EVP_MD *md = EVP_sha256();
	unsigned char own[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	if (c.left > 0 && c.p[0] == 0x30) {
		const unsigned char *p = c.p;
		X509_ALGOR *a = d2i_X509_ALGOR(NULL, &p, (long)c.left);

		md = a == NULL ? NULL : EVP_get_digestbyobj(a->algorithm);
		X509_ALGOR_free(a);
		if (md == NULL || EVP_MD_get_size(md) < SHA256_BYTES || !der_take(&c, 0x30, &algorithm))
			return false;
	}
	return der_take(&c, 0x04, &hash) && X509_digest(x, md, own, &n) == 1 && hash.n == n &&
	    memcmp(hash.p, own, n) == 0;
}

/* signingCertificateV2, where there is one, has to name the very certificate that is used. */
static int
right_certificate(struct ctx *c, CMS_SignerInfo *s, const X509 *x)
{
	const ASN1_OBJECT *kind = OBJ_nid2obj(NID_id_smime_aa_signingCertificateV2);
	const ASN1_STRING *value;
	struct text all, list, id;
	struct cursor cur;
	bool right;

	if (CMS_signed_get_attr_by_OBJ(s, kind, -1) < 0)
		return 0;
	value = CMS_signed_get0_data_by_OBJ(s, kind, -3, V_ASN1_SEQUENCE);
	right = value != NULL;
	if (right) {
		cur = cursor_of((struct text){ (const char *)ASN1_STRING_get0_data(value),
		    (size_t)ASN1_STRING_length(value) });
		right = der_take(&cur, 0x30, &all) && (cur = cursor_of(all),
		    der_take(&cur, 0x30, &list)) && (cur = cursor_of(list),
		    der_take(&cur, 0x30, &id)) && names_certificate(id, x);
	}
	ERR_clear_error();
	return right ? 0 : refuse(c, "The signature names another certificate than the one enclosed.");
}

static X509 *
find_signer(CMS_SignerInfo *s, STACK_OF(X509) *all)
{
	for (int i = 0; i < sk_X509_num(all); i++)
		if (CMS_SignerInfo_cert_cmp(s, sk_X509_value(all, i)) == 0)
			return sk_X509_value(all, i);
	return NULL;
}

/* ---- all of it ---- */

static int
right_signature(struct ctx *c, CMS_SignerInfo *s, X509 *x)
{
	bool right;

	CMS_SignerInfo_set1_signer_cert(s, x);
	right = CMS_SignerInfo_verify(s) == 1;
	ERR_clear_error();
	return right ? 0 : refuse(c, "The signature is not genuine: it was not made with the key of the "
	    "certificate enclosed, or was altered.");
}

static int
right_person(struct ctx *c, CMS_SignerInfo *s, STACK_OF(X509) *all, int64_t at, struct signer *out)
{
	struct key_certificate k;
	enum key_fault why;
	X509 *x;

	if (sk_X509_num(all) > CERTIFICATES_MAX)
		return refuse(c, "The file carries too many certificates.");
	if ((x = find_signer(s, all)) == NULL)
		return refuse(c, "The file does not carry the signer's certificate.");
	if (key_facts(c, x, &k) != 0)
		return -1;
	if ((why = key_certificate_fit(&k, at)) != KEY_FIT)
		return key_refuse(c, why);
	if (right_certificate(c, s, x) != 0 || right_signature(c, s, x) != 0)
		return -1;
	if ((why = trust_judge(x, all, at)) != KEY_FIT)
		return key_refuse(c, why);
	*out = (struct signer){ k.der, k.subject, k.fingerprint, { "", 0 } };
	return 0;
}

int
cms_verify(struct ctx *c, struct text t, const unsigned char *document, int64_t at,
    struct signer *out)
{
	CMS_ContentInfo *cms;
	CMS_SignerInfo *s = NULL;
	STACK_OF(X509) *all;
	unsigned char *der = NULL;
	int rc, n;

	if (t.n > CMS_MAX)
		return refuse(c, "The signature file is larger than 64 KiB: it has to be detached, "
		    "without the document inside.");
	if ((cms = parse(c, t)) == NULL)
		return no_signature_file(c);
	if (one_signer(c, cms, &s) != 0 || usual_algorithms(c, s) != 0 ||
	    nothing_unsigned(c, s) != 0 || right_document(c, cms, s, document) != 0)
		return -1;
	all = CMS_get1_certs(cms);
	rc = right_person(c, s, all, at, out);
	sk_X509_pop_free(all, X509_free);
	ERR_clear_error();
	if (rc != 0)
		return -1;
	n = i2d_CMS_ContentInfo(cms, &der);
	out->cms = key_der(c, n, der);
	return out->cms.n > 0 ? 0 : problem_set(c, PROBLEM_INTERNAL, "a CMS cannot be written");
}
