#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "dossier/dossier.h"
#include "rules_sample.h"

static struct ctx c;
static unsigned char block[16 * 1024 * 1024];
static struct content content;

static int
open_block(void **state)
{
	(void)state;
	ctx_open(&c, block, sizeof block);
	return 0;
}

static int
begin(void **state)
{
	(void)state;
	ctx_begin(&c);
	return 0;
}

static void
expect(struct text got, const char *want)
{
	assert_string_equal(text_c(&c, got), want);
}

static void
members_land_where_they_belong(void **state)
{
	struct sample s = sample(&c, 1);
	struct firm f;

	(void)state;
	assert_int_equal(dossier_read(&c, s.content, &content), 0);
	expect(content.importing_country, "AE");
	expect(content.consignee.city, "Dubai");
	assert_int_equal(content.consignee.address.n, 2);
	assert_int_equal(content.consignee.address_local.n, 2);
	expect(content.consignee.address.p[1], "P.O. Box 000147, Deira");
	assert_false(content.consignee.to_order);
	expect(content.transport.port_of_discharge, "AEJEA");
	assert_int_equal(content.ninvoices, 1);
	expect(content.invoices[0].number, "SW/EXP/26-27/0147");
	assert_int_equal(content.invoices[0].value.n, 6798640);
	assert_int_equal(content.nitems, 5);
	assert_int_equal(content.items[1].packages, 25);
	assert_int_equal(content.items[1].gross_kg.n, 1350000);
	expect(content.items[1].gross_kg.typed, "1350.000");
	assert_int_equal(text_find(content.items[0].marks, '\n'), 3);
	assert_int_equal(content.ninputs, 3);
	assert_int_equal(content.inputs[0].item, 0);
	assert_int_equal(content.inputs[2].value_inr.n, 1680000);
	expect(content.declaration.designation, "Director");
	assert_int_equal(dossier_firm(&c, s.exporter, &f), 0);
	expect(f.gstin, "27AAACS0000A1ZG");
	assert_int_equal(f.address.n, 2);
}

static void
a_draft_may_leave_anything_out(void **state)
{
	(void)state;
	assert_int_equal(dossier_read(&c, T("{\"consignee\":{\"address\":[\"\",\"A\",null,\" B \"]}}"),
	    &content), 0);
	assert_int_equal(content.consignee.address.n, 2);
	expect(content.consignee.address.p[1], "B");
	assert_int_equal(dossier_read(&c, T("{\"consignee\":null,\"items\":[{}],"
	    "\"importing_country\":\"\",\"transport\":{\"mode\":\"\"},"
	    "\"invoices\":[{\"value\":\"12.\"}],\"inputs\":null}"), &content), 0);
	assert_int_equal(content.nitems, 1);
	assert_int_equal(content.items[0].packages, ABSENT);
	assert_int_equal(content.items[0].gross_kg.n, ABSENT);
	assert_int_equal(content.invoices[0].value.n, UNREADABLE);
	assert_int_equal(content.consignee.address.n, 0);
	assert_non_null(content.consignee.name.p);
}

