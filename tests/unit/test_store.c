/* Files under their hash: kept once, whole or not at all. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "files/store.h"

/* SHA-256 of "abc", FIPS 180-2 B.1 */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static _Alignas(16) unsigned char block[1 << 20];
static struct ctx c;
static char root[] = "/tmp/ecoo-store-XXXXXX";

static int
start(void **state)
{
	char path[128];

	(void)state;
	assert_non_null(mkdtemp(root));
	(void)snprintf(path, sizeof path, "%s/incoming", root);
	assert_int_equal(mkdir(path, 0750), 0);
	ctx_open(&c, block, sizeof block);
	return 0;
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static int
stop(void **state)
{
	(void)state;
	return nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static unsigned
incoming(void)
{
	char path[128];
	unsigned n = 0;
	DIR *d;

	(void)snprintf(path, sizeof path, "%s/incoming", root);
	assert_non_null(d = opendir(path));
	for (const struct dirent *e; (e = readdir(d)) != NULL;)
		n += e->d_name[0] != '.';
	(void)closedir(d);
	return n;
}

static void
keeps_under_the_hash(void **state)
{
	struct incoming f;
	struct text sha, back;
	struct stat st;
	char path[256];

	(void)state;
	ctx_begin(&c);
	assert_int_equal(store_begin(&c, root, 3, &f), 0);
	assert_int_equal(store_write(&c, &f, T("a")), 0);
	assert_int_equal(store_write(&c, &f, T("bc")), 0);
	assert_int_equal(store_keep(&c, &f, &sha), 0);
	assert_true(text_is(sha, ABC));
	assert_int_equal(f.size, 3);
	assert_int_equal(incoming(), 0);
	(void)snprintf(path, sizeof path, "%s/ba/78/%s", root, ABC);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(store_read(&c, root, sha, 3, &back), 0);
	assert_true(text_is(back, "abc"));
	assert_true(text_is(store_path(&c, "documents", sha),
	    "/files-internal/documents/ba/78/" ABC));
}

static void
keeps_the_same_bytes_once(void **state)
{
	struct text sha;

	(void)state;
	ctx_begin(&c);
	assert_int_equal(store_put(&c, root, T("abc"), &sha), 0);
	assert_int_equal(store_put(&c, root, T("abc"), &sha), 0);
	assert_true(text_is(sha, ABC));
	assert_int_equal(incoming(), 0);
}

static void
refuses_more_than_the_limit(void **state)
{
	struct incoming f;

	(void)state;
	ctx_begin(&c);
	assert_int_equal(store_begin(&c, root, 4, &f), 0);
	assert_int_equal(store_write(&c, &f, T("1234")), 0);
	assert_int_equal(store_write(&c, &f, T("5")), -1);
	assert_int_equal(c.problem.kind, PROBLEM_LARGE);
	assert_int_equal(incoming(), 1);
	store_drop(&f);
	store_drop(&f);
	assert_int_equal(incoming(), 0);
}

/* A limit on the size of files stands in for a full disk: the same path, another errno. */
static void
says_when_there_is_no_room_and_leaves_nothing(void **state)
{
	struct rlimit was, small;
	static const char bytes[8192];
	struct text sha, big = { bytes, sizeof bytes };

	(void)state;
	ctx_begin(&c);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	small = (struct rlimit){ 4096, was.rlim_max };
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(store_put(&c, root, big, &sha), -1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_int_equal(c.problem.kind, PROBLEM_FULL);
	assert_int_equal(incoming(), 0);
}

static void
finds_damage(void **state)
{
	struct text sha, back;
	char path[256];
	int fd;

	(void)state;
	ctx_begin(&c);
	assert_int_equal(store_put(&c, root, T("whole"), &sha), 0);
	(void)snprintf(path, sizeof path, "%s/%.2s/%.2s/%.64s", root, sha.p, sha.p + 2, sha.p);
	assert_true((fd = open(path, O_WRONLY)) >= 0);
	assert_int_equal(pwrite(fd, "W", 1, 0), 1);
	(void)close(fd);
	assert_int_equal(store_read(&c, root, sha, 100, &back), -1);
	assert_int_equal(c.problem.kind, PROBLEM_INTERNAL);
}

static void
opens_only_hashes(void **state)
{
	static const char *const bad[] = {
		"", "../../../../../etc/passwd", "BA7816BF", ABC "0",
		"../../../../../../../../../../../../../../../../../../etc/passwd",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		ctx_begin(&c);
		assert_int_equal(store_open(&c, root, text_of(bad[i])), -1);
		assert_int_equal(store_path(&c, "documents", text_of(bad[i])).n, 0);
	}
}

static void
reads_no_more_than_asked(void **state)
{
	struct text sha, back;

	(void)state;
	ctx_begin(&c);
	assert_int_equal(store_put(&c, root, T("abc"), &sha), 0);
	assert_int_equal(store_read(&c, root, sha, 2, &back), -1);
	assert_int_equal(c.problem.kind, PROBLEM_LARGE);
}

static void
tidies_what_is_old(void **state)
{
	struct timespec old[2] = { { 1000000000, 0 }, { 1000000000, 0 } };
	char path[128];
	int a, b;

	(void)state;
	(void)snprintf(path, sizeof path, "%s/incoming/new", root);
	assert_true((a = open(path, O_CREAT | O_WRONLY, 0600)) >= 0);
	(void)snprintf(path, sizeof path, "%s/incoming/old", root);
	assert_true((b = open(path, O_CREAT | O_WRONLY, 0600)) >= 0);
	assert_int_equal(futimens(b, old), 0);
	store_tidy("/tmp", root + strlen("/tmp/"));
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(incoming(), 1);
	(void)close(a);
	(void)close(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_under_the_hash),
		cmocka_unit_test(keeps_the_same_bytes_once),
		cmocka_unit_test(refuses_more_than_the_limit),
		cmocka_unit_test(says_when_there_is_no_room_and_leaves_nothing),
		cmocka_unit_test(finds_damage),
		cmocka_unit_test(opens_only_hashes),
		cmocka_unit_test(reads_no_more_than_asked),
		cmocka_unit_test(tidies_what_is_old),
	};

	return cmocka_run_group_tests_name("store", tests, start, stop);
}
