/*
 * The filler of templates: what it puts where, what it escapes, what it refuses; and the words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fcgi/verify/page.h"
#include "fcgi/verify/words.h"

static struct ctx c;

static bool
known(struct text name)
{
	static const char *const names[] = { "a", "b", "o.x", "list", "rows", ".", ".x", ".y" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (text_is(name, names[i]))
			return true;
	return false;
}

/* The template in a file, read as the program reads it. */
static struct page *
load(const char *template)
{
	char path[] = "/tmp/ecoo-page.XXXXXX";
	int fd = mkstemp(path);
	struct page *p;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, template, strlen(template)), strlen(template));
	(void)close(fd);
	p = page_load(path, known);
	(void)unlink(path);
	return p;
}

static const char *
filled(const char *template, const char *model)
{
	struct page *p = load(template);
	struct json_object *o;
	struct text t;

	assert_non_null(p);
	assert_int_equal(json_read(&c, text_of(model), &o), 0);
	t = page_fill(&c, p, o);
	page_free(p);
	return text_c(&c, t);
}

static const struct { const char *template, *model, *page; } rows[] = {
	{ "{{a}}", "{\"a\":\"x\"}", "x" },
	{ "{{ a }}-{{b}}", "{\"a\":\"x\"}", "x-" },
	{ "{{a}}", "{\"a\":\"<b>&\\\"'</b>\"}", "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;" },
	{ "{{a}}", "{\"a\":\"{{b}}\",\"b\":\"no\"}", "{{b}}" },
	{ "{{a}}", "{\"a\":null}", "" },
	{ "{{a}}", "{\"a\":{\"x\":1}}", "" },
	{ "{{o.x}}", "{\"o\":{\"x\":\"deep\"}}", "deep" },
	{ "{{o.x}}", "{\"o\":\"flat\"}", "" },
	{ "{{#if a}}yes{{/if}}.", "{\"a\":\"x\"}", "yes." },
	{ "{{#if a}}yes{{/if}}.", "{\"a\":\"\"}", "." },
	{ "{{#if a}}yes{{/if}}.", "{\"a\":false}", "." },
	{ "{{#if a}}yes{{else}}no{{/if}}.", "{\"a\":true}", "yes." },
	{ "{{#if a}}yes{{else}}no{{/if}}.", "{}", "no." },
	{ "{{#if a}}{{else}}no{{/if}}.", "{\"a\":true}", "." },
	{ "{{#if a}}yes{{else}}{{/if}}.", "{}", "." },
	{ "{{#if a}}1{{#if b}}2{{else}}3{{/if}}4{{else}}5{{/if}}", "{\"a\":true}", "134" },
	{ "{{#if a}}1{{#if b}}2{{else}}3{{/if}}4{{else}}5{{/if}}", "{\"b\":true}", "5" },
	{ "{{#if list}}some{{/if}}", "{\"list\":[]}", "" },
	{ "{{#each list}}<{{.}}>{{/each}}!", "{\"list\":[\"a\",\"<\"]}", "<a><&lt;>!" },
	{ "{{#each list}}x{{/each}}!", "{}", "!" },
	{ "{{#each rows}}{{.x}}{{#if .y}}({{.y}}){{/if}}{{a}} {{/each}}",
	    "{\"a\":\"!\",\"rows\":[{\"x\":\"1\",\"y\":\"2\"},{\"x\":\"3\"}]}", "1(2)! 3! " },
	{ "<!-- {{nobody}} -->\n<p>", "{}", "<p>" },
	{ "a } } { b", "{}", "a } } { b" },
};

static void
templates_are_filled(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		ctx_begin(&c);
		assert_string_equal(filled(rows[i].template, rows[i].model), rows[i].page);
	}
}

static const char *const wrong[] = {
	"", "{{nobody}}", "{{#if nobody}}{{/if}}", "{{#each nobody}}{{/each}}", "{{a", "{{#if a}}",
	"{{#each list}}", "{{/if}}", "{{/each}}", "{{else}}", "{{#if a}}{{/each}}",
	"{{#each list}}{{/if}}", "{{#if a}}{{else}}{{else}}{{/if}}", "{{#unless a}}{{/if}}", "{{}}",
	"{{#each list}}{{#if a}}{{/each}}{{/if}}",
};

static void
a_faulty_template_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (load(wrong[i]) != NULL)
			fail_msg("accepted: %s", wrong[i]);
	assert_null(page_load("/nowhere/at/all", known));
}

static void
the_language_is_what_was_asked_for_or_preferred(void **state)
{
	static const struct { const char *asked, *header; enum language is; } row[] = {
		{ "", "", ENGLISH }, { "hi", "", HINDI }, { "en", "hi", ENGLISH }, { "xx", "hi", HINDI },
		{ "", "hi-IN,hi;q=0.9,en;q=0.8", HINDI }, { "", "de, en;q=0.8, hi", ENGLISH },
		{ "", "HI", HINDI }, { "", ",,,", ENGLISH }, { "", "h", ENGLISH },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_int_equal(language_of(text_of(row[i].asked), text_of(row[i].header)), row[i].is);
}

static void
dates_are_indian(void **state)
{
	static const struct { const char *t, *en, *hi; } row[] = {
		{ "2026-11-20T18:29:00Z", "20 Nov 2026", "20 नव॰ 2026" },
		{ "2026-11-20T18:30:00Z", "21 Nov 2026", "21 नव॰ 2026" },
		{ "2026-12-31T20:00:00Z", "1 Jan 2027", "1 जन॰ 2027" },
		{ "", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		assert_true(text_is(words_date(&c, ENGLISH, text_of(row[i].t)), row[i].en));
		assert_true(text_is(words_date(&c, HINDI, text_of(row[i].t)), row[i].hi));
	}
	assert_true(text_is(words_moment(&c, ENGLISH, 1795510800), "24 Nov 2026, 14:30 IST"));
	assert_true(text_is(words_moment(&c, HINDI, 1795510800), "24 नव॰ 2026, 14:30 IST"));
}

static void
every_word_has_both_languages(void **state)
{
	struct json_object *en = words_json(&c, ENGLISH), *hi = words_json(&c, HINDI);

	(void)state;
	assert_int_equal(json_object_object_length(en), json_object_object_length(hi));
	json_object_object_foreach(en, name, word) {
		assert_true(json_object_get_string_len(word) > 0);
		assert_true(json_member(hi, name).n > 0);
		assert_true(words_known(text_of(name)));
	}
}

int
main(void)
{
	static _Alignas(16) unsigned char block[256 * 1024];
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(templates_are_filled),
		cmocka_unit_test(a_faulty_template_is_refused),
		cmocka_unit_test(the_language_is_what_was_asked_for_or_preferred),
		cmocka_unit_test(dates_are_indian),
		cmocka_unit_test(every_word_has_both_languages),
	};
	int rc;

	ctx_open(&c, block, sizeof block);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	ctx_begin(&c);
	return rc;
}
