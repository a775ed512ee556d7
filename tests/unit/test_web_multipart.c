/* Uploads: one file comes out whole, and everything else is refused, however the bytes arrive. */
#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "web/multipart.h"

#define TYPE "multipart/form-data; boundary=XX"
#define DISPOSITION "Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n"
#define WHOLE "--XX\r\n" DISPOSITION "\r\nhello\r\n--XX--\r\n"

static _Alignas(16) unsigned char block[1 << 20];
static struct ctx c;

/* At most ${step} bytes at a time, as a network gives them; cut short at the end if told so. */
struct body { struct text t; size_t step; bool broken; };
struct got { char *p; size_t n, cap; bool refuse; };

static ssize_t
give(void *from, void *to, size_t n)
{
	struct body *b = from;

	if (n > b->step)
		n = b->step;
	if (n > b->t.n)
		n = b->t.n;
	if (n == 0)
		return b->broken ? -1 : 0;
	memcpy(to, b->t.p, n);
	b->t = text_sub(b->t, n, b->t.n);
	return (ssize_t)n;
}

static int
keep(void *to, struct ctx *ctx, struct text bytes)
{
	struct got *g = to;

	if (g->refuse || bytes.n > g->cap - g->n)
		return problem_set(ctx, PROBLEM_LARGE, "sink");
	memcpy(g->p + g->n, bytes.p, bytes.n);
	g->n += bytes.n;
	return 0;
}

static int
parse(const char *type, struct text bytes, size_t step, struct got *g, struct part *out)
{
	struct body b = { bytes, step, false };
	struct multipart_source source = { give, &b };

	g->n = 0;
	ctx_begin(&c);
	return multipart_parse(&c, text_of(type), &source, keep, g, out);
}

static int
begin(void **state)
{
	static struct got g;

	ctx_open(&c, block, sizeof block);
	g = (struct got){ .p = malloc(1 << 20), .cap = 1 << 20 };
	*state = &g;
	return 0;
}

static int
end(void **state)
{
	free(((struct got *)*state)->p);
	return 0;
}

static void
a_file_comes_out_whole(void **state)
{
	struct got *g = *state;
	struct part p;

	for (size_t step = 1; step < 100; step += 7) {
		assert_int_equal(parse(TYPE, T(WHOLE), step, g, &p), 0);
		assert_true(text_eq((struct text){ g->p, g->n }, T("hello")));
		assert_int_equal(p.size, 5);
		assert_true(text_is(p.name, "file") && text_is(p.filename, "a.pdf"));
	}
	assert_int_equal(parse("multipart/form-data; boundary=\"XX\"", T(WHOLE), 9, g, &p), 0);
	assert_int_equal(parse("Multipart/Form-Data;charset=utf-8;BOUNDARY=XX", T(WHOLE), 9, g, &p),
	    0);
}

/* Binary content, long, full of what begins like a boundary, ends at each place of the window. */
static void
what_looks_like_a_boundary_is_content(void **state)
{
	static char body[70000];
	struct got *g = *state;
	struct part p;

	for (size_t extra = 0; extra < 24; extra++) {
		size_t head = strlen("--XX\r\n" DISPOSITION "\r\n"), n = 16384 * 2 - 12 + extra;

		memcpy(body, "--XX\r\n" DISPOSITION "\r\n", head);
		for (size_t i = 0; i < n; i++)
			body[head + i] = "\r\n--X\r\r\n-\0"[i % 10];
		memcpy(body + head + n, "\r\n--XX--", 8);
		assert_int_equal(parse(TYPE, (struct text){ body, head + n + 8 }, 4099, g, &p), 0);
		assert_int_equal(p.size, n);
		assert_memory_equal(g->p, body + head, n);
	}
}

static void
fields_may_stand_beside_it(void **state)
{
	struct got *g = *state;
	struct part p;

	assert_int_equal(parse(TYPE, T("--XX\r\nContent-Disposition: form-data; name=kind\r\n\r\n"
	    "invoice\r\n" WHOLE), 11, g, &p), 0);
	assert_int_equal(p.nfield, 1);
	assert_true(text_is(p.field[0].name, "kind") && text_is(p.field[0].value, "invoice"));
	assert_true(text_is(p.filename, "a.pdf"));
}

