#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <json-c/json.h>

#include "rules/code.h"
#include "rules/fee.h"
#include "rules/number.h"
#include "rules/state.h"

static struct ctx c;

static int
fresh(void **state)
{
	static unsigned char block[2 * 1024 * 1024];

	(void)state;
	ctx_open(&c, block, sizeof block);
	return 0;
}

static void
expect(struct text got, const char *want)
{
	assert_string_equal(text_c(&c, got), want);
}

static void
moves_follow_the_diagram(void **state)
{
	static const struct { enum application_state from, to; enum mover by; bool may; } row[] = {
		{ APPLICATION_DRAFT, APPLICATION_SIGN, BY_FILER, true },
		{ APPLICATION_DRAFT, APPLICATION_SIGN, BY_OFFICER, false },
		{ APPLICATION_DRAFT, APPLICATION_SUBMITTED, BY_FILER, false },
		{ APPLICATION_SIGN, APPLICATION_PAYMENT, BY_SIGNATORY, true },
		{ APPLICATION_SIGN, APPLICATION_PAYMENT, BY_FILER, false },
		{ APPLICATION_PAYMENT, APPLICATION_SUBMITTED, BY_PAYMENT, true },
		{ APPLICATION_PAYMENT, APPLICATION_SUBMITTED, BY_SIGNATORY, false },
		{ APPLICATION_REVIEW, APPLICATION_APPROVED, BY_OFFICER, true },
		{ APPLICATION_SUBMITTED, APPLICATION_APPROVED, BY_OFFICER, false },
		{ APPLICATION_QUERY, APPLICATION_RESUBMITTED, BY_FILER, true },
		{ APPLICATION_RESUBMITTED, APPLICATION_REVIEW, BY_OFFICER, true },
		{ APPLICATION_REVIEW, APPLICATION_WITHDRAWN, BY_FILER, false },
		{ APPLICATION_SUBMITTED, APPLICATION_WITHDRAWN, BY_FILER, true },
		{ APPLICATION_APPROVED, APPLICATION_ISSUED, BY_OFFICER, true },
		{ APPLICATION_APPROVED, APPLICATION_ISSUED, BY_FILER, false },
		{ APPLICATION_APPROVED, APPLICATION_QUERY, BY_OFFICER, true },
		{ APPLICATION_APPROVED, APPLICATION_QUERY, BY_FILER, false },
		{ APPLICATION_APPROVED, APPLICATION_REJECTED, BY_OFFICER, false },
		{ APPLICATION_ISSUED, APPLICATION_DRAFT, BY_FILER, false },
		{ APPLICATION_ISSUED, APPLICATION_CANCELLED, BY_OFFICER, true },
		{ APPLICATION_CANCELLED, APPLICATION_ISSUED, BY_OFFICER, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		if (state_may(row[i].from, row[i].to, row[i].by) != row[i].may)
			fail_msg("%s -> %s", state_name(row[i].from), state_name(row[i].to));
}

static void
finished_states_stay(void **state)
{
	static const enum application_state last[] = {
		APPLICATION_REJECTED, APPLICATION_CANCELLED, APPLICATION_REPLACED,
		APPLICATION_WITHDRAWN, APPLICATION_EXPIRED,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(last); i++) {
		assert_int_equal(state_waiting(last[i]), WAITS_NOBODY);
		for (int to = 0; to < APPLICATION__MAX; to++)
			for (unsigned by = BY_FILER; by <= BY_SYSTEM; by <<= 1)
				assert_false(state_may(last[i], (enum application_state)to, by));
	}
	assert_false(certificate_may(CERTIFICATE_VOID, CERTIFICATE_ISSUED, BY_OFFICER));
	assert_false(certificate_may(CERTIFICATE_ISSUED, CERTIFICATE_SIGNING, BY_OFFICER));
	assert_false(certificate_may(CERTIFICATE_PREPARED, CERTIFICATE_ISSUED, BY_OFFICER));
	assert_true(certificate_may(CERTIFICATE_SIGNING, CERTIFICATE_ISSUED, BY_SYSTEM));
	assert_false(certificate_may(CERTIFICATE_SIGNING, CERTIFICATE_ISSUED, BY_FILER));
	assert_false(certificate_may(CERTIFICATE_ISSUED, CERTIFICATE_REPLACED, BY_OFFICER));
}

static void
state_names_are_read_back(void **state)
{
	enum application_state s;
	enum certificate_state z;

	(void)state;
	for (int i = 0; i < APPLICATION__MAX; i++) {
		assert_true(state_read(text_of(state_name((enum application_state)i)), &s));
		assert_int_equal(s, i);
		assert_int_equal(state_editable(s), s == APPLICATION_DRAFT || s == APPLICATION_QUERY);
	}
	for (int i = 0; i < CERTIFICATE__MAX; i++) {
		assert_true(certificate_state_read(
		    text_of(certificate_state_name((enum certificate_state)i)), &z));
		assert_int_equal(z, i);
	}
	assert_false(state_read(T("DRAFT"), &s));
	assert_false(state_read(T(""), &s));
	assert_string_equal(waiting_name(state_waiting(APPLICATION_QUERY)), "exporter");
	assert_string_equal(waiting_name(state_waiting(APPLICATION_REVIEW)), "agency");
}

/* Published: ISO 7064 MOD 37,36 in the GRid standard, and in ISAN (ISO 15706). */
static void
check_characters(void **state)
{
	(void)state;
	assert_int_equal(check_37_36(T("A12425GABC1234002")), 'M');
	assert_int_equal(check_37_36(T("00000000D07A0090")), 'Q');
	assert_int_equal(check_37_36(T("000000003A8D0000")), 'Z');
	assert_int_equal(check_37_36(T("a")), '\0');
	assert_int_equal(check_37_36(T("A-1")), '\0');
}

/* Every wrong letter, and every pair that changed places, is noticed. */
static void
slips_are_noticed(void **state)
{
	static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	struct text good = number_make(&c, T("NCE"), 2026, 1234567).compact;
	struct number n;
	char s[32];

	(void)state;
	for (size_t i = 0; i < good.n; i++)
		for (size_t k = 0; k < 36; k++) {
			memcpy(s, good.p, good.n);
			s[i] = alphabet[k];
			if (s[i] != good.p[i])
				assert_int_not_equal(number_read(&c, (struct text){ s, good.n }, &n),
				    NUMBER_OK);
		}
	for (size_t i = 0; i + 1 < good.n; i++) {
		memcpy(s, good.p, good.n);
		s[i] = good.p[i + 1];
		s[i + 1] = good.p[i];
		if (s[i] != s[i + 1])
			assert_int_not_equal(number_read(&c, (struct text){ s, good.n }, &n), NUMBER_OK);
	}
}

static void
numbers_are_read_forgivingly(void **state)
{
	static const struct { const char *typed; enum number_verdict want; } row[] = {
		{ "NP-NCE-26-0000123-%c", NUMBER_OK },
		{ "np-nce-26-0000123-%c", NUMBER_OK },
		{ "  NP NCE 26 0000123 %c\n", NUMBER_OK },
		{ "NPNCE260000123%c", NUMBER_OK },
		{ "NP\xe2\x80\x93NCE\xe2\x80\x93" "26\xe2\x80\x94" "0000123\xe2\x80\x91%c", NUMBER_OK },
		{ "NP\xc2\xa0NCE\xe2\x88\x92" "26\xe3\x80\x80" "0000123\xef\xbc\x8d%c", NUMBER_OK },
		{ "NP-NCE-26-0000124-%c", NUMBER_MISTYPED },
		{ "NP-NCF-26-0000123-%c", NUMBER_MISTYPED },
		{ "NP-NCE-26-0000000-%c", NUMBER_MALFORMED },
		{ "NP-NCE-26-000123-%c", NUMBER_MALFORMED },	/* the year would be E2 */
		{ "XX-NCE-26-0000123-%c", NUMBER_MALFORMED },
		{ "NP-NCE-2X-0000123-%c", NUMBER_MALFORMED },
		{ "NP-ABCDEFG-26-0000123-%c", NUMBER_MALFORMED },
		{ "NP-NCE-26-0000123-%c'", NUMBER_MALFORMED },
		{ "NP-NCE-26-0000123-%c\xc3\xa9", NUMBER_MALFORMED },
		{ "", NUMBER_MALFORMED },
		{ "-", NUMBER_MALFORMED },
		{ "NP", NUMBER_MALFORMED },
	};
	struct number made = number_make(&c, T("NCE"), 2026, 123), n;
	char check = made.text.p[made.text.n - 1];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct text typed = text_fmt(&c, "%s", row[i].typed);
		size_t mark = text_find(typed, '%');

		if (mark < typed.n)
			typed = text_fmt(&c, "%.*s%c%s", (int)mark, typed.p, check, typed.p + mark + 2);
		if (number_read(&c, typed, &n) != row[i].want)
			fail_msg("%s", row[i].typed);
		if (row[i].want == NUMBER_OK) {
			assert_true(text_eq(n.text, made.text));
			assert_true(text_eq(n.compact, made.compact));
			expect(n.agency, "NCE");
			assert_int_equal(n.year, 2026);
			assert_int_equal(n.serial, 123);
		}
	}
	assert_memory_equal(made.text.p, "NP-NCE-26-0000123-", 18);
	expect(application_number(&c, T("NCE"), 2026, 456), "A-NCE-26-0000456");
	assert_int_equal(number_read(&c, (struct text){ "NP\0NCE", 6 }, &n), NUMBER_MALFORMED);
}

static void
identities(void **state)
{
	static const struct {
		enum identity_verdict (*read)(struct ctx *, struct text, struct text *);
		const char *typed; enum identity_verdict want;
	} row[] = {
		{ gstin_read, "27AAPFU0939F1ZV", IDENTITY_OK },
		{ gstin_read, " 27aapfu0939f1zv ", IDENTITY_OK },
		{ gstin_read, "07ABCDE1234F1Z2", IDENTITY_OK },
		{ gstin_read, "27AAACS0000A1ZG", IDENTITY_OK },
		{ gstin_read, "08AAAFT0000B1Z7", IDENTITY_OK },
		{ gstin_read, "37AAAFG0000C1ZH", IDENTITY_OK },
		{ gstin_read, "27AAAFK0000D1ZC", IDENTITY_OK },
		{ gstin_read, "27AAAFK0000D1ZD", IDENTITY_MISTYPED },
		{ gstin_read, "27AAAFK0000D1Z", IDENTITY_MALFORMED },
		{ gstin_read, "27AAAFK0000D1ZCC", IDENTITY_MALFORMED },
		{ gstin_read, "00AAAFK0000D1ZC", IDENTITY_MALFORMED },
		{ gstin_read, "27AAAFK0000D0ZC", IDENTITY_MALFORMED },
		{ gstin_read, "", IDENTITY_MALFORMED },
		{ pan_read, "AAACS0000A", IDENTITY_OK },
		{ pan_read, "aaafs0000a", IDENTITY_OK },
		{ pan_read, "AAADS0000A", IDENTITY_MALFORMED },
		{ pan_read, "0000000103", IDENTITY_MALFORMED },
		{ iec_read, "0000000103", IDENTITY_OK },
		{ iec_read, " aaacs0000a", IDENTITY_OK },
		{ iec_read, "000000010", IDENTITY_MALFORMED },
		{ iec_read, "AAACS0000", IDENTITY_MALFORMED },
		{ iec_read, "", IDENTITY_MALFORMED },
	};
	struct text out;

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		if (row[i].read(&c, text_of(row[i].typed), &out) != row[i].want)
			fail_msg("%s", row[i].typed);
	assert_int_equal(gstin_read(&c, T("27aaacs0000a1zg"), &out), IDENTITY_OK);
	expect(gstin_pan(out), "AAACS0000A");
	expect(text_of(gst_state(out)->name), "Maharashtra");
	assert_ptr_equal(gst_state_named(T(" tamil nadu ")), gst_state(T("33")));
	assert_null(gst_state(T("50")));
	assert_null(gst_state_named(T("Utopia")));
}

/* The check digit alone, for vectors whose PAN part is only an example. */
static void
gstin_vectors(void **state)
{
	static const char *const row[] = {
		"27AAPFU0939F1ZV", "07ABCDE1234F1Z2", "27ABCDE1234F1Z0", "29ABCDE1234F1ZW",
		"33ABCDE1234F1Z7", "38ABCDE1234F1ZX", "97ABCDE1234F1ZT",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		assert_int_equal(gstin_check(text_of(row[i])), row[i][14]);
		assert_non_null(gst_state(text_of(row[i])));
	}
	assert_int_equal(gstin_check(T("27abcde1234f1z")), '\0');
	assert_int_equal(gstin_check(T("27")), '\0');
}

static void
fees_are_split(void **state)
{
	static const struct {
		int64_t fee; const char *from, *to; bool sez; int64_t cgst, sgst, igst;
	} row[] = {
		{ 20000, "27", "27", false, 1800, 1800, 0 },
		{ 20000, "27", "33", false, 0, 0, 3600 },
		{ 20000, "27", "27", true, 0, 0, 3600 },
		{ 20000, "27", NULL, false, 1800, 1800, 0 },
		{ 20000, NULL, "27", false, 0, 0, 0 },
		{ 15050, "27", "27", false, 1355, 1355, 0 },
		{ 15050, "27", "08", false, 0, 0, 2709 },
		{ 9999, "27", "27", false, 900, 900, 0 },
		{ 9999, "27", "08", false, 0, 0, 1800 },
		{ 0, "27", "08", false, 0, 0, 0 },
		{ 20000, "37", "28", false, 1800, 1800, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct fee f = fee_split(row[i].fee, 1800,
		    row[i].from == NULL ? NULL : gst_state(text_of(row[i].from)),
		    row[i].to == NULL ? NULL : gst_state(text_of(row[i].to)), row[i].sez);

		if (f.cgst != row[i].cgst || f.sgst != row[i].sgst || f.igst != row[i].igst ||
		    f.total != row[i].fee + f.cgst + f.sgst + f.igst)
			fail_msg("row %zu", i);
		assert_int_equal(f.place == NULL, row[i].from == NULL);
	}
}

static void
codes(void **state)
{
	(void)state;
	expect(code_name(&countries, T("DE")), "Germany");
	expect(code_name(&countries, T("US")), "United States of America");
	expect(code_name(&countries, T("XQ")), "XQ");
	assert_null(code_find(&countries, T("de")));
	assert_null(code_find(&countries, T("")));
	expect(package_words(&c, 120, T("CT")), "120 cartons");
	expect(package_words(&c, 1, T("BL")), "1 bale");
	expect(package_words(&c, 0, T("VR")), "in bulk, grains");
	expect(package_words(&c, 3, T("??")), "3 ??");
	assert_true(port_form(T("INMAA")));
	assert_true(port_form(T("FRA2B")));
	assert_false(port_form(T("INMAA1")));
	assert_false(port_form(T("XQABC")));
	assert_false(port_form(T("INMA1")));
	assert_false(port_form(T("inmaa")));
	assert_false(port_form(T("")));
}

static const char *
member(struct json_object *o, const char *key)
{
	struct json_object *m;

	return json_object_object_get_ex(o, key, &m) ? json_object_get_string(m) : NULL;
}

/* What the website offers is what the rules accept, word for word. */
static void
the_website_has_the_same_lists(void **state)
{
	static const struct { const char *name; const struct code_list *list; size_t least; } row[] = {
		{ "countries", &countries, 249 }, { "units", &units, 45 }, { "packages", &packages, 60 },
		{ "currencies", &currencies, 150 }, { "modes", &modes, 5 },
		{ "incoterms", &incoterms, 11 }, { "operations", &operations, 10 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct text path = text_fmt(&c, "%s/static/data/%s.json", TOP, row[i].name);
		struct json_object *o = json_object_from_file(path.p);

		assert_non_null(o);
		assert_int_equal(json_object_array_length(o), row[i].list->n);
		assert_true(row[i].list->n >= row[i].least);
		for (size_t k = 0; k < row[i].list->n; k++) {
			struct json_object *e = json_object_array_get_idx(o, k);
			const struct code *r = &row[i].list->row[k];

			assert_string_equal(member(e, "code"), r->code);
			assert_string_equal(member(e, "name"), r->name);
			assert_int_equal(member(e, "plural") == NULL, r->plural == NULL);
			if (r->plural != NULL)
				assert_string_equal(member(e, "plural"), r->plural);
			assert_ptr_equal(code_find(row[i].list, text_of(r->code)), r);	/* once */
		}
		(void)json_object_put(o);
	}
}

static void
the_website_has_ports_of_the_right_form(void **state)
{
	struct json_object *o = json_object_from_file(TOP "/static/data/ports.json");

	(void)state;
	assert_non_null(o);
	for (size_t i = 0; i < json_object_array_length(o); i++) {
		struct json_object *e = json_object_array_get_idx(o, i);

		assert_true(port_form(text_of(member(e, "code"))));
		assert_memory_equal(member(e, "code"), member(e, "country"), 2);
	}
	(void)json_object_put(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(moves_follow_the_diagram, fresh),
		cmocka_unit_test_setup(finished_states_stay, fresh),
		cmocka_unit_test_setup(state_names_are_read_back, fresh),
		cmocka_unit_test_setup(check_characters, fresh),
		cmocka_unit_test_setup(slips_are_noticed, fresh),
		cmocka_unit_test_setup(numbers_are_read_forgivingly, fresh),
		cmocka_unit_test_setup(identities, fresh),
		cmocka_unit_test_setup(gstin_vectors, fresh),
		cmocka_unit_test_setup(fees_are_split, fresh),
		cmocka_unit_test_setup(codes, fresh),
		cmocka_unit_test_setup(the_website_has_the_same_lists, fresh),
		cmocka_unit_test_setup(the_website_has_ports_of_the_right_form, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
