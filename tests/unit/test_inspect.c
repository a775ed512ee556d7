/*
 * The built inspect over every sample: the good ones are accepted and drawn, the hostile ones
 * treated as the manifest says.
 */
#include <dirent.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "files/inspect.h"
#include "paper/image.h"
#include "tests/unit/blank.h"

static _Alignas(16) unsigned char block[1 << 20];
static struct ctx c;
static char dir[] = "/tmp/ecoo-inspect-XXXXXX";
static char path[64];
static pid_t pid;

static void
run(int s)
{
	(void)dup2(s, 0);
	(void)setenv("ASAN_OPTIONS", "detect_leaks=0", 1);	/* it cannot look, from inside the jail */
	(void)execl(PROGRAM, "inspect", (char *)NULL);
	perror(PROGRAM);
	_exit(127);
}

static int
start(void **state)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int s = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	(void)state;
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof path, "%s/s", dir);
	(void)snprintf(a.sun_path, sizeof a.sun_path, "%s", path);
	assert_int_equal(bind(s, (struct sockaddr *)&a, sizeof a), 0);
	assert_int_equal(listen(s, 16), 0);
	if ((pid = fork()) == 0)
		run(s);
	(void)close(s);
	ctx_open(&c, block, sizeof block);
	return pid > 0 ? 0 : -1;
}

/* SIGTERM ends it cleanly: what is in hand is finished. */
static int
stop(void **state)
{
	int status = -1;

	(void)state;
	(void)kill(pid, SIGTERM);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	(void)unlink(path);
	(void)rmdir(dir);
	return 0;
}

static int
open_sample(const char *folder, const char *name)
{
	char file[512];

	(void)snprintf(file, sizeof file, "%s/%s/%s", SAMPLES, folder, name);
	return open(file, O_RDONLY);
}

static int
judge(int fd, struct verdict *v)
{
	int rc;

	assert_true(fd >= 0);
	ctx_begin(&c);
	rc = inspect_file(&c, path, fd, v);
	(void)close(fd);
	return rc;
}

/* A temporary file of these bytes. */
static int
of_bytes(const void *p, size_t n)
{
	int fd = memfd_create("sample", MFD_CLOEXEC);

	assert_int_equal(write(fd, p, n), (ssize_t)n);
	return fd;
}

static size_t
read_sample(const char *folder, const char *name, unsigned char *out, size_t max)
{
	int fd = open_sample(folder, name);
	ssize_t n = read(fd, out, max);

	(void)close(fd);
	assert_true(n > 0 && (size_t)n < max);
	return (size_t)n;
}

static void
draw(const char *folder, const char *name, int64_t page, int64_t width)
{
	struct text png;
	int64_t pages;
	int fd = open_sample(folder, name);

	ctx_begin(&c);
	if (inspect_page(&c, path, fd, page, width, &png, &pages) != 0)
		fail_msg("%s page %d: %s", name, (int)page, c.problem.log);
	(void)close(fd);
	assert_true(png.n > 1000);
	assert_memory_equal(png.p, "\x89PNG\r\n\x1a\n", 8);
	assert_in_range((unsigned char)png.p[18] << 8 | (unsigned char)png.p[19], width / 3, width);
}

static void
good_ones_are_accepted_and_drawn(void **state)
{
	DIR *d = opendir(SAMPLES "/good");
	unsigned n = 0;

	(void)state;
	assert_non_null(d);
	for (const struct dirent *e; (e = readdir(d)) != NULL;) {
		struct verdict v;

		if (e->d_name[0] == '.')
			continue;
		if (judge(open_sample("good", e->d_name), &v) != 0)
			fail_msg("%s: %s", e->d_name, v.reason.p);
		assert_true(v.accepted && v.pages >= 1 && v.media_type.n > 8);
		draw("good", e->d_name, 1, 600);
		draw("good", e->d_name, v.pages, 1400);
		n++;
	}
	(void)closedir(d);
	assert_true(n >= 17);
}

