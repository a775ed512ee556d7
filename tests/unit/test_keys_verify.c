/* CMS made elsewhere, made wrongly, and made on purpose to deceive. */
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "test_keys_world.h"

#define YEAR	((int64_t)365 * 86400)
#define RSA	" -signer rsa.pem -inkey rsa.key "
#define EC	" -signer ec.pem -inkey ec.key "
#define CMS	"openssl cms -sign -binary -in doc -out made -outform DER "

static void
accept(struct ctx *c, const char *subject, const char *how)
{
	struct signer s;

	if (cms_verify(c, world_read(c, "made"), world_hash(c, "doc"), c->now, &s) != 0)
		fail_msg("%s: %s", how, c->problem.log);
	if (!text_starts(s.subject, subject))
		fail_msg("%s: signed by %.*s", how, TEXT_F(s.subject));
	/* What is handed on is detached and stands for itself. */
	world_write("again", s.cms);
	world_must("openssl cms -verify -binary -inform DER -in again -content doc -CAfile root.pem "
	    "-certfile middle.pem -purpose any -out /dev/null");
}

static void
refuse_text(struct ctx *c, struct text cms, int64_t at, const char *words, const char *how)
{
	struct signer s;

	problem_clear(&c->problem);
	if (cms_verify(c, cms, world_hash(c, "doc"), at, &s) == 0)
		fail_msg("accepted: %s", how);
	assert_int_equal(c->problem.kind, PROBLEM_SIGNATURE);
	if (c->problem.detail == NULL || strstr(c->problem.detail, words) == NULL)
		fail_msg("%s: %s", how, c->problem.log);
}

static void
what_others_make_is_accepted(void **state)
{
	static const struct { const char *subject, *make; } row[] = {
		{ "rsa", CMS RSA }, { "ec", CMS EC }, { "rsa", CMS RSA "-md sha256 -cades" },
		{ "ec", CMS EC "-cades -keyid" }, { "rsa", CMS RSA "-nosmimecap" },
		{ "rsa", CMS RSA "-nodetach" }, { "rsa", CMS RSA "-certfile foreign.pem" },
		{ "third", CMS "-signer third.pem -inkey third.key -certfile middle.pem" },
		{ "rsa", "openssl cms -sign -binary -in doc -out made -outform PEM" RSA },
		{ "rsa", "openssl smime -sign -binary -in doc -out made -outform PEM" RSA },
		{ "rsa", "openssl smime -sign -binary -in doc -out made -outform DER" RSA },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		world_must("%s", row[i].make);
		accept(world_ctx(), row[i].subject, row[i].make);
	}
}

