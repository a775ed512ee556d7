/* Text, codecs, clock, digest, random, journal, problem, ctx. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/codec.h"
#include "base/digest.h"
#include "base/journal.h"
#include "base/random.h"

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
is(struct text got, const char *want)
{
	assert_string_equal(text_c(&c, got), want);
}

static void
texts_are_compared_and_cut(void **state)
{
	(void)state;
	assert_true(text_is(T("abc"), "abc"));
	assert_false(text_is(T("abc"), "abcd"));
	assert_false(text_eq(T("a\0b"), T("a\0c")));
	assert_true(text_is_nocase(T("AbC"), "aBc"));
	assert_true(text_starts(T("abc"), "ab"));
	assert_false(text_starts(T("a"), "ab"));
	assert_true(text_ends(T("abc"), "bc"));
	assert_int_equal(text_find(T("abc"), 'c'), 2);
	assert_int_equal(text_find(T("abc"), 'x'), 3);
	is(text_trim(T(" \r\n a b\t ")), "a b");
	is(text_sub(T("abc"), 1, 100), "bc");
	is(text_sub(T("abc"), 9, 1), "");
	is(text_cut(T("a\xc3\xa9"), 2), "a");
	is(text_upper(&c, T("iec aa0\xc3\xa9")), "IEC AA0\xc3\xa9");
	assert_int_equal(text_of(NULL).n, 0);
}

static void
whole_numbers(void **state)
{
	static const char *const bad[] = {
		"", "-", "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808",
		"-9223372036854775809", "99999999999999999999", "1a", "--1",
	};
	int64_t x;

	(void)state;
	assert_true(text_int(T("0"), &x) && x == 0);
	assert_true(text_int(T("-9223372036854775808"), &x) && x == INT64_MIN);
	assert_true(text_int(T("9223372036854775807"), &x) && x == INT64_MAX);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(text_int(text_of(bad[i]), &x));
	assert_false(text_int(T("1\0002"), &x));
}

static void
decimal_numbers(void **state)
{
	static const char *const bad[] = {
		"", ".", ".5", "5.", "1.2345", "-1", "1e3", "1,5", "1.2.3", " 1",
		"9223372036854775807",
	};
	int64_t x;

	(void)state;
	assert_true(text_decimal(T("84.05"), 3, &x) && x == 84050);
	assert_true(text_decimal(T("84"), 3, &x) && x == 84000);
	assert_true(text_decimal(T("0.001"), 3, &x) && x == 1);
	assert_true(text_decimal(T("9223372036854775807"), 0, &x) && x == INT64_MAX);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(text_decimal(text_of(bad[i]), 3, &x));
}

static void
utf8(void **state)
{
	static const char *const bad[] = {
		"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\xaf",
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3", "\xe0\xa4", "a\xc3(",
	};

	(void)state;
	assert_true(text_utf8(T("")));
	assert_true(text_utf8(T("a\xc3\xa9\xe0\xa4\xac\xf0\x9f\x99\x82")));
	assert_true(text_utf8(T("\xf4\x8f\xbf\xbf")));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(text_utf8(text_of(bad[i])));
}

static void
cursors_do_not_run_past_the_end(void **state)
{
	struct cursor k = cursor_of(T("\x01\x02\x03\x04\x05\x06\x07"));

	(void)state;
	assert_int_equal(take_u8(&k), 1);
	assert_int_equal(take_be16(&k), 0x0203);
	assert_int_equal(take_be32(&k), 0x04050607);
	assert_true(at_end(&k));
	assert_int_equal(take_u8(&k), 0);
	assert_true(k.bad);
	assert_false(at_end(&k));
	k = cursor_of(T("a=b"));
	is(take_until(&k, '='), "a");
	is(take_word(&k, '='), "b");
	assert_true(at_end(&k));
	k = cursor_of(T("ab"));
	(void)take_until(&k, '=');
	assert_true(k.bad);
	k = cursor_of(T("ab"));
	assert_int_equal(take_bytes(&k, (size_t)-1).n, 0);
	assert_true(k.bad);
}

static void
hexadecimal(void **state)
{
	static const char *const bad[] = { "0", "0g", "00 ", "000", "\x10\x11", "0x", "" };
	unsigned char out[1];

	(void)state;
	is(hex_text(&c, "\x00\xff\x5a", 3), "00ff5a");
	assert_true(hex_decode(T("fF"), out, 1) && out[0] == 0xff);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(hex_decode(text_of(bad[i]), out, 1));
}

/* RFC 4648 10 */
static void
base64(void **state)
{
	static const struct { const char *plain, *coded; } rows[] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
	};
	static const char *const bad[] = {
		"Z", "Zg", "Zg=", "Zg== ", "Zm9v\n", "Zg=a", "====", "Z===", "Zm-v", "Zg==Zg==", "Zh==", "Zm9=",
	};
	struct text out;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		is(base64_text(&c, text_of(rows[i].plain)), rows[i].coded);
		assert_true(base64_decode(&c, text_of(rows[i].coded), &out));
		is(out, rows[i].plain);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		if (base64_decode(&c, text_of(bad[i]), &out))
			fail_msg("%s", bad[i]);
	is(base64url_text(&c, "\xfb\xff", 2), "-_8");
}

