#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "dossier/dossier.h"
#include "rules/check.h"
#include "rules_sample.h"

static struct ctx c;
static unsigned char block[8 * 1024 * 1024];

static const struct text required[] = { { "invoice", 7 }, { "packing_list", 12 } };
static const struct rule_set base = {
	.code = { "NP-BASE", 7 }, .documents = { required, 2 }, .inputs_required = true,
};
static const struct rule_set amended = {
	.code = { "NP-2025-01", 10 }, .documents = { required, 2 }, .back_to_back = true,
};
static const struct attached papers[] = {
	{ .kind = { "invoice", 7 }, .name = { "invoice.pdf", 11 } },
	{ .kind = { "packing_list", 12 }, .name = { "packing.pdf", 11 } },
};

static struct content content;
static struct firm firm;
static struct finding findings[FINDINGS_MAX];

/* A fresh copy of the i-th sample, which a row of a test then spoils. */
static struct application
application(size_t i)
{
	struct sample s;
	int64_t today;

	ctx_begin(&c);
	s = sample(&c, i);
	assert_int_equal(dossier_read(&c, s.content, &content), 0);
	assert_int_equal(dossier_firm(&c, s.exporter, &firm), 0);
	assert_true(clock_date(T("2026-11-12"), &today));
	return (struct application){ &content, &firm, papers, COUNT(papers), &base, today };
}

static const struct finding *
find(size_t n, const char *field, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(findings[i].fault.code, code) == 0 &&
		    strcmp(findings[i].fault.field, field) == 0)
			return &findings[i];
	return NULL;
}

static void
show(size_t n)
{
	for (size_t i = 0; i < n; i++)
		print_message("%s %s %s: %s\n", findings[i].warning ? "warning" : "error",
		    findings[i].fault.field, findings[i].fault.code, findings[i].fault.reason);
}

static void
samples_have_no_error(void **state)
{
	(void)state;
	for (size_t i = 0; i < SAMPLES; i++) {
		struct application a = application(i);
		struct sample s = sample(&c, i);
		size_t n = check_application(&c, &a, findings, FINDINGS_MAX);

		if (!s.back_to_back && check_errors(findings, n) != 0) {
			show(n);
			fail_msg("%s has errors", s.id);
		}
		/* Foreign goods without a word on their inputs do not pass as Indian ones. */
		if (s.back_to_back)
			assert_non_null(find(n, "inputs", "inputs-missing"));
	}
}

