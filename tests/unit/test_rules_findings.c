#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rules_rig.h"

/* Every error, provoked in the sample of leather shoes. */
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

static const struct { void (*spoil)(void); const char *field, *code, *a, *b; } error_rows[] = {
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

static void
errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(error_rows); i++) {
		struct application a = application(0);
		const struct finding *f;
		size_t n;

		error_rows[i].spoil();
		n = check(&a);
		f = find(n, error_rows[i].field, error_rows[i].code);
		if (f == NULL || f->warning) {
			show(n);
			fail_msg("%s %s was not found", error_rows[i].field, error_rows[i].code);
		}
		if (error_rows[i].a != NULL)
			assert_string_equal(f->fault.a, error_rows[i].a);
		if (error_rows[i].b != NULL)
			assert_string_equal(f->fault.b, error_rows[i].b);
	}
}

/* Every warning, in the same way. */
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

static const struct { void (*spoil)(void); const char *field, *code, *reason; } warning_rows[] = {
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

static void
warnings(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(warning_rows); i++) {
		struct application a = application(0);
		const struct finding *f;
		size_t n = check(&a);

		assert_null(find(n, warning_rows[i].field, warning_rows[i].code));
		warning_rows[i].spoil();
		n = check(&a);
		f = find(n, warning_rows[i].field, warning_rows[i].code);
		if (f == NULL || !f->warning || check_errors(findings, n) != 0) {
			show(n);
			fail_msg("%s %s", warning_rows[i].field, warning_rows[i].code);
		}
		if (warning_rows[i].reason != NULL)
			assert_string_equal(f->fault.reason, warning_rows[i].reason);
	}
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors),
		cmocka_unit_test(warnings),
		cmocka_unit_test(errors_come_before_warnings),
	};

	return cmocka_run_group_tests(tests, open_block, close_block);
}
