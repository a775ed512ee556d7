/*
 * The page of an answer, filled with hostile words: they stay words.  The first line is the header
 * Accept-Language, the rest is typed for a number; or the rest is the whole model, as JSON.
 */
#include "fcgi/verify/page.h"
#include "fcgi/verify/words.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 16 * MIB;	/* of verify */

static struct page *page;

static bool
any(struct text name)
{
	(void)name;
	return true;
}

void
fuzz_start(void)
{
	MUST((page = page_load(TOP "/fcgi/verify/result.html", any)) != NULL);
}

static struct text
filled(struct ctx *c, struct json_object *w, struct text typed)
{
	struct json_object *o = json_new(c);

	json_add(o, "w", w);
	json_set_text(o, "typed", typed);
	return page_fill(c, page, o);
}

static size_t
count(struct text t, char b)
{
	size_t n = 0;

	for (size_t at; (at = text_find(t, b)) < t.n; n++)
		t = text_sub(t, at + 1, t.n);
	return n;
}

/* Its marks are as many as with a harmless word in the same place. */
static void
typed(struct ctx *c, struct json_object *w, struct text in)
{
	static const char marks[] = "<>\"'";
	struct text hostile = filled(c, w, in), harmless = filled(c, w, in.n == 0 ? in : T("x"));

	for (size_t i = 0; marks[i] != '\0'; i++)
		MUST(count(hostile, marks[i]) == count(harmless, marks[i]));
}

void
fuzz(struct ctx *c, struct text in)
{
	struct text header = fuzz_line(&in);
	enum language l = language_of(T(""), header);
	struct json_object *w, *o;

	MUST(l < LANGUAGES);
	MUST(language_of(T("hi"), header) == HINDI && language_of(T("en"), header) == ENGLISH);
	w = words_json(c, l);
	typed(c, w, text_sub(in, 0, 1024));
	(void)words_date(c, l, in);
	if (json_read(c, in, &o) == 0 && json_object_is_type(o, json_type_object)) {
		json_add(o, "w", w);
		MUST(text_starts(page_fill(c, page, o), "<!"));
	}
}