static void
times_are_written(void **state)
{
	(void)state;
	is(clock_rfc3339(&c, 0), "1970-01-01T00:00:00Z");
	is(clock_rfc3339(&c, 1795510800), "2026-11-24T09:00:00Z");
	is(clock_ist(&c, 1795510800), "24 Nov 2026, 14:30 IST");
	is(clock_ist_date(&c, 1795545000 - 1), "2026-11-24");	/* 18:30 UTC is midnight in India */
	is(clock_ist_date(&c, 1795545000), "2026-11-25");
	is(clock_day(&c, 20781), "24 Nov 2026");
	assert_int_equal(clock_today_ist(1795545000) - clock_today_ist(1795545000 - 1), 1);
}

static void
the_financial_year_turns_at_midnight_in_india(void **state)
{
	const int64_t april = 1774981800;		/* 31 March 2026, 18:30 UTC */

	(void)state;
	assert_int_equal(clock_financial_year(april - 1), 2025);
	assert_int_equal(clock_financial_year(april), 2026);
	assert_int_equal(clock_financial_year(1798741800), 2026);	/* 1 January 2027 */
}

static void
dates_exist_in_the_calendar(void **state)
{
	static const char *const bad[] = {
		"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "26-01-01",
		"2026-01-00", "2026/01/01", "2026-01-01 ", "2026--1-01", "1899-01-01", "20x6-01-01",
	};
	int64_t day;

	(void)state;
	assert_true(clock_date(T("1970-01-02"), &day) && day == 1);
	assert_true(clock_date(T("2028-02-29"), &day));
	assert_true(clock_date(T("2026-11-24"), &day) && day == 20781);
	for (size_t i = 0; i < COUNT(bad); i++)
		if (clock_date(text_of(bad[i]), &day))
			fail_msg("%s", bad[i]);
}

/* FIPS 180-2 B.1 */
static void
digests(void **state)
{
	static const char abc[] =
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	struct digest *d = digest_begin(&c);

	(void)state;
	is(sha256_hex(&c, T("abc")), abc);
	digest_add(d, T("a"));
	digest_add(d, T(""));
	digest_add(d, T("bc"));
	is(digest_end(&c, d), abc);
}

static void
random_values(void **state)
{
	unsigned seen = 0;
	char code[11];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		uint32_t x = random_below(7);

		assert_in_range(x, 0, 6);
		seen |= 1u << x;
		random_code(code, 10);
		assert_int_equal(strlen(code), 10);
		assert_null(strpbrk(code, "01OILU"));
	}
	assert_int_equal(seen, 127);
	assert_true(secret_eq(T("abc"), T("abc")));
	assert_false(secret_eq(T("abc"), T("abd")));
	assert_false(secret_eq(T("abc"), T("ab")));
}