static void
malformed_bodies_are_refused(void **state)
{
	static const struct text bad[] = {
		T(""), T("--XX"), T("--XX--"), T("--XX--\r\n"), T("\r\n" WHOLE), T("preamble\r\n" WHOLE),
		T(WHOLE "x"), T(WHOLE "\r\n"), T(WHOLE WHOLE),
		T("--XX\n" DISPOSITION "\r\nhello\r\n--XX--\r\n"),
		T("--XX \r\n" DISPOSITION "\r\nhello\r\n--XX--\r\n"),
		T("--XX\r\n" DISPOSITION "\r\nhello\r\n--XX\r\n"),
		T("--XX\r\n" DISPOSITION "\r\nhello\r\n--XX-"),
		T("--XX\r\n" DISPOSITION "\r\nhello\r\n--XXX--\r\n"),
		T("--XX\r\n" DISPOSITION "\r\nhello\n--XX--\r\n"),
		T("--XX\r\n\r\nhello\r\n--XX--\r\n"),
		T("--XX\r\nContent-Disposition: form-data; filename=a\r\n\r\nx\r\n--XX--\r\n"),
		T("--XX\r\nContent-Disposition: attachment; name=f; filename=a\r\n\r\nx\r\n--XX--\r\n"),
		T("--XX\r\nContent-Disposition: form-data; name=f; name=g; filename=a\r\n\r\nx\r\n--XX--"),
		T("--XX\r\nContent-Disposition: form-data; name=f; filename=a; filename=b\r\n\r\nx\r\n--XX--"),
		T("--XX\r\nContent-Disposition: form-data; name=f; filename*=UTF-8''a\r\n\r\nx\r\n--XX--"),
		T("--XX\r\nContent-Disposition: form-data; name=\"f; filename=a\r\n\r\nx\r\n--XX--"),
		T("--XX\r\nContent-Disposition: form-data; name=f filename=a\r\n\r\nx\r\n--XX--"),
		T("--XX\r\nContent-Disposition: form-data;\r\n name=f; filename=a\r\n\r\nx\r\n--XX--"),
		T("--XX\r\nContent-Disposition: form-data; name=f; filename=\"a\0b\"\r\n\r\nx\r\n--XX--"),
		T("--XX\r\nContent-Disposition: form-data; name=f; filename=\"a\rb\"\r\n\r\nx\r\n--XX--"),
		T("--XX\r\n" DISPOSITION DISPOSITION "\r\nhello\r\n--XX--\r\n"),
		T("--XX\r\n" DISPOSITION "Content-Type: multipart/mixed; boundary=y\r\n\r\nx\r\n--XX--"),
		T("--XX\r\n" DISPOSITION "Content-Transfer-Encoding: base64\r\n\r\naGk=\r\n--XX--"),
		T("--XX\r\n" DISPOSITION "\r\nx\r\n--XX\r\nContent-Disposition: form-data; name=g; "
		    "filename=b\r\n\r\ny\r\n--XX--"),
		T("--XX\r\nContent-Disposition: form-data; name=k\r\n\r\n1\r\n--XX\r\n"
		    "Content-Disposition: form-data; name=k\r\n\r\n2\r\n" WHOLE),
		T("--XX\r\n" DISPOSITION "No colon\r\n\r\nx\r\n--XX--"),
		T("--XX\r\n" DISPOSITION "Bad name: x\r\n\r\nx\r\n--XX--"),
	};
	struct got *g = *state;
	struct part p;

	for (size_t i = 0; i < COUNT(bad); i++)
		for (size_t step = 1; step < 50; step += 48) {
			if (parse(TYPE, bad[i], step, g, &p) == 0)
				fail_msg("%zu", i);
			if (c.problem.kind != PROBLEM_SYNTAX)
				assert_int_equal(c.problem.kind, PROBLEM_INPUT);
		}
}

static void
malformed_types_are_refused(void **state)
{
	static const struct { const char *type; enum problem_kind kind; } bad[] = {
		{ "", PROBLEM_TYPE }, { "application/json", PROBLEM_TYPE },
		{ "multipart/mixed; boundary=XX", PROBLEM_TYPE },
		{ "multipart/form-data", PROBLEM_SYNTAX },
		{ "multipart/form-data;", PROBLEM_SYNTAX },
		{ "multipart/form-data; boundary=", PROBLEM_SYNTAX },
		{ "multipart/form-data; boundary=\"\"", PROBLEM_SYNTAX },
		{ "multipart/form-data; boundary=\"XX", PROBLEM_SYNTAX },
		{ "multipart/form-data; boundary=\"XX \"", PROBLEM_SYNTAX },
		{ "multipart/form-data; boundary=X\tX", PROBLEM_SYNTAX },
		{ "multipart/form-data; boundary=XX; boundary=YY", PROBLEM_SYNTAX },
	};
	struct part p;

	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_int_equal(parse(bad[i].type, T(WHOLE), 99, *state, &p), -1);
		assert_int_equal(c.problem.kind, bad[i].kind);
	}
}

