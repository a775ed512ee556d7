/* The face of a certificate as JSON and back: what was issued is what is drawn again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fcgi/certificate/certificate.h"

static struct ctx *
fresh(void)
{
	static struct ctx c;
	static _Alignas(16) unsigned char block[1024 * 1024];

	if (c.mem.base == NULL)
		ctx_open(&c, block, sizeof block);
	ctx_begin(&c);
	return &c;
}

static struct face
filled(struct ctx *c)
{
	static const struct face_item rows[] = {
		{ T("1"), T("HLS\n1-40"), T("40 cartons"), T("Shoes \"A\"\nHS 640359"), T("INDIAN"), T("444.000 kg gross") },
		{ T("2"), T("N/M"), T(""), T("जूते"), T("INDIAN"), T("1 kg gross") },
	};
	struct face f = { .leaf = LEAF_ELECTRONIC, .number = T("NP-NCE-26-0000001-X"),
		.agency = T("Nilgagan"), .agency_local = T("नीलगगन"), .office = T("Mumbai office"),
		.agency_address = T("7 Road, Mumbai, India"), .item = rows, .nitem = COUNT(rows),
		.total = T("Total: 40 packages"), .importing_country = T("Germany"),
		.produced_in = T("India") };

	f.exporter = lines_new(c, 4);
	lines_add(&f.exporter, T("Palarveni Footwear"));
	lines_add(&f.exporter, T("Ambur 635802"));
	f.consignee = lines_new(c, 4);
	lines_add(&f.consignee, T("شركة الاختبار"));
	f.transport = f.official = f.invoices = lines_new(c, 1);
	f.declared.signed_at = T("24 Nov 2026, 14:30 IST");
	f.issued.officer = T("Meenakshi Raghunathan");
	return f;
}

static void
it_comes_back_as_it_was(void **state)
{
	struct ctx *c = fresh();
	struct face f = filled(c), back;
	struct text first = face_write(c, &f);

	(void)state;
	assert_int_equal(face_read(c, first, &back), 0);
	assert_true(text_eq(face_write(c, &back), first));
	assert_true(text_is(back.issued.officer, "Meenakshi Raghunathan"));
	assert_true(text_is(back.declared.signed_at, "24 Nov 2026, 14:30 IST"));
	assert_int_equal(back.nitem, 2);
	assert_true(text_is(back.item[1].goods, "जूते"));
	assert_int_equal(back.exporter.n, 2);
	assert_true(text_is(back.exporter.line[1], "Ambur 635802"));
	assert_int_equal(back.official.n, 0);
}

static void
the_check_code_is_not_in_it(void **state)
{
	struct ctx *c = fresh();
	struct face f = filled(c);
	struct text json;

	(void)state;
	f.code = T("7KQ4WPX2MD");
	f.address = T("https://x/verify/N?code=7KQ4WPX2MD");
	json = face_write(c, &f);
	assert_null(memmem(json.p, json.n, "7KQ4WPX2MD", 10));
}

static void
what_is_no_face_is_refused_or_empty(void **state)
{
	struct ctx *c = fresh();
	struct face f;

	(void)state;
	assert_int_equal(face_read(c, T("{"), &f), -1);
	c = fresh();
	assert_int_equal(face_read(c, T("{}"), &f), 0);
	assert_int_equal(f.nitem, 0);
	assert_int_equal(f.number.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_comes_back_as_it_was),
		cmocka_unit_test(the_check_code_is_not_in_it),
		cmocka_unit_test(what_is_no_face_is_refused_or_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
