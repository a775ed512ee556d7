/* The certificate page: drawn, linted, and held before outside judges (qpdf, poppler, zbar). */
#include <dlfcn.h>
#include <glib.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "paper/lint.h"
#include "test_paper_samples.h"

static const struct {
	const char	*id;
	enum leaf	leaf;
	size_t		pages;
	const char	*says;		/* on page 1 */
} row[] = {
	{ "A1", LEAF_ELECTRONIC, 1, "Hafenlicht Schuhhandel GmbH" },
	{ "A1", LEAF_ORIGINAL,   1, "Signature of authorised signatory" },
	{ "A1", LEAF_DUPLICATE,  1, "Palarveni Footwear Private Limited" },
	{ "A2", LEAF_ELECTRONIC, 2, "Zahrat Al Ghaym Fabrics Trading L.L.C" },
	{ "A3", LEAF_ELECTRONIC, 1, "ISSUED RETROSPECTIVELY" },
	{ "A4", LEAF_ORIGINAL,   1, "TO THE ORDER OF SPECIMEN BANK OF LAGOS PLC" },
	{ "A5", LEAF_ELECTRONIC, 2, "BACK-TO-BACK CERTIFICATE" },
	{ "A6", LEAF_ELECTRONIC, 5, "Jigarchandra Vadhvana" },
	{ "A6", LEAF_DUPLICATE,  5, "SRE / NAIROBI VIA" },
};

static void
draw(struct ctx *c, const struct face *f, struct drawn *d)
{
	if (page_draw(c, f, d) != 0)
		fail_msg("%s", c->problem.log);
}

static void
expect(struct text in, const char *what)
{
	if (memmem(in.p, in.n, what, strlen(what)) == NULL)
		fail_msg("'%s' is not in:\n%.*s", what, TEXT_F(in));
}

/* Every page bears heading, sentence, number, copy and page number, says poppler. */
static void
check_pages(struct ctx *c, const char *file, const struct face *f, size_t pages)
{
	for (size_t p = 1; p <= pages; p++) {
		struct text out;

		assert_int_equal(sample_run(c, &out, "pdftotext -f %zu -l %zu -layout %s -", p, p, file), 0);
		expect(out, FACE_HEADING);
		expect(out, FACE_SENTENCE);
		expect(out, "NP-NGC-26-0000123-K");
		expect(out, leaf_name(f->leaf));
		expect(out, text_fmt(c, "Page %zu of %zu", p, pages).p);
		expect(out, "Issued in India");
	}
}

static void
every_leaf_is_complete(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct ctx *c = sample_ctx();
		struct face f;
		struct drawn d;
		struct text out;
		const char *file;

		sample_face(c, row[i].id, row[i].leaf, &f);
		draw(c, &f, &d);
		if (lint_leaf(c, &d, &f) != 0)
			fail_msg("%s", c->problem.log);
		assert_int_equal(d.pages, row[i].pages);
		file = sample_write(c, text_fmt(c, "%s-%s.pdf", row[i].id, leaf_name(row[i].leaf)).p, d.pdf);
		if (sample_has("qpdf") && sample_run(c, &out, "qpdf --check %s", file) != 0)
			fail_msg("%.*s", TEXT_F(out));
		if (!sample_has("pdftotext"))
			continue;
		check_pages(c, file, &f, d.pages);
		assert_int_equal(sample_run(c, &out, "pdftotext -l 1 %s -", file), 0);
		expect(out, row[i].says);
	}
}

static void
only_the_electronic_leaf_has_ink(void **state)
{
	(void)state;
	if (!sample_has("pdfimages"))
		skip();
	for (enum leaf l = 0; l < LEAF__MAX; l++) {
		struct ctx *c = sample_ctx();
		struct face f;
		struct drawn d;
		struct text out;

		sample_face(c, "A1", l, &f);
		draw(c, &f, &d);
		(void)sample_run(c, &out, "pdfimages -list %s | grep -c -E 'image|smask'",
		    sample_write(c, "ink.pdf", d.pdf));
		assert_int_equal(atoi(out.p), l == LEAF_ELECTRONIC ? 4 : 0);	/* two pictures, two masks */
		(void)sample_run(c, &out, "pdftotext %s - | grep -c 'Electronically signed'",
		    sample_write(c, "ink.pdf", d.pdf));
		assert_int_equal(atoi(out.p), l == LEAF_ELECTRONIC ? 1 : 0);
	}
}