static void
what_is_not_as_it_should_be_is_refused(void **state)
{
	static const struct { const char *make; int64_t after; const char *words; } row[] = {
		{ "openssl cms -sign -binary -in other -out made -outform DER" RSA, 0, "another document" },
		{ "openssl cms -sign -in doc -nodetach -binary -in other -out made -outform DER" RSA, 0,
		    "contains another document" },
		{ CMS RSA, 9 * YEAR, "has expired" }, { CMS RSA, -YEAR, "not valid yet" },
		{ CMS "-signer cipher.pem -inkey cipher.key", 0, "not for signing" },
		{ CMS "-signer bare.pem -inkey bare.key", 0, "not for signing" },
		{ CMS "-signer weak.pem -inkey weak.key", 0, "key is not accepted" },
		{ CMS "-signer p521.pem -inkey p521.key", 0, "key is not accepted" },
		{ CMS "-signer stranger.pem -inkey stranger.key -certfile foreign.pem", 0, "not accepted" },
		{ CMS "-signer third.pem -inkey third.key", 0, "not accepted" },
		{ CMS "-signer revoked.pem -inkey revoked.key", 0, "revoked" },
		{ CMS RSA EC, 0, "exactly one" }, { CMS RSA "-md sha1", 0, "SHA-256" },
		{ CMS RSA "-md md5", 0, "SHA-256" }, { CMS RSA "-md sha512", 0, "SHA-256" },
		{ CMS RSA "-noattr", 0, "lacks signed attributes" },
		{ CMS RSA "-nocerts", 0, "does not carry" },
		{ CMS RSA "-nocerts -certfile ec.pem", 0, "does not carry" },
		{ CMS RSA "-keyopt rsa_padding_mode:pss", 0, "PKCS#1" },
		{ CMS RSA "-econtent_type 1.2.3.4", 0, "not a signature file" },
		{ CMS RSA " -outform SMIME", 0, "not a signature file" },
		{ "cp doc made", 0, "not a signature file" }, { "cp rsa.pem made", 0, "not a signature file" },
		{ "cp rsa.key made", 0, "not a signature file" }, { ": >made", 0, "not a signature file" },
		{ "openssl x509 -in rsa.pem -outform DER -out made", 0, "not a signature file" },
		{ "openssl cms -encrypt -in doc -out made -outform DER rsa.pem", 0, "not a signature file" },
		{ CMS RSA " && printf x >>made", 0, "not a signature file" },
		{ CMS RSA " && head -c 66000 /dev/zero >>made", 0, "larger than 64 KiB" },
		{ "for i in 1 2 3 4 5 6 7 8 9 10; do openssl req -x509 -key rsa.key -config conf -subj /CN=$i; "
		    "done >many 2>&1; " CMS RSA "-certfile many", 0, "too many certificates" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct ctx *c = world_ctx();

		world_must("%s", row[i].make);
		refuse_text(c, world_read(c, "made"), c->now + row[i].after, row[i].words, row[i].make);
	}
}

/* ---- what the openssl program cannot be talked into making ---- */

struct forge { CMS_ContentInfo *cms; CMS_SignerInfo *signer; EVP_PKEY *key; X509 *x; };

static void
forge_begin(struct ctx *c, struct forge *f, unsigned flags)
{
	BIO *key = BIO_new_file(world_path(c, "rsa.key"), "r"), *pem = BIO_new_file(world_path(c,
	    "rsa.pem"), "r");

	f->key = PEM_read_bio_PrivateKey(key, NULL, NULL, NULL);
	f->x = PEM_read_bio_X509(pem, NULL, NULL, NULL);
	assert_true(f->key != NULL && f->x != NULL);
	(void)BIO_free(key);
	(void)BIO_free(pem);
	f->cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_DETACHED | CMS_BINARY);
	f->signer = CMS_add1_signer(f->cms, f->x, f->key, EVP_sha256(), CMS_PARTIAL | flags);
	assert_non_null(f->signer);
}

static struct text
forge_end(struct ctx *c, struct forge *f)
{
	BIO *doc = BIO_new_file(world_path(c, "doc"), "rb");
	unsigned char *der = NULL;
	int n;
	struct text t;

	assert_int_equal(CMS_final(f->cms, doc, NULL, CMS_DETACHED | CMS_BINARY), 1);
	n = i2d_CMS_ContentInfo(f->cms, &der);
	t = text_copy(c, (struct text){ (const char *)der, (size_t)n });
	OPENSSL_free(der);
	(void)BIO_free(doc);
	CMS_ContentInfo_free(f->cms);
	EVP_PKEY_free(f->key);
	X509_free(f->x);
	ERR_clear_error();
	return t;
}

