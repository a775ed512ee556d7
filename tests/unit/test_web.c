/* JSON, parameters, queries: what comes in lands in the struct, or every reason why not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "web/param.h"

static _Alignas(16) unsigned char block[1 << 20];
static struct ctx c;

static int
begin(void **state)
{
	(void)state;
	ctx_open(&c, block, sizeof block);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	ctx_begin(&c);			/* releases the trees */
	return 0;
}

static void
json_is_read_whole_or_not_at_all(void **state)
{
	static const struct text good[] = {
		T("{}"), T("[]"), T("null"), T("12"), T("\"a\""), T(" {\"a\":[1,true,null]} \n"),
		T("[0,-0,10,0.50,-1.5e+05,1E-2,1e05]"), T("{\"-01.\":\"1.\"}"),
	};
	static const struct text bad[] = {
		T(""), T("{"), T("{}x"), T("{}{}"), T("{} {}"), T("{}\0garbage"), T("{}\0"), T("\0{}"),
		T("['a']"), T("{\"a\":1,}"), T("[1,]"), T("{a:1}"), T("NaN"), T("[1,{\"a\":-Infinity}]"), T("1e999"), T("{\"a\":01}"),
		T("{\"a\":NaN,\"a\":1}"), T("00"), T("-01"), T("[01.5]"), T("[1.]"), T("[1.e1]"), T("[-.5]"), T("-"), T("[1e]"), T("[1-2]"),
		T("/* */{}"), T("\"\xff\""), T("{\"\xed\xbb\xbf\":1}"), T("tru"),
		T("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"),
	};
	struct json_object *o;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		if (json_read(&c, good[i], &o) != 0)
			fail_msg("%.*s", TEXT_F(good[i]));
	for (size_t i = 0; i < COUNT(bad); i++) {
		ctx_begin(&c);
		if (json_read(&c, bad[i], &o) == 0)
			fail_msg("%zu: %.*s", i, TEXT_F(bad[i]));
		assert_int_equal(c.problem.kind, PROBLEM_SYNTAX);
	}
}

static void
json_is_written(void **state)
{
	struct json_object *o = json_new(&c), *list = json_list(&c);

	(void)state;
	json_set_text(o, "a", T("x/\"y"));
	json_set_text(o, "b", (struct text){ NULL, 0 });
	json_set_int(o, "c", INT64_MAX);
	json_set_bool(o, "d", false);
	json_push(list, json_new(&c));
	json_add(o, "e", list);
	json_embed(&c, o, "f", T("{\"g\":1}"));
	json_embed(&c, o, "h", T("{broken"));
	assert_string_equal(text_c(&c, json_write(&c, o)), "{\"a\":\"x/\\\"y\",\"b\":null,"
	    "\"c\":9223372036854775807,\"d\":false,\"e\":[{}],\"f\":{\"g\":1},\"h\":null}");
	assert_true(text_is(json_member(o, "a"), "x/\"y"));
	assert_int_equal(json_member(o, "c").n, 0);
}

static void
a_problem_lists_its_faults(void **state)
{
	struct json_object *o, *list;

	(void)state;
	(void)problem_field(&c, "items[2].gross_kg", "missing", "This is needed.");
	(void)problem_field(&c, "place", "too-long", "<b>");
	assert_int_equal(json_read(&c, json_problem(&c), &o), 0);
	assert_true(text_is(json_member(o, "type"), "/problems/invalid-input"));
	assert_true(text_starts(json_member(o, "instance"), "urn:request:"));
	assert_true(json_object_object_get_ex(o, "errors", &list));
	assert_int_equal(json_object_array_length(list), 2);
	assert_true(text_is(json_member(json_object_array_get_idx(list, 0), "field"),
	    "items[2].gross_kg"));
}

struct form_in { int64_t id, n; bool yes; struct text word, lines, kind, doc, list; };
static const char *const kinds[] = { "sea", "air", NULL };
static const struct param rows[] = {
	PATH_INT(struct form_in, id),
	QUERY_INT(struct form_in, n, 1, 10, OPTIONAL),
	PARAM_BOOL(struct form_in, yes, OPTIONAL),
	PARAM_TEXT(struct form_in, word, 2, 5, REQUIRED),
	PARAM_LINES(struct form_in, lines, 0, 20, OPTIONAL),
	PARAM_CHOICE(struct form_in, kind, kinds, OPTIONAL),
	PARAM_DOCUMENT(struct form_in, doc, 30, OPTIONAL),
	PARAM_WORDS(struct form_in, list, 30, OPTIONAL),
};
static const struct form form = FORM(rows, struct form_in);

/* Bind a body and a query; the path says 7. */
static int
bind(const char *body, const char *query, struct form_in *out)
{
	static struct pair path[1], pairs[8];
	struct given in = { .path = path, .npath = 1, .query = pairs };

	path[0] = (struct pair){ T("id"), T("7") };
	memset(out, 0, sizeof *out);
	assert_int_equal(query_read(&c, text_of(query), pairs, COUNT(pairs), &in.nquery), 0);
	assert_int_equal(json_read(&c, text_of(body), &in.body), 0);
	return param_bind(&c, &form, &in, out);
}