static void
pages_are_counted(void **state)
{
	static const struct { const char *name, *type; int64_t pages; } want[] = {
		{ "bearings-import-bundle-scan.pdf", "application/pdf", 6 },
		{ "engineering-invoice.pdf", "application/pdf", 4 },
		{ "bearings-packing-list.tif", "image/tiff", 2 },
		{ "../../fuzz/seeds/tiff/long-offsets", "image/tiff", 1 },
		{ "../../fuzz/seeds/tiff/see-through", "image/tiff", 1 },
		{ "rice-packing-list.png", "image/png", 1 },
		{ "scarves-packing-list.jpg", "image/jpeg", 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(want); i++) {
		struct verdict v;

		assert_int_equal(judge(open_sample("good", want[i].name), &v), 0);
		assert_int_equal(v.pages, want[i].pages);
		assert_string_equal(v.media_type.p, want[i].type);
	}
}

static const char *
member(struct json_object *o, const char *key)
{
	struct json_object *m;

	return json_object_object_get_ex(o, key, &m) ? json_object_get_string(m) : NULL;
}

static bool
is_document(const char *file)
{
	return strchr(file, '/') == NULL && strcmp(file, "eicar.pdf") != 0;
}

/* What is not firm may be accepted only if it is rewritten, which we never do: so all are firm. */
static void
judge_entry(struct json_object *e)
{
	const char *file = member(e, "file");
	bool accept = strcmp(member(e, "expected"), "accept") == 0;
	struct verdict v;
	int rc;

	if (strcmp(file, "jpeg-huge-exif-gps.jpg") == 0)
		accept = false;
	rc = judge(open_sample("hostile", file), &v);
	if ((rc == 0) != accept)
		fail_msg("%s: %s", file, rc == 0 ? "accepted" : c.problem.log);
	if (!accept) {
		assert_int_equal(c.problem.kind, PROBLEM_FILE);
		assert_non_null(c.problem.detail);
		assert_true(v.reason.n > 10);
	}
}

static void
hostile_ones_are_treated_as_the_manifest_says(void **state)
{
	struct json_object *m = json_object_from_file(SAMPLES "/hostile/manifest.json"), *list;
	unsigned n = 0;

	(void)state;
	assert_true(json_object_object_get_ex(m, "entries", &list));
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i);

		if (!is_document(member(e, "file")) || member(e, "filename") != NULL)
			continue;
		judge_entry(e);
		n++;
	}
	assert_true(n >= 20);
	(void)json_object_put(m);
}

static void
refused_for(const char *folder, const char *file, const char *word)
{
	struct verdict v;

	assert_int_equal(judge(open_sample(folder, file), &v), -1);
	if (strstr(v.reason.p, word) == NULL)
		fail_msg("%s: %s", file, v.reason.p);
}

static void
reasons_name_the_cause(void **state)
{
	static const struct { const char *file, *word; } want[] = {
		{ "pdf-encrypted.pdf", "password" }, { "pdf-js-openaction.pdf", "script" },
		{ "pdf-js-far-generation.pdf", "script" },
		{ "pdf-embedded-file.pdf", "other files" }, { "pdf-truncated.pdf", "damaged" },
		{ "png-60000x60000.png", "pixels" }, { "png-bad-crc.png", "damaged" },
		{ "jpeg-huge-exif-gps.jpg", "metadata" }, { "zero-byte.pdf", "empty" },
		{ "polyglot-jpeg-php.jpg", "behind" }, { "html-script.pdf", "not a PDF" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(want); i++)
		refused_for("hostile", want[i].file, want[i].word);
}

/* What is accepted has to be drawn here, and printed with a copy of the certificate later. */
static void
what_cannot_be_printed_is_refused(void **state)
{
	static const struct { const char *folder, *file, *word; } want[] = {
		{ "png", "wide", "along one side" }, { "png", "short", "damaged" },
		{ "png", "palette-behind", "damaged" }, { "png", "wrong-sum", "damaged" },
		{ "jpeg", "arithmetic", "printed" },
		{ "tiff", "tiled", "damaged" }, { "tiff", "strip-without-bytes", "damaged" },
		{ "tiff", "deep", "8 bits" },
	};
	char folder[64];

	(void)state;
	for (size_t i = 0; i < COUNT(want); i++) {
		(void)snprintf(folder, sizeof folder, "../fuzz/seeds/%s", want[i].folder);
		refused_for(folder, want[i].file, want[i].word);
	}
}

/* The same bound as that of the printer (test_paper_assemble.c). */
static void
pictures_are_taken_up_to_the_bound(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(blank); i++)
		for (unsigned more = 0; more < 2; more++) {
			struct verdict v;
			size_t n;
			unsigned char *p = blank[i].make(8000, IMAGE_PIXELS / 8000 + more, &n);

			if (judge(of_bytes(p, n), &v) != (more ? -1 : 0))
				fail_msg("%s of %u rows: %s", blank[i].kind, IMAGE_PIXELS / 8000 + more, v.reason.p);
			if (more && strstr(v.reason.p, "pixels") == NULL)
				fail_msg("%s: %s", blank[i].kind, v.reason.p);
			free(p);
		}
}