static void
the_code_is_read_back(void **state)
{
	static const char *const id[] = { "A1", "A6" };

	(void)state;
	if (!sample_has("zbarimg") || !sample_has("pdftoppm"))
		skip();
	for (size_t i = 0; i < COUNT(id); i++) {
		struct ctx *c = sample_ctx();
		struct face f;
		struct drawn d;
		struct text out;
		const char *file;

		sample_face(c, id[i], LEAF_ELECTRONIC, &f);
		draw(c, &f, &d);
		file = sample_write(c, "code.pdf", d.pdf);
		/* 100 dots to the inch is a poor scan. */
		assert_int_equal(sample_run(c, &out, "pdftoppm -r 100 -l 1 -png -singlefile %s %s && "
		    "zbarimg -q --raw %s.png 2>/dev/null", file, file, file), 0);
		assert_true(text_eq(text_trim(out), f.address));
	}
}

static void
the_same_face_gives_the_same_bytes(void **state)
{
	struct ctx *c = sample_ctx();
	struct face f;
	struct drawn a, b;

	(void)state;
	sample_face(c, "A3", LEAF_ELECTRONIC, &f);
	draw(c, &f, &a);
	draw(c, &f, &b);
	assert_true(text_eq(a.pdf, b.pdf));
}

struct job { const struct face *f; struct text expected; bool same; };

static void *
draw_again(void *arg)
{
	struct job *j = arg;
	void *block = malloc(16 * MIB);
	struct ctx c;

	ctx_open(&c, block, 16 * MIB);
	j->same = true;
	for (int i = 0; i < 5; i++) {
		struct drawn d;

		ctx_begin(&c);
		j->same = j->same && page_draw(&c, j->f, &d) == 0 && text_eq(d.pdf, j->expected);
	}
	ctx_begin(&c);
	free(block);
	return NULL;
}

static void
threads_draw_the_same(void **state)
{
	struct ctx *c = sample_ctx();
	struct face f;
	struct drawn d;
	struct job job[4];
	pthread_t t[4];

	(void)state;
	sample_face(c, "A2", LEAF_ELECTRONIC, &f);
	draw(c, &f, &d);
	for (size_t i = 0; i < COUNT(t); i++) {
		job[i] = (struct job){ &f, d.pdf, false };
		assert_int_equal(pthread_create(&t[i], NULL, draw_again, &job[i]), 0);
	}
	for (size_t i = 0; i < COUNT(t); i++) {
		assert_int_equal(pthread_join(t[i], NULL), 0);
		assert_true(job[i].same);
	}
}

/* pango starts threads of its own to look fonts up: in the jail they may be forbidden. */
static int started;

GThread *
g_thread_new(const gchar *name, GThreadFunc f, gpointer data)
{
	GThread *(*real)(const gchar *, GThreadFunc, gpointer);

	*(void **)&real = dlsym(RTLD_NEXT, "g_thread_new");
	started++;
	return real(name, f, data);
}

static void
no_thread_is_started_after_the_warming(void **state)
{
	static const char *const id[] = { "A1", "A2", "A3", "A4", "A5", "A6" };
	int before = started;

	(void)state;
	assert_true(before > 0);
	for (size_t i = 0; i < COUNT(id); i++) {
		struct ctx *c = sample_ctx();
		struct face f;
		struct drawn d;

		sample_face(c, id[i], LEAF_ELECTRONIC, &f);
		draw(c, &f, &d);
	}
	assert_int_equal(started, before);
}

static void
what_cannot_be_printed_is_named(void **state)
{
	static char line[4000];
	static const struct { const char *why, *box, *code; struct text t; size_t off; } bad[] = {
		{ "a script without font", "agency", "unknown-character", { "Chamber \xe1\xa0\xa0", 11 },
		    offsetof(struct face, agency) },
		{ "a picture character", "declaration", "unknown-character", { "A \xf0\x9f\x98\x80", 6 },
		    offsetof(struct face, declared.signatory) },
		{ "a control character", "importing_country", "unknown-character", { "A\x07" "B", 3 },
		    offsetof(struct face, importing_country) },
		{ "broken UTF-8", "officer", "not-text", { "A\xff", 2 }, offsetof(struct face, issued.officer) },
		{ "an embedded NUL", "total", "not-text", { "A\0B", 3 }, offsetof(struct face, total) },
		{ "much too long", "importing_country", "too-long", { line, sizeof line },
		    offsetof(struct face, importing_country) },
	};

	(void)state;
	(void)memset(line, 'm', sizeof line);
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct ctx *c = sample_ctx();
		struct face f;
		struct drawn d;

		sample_face(c, "A1", LEAF_ELECTRONIC, &f);
		*(struct text *)((char *)&f + bad[i].off) = bad[i].t;
		if (page_draw(c, &f, &d) == 0)
			fail_msg("%s was drawn", bad[i].why);
		assert_int_equal(c->problem.kind, PROBLEM_INPUT);
		assert_string_equal(c->problem.fault[0].field, bad[i].box);
		assert_string_equal(c->problem.fault[0].code, bad[i].code);
	}
}

