/* Certificates, and CMS made in two steps: judged by the openssl program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/digest.h"
#include "test_keys_world.h"

#define YEAR	((int64_t)365 * 86400)

static void
what_a_certificate_says_is_read(void **state)
{
	struct ctx *c = world_ctx();
	struct key_certificate k;

	(void)state;
	assert_int_equal(key_certificate_read(c, world_der(c, "rsa"), &k), 0);
	assert_true(text_is(k.subject, "rsa of the test"));
	assert_true(text_is(k.organisation, "Personal"));
	assert_true(text_is(k.pan_hash, "6442FD"));
	assert_true(text_is(k.issuer, "Root of the test"));
	assert_int_equal(k.kind, KEY_RSA);
	assert_int_equal(k.bits, 2048);
	assert_true(k.signs);
	assert_true(k.not_before <= c->now && k.not_before > c->now - 600);
	assert_int_equal(k.not_after - k.not_before, 3000 * 86400);
	world_must("sha256sum der");
	assert_memory_equal(world_said(), k.fingerprint.p, 64);
	assert_int_equal(key_certificate_read(c, world_der(c, "ec"), &k), 0);
	assert_int_equal(k.kind, KEY_EC);
	assert_int_equal(k.bits, 256);
}

struct judged { const char *name, *root; int64_t after; enum key_fault why; };

static void
unfit_certificates_are_named(void **state)
{
	static const struct judged row[] = {
		{ "rsa", "all.pem", 0, KEY_FIT }, { "ec", "all.pem", 0, KEY_FIT },
		{ "rsa", "all.pem", 9 * YEAR, KEY_EXPIRED }, { "rsa", "all.pem", -YEAR, KEY_EARLY },
		{ "cipher", "all.pem", 0, KEY_ENCRYPTS }, { "bare", "all.pem", 0, KEY_ENCRYPTS },
		{ "authority", "all.pem", 0, KEY_ENCRYPTS }, { "root", "all.pem", 0, KEY_ENCRYPTS },
		{ "weak", "all.pem", 0, KEY_WEAK }, { "p521", "all.pem", 0, KEY_WEAK },
		{ "stranger", "all.pem", 0, KEY_UNTRUSTED }, { "stranger", "foreign.pem", 0, KEY_FIT },
		{ "rsa", "foreign.pem", 0, KEY_UNTRUSTED }, { "third", "all.pem", 0, KEY_UNTRUSTED },
		{ "third", "chain.pem", 0, KEY_FIT }, { "third", "lonely.pem", 0, KEY_UNTRUSTED },
		{ "late", "chain.pem", 0, KEY_FIT }, { "late", "chain.pem", YEAR, KEY_UNTRUSTED },
		{ "revoked", "all.pem", 0, KEY_REVOKED }, { "revoked", "root.pem", 0, KEY_FIT },
	};

	(void)state;
	world_must("cat middle.pem brief.pem root.pem >chain.pem; cat foreign.pem middle.pem >lonely.pem");
	for (size_t i = 0; i < COUNT(row); i++) {
		struct ctx *c = world_ctx();
		struct key_certificate k;
		int rc;

		assert_int_equal(trust_start(world_path(c, row[i].root)), 0);
		assert_int_equal(key_certificate_read(c, world_der(c, row[i].name), &k), 0);
		rc = key_certificate_check(c, &k, c->now + row[i].after);
		if (row[i].why == KEY_FIT ? rc != 0 : rc != -1 ||
		    c->problem.kind != PROBLEM_SIGNATURE ||
		    strcmp(c->problem.detail, key_words[row[i].why].words) != 0)
			fail_msg("%s: %d %s", row[i].name, rc, c->problem.log);
	}
	assert_int_equal(trust_start(world_path(world_ctx(), "all.pem")), 0);
}

static void
roots_that_are_none_are_refused(void **state)
{
	static const char *const bad[] = { "doc", "absent", "middle.pem", "broken.pem" };

	(void)state;
	world_must("{ cat root.pem; sed '5s/./*/' foreign.pem; } >broken.pem");
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(trust_start(world_path(world_ctx(), bad[i])), -1);
	assert_int_equal(trust_start(world_path(world_ctx(), "all.pem")), 0);
}

static void
what_is_no_certificate_is_refused(void **state)
{
	struct ctx *c = world_ctx();
	struct text der = world_der(c, "rsa"), longer;
	struct key_certificate k;

	(void)state;
	for (size_t n = 0; n < der.n; n++) {
		problem_clear(&c->problem);
		assert_int_equal(key_certificate_read(c, text_sub(der, 0, n), &k), -1);
		assert_int_equal(c->problem.kind, PROBLEM_SIGNATURE);
	}
	longer = text_fmt(c, "%*s", (int)der.n + 1, "");
	(void)memcpy((char *)(uintptr_t)longer.p, der.p, der.n);
	assert_int_equal(key_certificate_read(c, longer, &k), -1);
}

