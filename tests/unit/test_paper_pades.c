/* The signature's place: prepared, signed by the openssl program, judged by poppler, mupdf and qpdf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "paper/pades.h"
#include "test_paper_samples.h"

static const struct pades_note note = {
	.name = { "Meera Vaidyanathan", 18 }, .reason = { "Issue of NP-NGC-26-0000123-K", 28 },
	.location = { "चेन्नई", 18 }, .time = 1795510800,
};

static void
prepare(struct ctx *c, const char *id, struct prepared *p)
{
	struct face f;
	struct drawn d;

	sample_face(c, id, LEAF_ELECTRONIC, &f);
	assert_int_equal(page_draw(c, &f, &d), 0);
	if (pades_prepare(c, d.pdf, &note, p) != 0)
		fail_msg("%s", c->problem.log);
}

/* A CMS over the two ranges, by a key made for the purpose; true when openssl is here. */
static bool
sign(struct ctx *c, const struct prepared *p, struct text *cms)
{
	const size_t *at = p->range.at;
	struct text out;
	char *both = ctx_alloc(c, at[1] + at[3]);
	const char *file;
	FILE *f;

	if (!sample_has("openssl"))
		return false;
	(void)memcpy(both, p->pdf.p, at[1]);
	(void)memcpy(both + at[1], p->pdf.p + at[2], at[3]);
	file = sample_write(c, "ranges", (struct text){ both, at[1] + at[3] });
	if (sample_run(c, &out, "test -f %s.key || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 "
	    "-nodes -subj '/C=IN/CN=Throw Away' -days 2 -keyout %s.key -out %s.crt", file, file, file) != 0 ||
	    sample_run(c, &out, "openssl cms -sign -cades -binary -nosmimecap -md sha256 -in %s -signer %s.crt "
	    "-inkey %s.key -outform DER -out %s.cms", file, file, file, file) != 0)
		fail_msg("%.*s", TEXT_F(out));
	assert_non_null(f = fopen(text_fmt(c, "%s.cms", file).p, "rb"));
	*cms = (struct text){ ctx_alloc(c, 16384), 0 };
	cms->n = fread((char *)(uintptr_t)cms->p, 1, 16384, f);
	(void)fclose(f);
	return true;
}

static void
preparing_twice_gives_the_same(void **state)
{
	struct ctx *c = sample_ctx();
	struct prepared a, b;
	struct pades_range r;
	unsigned char h[32];

	(void)state;
	prepare(c, "A3", &a);
	prepare(c, "A3", &b);
	assert_true(text_eq(a.pdf, b.pdf));
	assert_memory_equal(a.sha256, b.sha256, 32);
	assert_int_equal(pades_range_hash(c, a.pdf, &r, h), 0);
	assert_memory_equal(h, a.sha256, 32);
	assert_memory_equal(&r, &a.range, sizeof r);
	assert_int_equal(r.at[0], 0);
	assert_int_equal(r.at[2] - r.at[1], 2 * PADES_HOLE + 2);
	assert_int_equal(r.at[2] + r.at[3], a.pdf.n);
}

static void
judge(struct ctx *c, const char *file)
{
	struct text out;

	if (sample_has("qpdf") && sample_run(c, &out, "qpdf --check %s", file) != 0)
		fail_msg("%.*s", TEXT_F(out));
	if (sample_has("pdfsig")) {
		(void)sample_run(c, &out, "pdfsig -nocert %s", file);
		assert_non_null(memmem(out.p, out.n, "ETSI.CAdES.detached", 19));
		assert_non_null(memmem(out.p, out.n, "Signature is Valid", 18));
		assert_non_null(memmem(out.p, out.n, "Total document signed", 21));
	}
	if (sample_has("mutool")) {
		(void)sample_run(c, &out, "mutool sign -v %s", file);
		if (memmem(out.p, out.n, "unchanged since signing", 23) == NULL)
			fail_msg("%.*s", TEXT_F(out));
	}
}