static void
values_land_where_they_belong(void **state)
{
	struct form_in f;

	(void)state;
	assert_int_equal(bind("{\"yes\":true,\"word\":\" abc \",\"lines\":\"a\\nb\",\"kind\":\"air\","
	    "\"doc\":{\"x\":1},\"list\":[\"p\",\"q\"]}", "n=10", &f), 0);
	assert_int_equal(f.id, 7);
	assert_int_equal(f.n, 10);
	assert_true(f.yes);
	assert_true(text_is(f.word, "abc"));
	assert_true(text_is(f.lines, "a\nb"));
	assert_true(text_is(f.kind, "air"));
	assert_true(text_is(f.doc, "{\"x\":1}"));
	assert_true(text_is(f.list, "[\"p\",\"q\"]"));
}

static void
each_fault_has_its_code(void **state)
{
	static const struct { const char *body, *query, *field, *code; } want[] = {
		{ "{}", "", "word", "missing" },
		{ "{\"word\":null}", "", "word", "missing" },
		{ "{\"word\":\"  \"}", "", "word", "missing" },
		{ "{\"word\":\"a\"}", "", "word", "too-short" },
		{ "{\"word\":\"abcdef\"}", "", "word", "too-long" },
		{ "{\"word\":5}", "", "word", "not-text" },
		{ "{\"word\":\"a\\nb\"}", "", "word", "control-character" },
		{ "{\"word\":\"a\\u0000b\"}", "", "word", "control-character" },
		{ "{\"word\":\"abc\",\"wrod\":1}", "", "wrod", "unknown" },
		{ "{\"word\":\"abc\",\"id\":1}", "", "id", "unknown" },
		{ "{\"word\":\"abc\"}", "n=11", "n", "out-of-range" },
		{ "{\"word\":\"abc\"}", "n=0", "n", "out-of-range" },
		{ "{\"word\":\"abc\"}", "n=x", "n", "not-a-number" },
		{ "{\"word\":\"abc\"}", "n=1&n=2", "n", "repeated" },
		{ "{\"word\":\"abc\"}", "m=1", "m", "unknown" },
		{ "{\"word\":\"abc\",\"yes\":\"true\"}", "", "yes", "not-yes-or-no" },
		{ "{\"word\":\"abc\",\"kind\":\"rail\"}", "", "kind", "not-a-choice" },
		{ "{\"word\":\"abc\",\"doc\":[]}", "", "doc", "not-an-object" },
		{ "{\"word\":\"abc\",\"list\":[1]}", "", "list", "not-a-list" },
	};
	struct form_in f;

	(void)state;
	for (size_t i = 0; i < COUNT(want); i++) {
		ctx_begin(&c);
		if (bind(want[i].body, want[i].query, &f) != -1)
			fail_msg("%s ? %s", want[i].body, want[i].query);
		assert_int_equal(c.problem.kind, PROBLEM_INPUT);
		assert_int_equal(c.problem.nfault, 1);
		assert_string_equal(c.problem.fault[0].field, want[i].field);
		assert_string_equal(c.problem.fault[0].code, want[i].code);
		assert_string_not_equal(c.problem.fault[0].reason, want[i].code);
	}
}

static void
all_faults_are_told_at_once(void **state)
{
	struct form_in f;

	(void)state;
	assert_int_equal(bind("{\"yes\":1,\"kind\":\"x\",\"z\":1}", "n=99", &f), -1);
	assert_int_equal(c.problem.nfault, 5);
}

static void
queries_are_decoded(void **state)
{
	static const char *const bad[] = { "a=%", "a=%4", "a=%zz", "%=1", "a=%4\x01" };
	struct pair p[2];
	size_t n;

	(void)state;
	assert_int_equal(query_read(&c, T("a=b+c%26%00&d"), p, COUNT(p), &n), 0);
	assert_int_equal(n, 2);
	assert_true(text_eq(p[0].value, T("b c&\0")));
	assert_true(text_is(p[1].name, "d") && p[1].value.n == 0);
	for (size_t i = 0; i < COUNT(bad); i++) {
		ctx_begin(&c);
		assert_int_equal(query_read(&c, text_of(bad[i]), p, COUNT(p), &n), -1);
		assert_int_equal(c.problem.kind, PROBLEM_SYNTAX);
	}
	ctx_begin(&c);
	assert_int_equal(query_read(&c, T("a&b&c"), p, COUNT(p), &n), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(json_is_read_whole_or_not_at_all, begin, end),
		cmocka_unit_test_setup_teardown(json_is_written, begin, end),
		cmocka_unit_test_setup_teardown(a_problem_lists_its_faults, begin, end),
		cmocka_unit_test_setup_teardown(values_land_where_they_belong, begin, end),
		cmocka_unit_test_setup_teardown(each_fault_has_its_code, begin, end),
		cmocka_unit_test_setup_teardown(all_faults_are_told_at_once, begin, end),
		cmocka_unit_test_setup_teardown(queries_are_decoded, begin, end),
	};

	return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