static void
the_attributes_are_the_same_every_time(void **state)
{
	struct ctx *c = world_ctx();
	struct text rsa = world_der(c, "rsa"), ec = world_der(c, "ec");
	const unsigned char *doc = world_hash(c, "doc");
	unsigned char a[32], b[32];

	(void)state;
	assert_int_equal(cms_attributes_hash(c, rsa, doc, a), 0);
	assert_int_equal(cms_attributes_hash(c, rsa, doc, b), 0);
	assert_memory_equal(a, b, 32);
	assert_int_equal(cms_attributes_hash(c, ec, doc, b), 0);
	assert_memory_not_equal(a, b, 32);		/* the certificate is part of them */
	assert_int_equal(cms_attributes_hash(c, rsa, world_hash(c, "other"), b), 0);
	assert_memory_not_equal(a, b, 32);		/* and the document */
}

static struct text
finish(struct ctx *c, const char *name, const char *file)
{
	struct text der = world_der(c, name), out;
	const unsigned char *doc = world_hash(c, file);
	unsigned char hash[32];

	assert_int_equal(cms_attributes_hash(c, der, doc, hash), 0);
	if (cms_finish(c, der, doc, world_sign(c, name, hash), &out) != 0)
		fail_msg("%s", c->problem.log);
	return out;
}

static void
openssl_accepts_what_is_finished(void **state)
{
	static const char *const name[] = { "rsa", "ec" };

	(void)state;
	for (size_t i = 0; i < COUNT(name); i++) {
		struct ctx *c = world_ctx();
		struct signer s;
		struct text cms = finish(c, name[i], "doc");

		world_write("made", cms);
		world_must("openssl cms -verify -cades -binary -inform DER -in made -content doc "
		    "-CAfile root.pem -out /dev/null");
		assert_int_not_equal(world_run("openssl cms -verify -cades -binary -inform DER -in made "
		    "-content other -CAfile root.pem -out /dev/null"), 0);
		assert_int_equal(cms_verify(c, cms, world_hash(c, "doc"), c->now, &s), 0);
		assert_true(text_eq(s.cms, cms));
		assert_true(text_eq(s.certificate, world_der(c, name[i])));
		world_must("openssl asn1parse -inform DER -in made");
		assert_null(strstr(world_said(), "signingTime"));
		assert_non_null(strstr(world_said(), "signingCertificateV2"));
	}
}

static void
a_signature_over_anything_else_is_refused(void **state)
{
	struct ctx *c = world_ctx();
	struct text der = world_der(c, "rsa"), out, right;
	const unsigned char *doc = world_hash(c, "doc");
	unsigned char hash[32];

	(void)state;
	assert_int_equal(cms_finish(c, der, doc, world_sign(c, "rsa", doc), &out), -1);
	assert_int_equal(c->problem.kind, PROBLEM_SIGNATURE);
	assert_int_equal(cms_attributes_hash(c, der, doc, hash), 0);
	right = world_sign(c, "rsa", hash);
	assert_int_equal(cms_finish(c, der, doc, right, &out), 0);
	assert_int_equal(cms_finish(c, der, world_hash(c, "other"), right, &out), -1);
	assert_int_equal(cms_finish(c, world_der(c, "ec"), doc, right, &out), -1);
	assert_int_equal(cms_finish(c, world_der(c, "third"), doc, right, &out), -1);
	assert_int_equal(cms_finish(c, der, doc, T(""), &out), -1);
	assert_int_equal(cms_finish(c, der, doc, text_fmt(c, "%600s", ""), &out), -1);
	for (size_t n = 0; n < right.n; n++)
		assert_int_equal(cms_finish(c, der, doc, text_sub(right, 0, n), &out), -1);
	for (size_t i = 0; i < right.n; i++) {
		char *p = (char *)(uintptr_t)text_copy(c, right).p;

		p[i] = (char)(p[i] ^ (1 << (i % 8)));
		assert_int_equal(cms_finish(c, der, doc, (struct text){ p, right.n }, &out), -1);
	}
	assert_int_equal(cms_finish(c, T("no certificate"), doc, right, &out), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_certificate_says_is_read),
		cmocka_unit_test(unfit_certificates_are_named),
		cmocka_unit_test(roots_that_are_none_are_refused),
		cmocka_unit_test(what_is_no_certificate_is_refused),
		cmocka_unit_test(the_attributes_are_the_same_every_time),
		cmocka_unit_test(openssl_accepts_what_is_finished),
		cmocka_unit_test(a_signature_over_anything_else_is_refused),
	};

	return cmocka_run_group_tests(tests, world_start, world_stop);
}
