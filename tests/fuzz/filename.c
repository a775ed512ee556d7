/* The name of an upload: cleaned once is clean, and its header is one line of ASCII. */
#include "tests/fuzz/fuzz.h"
#include "web/filename.h"

const size_t fuzz_memory = 1 * MIB;

void
fuzz_start(void)
{
}

static void
clean(struct text t)
{
	MUST(t.n > 0 && t.n <= FILENAME_MAX_BYTES && text_utf8(t));
	for (size_t i = 0; i < t.n; i++)
		MUST((unsigned char)t.p[i] >= ' ' && t.p[i] != 0x7f && strchr("<>:\"|?*/\\", t.p[i]) == NULL);
	MUST(t.p[0] != '.' && t.p[0] != ' ' && t.p[t.n - 1] != '.' && t.p[t.n - 1] != ' ');
}

static void
one_line(struct text t)
{
	size_t quotes = 0;

	MUST(text_starts(t, "attachment; filename=\""));
	for (size_t i = 0; i < t.n; i++) {
		MUST(t.p[i] >= ' ' && t.p[i] <= '~' && t.p[i] != '\\');
		quotes += t.p[i] == '"';
	}
	MUST(quotes == 2);
}

void
fuzz(struct ctx *c, struct text in)
{
	struct text t = filename_clean(c, in);

	clean(t);
	MUST(text_eq(filename_clean(c, t), t));
	one_line(filename_header(c, in));
	if (filename_check(c, in) != 0)
		MUST(c->problem.kind == PROBLEM_FILE && c->problem.detail != NULL);
}
