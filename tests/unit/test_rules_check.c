#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "dossier/dossier.h"
#include "rules_rig.h"

static const struct text required[] = { { "invoice", 7 }, { "packing_list", 12 } };
static const struct rule_set amended = {
	.code = { "NP-2025-01", 10 }, .documents = { required, 2 }, .back_to_back = true,
};

static void
samples_have_no_error(void **state)
{
	(void)state;
	for (size_t i = 0; i < SAMPLES; i++) {
		struct application a = application(i);
		struct sample s = sample(&c, i);
		size_t n = check(&a);

		if (!s.back_to_back && check_errors(findings, n) != 0) {
			show(n);
			fail_msg("%s has errors", s.id);
		}
		/* Foreign goods without a word on their inputs do not pass as Indian ones. */
		if (s.back_to_back)
			assert_non_null(find(n, "inputs", "inputs-missing"));
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
	n = check(&a);
	assert_int_equal(check_errors(findings, n), 1);
	a.rules = &amended;
	n = check(&a);
	assert_int_equal(check_errors(findings, n), 0);
	a.nattached = 1;
	n = check(&a);
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
	assert_non_null(find(check(&a),
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
	    check(&a)), 0);
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
	    check(&a)), 0);
	content.items[0].origin = T("processed");
	assert_non_null(find(check(&a),
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
	    check(&a)), 0);
}

static void
an_empty_draft_is_checked(void **state)
{
	struct application a = application(0);
	size_t n;

	(void)state;
	assert_int_equal(dossier_read(&c, T("{}"), &content), 0);
	n = check(&a);
	assert_non_null(find(n, "importing_country", "missing"));
	assert_non_null(find(n, "invoices", "missing"));
	assert_non_null(find(n, "items", "missing"));
	assert_non_null(find(n, "consignee.name", "missing"));
	/* And one that holds empty rows only. */
	assert_int_equal(dossier_read(&c,
	    T("{\"items\":[{}],\"invoices\":[{}],\"inputs\":[{}]}"), &content), 0);
	n = check(&a);
	assert_non_null(find(n, "items[0].gross_kg", "missing"));
	assert_non_null(find(n, "invoices[0].value", "missing"));
	/* A struct that nobody filled is no danger either. */
	content = (struct content){ .importing_country = { NULL, 0 } };
	assert_true(check(&a) > 5);
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
	f = find(check(&a), "items[0].hs", "hs-malformed");
	assert_non_null(f);
	assert_int_equal(strlen(f->fault.a), 58);
	assert_true(text_utf8(text_of(f->fault.a)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_have_no_error),
		cmocka_unit_test(rule_sets_differ),
		cmocka_unit_test(a_proforma_is_no_invoice),
		cmocka_unit_test(to_order_needs_no_consignee),
		cmocka_unit_test(repacking_indian_goods_is_allowed),
		cmocka_unit_test(bulk_has_no_packages),
		cmocka_unit_test(an_empty_draft_is_checked),
		cmocka_unit_test(quotes_are_cut),
	};

	return cmocka_run_group_tests(tests, open_block, close_block);
}