static void
no_input_forges_a_line(void **state)
{
	char line[4096];
	int p[2], kept = dup(STDERR_FILENO);
	ssize_t n;

	(void)state;
	assert_int_equal(pipe(p), 0);
	(void)dup2(p[1], STDERR_FILENO);
	JOURNAL("event", J("a", T("x\" b=\"y\n2026 forged\\\x7f")), J("long", ((struct text){
	    (const char *)memset(ctx_alloc(&c, 4096), 'z', 4096), 4096 })));
	(void)dup2(kept, STDERR_FILENO);
	n = read(p[0], line, sizeof line);
	assert_in_range(n, 100, 2048);
	line[n - 1] = line[n - 1] == '\n' ? '\0' : '?';
	assert_null(strchr(line, '\n'));
	assert_non_null(strstr(line, " event a=\"x\\x22 b=\\x22y\\x0a2026 forged\\x5c\\x7f\" long=\"zz"));
	(void)close(p[0]);
	(void)close(p[1]);
	(void)close(kept);
}

static void
the_first_cause_wins(void **state)
{
	(void)state;
	assert_int_equal(problem_set(&c, PROBLEM_LARGE, "first %d", 1), -1);
	assert_int_equal(problem_set(&c, PROBLEM_MISSING, "second"), -1);
	assert_int_equal(c.problem.kind, PROBLEM_LARGE);
	assert_string_equal(c.problem.log, "first 1");
	ctx_begin(&c);
	assert_int_equal(c.problem.kind, PROBLEM_NONE);
	for (int i = 0; i < FAULTS_MAX + 5; i++)
		assert_int_equal(problem_field(&c, "f", "missing", "This is needed."), -1);
	assert_int_equal(c.problem.kind, PROBLEM_INPUT);
	assert_int_equal(c.problem.nfault, FAULTS_MAX);
}

static void
note_order(void *object)
{
	char **at = object;

	*(*at)++ = '.';
}

/* A sanitizer would not let it be read any more; what is there is asked all the same. */
static __attribute__((noinline, no_sanitize_address)) char
left_at(const volatile char *p)
{
	return *p;
}

static void
a_request_leaves_nothing(void **state)
{
	char order[4] = "", *at = order, id[33];
	char *secret = ctx_alloc(&c, 32);

	(void)state;
	(void)strcpy(secret, "hunter2");
	(void)strcpy(id, c.id);
	ctx_defer(&c, note_order, &at);
	ctx_defer(&c, note_order, &at);
	ctx_begin(&c);
	assert_string_equal(order, "..");
	assert_int_equal(left_at(secret), 0);
	assert_string_not_equal(id, c.id);
	assert_int_equal((uintptr_t)ctx_alloc(&c, 1) % 16, 0);
	assert_int_equal((uintptr_t)ctx_alloc(&c, 1) % 16, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(texts_are_compared_and_cut, begin),
		cmocka_unit_test_setup(whole_numbers, begin),
		cmocka_unit_test_setup(decimal_numbers, begin),
		cmocka_unit_test_setup(utf8, begin),
		cmocka_unit_test_setup(cursors_do_not_run_past_the_end, begin),
		cmocka_unit_test_setup(hexadecimal, begin),
		cmocka_unit_test_setup(base64, begin),
		cmocka_unit_test_setup(times_are_written, begin),
		cmocka_unit_test_setup(the_financial_year_turns_at_midnight_in_india, begin),
		cmocka_unit_test_setup(dates_exist_in_the_calendar, begin),
		cmocka_unit_test_setup(digests, begin),
		cmocka_unit_test_setup(random_values, begin),
		cmocka_unit_test_setup(no_input_forges_a_line, begin),
		cmocka_unit_test_setup(the_first_cause_wins, begin),
		cmocka_unit_test_setup(a_request_leaves_nothing, begin),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