static void
the_certificate_named_has_to_be_the_one(void **state)
{
	static const unsigned char other[] = { 0x30, 40, 0x30, 38, 0x30, 36, 0x04, 34, [41] = 0 };
	static const unsigned char wrong[42] = { 0x30, 40, 0x30, 38, 0x30, 36, 0x04, 32 };
	static const unsigned char empty[] = { 0x30, 0 }, cut[] = { 0x30, 2, 0x30, 0x7f };
	static const struct { const unsigned char *p; int n; } row[] = {
		{ other, sizeof other }, { wrong, sizeof wrong }, { empty, 2 }, { cut, 4 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct ctx *c = world_ctx();
		struct forge f;

		forge_begin(c, &f, 0);
		assert_int_equal(CMS_signed_add1_attr_by_NID(f.signer,
		    NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE, row[i].p, row[i].n), 1);
		refuse_text(c, forge_end(c, &f), c->now, "names another certificate", "foreign ESS");
	}
}

static void
attributes_nobody_signed_are_refused(void **state)
{
	struct ctx *c = world_ctx();
	struct signer s;
	struct forge f;

	(void)state;
	forge_begin(c, &f, CMS_CADES);
	assert_int_equal(CMS_unsigned_add1_attr_by_txt(f.signer, "1.2.3.4", V_ASN1_UTF8STRING, "x", 1), 1);
	refuse_text(c, forge_end(c, &f), c->now, "nobody signed", "unsigned attribute");
	problem_clear(&c->problem);
	forge_begin(c, &f, CMS_CADES);
	assert_int_equal(CMS_unsigned_add1_attr_by_NID(f.signer, NID_id_smime_aa_timeStampToken,
	    V_ASN1_UTF8STRING, "x", 1), 1);
	assert_int_equal(cms_verify(c, forge_end(c, &f), world_hash(c, "doc"), c->now, &s), 0);
}

/* The library makes no such thing: an attribute of another kind is renamed to messageDigest. */
static void
a_digest_given_twice_is_refused(void **state)
{
	static const unsigned char name[] = { 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 9 };
	struct ctx *c = world_ctx();
	unsigned char *at;
	struct forge f;
	struct text cms;

	(void)state;
	forge_begin(c, &f, 0);
	assert_int_equal(CMS_signed_add1_attr_by_txt(f.signer, "1.2.840.113549.1.9.9",
	    V_ASN1_OCTET_STRING, world_hash(c, "doc"), 32), 1);
	cms = forge_end(c, &f);
	assert_non_null(at = memmem(cms.p, cms.n, name, sizeof name));
	at[10] = 4;
	refuse_text(c, cms, c->now, "lacks signed attributes", "two digests");
}

/* ---- damage ---- */

static void
a_truncated_file_is_refused_at_every_length(void **state)
{
	static const char *const form[] = { "DER", "PEM" };

	(void)state;
	for (size_t i = 0; i < COUNT(form); i++) {
		struct ctx *c = world_ctx();
		struct text cms;
		struct mark m;
		size_t whole;

		world_must("openssl cms -sign -binary -in doc -out made -outform %s" EC, form[i]);
		cms = world_read(c, "made");
		whole = i == 0 ? cms.n : cms.n - 1;	/* the last line's end does not matter */
		m = ctx_mark(c);
		for (size_t n = 0; n < whole; n++) {
			refuse_text(c, text_sub(cms, 0, n), c->now, "not a signature file", "truncated");
			ctx_rewind(c, m);
		}
	}
}

/* A bit may be lost in what says nothing (a version number), but never changes who signed what. */
static void
a_bit_that_flips_changes_nothing_that_counts(void **state)
{
	struct ctx *c = world_ctx();
	const unsigned char *doc = world_hash(c, "doc");
	struct text cms, was;
	struct signer s;
	struct mark m;
	size_t accepted = 0;
	char *p;

	(void)state;
	world_must(CMS EC "-cades");
	cms = world_read(c, "made");
	assert_int_equal(cms_verify(c, cms, doc, c->now, &s), 0);
	was = s.fingerprint;
	p = (char *)(uintptr_t)cms.p;
	m = ctx_mark(c);
	for (size_t bit = 0; bit < 8 * cms.n; bit++) {
		p[bit / 8] = (char)(p[bit / 8] ^ (1 << bit % 8));
		problem_clear(&c->problem);
		if (cms_verify(c, cms, doc, c->now, &s) == 0) {
			accepted++;
			assert_true(text_eq(s.fingerprint, was));
		} else
			assert_int_equal(c->problem.kind, PROBLEM_SIGNATURE);
		ctx_rewind(c, m);
		p[bit / 8] = (char)(p[bit / 8] ^ (1 << bit % 8));
	}
	if (accepted > cms.n / 10)
		fail_msg("%zu of %zu bits may flip", accepted, 8 * cms.n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_others_make_is_accepted),
		cmocka_unit_test(what_is_not_as_it_should_be_is_refused),
		cmocka_unit_test(the_certificate_named_has_to_be_the_one),
		cmocka_unit_test(attributes_nobody_signed_are_refused),
		cmocka_unit_test(a_digest_given_twice_is_refused),
		cmocka_unit_test(a_truncated_file_is_refused_at_every_length),
		cmocka_unit_test(a_bit_that_flips_changes_nothing_that_counts),
	};

	return cmocka_run_group_tests(tests, world_start, world_stop);
}