static void hs_short(void) { content.items[0].hs = T("64035"); }
static void hs_seven(void) { content.items[1].hs = T("7318150"); }
static void hs_letters(void) { content.items[0].hs = T("6403591O"); }
static void hs_dots(void) { content.items[0].hs = T("62.14.10"); }
static void hs_minus(void) { content.items[0].hs = T("-6214109"); }
static void hs_chapter(void) { content.items[0].hs = T("77010000"); }
static void hs_none(void) { content.items[0].hs = T(""); }
static void goods_none(void) { content.items[2].description = T(""); }
static void marks_none(void) { content.items[0].marks = T(""); }
static void packages_zero(void) { content.items[0].packages = 0; }
static void packages_none(void) { content.items[1].packages = ABSENT; }
static void kind_none(void) { content.items[1].package_kind = T(""); }
static void kind_unknown(void) { content.items[1].package_kind = T("QQ"); }
static void net_more(void) { content.items[2].net_kg = amount_read(T("270.001"), 3); }
static void gross_none(void) { content.items[0].gross_kg = amount_read(T(""), 3); }
static void gross_zero(void) { content.items[0].gross_kg = amount_read(T("0.000"), 3); }
static void gross_word(void) { content.items[0].gross_kg = amount_read(T("twelve"), 3); }
static void gross_fine(void) { content.items[0].gross_kg = amount_read(T("1.0001"), 3); }
static void quantity_minus(void) { content.items[0].quantity = amount_read(T("-24"), 3); }
static void uqc_none(void) { content.items[0].uqc = T(""); }
static void uqc_unknown(void) { content.items[0].uqc = T("BOXEN"); }
static void importing_none(void) { content.importing_country = T(""); }
static void importing_unknown(void) { content.importing_country = T("XQ"); }
static void importing_india(void) { content.importing_country = T("IN"); }
static void consignee_india(void) { content.consignee.country = T("IN"); }
static void consignee_unknown(void) { content.consignee.country = T("UK"); }
static void consignee_none(void) { content.consignee.name = T(""); }
static void address_none(void) { content.consignee.address.n = 0; }
static void mode_none(void) { content.transport.mode = T(""); }
static void port_none(void) { content.transport.port_of_loading = T(""); }
static void port_customs(void) { content.transport.port_of_loading = T("INMAA1"); }
static void departure_word(void) { content.transport.departure_date = T("soon"); }
static void invoices_none(void) { content.ninvoices = 0; }
static void invoice_future(void) { content.invoices[0].date = T("2026-11-13"); }
static void invoice_leap(void) { content.invoices[0].date = T("2026-02-29"); }
static void invoice_free(void) { content.invoices[0].value = amount_read(T("0"), 2); }
static void invoice_plain(void) { content.invoices[0].currency = T("EURO"); }
static void invoice_term(void) { content.invoices[0].incoterm = T("CNF"); }
static void items_none(void) { content.nitems = 0; }
static void origin_none(void) { content.items[0].origin = T(""); }
static void operations_none(void) { content.items[0].operations.n = 0; }
static void process_none(void) { content.process = T(""); }
static void inputs_none(void) { content.ninputs = 0; }
static void input_item(void) { content.inputs[0].item = 5; }
static void input_country(void) { content.inputs[2].origin = T("YU"); }
static void input_quantity(void) { content.inputs[0].quantity = amount_read(T(""), 3); }
static void signatory_none(void) { content.declaration.signatory = T(""); }
static void iec_bad(void) { firm.iec = T("12345"); }

static void net_word(void) { content.items[0].net_kg = amount_read(T("?"), 3); }
static void input_goods_none(void) { content.inputs[0].description = T(""); }
static void input_origin_none(void) { content.inputs[0].origin = T(""); }
static void input_hs(void) { content.inputs[0].hs = T("4107"); }
static void input_value(void) { content.inputs[0].value_inr = amount_read(T("0.00"), 2); }
static void city_none(void) { content.consignee.city = T(""); }
static void consignee_nowhere(void) { content.consignee.country = T(""); }
static void mode_unknown(void) { content.transport.mode = T("swim"); }
static void invoice_unnumbered(void) { content.invoices[0].number = T(""); }
static void invoice_undated(void) { content.invoices[0].date = T(""); }
static void invoice_no_money(void) { content.invoices[0].currency = T(""); }
static void firm_nameless(void) { firm.name = T(""); }
static void firm_nowhere(void) { firm.address.n = 0; }

static void
invoice_twice(void)
{
	static struct invoice two[2];

	two[0] = two[1] = content.invoices[0];
	content.invoices = two;
	content.ninvoices = 2;
}

static void
operation_unknown(void)
{
	static const struct text done[] = { { "xi", 2 } };

	content.items[0].operations = (struct texts){ done, 1 };
}

static void
only_simple(void)
{
	static const struct text done[] = { { "iii", 3 }, { "v", 1 } };

	content.items[0].operations = (struct texts){ done, 2 };
}

static void
wholly_with_import(void)
{
	content.items[1].origin = T("wholly");
	content.inputs[2].item = 2;
}

static void
all_wholly(void)
{
	for (size_t i = 0; i < content.nitems; i++)
		content.items[i].origin = T("wholly");
}