/* Every sample cut at many places, and with a byte behind: never accepted, never without answer. */
static void
cut_and_lengthened_ones_are_refused(void **state)
{
	static const char *const names[] = {
		"rice-packing-list.png", "scarves-packing-list.jpg", "shirting-packing-list.pdf",
	};
	static unsigned char bytes[1 << 18];

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		size_t n = read_sample("good", names[i], bytes, sizeof bytes - 1);
		struct verdict v;

		for (size_t part = 1; part < 8; part++) {
			assert_int_equal(judge(of_bytes(bytes, n * part / 8), &v), -1);
			assert_int_equal(c.problem.kind, PROBLEM_FILE);
		}
		bytes[n] = 'x';
		assert_int_equal(judge(of_bytes(bytes, n + 1), &v), -1);
		assert_int_equal(judge(of_bytes(bytes, n), &v), 0);
	}
}

/* Packed, 128 KiB of texts in a PNG would be more than a hundred megabytes for whoever reads it. */
static void
what_is_said_of_a_picture_is_bounded(void **state)
{
	static unsigned char bytes[1 << 19];
	size_t n = read_sample("good", "rice-packing-list.png", bytes, sizeof bytes / 2), more = 129 * 1024;
	struct verdict v;

	(void)state;
	memmove(bytes + 33 + 12 + more, bytes + 33, n - 33);	/* behind IHDR */
	memset(bytes + 33, 'x', 12 + more);
	memcpy(bytes + 33, (const unsigned char[]){ 0, 2, 4, 0, 'z', 'T', 'X', 't' }, 8);
	assert_int_equal(judge(of_bytes(bytes, n + 12 + more), &v), -1);
	if (strstr(v.reason.p, "metadata") == NULL)
		fail_msg("%s", v.reason.p);
}

/* What a reader would have to repair, another reader may repair in another way. */
static void
a_wrong_table_is_not_repaired(void **state)
{
	static unsigned char bytes[1 << 16];
	size_t n = read_sample("hostile", "benign.pdf", bytes, sizeof bytes);
	unsigned char *at = memmem(bytes, n, "startxref\n", 10);
	struct verdict v;

	(void)state;
	assert_non_null(at);
	assert_int_equal(judge(of_bytes(bytes, n), &v), 0);
	at[10] = at[10] == '1' ? '2' : '1';
	assert_int_equal(judge(of_bytes(bytes, n), &v), -1);
	assert_int_equal(c.problem.kind, PROBLEM_FILE);
}