static void
a_signed_certificate_satisfies_its_judges(void **state)
{
	static const char *const id[] = { "A1", "A6" };

	(void)state;
	for (size_t i = 0; i < COUNT(id); i++) {
		struct ctx *c = sample_ctx();
		struct prepared p;
		struct pades_found found;
		struct text cms, final, out;
		const char *file;

		prepare(c, id[i], &p);
		if (!sign(c, &p, &cms))
			skip();
		assert_int_equal(pades_embed(c, p.pdf, cms, &final), 0);
		assert_int_equal(final.n, p.pdf.n);
		assert_int_equal(pades_extract(c, final, &found), 0);
		assert_true(text_eq(found.cms, cms));
		assert_memory_equal(found.sha256, p.sha256, 32);
		assert_false(found.appended);
		file = sample_write(c, text_fmt(c, "signed-%s.pdf", id[i]).p, final);
		judge(c, file);
		(void)sample_write(c, "found.cms", found.cms);
		assert_int_equal(sample_run(c, &out, "cd $(dirname %s) && openssl cms -verify -cades -binary -inform DER "
		    "-in found.cms -content ranges -CAfile ranges.crt -purpose any -out /dev/null", file), 0);
	}
}

static void
changes_are_seen(void **state)
{
	struct ctx *c = sample_ctx();
	struct prepared p;
	struct pades_found found;
	struct text cms, final;
	char *bytes;

	(void)state;
	prepare(c, "A1", &p);
	if (!sign(c, &p, &cms))
		skip();
	assert_int_equal(pades_embed(c, p.pdf, cms, &final), 0);
	bytes = (char *)(uintptr_t)text_copy(c, final).p;
	for (size_t k = 1; k < 20; k++) {	/* a byte here and there, outside the hole */
		size_t at = p.range.at[1] / 20 * k;

		bytes[at] = (char)(bytes[at] ^ 1);
		assert_true(pades_extract(c, (struct text){ bytes, final.n }, &found) != 0 ||
		    memcmp(found.sha256, p.sha256, 32) != 0);
		bytes[at] = (char)(bytes[at] ^ 1);
		problem_clear(&c->problem);
	}
	bytes = ctx_alloc(c, final.n + 9);
	(void)memcpy(bytes, final.p, final.n);
	(void)memcpy(bytes + final.n, "% later\n", 8);
	assert_int_equal(pades_extract(c, (struct text){ bytes, final.n + 8 }, &found), 0);
	assert_true(found.appended);
}

static void
the_hole_is_open_until_filled(void **state)
{
	struct ctx *c = sample_ctx();
	struct prepared p;
	struct pades_found found;

	(void)state;
	prepare(c, "A1", &p);
	assert_int_equal(pades_extract(c, p.pdf, &found), 0);
	assert_int_equal(found.cms.n, 0);
}

static void
what_does_not_fit_is_refused(void **state)
{
	struct ctx *c = sample_ctx();
	struct prepared p, again;
	struct text out;

	(void)state;
	prepare(c, "A1", &p);
	assert_int_equal(pades_embed(c, p.pdf, (struct text){ ctx_alloc(c, PADES_HOLE + 1), PADES_HOLE + 1 }, &out), -1);
	assert_int_equal(c->problem.kind, PROBLEM_SIGNATURE);
	problem_clear(&c->problem);
	assert_int_equal(pades_prepare(c, p.pdf, &note, &again), -1);	/* signed once is enough */
	assert_int_equal(c->problem.kind, PROBLEM_FILE);
}

static void
forged_ranges_are_refused(void **state)
{
	static const char *const forged[] = {
		"", "/ByteRange", "/ByteRange [0 10 20", "/ByteRange [0 5 9 4]", "/ByteRange [1 5 9 4] <00>",
		"/ByteRange [0 99999999999 20 30]", "/ByteRange [0 4 2 1]", "/ByteRange [0 18446744073709551615 1 1]",
		"/ByteRange [0 24 30 0] <<<zz>>", "/ByteRange [0 -1 2 3]",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(forged); i++) {
		struct ctx *c = sample_ctx();
		struct pades_found found;

		if (pades_extract(c, text_of(forged[i]), &found) == 0)
			fail_msg("accepted: %s", forged[i]);
		assert_int_equal(c->problem.kind, PROBLEM_FILE);
	}
}

static int
setup(void **state)
{
	(void)state;
	sample_start(sample_ctx());
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(preparing_twice_gives_the_same),
		cmocka_unit_test(a_signed_certificate_satisfies_its_judges),
		cmocka_unit_test(changes_are_seen),
		cmocka_unit_test(the_hole_is_open_until_filled),
		cmocka_unit_test(what_does_not_fit_is_refused),
		cmocka_unit_test(forged_ranges_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