static void
all_faults_are_told_at_once(void **state)
{
	struct ctx *c = sample_ctx();
	struct face f;
	struct drawn d;

	(void)state;
	sample_face(c, "A1", LEAF_ELECTRONIC, &f);
	f.agency = f.declared.signatory = f.issued.officer = T("\xf0\x9f\x98\x80");
	assert_int_equal(page_draw(c, &f, &d), -1);
	assert_int_equal(c->problem.nfault, 3);
}

static void
a_preview_is_no_certificate(void **state)
{
	struct ctx *c = sample_ctx();
	struct face f;
	struct drawn d;
	struct text out;
	const char *file;

	(void)state;
	sample_face(c, "A6", LEAF_ELECTRONIC, &f);
	f.watermark = T(FACE_PREVIEW);
	f.number = f.code = f.address = T("");
	f.stamp = f.signature = NULL;
	f.demo = true;
	draw(c, &f, &d);
	file = sample_write(c, "preview.pdf", d.pdf);
	if (!sample_has("mutool"))
		skip();
	for (size_t p = 1; p <= d.pages; p++) {
		assert_int_equal(sample_run(c, &out, "mutool draw -q -F txt %s %zu", file, p), 0);
		expect(out, "DEMONSTRATION");
		expect(out, "PREVIEW - NOT A CERTIFICATE");
	}
}

/* A certificate that says something else than its face must not be signed. */
static void
wrong_number(struct face *f) { f->number = T("NP-NGC-26-0000124-K"); }
static void
wrong_code(struct face *f) { f->code = T("7KQ4WPX2ME"); }
static void
wrong_address(struct face *f) { f->address = T("https://ecoo.example/verify/NP-NGC-26-0000124-K?code=7KQ4WPX2MD"); }
static void
wrong_leaf(struct face *f) { f->leaf = LEAF_ORIGINAL; }
static void
no_stamp(struct face *f) { f->stamp = NULL; }
static void
wrong_party(struct face *f) { f->consignee.line[0] = T("Somebody Else"); }
static void
wrong_signatory(struct face *f) { f->issued.officer = T("Another Officer"); }

static void
lint_refuses(void **state)
{
	static void (*const change[])(struct face *) = {
		wrong_number, wrong_code, wrong_address, wrong_leaf, no_stamp, wrong_party, wrong_signatory,
	};
	struct face f;
	struct drawn d;

	(void)state;
	for (size_t i = 0; i < COUNT(change); i++) {
		struct ctx *c = sample_ctx();

		sample_face(c, "A1", LEAF_ELECTRONIC, &f);
		draw(c, &f, &d);
		change[i](&f);
		if (lint_leaf(c, &d, &f) == 0)
			fail_msg("change %zu was not seen", i);
		assert_int_equal(c->problem.kind, PROBLEM_INTERNAL);
	}
	for (size_t cut = 1; cut < 4; cut++) {
		struct ctx *c = sample_ctx();

		sample_face(c, "A1", LEAF_ELECTRONIC, &f);
		draw(c, &f, &d);
		d.pdf.n = d.pdf.n / 4 * cut;
		assert_int_equal(lint_leaf(c, &d, &f), -1);
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
		cmocka_unit_test(no_thread_is_started_after_the_warming),
		cmocka_unit_test(every_leaf_is_complete),
		cmocka_unit_test(only_the_electronic_leaf_has_ink),
		cmocka_unit_test(the_code_is_read_back),
		cmocka_unit_test(the_same_face_gives_the_same_bytes),
		cmocka_unit_test(threads_draw_the_same),
		cmocka_unit_test(what_cannot_be_printed_is_named),
		cmocka_unit_test(all_faults_are_told_at_once),
		cmocka_unit_test(a_preview_is_no_certificate),
		cmocka_unit_test(lint_refuses),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