static void
faults_name_their_place(void **state)
{
	static const struct { const char *json, *field, *code; } row[] = {
		{ "{\"colour\":1}", "colour", "unknown" },
		{ "{\"items\":[{},{},{\"gross\":\"1\"}]}", "items[2].gross", "unknown" },
		{ "{\"consignee\":{\"country\":7}}", "consignee.country", "not-text" },
		{ "{\"consignee\":{\"address\":\"x\"}}", "consignee.address", "not-a-list" },
		{ "{\"consignee\":{\"address\":[\"a\",1]}}", "consignee.address[1]", "not-text" },
		{ "{\"consignee\":{\"address\":[\"1\",\"2\",\"3\",\"4\",\"5\"]}}", "consignee.address",
		    "too-many" },
		{ "{\"consignee\":{\"to_order\":\"yes\"}}", "consignee.to_order", "not-yes-or-no" },
		{ "{\"consignee\":[]}", "consignee", "not-an-object" },
		{ "{\"items\":{}}", "items", "not-a-list" },
		{ "{\"items\":[null]}", "items[0]", "not-an-object" },
		{ "{\"items\":[7]}", "items[0]", "not-an-object" },
		{ "{\"items\":[{\"packages\":\"40\"}]}", "items[0].packages", "not-a-number" },
		{ "{\"items\":[{\"packages\":1.5}]}", "items[0].packages", "not-a-number" },
		{ "{\"items\":[{\"packages\":-1}]}", "items[0].packages", "out-of-range" },
		{ "{\"items\":[{\"packages\":99999999999999999999}]}", "items[0].packages",
		    "out-of-range" },
		{ "{\"items\":[{\"gross_kg\":444}]}", "items[0].gross_kg", "not-text" },
		{ "{\"items\":[{\"origin\":\"maybe\"}]}", "items[0].origin", "not-a-choice" },
		{ "{\"items\":[{\"operations\":[\"i\",\"xi\"]}]}", "items[0].operations[1]",
		    "not-a-choice" },
		{ "{\"transport\":{\"mode\":\"swim\"}}", "transport.mode", "not-a-choice" },
		{ "{\"importing_country\":\"DEU\"}", "importing_country", "too-long" },
		{ "{\"consignee\":{\"name\":\"a\\nb\"}}", "consignee.name", "control-character" },
		{ "{\"consignee\":{\"name\":\"a\\u0000b\"}}", "consignee.name", "control-character" },
		{ "{\"consignee\":{\"name\":\"a\\u0085b\"}}", "consignee.name", "control-character" },
		{ "{\"consignee\":{\"name\":\"a\\u202eb\"}}", "consignee.name", "control-character" },
		{ "{\"items\":[{\"marks\":\"a\\tb\"}]}", "items[0].marks", "control-character" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		ctx_begin(&c);
		if (dossier_read(&c, text_of(row[i].json), &content) != -1)
			fail_msg("%s was taken", row[i].json);
		assert_int_equal(c.problem.kind, PROBLEM_INPUT);
		assert_int_equal(c.problem.nfault, 1);
		assert_string_equal(c.problem.fault[0].field, row[i].field);
		assert_string_equal(c.problem.fault[0].code, row[i].code);
	}
}

static void
all_faults_are_told_at_once(void **state)
{
	(void)state;
	assert_int_equal(dossier_read(&c, T("{\"colour\":1,\"items\":[{\"hs\":6},{\"uqc\":\"KILO\"}],"
	    "\"consignee\":{\"name\":true},\"process\":[]}"), &content), -1);
	assert_int_equal(c.problem.nfault, 5);
}

static void
lines_where_they_are_wanted(void **state)
{
	(void)state;
	assert_int_equal(dossier_read(&c, T("{\"items\":[{\"marks\":\"A\\nB\",\"description\":\"C\\nD\"}],"
	    "\"process\":\"E\\nF\",\"consignee\":{\"name_local\":\"\\u0634\\u200f\"}}"), &content), 0);
	expect(content.items[0].marks, "A\nB");
}

static struct text
repeated(const char *before, const char *part, size_t n, const char *after)
{
	size_t len = strlen(part), at = strlen(before);
	char *p = ctx_alloc(&c, at + n * (len + 1) + strlen(after) + 1);

	memcpy(p, before, at);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			p[at++] = ',';
		memcpy(p + at, part, len);
		at += len;
	}
	memcpy(p + at, after, strlen(after));
	return (struct text){ p, at + strlen(after) };
}

static void
counts_are_bounded(void **state)
{
	static const struct { const char *before; size_t max; } row[] = {
		{ "{\"items\":[", ITEMS_MAX }, { "{\"inputs\":[", INPUTS_MAX },
		{ "{\"invoices\":[", INVOICES_MAX },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		ctx_begin(&c);
		assert_int_equal(dossier_read(&c, repeated(row[i].before, "{}", row[i].max, "]}"),
		    &content), 0);
		assert_int_equal(dossier_read(&c, repeated(row[i].before, "{}", row[i].max + 1, "]}"),
		    &content), -1);
		assert_string_equal(c.problem.fault[0].code, "too-many");
	}
	/* Ever so many faults are cut at what a problem can hold. */
	ctx_begin(&c);
	assert_int_equal(dossier_read(&c, repeated("{\"items\":[", "{\"x\":1,\"hs\":1}", 200, "]}"),
	    &content), -1);
	assert_int_equal(c.problem.nfault, FAULTS_MAX);
}

