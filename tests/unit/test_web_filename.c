/* Names that clients give to files. */
#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "web/filename.h"

static _Alignas(16) unsigned char block[1 << 20];
static struct ctx c;

static int
begin(void **state)
{
	(void)state;
	ctx_open(&c, block, sizeof block);
	return 0;
}

static void
names_are_made_fit_to_show(void **state)
{
	static const struct { struct text from; const char *want; } rows[] = {
		{ T("invoice.pdf"), "invoice.pdf" },
		{ T("../../etc/passwd"), "passwd" },
		{ T("..\\..\\inetpub\\invoice.pdf"), "invoice.pdf" },
		{ T("C:\\fakepath\\invoice.pdf"), "invoice.pdf" },
		{ T(""), "document" }, { T("..."), "document" }, { T("a/"), "document" },
		{ T("/"), "document" }, { T(" . "), "document" },
		{ T(".htaccess"), "htaccess" }, { T("a.pdf. . "), "a.pdf" },
		{ T("aux.pdf"), "_aux.pdf" }, { T("CON"), "_CON" }, { T("com1.tif"), "_com1.tif" },
		{ T("com.tif"), "com.tif" }, { T("console.pdf"), "console.pdf" },
		{ T("a\"; x=\".pdf"), "a_; x=_.pdf" }, { T("a\r\nb.pdf"), "ab.pdf" },
		{ T("invoice.pdf\0.exe"), "invoice.pdf.exe" },
		{ T("invoice\xe2\x80\xae" "fdp.exe"), "invoicefdp.exe" },
		{ T("a\xc2\x85\xef\xbb\xbf.pdf"), "a.pdf" },
		{ T("f\xe9vrier.pdf"), "f\xc3\xa9vrier.pdf" },			/* Latin-1 */
		{ T("fe\xcc\x81vrier.pdf"), "f\xc3\xa9vrier.pdf" },		/* NFD */
		{ T("\xe0\xa4\xac\xe0\xa5\x80\xe2\x80\x8d\xe0\xa4\x9c.pdf"),
		    "\xe0\xa4\xac\xe0\xa5\x80\xe2\x80\x8d\xe0\xa4\x9c.pdf" },	/* a joiner stays */
		{ T("<img src=x onerror=y>.pdf"), "_img src=x onerror=y_.pdf" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(text_c(&c, filename_clean(&c, rows[i].from)), rows[i].want);
}

static void
long_names_keep_their_ending(void **state)
{
	char long_name[900];
	struct text t;

	(void)state;
	for (size_t i = 0; i < 297; i++)
		memcpy(long_name + i * 3, "\xe0\xa4\xac", 3);
	memcpy(long_name + 891, ".pdf", 5);
	t = filename_clean(&c, text_of(long_name));
	assert_in_range(t.n, 250, FILENAME_MAX_BYTES);
	assert_true(text_ends(t, ".pdf"));
	assert_true(text_utf8(t));
	memset(long_name, 'x', 899);
	long_name[899] = '\0';
	assert_int_equal(filename_clean(&c, text_of(long_name)).n, FILENAME_MAX_BYTES);
	long_name[FILENAME_MAX_BYTES - 1] = ' ';	/* what the cut leaves at the end */
	assert_int_equal(filename_clean(&c, text_of(long_name)).n, FILENAME_MAX_BYTES - 1);
	memset(long_name + 3, ' ', 890);
	memcpy(long_name, "aux", 3);
	assert_string_equal(text_c(&c, filename_clean(&c, text_of(long_name))), "_aux");
}

static void
headers_hold_the_name_and_nothing_else(void **state)
{
	static const struct { const char *from, *want; } rows[] = {
		{ "a b.pdf", "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf" },
		{ "f\xc3\xa9.pdf", "attachment; filename=\"f_.pdf\"; filename*=UTF-8''f%C3%A9.pdf" },
		{ "a\"b\\c%.pdf", "attachment; filename=\"c_.pdf\"; filename*=UTF-8''c%25.pdf" },
		{ "x\r\nSet-Cookie: a=b.pdf", "attachment; filename=\"xSet-Cookie_ a=b.pdf\"; "
		    "filename*=UTF-8''xSet-Cookie_%20a%3Db.pdf" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(text_c(&c, filename_header(&c, text_of(rows[i].from))),
		    rows[i].want);
}

/* The name cases of the manifest; the ones with quotes and line ends never get this far. */
static void
names_are_treated_as_the_manifest_says(void **state)
{
	struct json_object *m = json_object_from_file(SAMPLES "/hostile/manifest.json"), *list;
	unsigned n = 0;

	(void)state;
	assert_true(json_object_object_get_ex(m, "entries", &list));
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i), *name, *want;
		struct text t;

		if (!json_object_object_get_ex(e, "filename", &name))
			continue;
		t = (struct text){ json_object_get_string(name),
		    (size_t)json_object_get_string_len(name) };
		if (text_find(t, '"') < t.n)
			continue;
		(void)json_object_object_get_ex(e, "expected", &want);
		ctx_begin(&c);
		if ((filename_check(&c, t) == 0) !=
		    (strcmp(json_object_get_string(want), "accept") == 0))
			fail_msg("%.*s", TEXT_F(t));
		n++;
	}
	assert_true(n >= 12);
	(void)json_object_put(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(names_are_made_fit_to_show, begin),
		cmocka_unit_test_setup(long_names_keep_their_ending, begin),
		cmocka_unit_test_setup(headers_hold_the_name_and_nothing_else, begin),
		cmocka_unit_test_setup(names_are_treated_as_the_manifest_says, begin),
	};

	return cmocka_run_group_tests_name("filename", tests, NULL, NULL);
}