/* Every error, provoked in the sample of leather shoes. */
static void
errors(void **state)
{
	static const struct { void (*spoil)(void); const char *field, *code, *a, *b; } row[] = {
		{ hs_short, "items[0].hs", "hs-malformed", "64035", NULL },
		{ hs_seven, "items[1].hs", "hs-malformed", NULL, NULL },
		{ hs_letters, "items[0].hs", "hs-malformed", NULL, NULL },
		{ hs_dots, "items[0].hs", "hs-malformed", NULL, NULL },
		{ hs_minus, "items[0].hs", "hs-malformed", NULL, NULL },
		{ hs_chapter, "items[0].hs", "hs-malformed", NULL, NULL },
		{ hs_none, "items[0].hs", "missing", NULL, NULL },
		{ goods_none, "items[2].description", "missing", NULL, NULL },
		{ marks_none, "items[0].marks", "marks-missing", NULL, NULL },
		{ packages_zero, "items[0].packages", "packages-zero", NULL, NULL },
		{ packages_none, "items[1].packages", "missing", NULL, NULL },
		{ kind_none, "items[1].package_kind", "missing", NULL, NULL },
		{ kind_unknown, "items[1].package_kind", "package-unknown", "QQ", NULL },
		{ net_more, "items[2].gross_kg", "net-exceeds-gross", "270.001", "270.000" },
		{ gross_none, "items[0].gross_kg", "missing", NULL, NULL },
		{ gross_zero, "items[0].gross_kg", "not-positive", NULL, NULL },
		{ gross_word, "items[0].gross_kg", "not-a-number", "twelve", "3" },
		{ gross_fine, "items[0].gross_kg", "not-a-number", NULL, NULL },
		{ quantity_minus, "items[0].quantity", "not-a-number", NULL, NULL },
		{ uqc_none, "items[0].uqc", "missing", NULL, NULL },
		{ uqc_unknown, "items[0].uqc", "unit-unknown", NULL, NULL },
		{ importing_none, "importing_country", "missing", NULL, NULL },
		{ importing_unknown, "importing_country", "country-unknown", NULL, NULL },
		{ importing_india, "importing_country", "importing-india", NULL, NULL },
		{ consignee_india, "consignee.country", "consignee-in-india", NULL, NULL },
		{ consignee_unknown, "consignee.country", "country-unknown", "UK", NULL },
		{ consignee_none, "consignee.name", "missing", NULL, NULL },
		{ address_none, "consignee.address", "missing", NULL, NULL },
		{ mode_none, "transport.mode", "missing", NULL, NULL },
		{ port_none, "transport.port_of_loading", "missing", NULL, NULL },
		{ port_customs, "transport.port_of_loading", "port-malformed", NULL, NULL },
		{ departure_word, "transport.departure_date", "not-a-date", NULL, NULL },
		{ invoices_none, "invoices", "missing", NULL, NULL },
		{ invoice_future, "invoices[0].date", "date-in-future", "2026-11-13", NULL },
		{ invoice_leap, "invoices[0].date", "not-a-date", NULL, NULL },
		{ invoice_free, "invoices[0].value", "not-positive", NULL, NULL },
		{ invoice_plain, "invoices[0].currency", "currency-unknown", NULL, NULL },
		{ invoice_term, "invoices[0].incoterm", "incoterm-unknown", NULL, NULL },
		{ items_none, "items", "missing", NULL, NULL },
		{ origin_none, "items[0].origin", "missing", NULL, NULL },
		{ operations_none, "items[0].operations", "operations-missing", NULL, NULL },
		{ only_simple, "items[0].operations", "insufficient-operation", "(iii), (v)", NULL },
		{ wholly_with_import, "items[1].origin", "origin-contradicts", "Italy", NULL },
		{ all_wholly, "inputs[2].origin", "origin-contradicts", "Italy", NULL },
		{ process_none, "process", "missing", NULL, NULL },
		{ inputs_none, "inputs", "inputs-missing", NULL, NULL },
		{ input_item, "inputs[0].item", "input-item", "5", NULL },
		{ input_country, "inputs[2].origin", "country-unknown", "YU", NULL },
		{ input_quantity, "inputs[0].quantity", "missing", NULL, NULL },
		{ signatory_none, "declaration.signatory", "missing", NULL, NULL },
		{ net_word, "items[0].net_kg", "not-a-number", "?", NULL },
		{ input_goods_none, "inputs[0].description", "missing", NULL, NULL },
		{ input_origin_none, "inputs[0].origin", "missing", NULL, NULL },
		{ input_hs, "inputs[0].hs", "hs-malformed", "4107", NULL },
		{ input_value, "inputs[0].value_inr", "not-positive", NULL, NULL },
		{ city_none, "consignee.city", "missing", NULL, NULL },
		{ consignee_nowhere, "consignee.country", "missing", NULL, NULL },
		{ mode_unknown, "transport.mode", "mode-unknown", "swim", NULL },
		{ invoice_unnumbered, "invoices[0].number", "missing", NULL, NULL },
		{ invoice_undated, "invoices[0].date", "missing", NULL, NULL },
		{ invoice_no_money, "invoices[0].currency", "missing", NULL, NULL },
		{ invoice_twice, "invoices[1].number", "repeated", "PV/EXP/26-27/0318", NULL },
		{ operation_unknown, "items[0].operations", "operation-unknown", "xi", NULL },
		{ firm_nameless, "exporter.name", "missing", NULL, NULL },
		{ firm_nowhere, "exporter.address", "missing", NULL, NULL },
		{ iec_bad, "exporter.iec", "iec-malformed", "12345", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct application a = application(0);
		const struct finding *f;
		size_t n;

		row[i].spoil();
		n = check_application(&c, &a, findings, FINDINGS_MAX);
		f = find(n, row[i].field, row[i].code);
		if (f == NULL || f->warning) {
			show(n);
			fail_msg("%s %s was not found", row[i].field, row[i].code);
		}
		if (row[i].a != NULL)
			assert_string_equal(f->fault.a, row[i].a);
		if (row[i].b != NULL)
			assert_string_equal(f->fault.b, row[i].b);
	}
}

static void invoice_proforma(void) { content.invoices[0].number = T("PROFORMA 12"); }
static void uk(void) { content.transport.final_destination = T("Leeds, UK"); }
static void vague_goods(void) { content.items[0].description = T("Spare parts"); }
static void one_word(void) { content.items[0].description = T("Shoes"); }
static void country_in_city(void) { content.consignee.city = T("20457 Hamburg, GERMANY"); }
static void other_country(void) { content.importing_country = T("AT"); }
static void left_early(void) { content.transport.departure_date = T("2026-11-03"); }
static void order_name(void) { content.consignee.name = T("To the order of Specimen Bank"); }
static void from_colombo(void) { content.transport.port_of_loading = T("LKCMB"); }
static void six_digits(void) { content.items[0].hs = T("640359"); }
static void no_duty(void) { content.inputs[2].duty = T(""); }
static void fewer(void) { content.items[0].packages = 39; }
static void japan(void) { content.items[3].marks = T("HLS\nMade in Japan\n1-25"); }
static void gstin_slip(void) { firm.gstin = T("33AAACP0000K1Z6"); }

static void from_china(void) { content.items[0].description = T("Court shoes, product of China"); }

static void
country_in_address(void)
{
	static const struct text lines[] = { { "Speicherkai 118a", 16 }, { "Germany", 7 } };

	content.consignee.address = (struct texts){ lines, 2 };
}

static void
inputs_of_one(void)
{
	for (size_t i = 0; i < content.ninputs; i++)
		content.inputs[i].item = 1;
}

static void
inputs_all_indian(void)
{
	for (size_t i = 0; i < content.ninputs; i++)
		content.inputs[i].origin = T("IN");
}

static void
warnings(void **state)
{
	static const struct { void (*spoil)(void); const char *field, *code, *reason; } row[] = {
		{ invoice_proforma, "invoices[0].number", "proforma",
		    "PROFORMA 12 looks like a proforma: the commercial invoice is needed." },
		{ uk, "transport.final_destination", "abbreviation",
		    "Write the name of the country in full instead of UK." },
		{ vague_goods, "items[0].description", "goods-vague", NULL },
		{ one_word, "items[0].description", "goods-vague", NULL },
		{ country_in_city, "consignee.city", "country-repeated", NULL },
		{ other_country, "importing_country", "countries-differ",
		    "The consignee is in Germany, but the importing country is Austria." },
		{ left_early, "transport.departure_date", "left-before-invoice", NULL },
		{ left_early, "transport.departure_date", "retrospective", NULL },
		{ order_name, "consignee.to_order", "to-order", NULL },
		{ from_colombo, "transport.port_of_loading", "loading-abroad", NULL },
		{ six_digits, "items[0].hs", "hs-short", NULL },
		{ no_duty, "inputs[2].duty", "duty-unstated", NULL },
		{ fewer, "items[0].marks", "marks-count", NULL },
		{ country_in_address, "consignee.address[1]", "country-repeated", NULL },
		{ from_china, "items[0].description", "marks-origin", NULL },
		{ japan, "items[3].marks", "marks-origin", NULL },
		{ gstin_slip, "exporter.gstin", "gstin-mistyped", NULL },
		{ inputs_of_one, "items[1].origin", "item-without-input", NULL },
		{ inputs_all_indian, "items[0].origin", "input-not-stated", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct application a = application(0);
		const struct finding *f;
		size_t n = check_application(&c, &a, findings, FINDINGS_MAX);

		assert_null(find(n, row[i].field, row[i].code));
		row[i].spoil();
		n = check_application(&c, &a, findings, FINDINGS_MAX);
		f = find(n, row[i].field, row[i].code);
		if (f == NULL || !f->warning || check_errors(findings, n) != 0) {
			show(n);
			fail_msg("%s %s", row[i].field, row[i].code);
		}
		if (row[i].reason != NULL)
			assert_string_equal(f->fault.reason, row[i].reason);
	}
}

/* The same application is refused under the one set of rules and passes under the other. */
static void
rule_sets_differ(void **state)
{
	struct application a = application(1);
	size_t n;

	(void)state;
	content.ninputs = 0;
	n = check_application(&c, &a, findings, FINDINGS_MAX);
	assert_int_equal(check_errors(findings, n), 1);
	a.rules = &amended;
	n = check_application(&c, &a, findings, FINDINGS_MAX);
	assert_int_equal(check_errors(findings, n), 0);
	a.nattached = 1;
	n = check_application(&c, &a, findings, FINDINGS_MAX);
	assert_non_null(find(n, "documents.packing_list", "document-missing"));
}

static void
a_proforma_is_no_invoice(void **state)
{
	static const struct attached proforma[] = {
		{ .kind = { "invoice", 7 }, .name = { "Pro forma 12.pdf", 16 } },
		{ .kind = { "packing_list", 12 }, .name = { "packing.pdf", 11 } },
	};
	struct application a = application(0);

	(void)state;
	a.attached = proforma;
	assert_non_null(find(check_application(&c, &a, findings, FINDINGS_MAX),
	    "documents.invoice", "proforma"));
}

/* Goods to order have no consignee yet. */
static void
to_order_needs_no_consignee(void **state)
{
	struct application a = application(3);

	(void)state;
	content.consignee = (struct consignee){ .to_order = true };
	assert_int_equal(check_errors(findings,
	    check_application(&c, &a, findings, FINDINGS_MAX)), 0);
}

/* Re-packing counts as manufacture of Indian inputs, and not of imported ones (HBP 2.93(a)). */
static void
repacking_indian_goods_is_allowed(void **state)
{
	static const struct text done[] = { { "iii", 3 } };
	struct application a = application(1);

	(void)state;
	for (size_t i = 0; i < content.nitems; i++)
		content.items[i].operations = (struct texts){ done, 1 };
	assert_int_equal(check_errors(findings,
	    check_application(&c, &a, findings, FINDINGS_MAX)), 0);
	content.items[0].origin = T("processed");
	assert_non_null(find(check_application(&c, &a, findings, FINDINGS_MAX),
	    "items[0].operations", "insufficient-operation"));
}

static void
bulk_has_no_packages(void **state)
{
	struct application a = application(3);

	(void)state;
	content.items[0].package_kind = T("VR");
	content.items[0].packages = ABSENT;
	content.items[1].packages = 0;
	assert_int_equal(check_errors(findings,
	    check_application(&c, &a, findings, FINDINGS_MAX)), 0);
}

static void
an_empty_draft_is_checked(void **state)
{
	struct application a = application(0);
	size_t n;

	(void)state;
	assert_int_equal(dossier_read(&c, T("{}"), &content), 0);
	n = check_application(&c, &a, findings, FINDINGS_MAX);
	assert_non_null(find(n, "importing_country", "missing"));
	assert_non_null(find(n, "invoices", "missing"));
	assert_non_null(find(n, "items", "missing"));
	assert_non_null(find(n, "consignee.name", "missing"));
	/* And one that holds empty rows only. */
	assert_int_equal(dossier_read(&c,
	    T("{\"items\":[{}],\"invoices\":[{}],\"inputs\":[{}]}"), &content), 0);
	n = check_application(&c, &a, findings, FINDINGS_MAX);
	assert_non_null(find(n, "items[0].gross_kg", "missing"));
	assert_non_null(find(n, "invoices[0].value", "missing"));
	/* A struct that nobody filled is no danger either. */
	content = (struct content){ .importing_country = { NULL, 0 } };
	assert_true(check_application(&c, &a, findings, FINDINGS_MAX) > 5);
}

static void
errors_come_before_warnings(void **state)
{
	struct application a = application(0);

	(void)state;
	six_digits();
	one_word();
	iec_bad();
	assert_int_equal(check_application(&c, &a, findings, 1), 1);
	assert_string_equal(findings[0].fault.code, "iec-malformed");
	assert_int_equal(check_application(&c, &a, findings, 0), 0);
}

/* Long texts are quoted in part, and never cut inside a character. */
static void
quotes_are_cut(void **state)
{
	struct application a = application(0);
	const struct finding *f;
	char s[100];

	(void)state;
	s[0] = 'x';
	for (size_t i = 1; i < sizeof s; i++)
		s[i] = "\xe0\xa4\xae"[(i - 1) % 3];
	content.items[0].hs = (struct text){ s, sizeof s };
	f = find(check_application(&c, &a, findings, FINDINGS_MAX), "items[0].hs", "hs-malformed");
	assert_non_null(f);
	assert_int_equal(strlen(f->fault.a), 58);
	assert_true(text_utf8(text_of(f->fault.a)));
}

static int
open_block(void **state)
{
	(void)state;
	ctx_open(&c, block, sizeof block);
	return 0;
}

static int
close_block(void **state)
{
	(void)state;
	ctx_begin(&c);		/* releases the trees of the last test */
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_have_no_error),
		cmocka_unit_test(errors),
		cmocka_unit_test(warnings),
		cmocka_unit_test(rule_sets_differ),
		cmocka_unit_test(a_proforma_is_no_invoice),
		cmocka_unit_test(to_order_needs_no_consignee),
		cmocka_unit_test(repacking_indian_goods_is_allowed),
		cmocka_unit_test(bulk_has_no_packages),
		cmocka_unit_test(an_empty_draft_is_checked),
		cmocka_unit_test(errors_come_before_warnings),
		cmocka_unit_test(quotes_are_cut),
	};

	return cmocka_run_group_tests(tests, open_block, close_block);
}