static void
what_is_no_json_is_refused(void **state)
{
	static const struct { struct text t; enum problem_kind want; } row[] = {
		{ { "", 0 }, PROBLEM_SYNTAX },
		{ { "[]", 2 }, PROBLEM_SYNTAX },
		{ { "null", 4 }, PROBLEM_SYNTAX },
		{ { "{", 1 }, PROBLEM_SYNTAX },
		{ { "{}}", 3 }, PROBLEM_SYNTAX },
		{ { "{}\0{}", 5 }, PROBLEM_SYNTAX },
		{ { "{\"a\":'1'}", 9 }, PROBLEM_SYNTAX },
		{ { "{\"a\":1,}", 8 }, PROBLEM_SYNTAX },
		{ { "/**/{}", 6 }, PROBLEM_SYNTAX },
		{ { "{\"process\":\"\xff\"}", 15 }, PROBLEM_SYNTAX },
		/* Longer than needed, a surrogate: json-c does not look so closely. */
		{ T("{\"process\":\"\xc0\xaf\"}"), PROBLEM_SYNTAX },
		{ T("{\"process\":\"\xe0\x80\xae\"}"), PROBLEM_SYNTAX },
		{ T("{\"process\":\"\xed\xa0\x80\"}"), PROBLEM_SYNTAX },
		{ T("{\"\xc0\xaf\":1}"), PROBLEM_SYNTAX },
		{ T("{\"version\":01}"), PROBLEM_SYNTAX },
		{ { "{\"a\":[[[[[[[[[[]]]]]]]]]]}", 26 }, PROBLEM_SYNTAX },
	};
	char *large = ctx_alloc(&c, DOSSIER_MAX + 1);

	(void)state;
	memset(large, ' ', DOSSIER_MAX + 1);
	memcpy(large, "{}", 2);
	assert_int_equal(dossier_read(&c, (struct text){ large, DOSSIER_MAX }, &content), 0);
	assert_int_equal(dossier_read(&c, (struct text){ large, DOSSIER_MAX + 1 }, &content), -1);
	assert_int_equal(c.problem.kind, PROBLEM_LARGE);
	for (size_t i = 0; i < COUNT(row); i++) {
		ctx_begin(&c);
		assert_int_equal(dossier_read(&c, row[i].t, &content), -1);
		if (c.problem.kind != row[i].want)
			fail_msg("row %zu", i);
	}
}

/* Bytes changed at random in a good document: any answer will do, but an answer. */
static void
damage_does_no_harm(void **state)
{
	uint32_t r = 1;

	(void)state;
	for (size_t round = 0; round < 400; round++) {
		struct sample s;
		char *p;

		ctx_begin(&c);
		s = sample(&c, round % SAMPLES);
		p = ctx_alloc(&c, s.content.n);
		memcpy(p, s.content.p, s.content.n);
		for (size_t k = 0; k < 1 + round % 5; k++) {
			r = r * 1103515245 + 12345;
			p[(r >> 8) % s.content.n] = "\"{}[],:\\0e-\xff\xe2\0u"[(r >> 4) % 15];
		}
		if (dossier_read(&c, (struct text){ p, s.content.n }, &content) == 0)
			assert_true(content.nitems <= ITEMS_MAX);
		else
			assert_int_not_equal(c.problem.kind, PROBLEM_NONE);
	}
}

static void
release(void *o)
{
	(void)json_object_put(o);
}

static int
canonical(const char *json, struct text *out)
{
	struct json_object *o = json_tokener_parse(json);

	assert_non_null(o);
	ctx_defer(&c, release, o);
	return dossier_canonical(&c, o, out);
}

