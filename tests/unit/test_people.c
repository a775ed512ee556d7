/* Passwords and session tokens. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <cmocka.h>

#include "base/codec.h"
#include "base/digest.h"
#include "people/password.h"
#include "people/session.h"

#define ROOM	3
#define CROWD	24

static _Alignas(16) unsigned char block[1 << 16];
static struct ctx c;

static int
start(void **state)
{
	(void)state;
	return password_start(ROOM);
}

static int
begin(void **state)
{
	(void)state;
	ctx_open(&c, block, sizeof block);
	return 0;
}

static void
a_password_fits_only_its_hash(void **state)
{
	struct text a, b;

	(void)state;
	assert_int_equal(password_hash(&c, T("origin-demo"), &a), 0);
	assert_int_equal(password_hash(&c, T("origin-demo"), &b), 0);
	assert_true(text_starts(a, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_false(text_eq(a, b));			/* salted */
	assert_int_equal(password_check(&c, T("origin-demo"), a), 1);
	assert_int_equal(password_check(&c, T("origin-demo"), b), 1);
	assert_int_equal(password_check(&c, T("origin-demO"), a), 0);
	assert_int_equal(password_check(&c, T("origin-demo\0"), a), 0);
	assert_int_equal(password_check(&c, T(""), a), 0);
	assert_int_equal(password_check(&c, T("x"), T("$argon2id$nonsense")), 0);
}

static double
seconds(struct text stored)
{
	struct timespec a, b;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	assert_int_equal(password_check(&c, T("guess"), stored), 0);
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
	return (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
}

/* Time would tell who has an account. */
static void
nobody_takes_as_long_as_somebody(void **state)
{
	struct text stored;
	double with, without;

	(void)state;
	assert_int_equal(password_hash(&c, T("secret"), &stored), 0);
	with = seconds(stored);
	without = seconds((struct text){ "", 0 });
	assert_true(without > with / 3 && with > without / 3);
}

/* The most that was ever in memory, in bytes. */
static size_t
peak(void)
{
	struct rusage r;

	assert_int_equal(getrusage(RUSAGE_SELF, &r), 0);
	return (size_t)r.ru_maxrss * KIB;
}

struct guest { pthread_t thread; struct ctx c; int answer; unsigned char block[1 << 14]; };

static void *
knock(void *at)
{
	struct guest *g = at;

	ctx_open(&g->c, g->block, sizeof g->block);
	g->answer = password_check(&g->c, T("guess"), (struct text){ "", 0 });
	return NULL;
}

/* A few wait, the others are refused; and one hashes at a time: two would be 19 MiB more than one. */
static void
a_crowd_finds_little_room(void **state)
{
	static _Alignas(16) struct guest guest[CROWD];
	size_t before;
	int answered = 0;

	(void)state;
	assert_int_equal(password_check(&c, T("guess"), (struct text){ "", 0 }), 0);
	before = peak();
	for (size_t i = 0; i < CROWD; i++)
		assert_int_equal(pthread_create(&guest[i].thread, NULL, knock, &guest[i]), 0);
	for (size_t i = 0; i < CROWD; i++) {
		assert_int_equal(pthread_join(guest[i].thread, NULL), 0);
		answered += guest[i].answer == 0;
		assert_true(guest[i].answer == 0 || guest[i].c.problem.kind == PROBLEM_BUSY);
	}
	assert_in_range(answered, 1, CROWD - 1);
	assert_true(peak() - before < 12 * MIB);
	assert_int_equal(password_check(&c, T("guess"), (struct text){ "", 0 }), 0);
}

static void
a_token_is_known_by_its_hash(void **state)
{
	struct text cookie, hash = session_make(&c, &cookie), again, hex;
	char token[32];

	(void)state;
	assert_int_equal(hash.n, SHA256_BYTES);
	assert_true(text_starts(cookie, SESSION_COOKIE "="));
	for (size_t i = 0; i < 4; i++)
		assert_non_null(strstr(text_c(&c, cookie), ((const char *[]){ "; Secure",
		    "; HttpOnly", "; SameSite=Lax", "; Path=/" })[i]));
	hex = text_sub(cookie, strlen(SESSION_COOKIE "="), 64);
	assert_true(hex_decode(hex, token, 32));
	assert_true(text_eq(sha256_text(&c, (struct text){ token, 32 }), hash));
	again = session_token(&c, text_fmt(&c, "theme=dark; " SESSION_COOKIE "=%.*s; x=y",
	    TEXT_F(hex)));
	assert_true(text_eq(again, hash));
	assert_false(text_eq(session_make(&c, &cookie), hash));
}

static void
other_cookies_are_no_session(void **state)
{
	static const char hex[] =
	    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	static const char *const names[] = {
		"sid", "__Host-sid2", "__host-sid", "x__Host-sid", "__Secure-sid", "",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		assert_int_equal(session_token(&c, text_fmt(&c, "%s=%s", names[i], hex)).n, 0);
	assert_int_equal(session_token(&c, text_fmt(&c, "__Host-sid=%s", hex)).n, SHA256_BYTES);
	assert_int_equal(session_token(&c, text_fmt(&c, "__Host-sid=%s0", hex)).n, 0);
	assert_int_equal(session_token(&c, text_fmt(&c, "__Host-sid=%.62s", hex)).n, 0);
	assert_int_equal(session_token(&c, T("__Host-sid")).n, 0);
	assert_int_equal(session_token(&c, T("")).n, 0);
	assert_non_null(strstr(text_c(&c, session_drop()), "Max-Age=0"));
}

static void
what_somebody_may_follows_from_kind_and_role(void **state)
{
	static const struct { const char *kind, *role; unsigned may; } rows[] = {
		{ "exporter", "filer", WHO_FILER }, { "exporter", "signatory", WHO_SIGNATORY },
		{ "exporter", "admin", WHO_FIRM_ADMIN }, { "officer", "officer", WHO_OFFICER },
		{ "administrator", "administrator", WHO_ADMINISTRATOR },
		{ "operator", "operator", WHO_OPERATOR },
		{ "exporter", "officer", 0 }, { "officer", "signatory", 0 }, { "", "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct who w = { .person = 7, .kind = text_of(rows[i].kind),
		    .role = text_of(rows[i].role) };

		assert_int_equal(who_may(&w), rows[i].may);
		w.person = 0;
		assert_int_equal(who_may(&w), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_password_fits_only_its_hash, begin),
		cmocka_unit_test_setup(nobody_takes_as_long_as_somebody, begin),
		cmocka_unit_test_setup(a_crowd_finds_little_room, begin),
		cmocka_unit_test_setup(a_token_is_known_by_its_hash, begin),
		cmocka_unit_test_setup(other_cookies_are_no_session, begin),
		cmocka_unit_test_setup(what_somebody_may_follows_from_kind_and_role, begin),
	};

	return cmocka_run_group_tests_name("people", tests, start, NULL);
}
