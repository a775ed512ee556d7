/* Paper copies: leaves with marked attachments of every kind, and uploads that are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "paper/assemble.h"
#include "paper/jpeg_head.h"
#include "paper/image.h"
#include "test_paper_samples.h"
#include "tests/unit/blank.h"

static struct text
leaf_c(struct ctx *c)
{
	struct face f;
	struct drawn d;

	sample_face(c, "A1", LEAF_ORIGINAL, &f);
	assert_int_equal(page_draw(c, &f, &d), 0);
	return d.pdf;
}

static const struct { const char *file; size_t pages; } good[] = {
	{ "good/shoes-invoice.pdf", 1 },		{ "good/shoes-packing-list.pdf", 1 },
	{ "good/shoes-inputs-statement.pdf", 1 },	{ "good/shirting-invoice.pdf", 1 },
	{ "good/shirting-packing-list.pdf", 1 },	{ "good/scarves-invoice.pdf", 1 },
	{ "good/scarves-packing-list.jpg", 1 },	{ "good/rice-invoice.pdf", 1 },
	{ "good/rice-packing-list.png", 1 },	{ "good/rice-bill-of-lading.pdf", 1 },
	{ "good/bearings-invoice.pdf", 1 },	{ "good/bearings-packing-list.tif", 2 },
	{ "good/bearings-foreign-coo.pdf", 1 },	{ "good/bearings-import-bundle-scan.pdf", 6 },
	{ "good/engineering-invoice.pdf", 4 },	{ "good/engineering-packing-list.pdf", 4 },
	{ "../fuzz/seeds/jpeg/mark-without-length", 1 }, { "../fuzz/seeds/jpeg/segment-of-nothing", 1 },
	{ "../fuzz/seeds/tiff/long-offsets", 1 },
};

static void
every_page_is_marked(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct ctx *c = sample_ctx();
		struct text a = sample_file(c, good[i].file), copy, out;
		const char *file;
		size_t n;

		if (assemble_pages(c, a, &n) != 0)
			fail_msg("%s: %s", good[i].file, c->problem.log);
		if (assemble_copy(c, leaf_c(c), &a, 1, "ORIGINAL", T("NP-NGC-26-0000123-K"), &copy) != 0)
			fail_msg("%s: %s", good[i].file, c->problem.log);
		if (n != good[i].pages)
			fail_msg("%s: %zu pages", good[i].file, n);
		file = sample_write(c, text_fmt(c, "copy-%zu.pdf", i).p, copy);
		if (sample_has("qpdf") && sample_run(c, &out, "qpdf --check %s", file) != 0)
			fail_msg("%s: %.*s", good[i].file, TEXT_F(out));
		for (size_t p = 2; sample_has("pdftotext") && p <= n + 1; p++) {
			assert_int_equal(sample_run(c, &out, "pdftotext -f %zu -l %zu %s - 2>/dev/null", p, p, file), 0);
			for (size_t k = 0; k < out.n; k++)	/* poppler may put a column between them */
				if (out.p[k] == '\n')
					((char *)(uintptr_t)out.p)[k] = ' ';
			if (memmem(out.p, out.n, "ORIGINAL - NP-NGC-26-0000123-K", 30) == NULL)
				fail_msg("%s: page %zu has no mark:\n%.*s", good[i].file, p, TEXT_F(out));
		}
	}
}

static void
several_attachments_follow_in_order(void **state)
{
	struct ctx *c = sample_ctx();
	struct text a[3] = { sample_file(c, "good/shoes-invoice.pdf"), sample_file(c, "good/rice-packing-list.png"),
	    sample_file(c, "good/engineering-invoice.pdf") }, copy, again;
	size_t n;

	(void)state;
	assert_int_equal(assemble_copy(c, leaf_c(c), a, 3, "DUPLICATE", T("NP-NGC-26-0000123-K"), &copy), 0);
	assert_int_equal(assemble_pages(c, copy, &n), 0);
	assert_int_equal(n, 1 + 1 + 1 + 4);
	assert_int_equal(assemble_copy(c, leaf_c(c), a, 3, "DUPLICATE", T("NP-NGC-26-0000123-K"), &again), 0);
	assert_true(text_eq(copy, again));
	(void)sample_write(c, "copy-all.pdf", copy);
}

