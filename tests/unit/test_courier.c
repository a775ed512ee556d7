/*
 * Letters as they go out, and when the courier tries again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "fcgi/courier/letter.h"
#include "fcgi/courier/plan.h"

static _Alignas(16) unsigned char block[1 << 20];
static struct ctx c;

static int
begin(void **state)
{
	(void)state;
	ctx_open(&c, block, sizeof block);
	ctx_begin(&c);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	ctx_begin(&c);
	return 0;
}

static void
addresses(void **state)
{
	static const char *const good[] = { "a@b.example", "first.last+tag@sub.example" };
	static const char *const bad[] = { "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b,c@d", "<a@b>",
		"a@b\nBcc: c@d", "a@b\r", "\"a\"@b", "नाम@b", "-oQ/tmp@b" };

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(address_ok(text_of(good[i])));
	for (size_t i = 0; i < COUNT(bad); i++)
		if (address_ok(text_of(bad[i])))
			fail_msg("taken: %s", bad[i]);
}

static const char *
letter(const char *subject, const char *lines)
{
	struct letter l = { .from = T("no-reply@ecoo.example"), .to = T("a@b.example"),
		.subject = text_of(subject), .footer = T("\n-- \nfooter\n"), .once = T("mail/1"),
		.host = T("localhost"), .now = 1796083245 };
	struct text out;

	assert_int_equal(json_read(&c, text_of(lines), &l.lines), 0);
	return letter_write(&c, &l, &out) == 0 ? text_c(&c, out) : NULL;
}

static void
a_plain_letter(void **state)
{
	const char *m = letter("Paid", "[\"one\",\"two\\nthree\"]");

	(void)state;
	assert_string_equal(m, "From: no-reply@ecoo.example\r\nTo: a@b.example\r\nSubject: Paid\r\n"
	    "Date: Tue, 01 Dec 2026 00:00:45 +0000\r\n"
	    "Message-ID: <2deafa0fe42ea6fc6e14fa4508d9e41b@localhost>\r\n"
	    "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
	    "one\r\ntwo\r\nthree\r\n\r\n-- \r\nfooter\r\n");
}

/* Whatever a subject holds, it stays one field: no line starts that is not folded. */
static void
subjects(void **state)
{
	(void)state;
	assert_non_null(strstr(letter("a\r\nBcc: c@d", "[]"), "\r\nSubject: a  Bcc: c@d\r\nDate:"));
	assert_non_null(strstr(letter("शुल्क", "[]"), "\r\nSubject: =?UTF-8?B?4KS24KWB4KSy4KWN4KSV?=\r\n"));
	assert_non_null(strstr(letter("=?UTF-8?B?YQ==?=", "[]"), "Subject: =?UTF-8?B?PT9V"));
	/* 45 bytes are 15 letters of three: the sixteenth begins the next word. */
	assert_non_null(strstr(letter("अअअअअअअअअअअअअअअअ", "[]"), "4KSF?=\r\n =?UTF-8?B?4KSF?=\r\n"));
	assert_null(letter("", "[]"));
	assert_null(letter("\xff", "[]"));
}

static void
long_and_foreign_lines(void **state)
{
	char words[2200] = "[\"";
	const char *m = letter("x", "[\"a = b \",\"अ\"]");

	(void)state;
	assert_non_null(strstr(m, "quoted-printable\r\n\r\na =3D b=20\r\n=E0=A4=85\r\n"));
	(void)memset(words + 2, 'a', 2000);
	(void)strcat(words, "\"]");
	m = strstr(letter("x", words), "\r\n\r\n") + 4;
	for (const char *end; (end = strstr(m, "\r\n")) != NULL; m = end + 2)
		assert_true(end - m <= 76);
	assert_null(letter("x", "[7]"));
	assert_null(letter("x", "{}"));
}

/* No encoded character and no escape may be cut in two by a soft line end. */
static void
escapes_stay_whole(void **state)
{
	char words[1200] = "[\"";
	const char *m;

	(void)state;
	for (int i = 0; i < 300; i++)
		(void)strcat(words, i % 3 == 0 ? "अ" : "b");
	(void)strcat(words, "\"]");
	m = strstr(letter("x", words), "\r\n\r\n") + 4;
	for (const char *end; (end = strstr(m, "\r\n")) != NULL; m = end + 2) {
		assert_true(end - m <= 76);
		for (const char *p = m; p < end; p++)
			if (*p == '=' && p + 1 != end)
				assert_true(p + 2 < end && strchr("0123456789ABCDEF", p[1]) &&
				    strchr("0123456789ABCDEF", p[2]));
	}
}

static void
hosts(void **state)
{
	(void)state;
	assert_true(text_is(letter_host(T("https://coo.example")), "coo.example"));
	assert_true(text_is(letter_host(T("http://localhost:8080")), "localhost"));
	assert_true(text_is(letter_host(T("https://[::1]:8443")), "[::1]"));
}

static void
plans(void **state)
{
	static const int64_t days[] = { 120, 420, 1200, 5400, 79200, 86400, 86400, 86400, 86400, -1 };
	int64_t sum = 60;

	(void)state;
	assert_int_equal(plan_retry(1), 1);
	assert_int_equal(plan_retry(2), 2);
	assert_int_equal(plan_retry(12), 2048);
	assert_int_equal(plan_retry(13), 3600);
	assert_int_equal(plan_retry(100), 3600);
	for (int64_t i = 0; i < (int64_t)COUNT(days); i++)
		assert_int_equal(plan_ask(i + 1, false), days[i]);
	for (int64_t i = 1; plan_ask(i, false) > 0; i++)
		sum += plan_ask(i, false);
	assert_int_equal(sum, 5 * 86400);
	assert_int_equal(plan_ask(99, false), -1);
	assert_int_equal(plan_ask(1, true), 1);
	assert_int_equal(plan_ask(8, true), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
		TEST(addresses), TEST(a_plain_letter), TEST(subjects), TEST(long_and_foreign_lines),
		TEST(escapes_stay_whole), TEST(hosts), TEST(plans),
	};

	return cmocka_run_group_tests_name("courier", tests, NULL, NULL);
}