/* An archive may end in a comment, and a PDF may hold one: so both may end at the same place. */
static void
an_archive_inside_is_found(void **state)
{
	static const char end[] = "\n%PK\005\006\0\0\0\0\1\0\1\0\56\0\0\0\0\0\0\0\7\0\n%%EOF\n";
	static unsigned char bytes[1 << 16];
	size_t n = read_sample("hostile", "benign.pdf", bytes, sizeof bytes - sizeof end);
	struct verdict v;

	(void)state;
	memcpy(bytes + n, end, sizeof end - 1);
	assert_int_equal(judge(of_bytes(bytes, n + sizeof end - 1), &v), -1);
	assert_non_null(strstr(v.reason.p, "archive"));
	bytes[n + sizeof end - 1 - 9] = 8;	/* another length of the comment: no archive */
	assert_int_equal(judge(of_bytes(bytes, n + sizeof end - 1), &v), 0);
}

/* Bytes turned at random must not get a parser to die unnoticed or to be waited for. */
static void
damaged_ones_get_an_answer(void **state)
{
	static const char *const names[] = {
		"rice-packing-list.png", "scarves-packing-list.jpg", "shoes-packing-list.pdf",
		"bearings-packing-list.tif",
	};
	static unsigned char bytes[1 << 18];

	(void)state;
	srandom(7);
	for (size_t i = 0; i < COUNT(names) * 6; i++) {
		size_t n = read_sample("good", names[i % COUNT(names)], bytes, sizeof bytes);
		struct verdict v;

		for (unsigned k = 0; k < 20; k++)
			bytes[(size_t)random() % n] = (unsigned char)random();
		if (judge(of_bytes(bytes, n), &v) != 0)
			assert_int_equal(c.problem.kind, PROBLEM_FILE);
	}
}

static void
a_missing_page_is_refused(void **state)
{
	int fd = open_sample("good", "shoes-invoice.pdf");
	struct text png;
	int64_t pages;

	(void)state;
	ctx_begin(&c);
	assert_int_equal(inspect_page(&c, path, fd, 2, 600, &png, &pages), -1);
	assert_int_equal(c.problem.kind, PROBLEM_FILE);
	ctx_begin(&c);
	assert_int_equal(inspect_page(&c, path, fd, 0, 600, &png, &pages), -1);
	assert_int_equal(c.problem.kind, PROBLEM_MISSING);
	(void)close(fd);
}

static void
a_program_that_is_down_is_busy(void **state)
{
	int fd = open_sample("good", "shoes-invoice.pdf");
	struct verdict v;

	(void)state;
	ctx_begin(&c);
	assert_int_equal(inspect_file(&c, "/nonexistent/inspect.sock", fd, &v), -1);
	assert_int_equal(c.problem.kind, PROBLEM_BUSY);
	(void)close(fd);
}

/* Silent callers take all places there are; they lose them, and the next question is answered. */
static void
silent_callers_do_not_keep_others_out(void **state)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	struct verdict v;
	int s[6];

	(void)state;
	(void)snprintf(a.sun_path, sizeof a.sun_path, "%s", path);
	for (size_t i = 0; i < COUNT(s); i++) {
		s[i] = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
		assert_int_equal(connect(s[i], (struct sockaddr *)&a, sizeof a), 0);
	}
	assert_int_equal(judge(open_sample("good", "shoes-invoice.pdf"), &v), 0);
	for (size_t i = 0; i < COUNT(s); i++)
		(void)close(s[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_ones_are_accepted_and_drawn),
		cmocka_unit_test(pages_are_counted),
		cmocka_unit_test(hostile_ones_are_treated_as_the_manifest_says),
		cmocka_unit_test(reasons_name_the_cause),
		cmocka_unit_test(what_cannot_be_printed_is_refused),
		cmocka_unit_test(cut_and_lengthened_ones_are_refused),
		cmocka_unit_test(pictures_are_taken_up_to_the_bound),
		cmocka_unit_test(what_is_said_of_a_picture_is_bounded),
		cmocka_unit_test(a_wrong_table_is_not_repaired),
		cmocka_unit_test(an_archive_inside_is_found),
		cmocka_unit_test(damaged_ones_get_an_answer),
		cmocka_unit_test(a_missing_page_is_refused),
		cmocka_unit_test(a_program_that_is_down_is_busy),
		cmocka_unit_test(silent_callers_do_not_keep_others_out),
	};

	return cmocka_run_group_tests_name("inspect", tests, start, stop);
}