static void
bad_files_are_refused(void **state)
{
	static const char *const bad[] = {
		"hostile/pdf-encrypted.pdf", "hostile/pdf-truncated.pdf", "hostile/zero-byte.pdf",
		"hostile/one-byte.pdf", "hostile/elf-renamed.pdf", "hostile/exe-renamed.pdf",
		"hostile/html-script.pdf", "hostile/macro.docx", "hostile/polyglot-gif-js.gif",
		"hostile/png-60000x60000.png", "hostile/png-bad-crc.png", "hostile/svg-named.png",
		"hostile/stamp-script.svg", "hostile/zip-bomb-10mib.docx",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct ctx *c = sample_ctx();
		struct text a = sample_file(c, bad[i]), copy;

		if (assemble_copy(c, leaf_c(c), &a, 1, "ORIGINAL", T("X"), &copy) == 0)
			fail_msg("%s was accepted", bad[i]);
		assert_int_equal(c->problem.kind, PROBLEM_FILE);
		assert_non_null(c->problem.detail);
	}
}

/* The same bound as that of inspect (test_inspect.c): what is taken is printed. */
static void
pictures_are_printed_up_to_the_bound(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(blank); i++)
		for (unsigned more = 0; more < 2; more++) {
			struct ctx *c = sample_ctx();
			struct text a, copy;
			unsigned char *p = blank[i].make(8000, IMAGE_PIXELS / 8000 + more, &a.n);

			a.p = (const char *)p;
			if (assemble_copy(c, leaf_c(c), &a, 1, "ORIGINAL", T("X"), &copy) != (more ? -1 : 0))
				fail_msg("%s of %u rows", blank[i].kind, IMAGE_PIXELS / 8000 + more);
			free(p);
		}
}

/* Every cut of a picture either makes pages or is refused; the sanitizers watch. */
static void
cut_files_do_no_harm(void **state)
{
	static const char *const file[] = { "good/scarves-packing-list.jpg", "good/rice-packing-list.png",
	    "good/bearings-packing-list.tif", "hostile/jpeg-huge-exif-gps.jpg", "good/rice-invoice.pdf" };

	(void)state;
	for (size_t i = 0; i < COUNT(file); i++)
		for (size_t k = 0; k < 40; k++) {
			struct ctx *c = sample_ctx();
			struct text a = sample_file(c, file[i]);
			size_t n;

			a = text_copy(c, text_sub(a, 0, k < 20 ? k * 7 : a.n / 40 * k));
			if (assemble_pages(c, a, &n) != 0)
				assert_int_equal(c->problem.kind, PROBLEM_FILE);
		}
}

/*
 * As libjpeg reads it: marks without a length and segments without bytes are looked over, XMP does not
 * undo what EXIF says, and what stands behind the frame counts as much as what stands before it.
 */
static void
the_head_of_a_jpeg_is_read_as_libjpeg_does(void **state)
{
	static const char bare[] = "\xff\xd8" "\xff\xee\x00\x07" "Adobe" "\xff\xc0\x00\x03\x08";
	static const char head[] = "\xff\xd8\xff\xd0"
	    "\xff\xe1\x00\x22" "Exif\0\0" "II*\0\x08\0\0\0" "\x01\0" "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0" "\0\0\0\0"
	    "\xff\x01\xff\xff\xe1\x00\x06" "http"
	    "\xff\xd7\xff\xe0\x00\x00\xff\xfe\x00\x03!"
	    "\xff\xc0\x00\x08\x08\0\x01\0\x02\x04"
	    "\xff\xee\x00\x0e" "Adobe\0\x64\0\0\0\0\x02"
	    "\xff\xda\x00\x02" "\xff\xfe\x00\x03!";
	struct jpeg_head h = jpeg_head_of((struct text){ head, sizeof head - 1 });

	(void)state;
	assert_int_equal(h.turns, 1);
	assert_int_equal(h.metadata, 32 + 4 + 1);
	assert_int_equal(h.frame.n, 6);
	assert_true(h.adobe);
	h = jpeg_head_of((struct text){ bare, sizeof bare - 1 });
	assert_true(!h.adobe && h.frame.n == 1 && h.turns == 0);
}

