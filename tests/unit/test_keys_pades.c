/* A certificate of origin from drawing to signature, as the portal and the officer's key do it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "paper/pades.h"
#include "test_keys_world.h"
#include "test_paper_samples.h"

static const struct pades_note note = {
	.name = { "Meenakshi Raghunathan", 21 }, .reason = { "Issue of a certificate of origin", 32 },
	.location = { "Chennai", 7 }, .time = 1795510800,
};

static void
sign(struct ctx *c, const char *name, struct prepared *p, struct text *final)
{
	struct text der = world_der(c, name), cms;
	struct drawn d;
	struct face f;
	unsigned char hash[32];

	sample_face(c, "A1", LEAF_ELECTRONIC, &f);
	assert_int_equal(page_draw(c, &f, &d), 0);
	assert_int_equal(pades_prepare(c, d.pdf, &note, p), 0);
	assert_int_equal(cms_attributes_hash(c, der, p->sha256, hash), 0);
	assert_int_equal(cms_finish(c, der, p->sha256, world_sign(c, name, hash), &cms), 0);
	assert_int_equal(pades_embed(c, p->pdf, cms, final), 0);
}

static void
readers_find_the_signature_valid(void **state)
{
	static const char *const name[] = { "rsa", "ec" };

	(void)state;
	for (size_t i = 0; i < COUNT(name); i++) {
		struct ctx *c = sample_ctx();
		struct prepared p;
		struct text final;

		sign(c, name[i], &p, &final);
		world_write("signed.pdf", final);
		if (sample_has("pdfsig")) {
			world_must("pdfsig -nocert signed.pdf");
			assert_non_null(strstr(world_said(), "Signature is Valid"));
			assert_non_null(strstr(world_said(), "Total document signed"));
			assert_non_null(strstr(world_said(), name[i]));
		}
		if (sample_has("qpdf"))
			world_must("qpdf --check signed.pdf");
	}
}

static void
our_own_eyes_agree(void **state)
{
	struct ctx *c = sample_ctx();
	struct pades_found found;
	struct prepared p;
	struct signer s;
	struct text final;
	char *bytes;

	(void)state;
	sign(c, "rsa", &p, &final);
	assert_int_equal(pades_extract(c, final, &found), 0);
	assert_int_equal(cms_verify(c, found.cms, found.sha256, c->now, &s), 0);
	assert_true(text_is(s.subject, "rsa of the test"));
	assert_false(found.appended);
	bytes = (char *)(uintptr_t)final.p;
	bytes[p.range.at[1] / 2] ^= 1;
	if (pades_extract(c, final, &found) == 0) {
		problem_clear(&c->problem);
		assert_int_equal(cms_verify(c, found.cms, found.sha256, c->now, &s), -1);
		assert_non_null(strstr(c->problem.detail, "another document"));
	}
	if (sample_has("pdfsig")) {
		world_write("changed.pdf", final);
		(void)world_run("pdfsig -nocert changed.pdf");
		assert_null(strstr(world_said(), "Signature is Valid"));
	}
}

static int
setup(void **state)
{
	sample_start(sample_ctx());
	return world_start(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(readers_find_the_signature_valid),
		cmocka_unit_test(our_own_eyes_agree),
	};

	return cmocka_run_group_tests(tests, setup, world_stop);
}