/* RFC 8785: the parts of its examples that hold no fractions, and the sorting of 3.2.3. */
static void
canonical_form(void **state)
{
	static const struct { const char *json, *want; } row[] = {
		{ "{\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
		  " \"literals\": [null, true, false]}",
		  "{\"literals\":[null,true,false],"
		  "\"string\":\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}" },
		{ "{\"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\","
		  "\"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\", \"1\": \"One\","
		  "\"\\ud83d\\ude00\": \"Emoji: Grinning Face\", \"\\u0080\": \"Control\","
		  "\"\\u00f6\": \"Latin Small Letter O With Diaeresis\"}",
		  "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
		  "\"\xc3\xb6\":\"Latin Small Letter O With Diaeresis\",\"\xe2\x82\xac\":\"Euro Sign\","
		  "\"\xf0\x9f\x98\x80\":\"Emoji: Grinning Face\","
		  "\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}" },
		/* "peach" and "péché" of the RFC's test data, french.json */
		{ "{\"peach\": \"This sorting order\", \"p\xc3\xa9\x63h\xc3\xa9\": \"is wrong according to "
		  "French\", \"p\xc3\xaa\x63he\": \"but canonicalization MUST\", \"sin\": \"ignore locale\"}",
		  "{\"peach\":\"This sorting order\",\"p\xc3\xa9\x63h\xc3\xa9\":\"is wrong according to "
		  "French\",\"p\xc3\xaa\x63he\":\"but canonicalization MUST\",\"sin\":\"ignore locale\"}" },
		/* structures.json */
		{ "{ \"1\": {\"f\": {\"f\": \"hi\", \"F\": 5}, \"\\n\": 56}, \"10\": { }, \"\": \"empty\","
		  " \"a\": { }, \"111\": [ {\"e\": \"yes\", \"E\": \"no\"} ], \"A\": { } }",
		  "{\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":{},"
		  "\"111\":[{\"E\":\"no\",\"e\":\"yes\"}],\"A\":{},\"a\":{}}" },
		/* arrays.json */
		{ "[ 56, { \"d\": true, \"10\": null, \"1\": [ ] } ]",
		  "[56,{\"1\":[],\"10\":null,\"d\":true}]" },
		{ "[9007199254740991, -9007199254740991, 0, -1]",
		  "[9007199254740991,-9007199254740991,0,-1]" },
		{ "[\"\\b\\t\\f\\u001f\\u007f\\u2028\"]",
		  "[\"\\b\\t\\f\\u001f\x7f\xe2\x80\xa8\"]" },
	};
	static const char *const refused[] = {
		"[1.5]", "[1e3]", "[9007199254740992]", "{\"a\":{\"b\":-9007199254740992}}",
		"[18446744073709551615]",
	};
	struct text out;

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		assert_int_equal(canonical(row[i].json, &out), 0);
		expect(out, row[i].want);
	}
	for (size_t i = 0; i < COUNT(refused); i++)
		assert_int_equal(canonical(refused[i], &out), -1);
}

static void
what_is_signed(void **state)
{
	static const struct attached papers[] = {
		{ { "invoice", 7 }, { "inv.pdf", 7 }, { "00ff", 4 }, 1234 },
	};
	struct dossier d = {
		.id = 42, .agency = T("NCE"), .office = T("Chennai"), .rule_set = T("NP-BASE"),
		.exporter = T("{ \"name\":\"A\", \"iec\":\"AAACP0000K\" }"),
		.content = T("{ \"importing_country\":\"DE\", \"consignee\":{} }"),
		.documents = papers, .ndocuments = 1, .declaration_text = T("True."),
	};
	struct text out, again;

	(void)state;
	assert_int_equal(dossier_signed(&c, &d, &out), 0);
	expect(out, "{\"application\":{\"agency\":\"NCE\",\"id\":42,\"office\":\"Chennai\","
	    "\"rule_set\":\"NP-BASE\"},\"content\":{\"consignee\":{},\"importing_country\":\"DE\"},"
	    "\"declaration_text\":\"True.\",\"documents\":[{\"kind\":\"invoice\",\"name\":\"inv.pdf\","
	    "\"sha256\":\"00ff\",\"size\":1234}],\"exporter\":{\"iec\":\"AAACP0000K\",\"name\":\"A\"},"
	    "\"format\":\"ecoo-application/1\"}");
	/* The order and blanks in which the content was stored do not matter; a letter does. */
	d.content = T("{\"consignee\":{},\"importing_country\":\"DE\"}");
	assert_int_equal(dossier_signed(&c, &d, &again), 0);
	assert_true(text_eq(out, again));
	d.content = T("{\"consignee\":{},\"importing_country\":\"NL\"}");
	assert_int_equal(dossier_signed(&c, &d, &again), 0);
	assert_false(text_eq(out, again));
	d.content = T("{");
	assert_int_equal(dossier_signed(&c, &d, &again), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(members_land_where_they_belong, begin),
		cmocka_unit_test_setup(a_draft_may_leave_anything_out, begin),
		cmocka_unit_test_setup(faults_name_their_place, begin),
		cmocka_unit_test_setup(all_faults_are_told_at_once, begin),
		cmocka_unit_test_setup(lines_where_they_are_wanted, begin),
		cmocka_unit_test_setup(counts_are_bounded, begin),
		cmocka_unit_test_setup(what_is_no_json_is_refused, begin),
		cmocka_unit_test_setup(damage_does_no_harm, begin),
		cmocka_unit_test_setup(canonical_form, begin),
		cmocka_unit_test_setup(what_is_signed, begin),
	};

	return cmocka_run_group_tests(tests, open_block, begin);
}