static const char *
pages_of(struct ctx *c, const char *seed)
{
	struct text pdf;

	assert_int_equal(image_pages(c, sample_file(c, text_fmt(c, "../fuzz/seeds/tiff/%s", seed).p), &pdf), 0);
	return sample_write(c, "scan.pdf", pdf);
}

/* As JPEG, for deflate would take minutes with a scan in colours; what is black and white stays as sharp as it is. */
static void
scans_are_packed_as_what_they_are(void **state)
{
	static const struct { const char *seed, *is; } row[] = {
		{ "bilevel", "gray 1 8 image" }, { "grey", "gray 1 8 jpeg" }, { "big-endian", "gray 1 8 jpeg" },
		{ "long-offsets", "rgb 3 8 jpeg" }, { "see-through", "rgb 3 8 jpeg" },
	};

	(void)state;
	if (!sample_has("pdfimages"))
		skip();
	for (size_t i = 0; i < COUNT(row); i++) {
		struct ctx *c = sample_ctx();
		struct text out;

		assert_int_equal(sample_run(c, &out, "pdfimages -list %s | awk 'NR == 3 { print $6, $7, $8, $9 }'",
		    pages_of(c, row[i].seed)), 0);
		if (!text_is(text_trim(out), row[i].is))
			fail_msg("%s: %.*s", row[i].seed, TEXT_F(out));
	}
}

/* Red of which half shows through: its middle is printed as on white paper. */
static void
what_shows_through_is_white(void **state)
{
	struct ctx *c = sample_ctx();
	const unsigned char *p;
	struct text out;

	(void)state;
	if (!sample_has("pdftoppm"))
		skip();
	assert_int_equal(sample_run(c, &out, "pdftoppm -r 36 %s | tail -c +16", pages_of(c, "see-through")), 0);
	assert_int_equal(out.n, 298 * 421 * 3);
	p = (const unsigned char *)out.p + (210 * 298 + 149) * 3;
	if (p[0] < 250 || p[1] < 120 || p[1] > 134 || p[2] < 120 || p[2] > 134)
		fail_msg("%u %u %u", p[0], p[1], p[2]);
}

static void
only_print_is_copied(void **state)
{
	static const char *const file[] = { "hostile/pdf-js-openaction.pdf", "hostile/pdf-embedded-file.pdf" };

	(void)state;
	if (!sample_has("qpdf"))
		skip();
	for (size_t i = 0; i < COUNT(file); i++) {
		struct ctx *c = sample_ctx();
		struct text a = sample_file(c, file[i]), copy, out;

		assert_int_equal(assemble_copy(c, leaf_c(c), &a, 1, "ORIGINAL", T("X"), &copy), 0);
		(void)sample_run(c, &out, "qpdf --qdf --object-streams=disable %s - | "
		    "grep -a -c -E '/JavaScript|/JS|/OpenAction|/EmbeddedFile|/Launch'",
		    sample_write(c, "disarmed.pdf", copy));
		assert_int_equal(atoi(out.p), 0);
	}
}

static void
a_stamp_must_be_a_png(void **state)
{
	static const char *const bad[] = { "hostile/svg-named.png", "hostile/png-60000x60000.png",
	    "good/scarves-packing-list.jpg", "hostile/zero-byte.pdf" };
	struct ctx *c = sample_ctx();
	struct image *i = image_new(c, sample_file(c, "stamps/office-mumbai.png"));

	(void)state;
	assert_non_null(i);
	assert_int_equal(image_width(i), 600);
	assert_int_equal(image_height(i), 600);
	image_free(i);
	for (size_t k = 0; k < COUNT(bad); k++) {
		c = sample_ctx();
		assert_null(image_new(c, sample_file(c, bad[k])));
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
		cmocka_unit_test(every_page_is_marked),
		cmocka_unit_test(several_attachments_follow_in_order),
		cmocka_unit_test(bad_files_are_refused),
		cmocka_unit_test(pictures_are_printed_up_to_the_bound),
		cmocka_unit_test(cut_files_do_no_harm),
		cmocka_unit_test(the_head_of_a_jpeg_is_read_as_libjpeg_does),
		cmocka_unit_test(scans_are_packed_as_what_they_are),
		cmocka_unit_test(what_shows_through_is_white),
		cmocka_unit_test(only_print_is_copied),
		cmocka_unit_test(a_stamp_must_be_a_png),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