static void
other_ends(void **state)
{
	struct got *g = *state;
	struct body cut = { text_sub(T(WHOLE), 0, sizeof WHOLE - 9), 7, true };
	struct multipart_source source = { give, &cut };
	struct part p;

	ctx_begin(&c);
	assert_int_equal(multipart_parse(&c, T(TYPE), &source, keep, g, &p), -1);
	assert_int_equal(c.problem.kind, PROBLEM_SYNTAX);
	g->refuse = true;
	assert_int_equal(parse(TYPE, T(WHOLE), 7, g, &p), -1);
	assert_int_equal(c.problem.kind, PROBLEM_LARGE);
	g->refuse = false;
	assert_int_equal(parse(TYPE, T("--XX\r\nContent-Disposition: form-data; name=\"file\"; "
	    "filename=\"\"\r\n\r\n\r\n--XX--\r\n"), 7, g, &p), -1);
	assert_int_equal(c.problem.kind, PROBLEM_INPUT);
}

static struct text
read_file(const char *name)
{
	static char bytes[1 << 20];
	char path[512];
	FILE *f;
	size_t n;

	(void)snprintf(path, sizeof path, "%s/hostile/%s", SAMPLES, name);
	assert_non_null(f = fopen(path, "r"));
	n = fread(bytes, 1, sizeof bytes, f);
	(void)fclose(f);
	assert_in_range(n, 1, sizeof bytes - 1);
	return (struct text){ bytes, n };
}

static const char *
member(struct json_object *o, const char *key)
{
	struct json_object *m;

	return json_object_object_get_ex(o, key, &m) ? json_object_get_string(m) : NULL;
}

static void
bodies_are_treated_as_the_manifest_says(void **state)
{
	struct json_object *m = json_object_from_file(SAMPLES "/hostile/manifest.json"), *list;
	unsigned n = 0;
	struct part p;

	assert_true(json_object_object_get_ex(m, "entries", &list));
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i);
		const char *file = member(e, "file");

		if (strncmp(file, "multipart/", 10) != 0)
			continue;
		if ((parse(member(e, "content_type"), read_file(file), 1009, *state, &p) == 0) !=
		    (strcmp(member(e, "expected"), "accept") == 0))
			fail_msg("%s: %s", file, c.problem.log);
		n++;
	}
	assert_int_equal(n, 10);
	(void)json_object_put(m);
}

/* Never more than the window, whatever the size of the file; the arena would abort. */
static void
memory_is_bounded(void **state)
{
	static _Alignas(16) unsigned char small[64 * 1024];
	struct text t = read_file("jpeg-huge-exif-gps.jpg");
	char *body = malloc(t.n + 200);
	size_t head = (size_t)sprintf(body, "--XX\r\n%s\r\n", DISPOSITION);
	struct got *g = *state;
	struct part p;

	memcpy(body + head, t.p, t.n);
	memcpy(body + head + t.n, "\r\n--XX--", 8);
	ctx_open(&c, small, sizeof small);
	assert_int_equal(parse(TYPE, (struct text){ body, head + t.n + 8 }, 3001, g, &p), 0);
	assert_int_equal(p.size, t.n);
	assert_memory_equal(g->p, t.p, t.n);
	free(body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_comes_out_whole, begin, end),
		cmocka_unit_test_setup_teardown(what_looks_like_a_boundary_is_content, begin, end),
		cmocka_unit_test_setup_teardown(fields_may_stand_beside_it, begin, end),
		cmocka_unit_test_setup_teardown(malformed_bodies_are_refused, begin, end),
		cmocka_unit_test_setup_teardown(malformed_types_are_refused, begin, end),
		cmocka_unit_test_setup_teardown(other_ends, begin, end),
		cmocka_unit_test_setup_teardown(bodies_are_treated_as_the_manifest_says, begin, end),
		cmocka_unit_test_setup_teardown(memory_is_bounded, begin, end),
	};

	return cmocka_run_group_tests_name("multipart", tests, NULL, NULL);
}
