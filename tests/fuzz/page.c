/*
 * The page of an answer, filled with hostile words: they stay words.  The first line is the header
 * Accept-Language, the rest is typed for a number; or the rest is the whole model, as JSON.
 */
#include "fcgi/verify/page.h"
#include "fcgi/verify/words.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 16 * MIB;	/* of verify */

static const char marks[4] = "<>\"'";
static struct page *page;
static size_t known[LANGUAGES][2][COUNT(marks)];

static bool
any(struct text name)
{
	(void)name;
	return true;
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

/* How many marks a page has with no word, and with a harmless one, in each language. */
static void
know(struct ctx *c, enum language l)
{
	struct json_object *w = words_json(c, l);

	for (size_t word = 0; word < 2; word++) {
		struct text t = filled(c, w, word == 0 ? T("") : T("x"));

		for (size_t i = 0; i < COUNT(marks); i++)
			known[l][word][i] = count(t, marks[i]);
	}
}

void
fuzz_start(void)
{
	static unsigned char block[MIB];
	struct ctx c;

	MUST((page = page_load(TOP "/fcgi/verify/result.html", any)) != NULL);
	ctx_open(&c, block, sizeof block);
	for (enum language l = 0; l < LANGUAGES; l++)
		know(&c, l);
	ctx_rewind(&c, (struct mark){ 0, NULL });
}

static void
typed(struct ctx *c, enum language l, struct json_object *w, struct text in)
{
	struct text t = filled(c, w, in);

	for (size_t i = 0; i < COUNT(marks); i++)
		MUST(count(t, marks[i]) == known[l][in.n > 0][i]);
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
	typed(c, l, w, text_sub(in, 0, 1024));
	(void)words_date(c, l, in);
	if (json_read(c, in, &o) == 0 && json_object_is_type(o, json_type_object)) {
		json_add(o, "w", w);
		MUST(text_starts(page_fill(c, page, o), "<!"));
	}
}
