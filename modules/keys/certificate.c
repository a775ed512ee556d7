#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

#include "base/digest.h"
#include "keys/private.h"

const struct key_words key_words[KEY__MAX] = {
#define X(id, code, words) [id] = { (code), (words) },
	KEY_FAULTS(X)
#undef X
};

static void
release_x509(void *x)
{
	X509_free(x);
}

X509 *
key_own_x509(struct ctx *c, X509 *x)
{
	if (x != NULL)
		ctx_defer(c, release_x509, x);
	return x;
}

struct text
key_der(struct ctx *c, int n, unsigned char *p)
{
	struct text t = { "", 0 };

	if (n > 0)
		t = text_copy(c, (struct text){ (const char *)p, (size_t)n });
	OPENSSL_free(p);
	return t;
}

int
key_refuse(struct ctx *c, enum key_fault why)
{
	return problem_say(c, PROBLEM_SIGNATURE, key_words[why].words);
}

X509 *
key_x509(struct ctx *c, struct text der)
{
	const unsigned char *p = (const unsigned char *)der.p;
	X509 *x = NULL;

	if (der.n > 0 && der.n <= KEY_CERTIFICATE_MAX)
		x = key_own_x509(c, d2i_X509(NULL, &p, (long)der.n));
	ERR_clear_error();
	if (x == NULL || p != (const unsigned char *)der.p + der.n) {
		(void)problem_say(c, PROBLEM_SIGNATURE, "This is not a certificate.");
		return NULL;
	}
	return x;
}

/* A name's last value of a kind, fit to be shown: no control characters, whatever the encoding. */
static struct text
name_part(struct ctx *c, const X509_NAME *name, int nid)
{
	unsigned char *utf8 = NULL;
	struct text t;
	char *p;
	int at = -1, next, n;

	while ((next = X509_NAME_get_index_by_NID(name, nid, at)) >= 0)
		at = next;
	if (at < 0 || (n = ASN1_STRING_to_UTF8(&utf8,
	    X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)))) < 0)
		return T("");
	t = key_der(c, n, utf8);
	if (!text_utf8(t))
		return T("");
	p = (char *)(uintptr_t)t.p;
	for (size_t i = 0; i < t.n; i++)
		if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f)
			p[i] = '?';
	return t;
}

static bool
seconds(const ASN1_TIME *t, int64_t *out)
{
	struct tm tm;

	if (t == NULL || ASN1_TIME_to_tm(t, &tm) != 1)
		return false;
	*out = timegm(&tm);
	return true;
}

static void
key_facts_of(const EVP_PKEY *key, struct key_certificate *k)
{
	static const struct { int id; enum key_kind kind; } known[] = {
		{ EVP_PKEY_RSA, KEY_RSA }, { EVP_PKEY_EC, KEY_EC },
	};
	char curve[64] = "";

	if (key == NULL)
		return;
	for (size_t i = 0; i < COUNT(known); i++)
		if (EVP_PKEY_get_base_id(key) == known[i].id)
			k->kind = known[i].kind;
	k->bits = (unsigned)EVP_PKEY_get_bits(key);
	/* A curve that is described instead of named, or another one of the same size, is no key here. */
	if (k->kind == KEY_EC && (EVP_PKEY_get_group_name(key, curve, sizeof curve, NULL) != 1 ||
	    (OBJ_txt2nid(curve) != NID_X9_62_prime256v1 && OBJ_txt2nid(curve) != NID_secp384r1)))
		k->kind = KEY_OTHER;
}

int
key_facts(struct ctx *c, X509 *x, struct key_certificate *out)
{
	const X509_NAME *subject = X509_get_subject_name(x);
	struct key_certificate k = { .kind = KEY_OTHER };
	unsigned char *der = NULL;
	uint32_t flags = X509_get_extension_flags(x);
	int n = i2d_X509(x, &der);

	k.der = key_der(c, n, der);
	if (k.der.n == 0 || !seconds(X509_get0_notBefore(x), &k.not_before) ||
	    !seconds(X509_get0_notAfter(x), &k.not_after)) {
		ERR_clear_error();
		return problem_say(c, PROBLEM_SIGNATURE, "The certificate cannot be read.");
	}
	k.fingerprint = sha256_hex(c, k.der);
	k.subject = name_part(c, subject, NID_commonName);
	k.organisation = name_part(c, subject, NID_organizationName);
	k.pan_hash = name_part(c, subject, NID_serialNumber);
	k.issuer = name_part(c, X509_get_issuer_name(x), NID_commonName);
	k.signs = (flags & EXFLAG_KUSAGE) != 0 && (flags & (EXFLAG_CA | EXFLAG_INVALID)) == 0 &&
	    (X509_get_key_usage(x) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
	key_facts_of(X509_get0_pubkey(x), &k);
	ERR_clear_error();
	*out = k;
	return 0;
}

int
key_certificate_read(struct ctx *c, struct text der, struct key_certificate *out)
{
	X509 *x = key_x509(c, der);

	return x == NULL ? -1 : key_facts(c, x, out);
}

enum key_fault
key_certificate_fit(const struct key_certificate *k, int64_t at)
{
	if (!k->signs)
		return KEY_ENCRYPTS;
	if (k->kind == KEY_OTHER || (k->kind == KEY_RSA && (k->bits < 2048 || k->bits > 4096)))
		return KEY_WEAK;
	if (at < k->not_before)
		return KEY_EARLY;
	return at > k->not_after ? KEY_EXPIRED : KEY_FIT;
}

int
key_certificate_check(struct ctx *c, const struct key_certificate *k, int64_t at)
{
	enum key_fault why = key_certificate_fit(k, at);
	X509 *x;

	if (why != KEY_FIT)
		return key_refuse(c, why);
	if ((x = key_x509(c, k->der)) == NULL)
		return -1;
	why = trust_judge(x, NULL, at);
	return why == KEY_FIT ? 0 : key_refuse(c, why);
}
