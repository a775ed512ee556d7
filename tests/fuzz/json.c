/*
 * JSON: what is read is JSON by a reader of the test's own (RFC 8259), and what is written of it is
 * read as the same.
 */
#include "tests/fuzz/fuzz.h"
#include "web/json.h"

const size_t fuzz_memory = 16 * MIB;

void
fuzz_start(void)
{
}

/* ---- the grammar ---- */

static bool value(struct cursor *k);

static int
peek(const struct cursor *k)
{
	return k->bad || k->left == 0 ? -1 : *k->p;
}

static bool
skip(struct cursor *k, const char *any)
{
	if (peek(k) <= 0 || strchr(any, peek(k)) == NULL)
		return false;
	(void)take_u8(k);
	return true;
}

static void
blanks(struct cursor *k)
{
	while (skip(k, " \t\r\n"))
		continue;
}

static bool
digits(struct cursor *k)
{
	if (!skip(k, "0123456789"))
		return false;
	while (skip(k, "0123456789"))
		continue;
	return true;
}

static bool
number(struct cursor *k)
{
	(void)skip(k, "-");
	if (!skip(k, "0") && !digits(k))
		return false;
	if (skip(k, ".") && !digits(k))
		return false;
	if (!skip(k, "eE"))
		return true;
	(void)skip(k, "+-");
	return digits(k);
}

static bool
string(struct cursor *k)
{
	if (!skip(k, "\""))
		return false;
	while (peek(k) >= 0x20 && peek(k) != '"') {
		if (!skip(k, "\\"))
			(void)take_u8(k);
		else if (skip(k, "u")) {
			for (int i = 0; i < 4; i++)
				if (!skip(k, "0123456789abcdefABCDEF"))
					return false;
		} else if (!skip(k, "\"\\/bfnrt"))
			return false;
	}
	return skip(k, "\"");
}

static bool
list(struct cursor *k, const char *end, bool named)
{
	blanks(k);
	if (skip(k, end))
		return true;
	do {
		blanks(k);
		if (named && (!string(k) || (blanks(k), !skip(k, ":"))))
			return false;
		if (!value(k))
			return false;
	} while (skip(k, ","));
	return skip(k, end);
}

static bool
word(struct cursor *k, const char *w)
{
	return text_is(take_bytes(k, strlen(w)), w);
}

static bool
value(struct cursor *k)
{
	bool good;

	blanks(k);
	good = skip(k, "{") ? list(k, "}", true) : skip(k, "[") ? list(k, "]", false) :
	    peek(k) == '"' ? string(k) : peek(k) == 't' ? word(k, "true") :
	    peek(k) == 'f' ? word(k, "false") : peek(k) == 'n' ? word(k, "null") : number(k);
	blanks(k);
	return good;
}

static bool
is_json(struct text t)
{
	struct cursor k = cursor_of(t);

	return text_utf8(t) && value(&k) && at_end(&k);
}

void
fuzz(struct ctx *c, struct text in)
{
	struct json_object *o, *p;
	struct text once, twice;

	if (json_read(c, in, &o) != 0) {
		MUST(c->problem.kind == PROBLEM_SYNTAX);
		return;
	}
	MUST(is_json(in));
	once = json_write(c, o);
	MUST(is_json(once));
	MUST(json_read(c, once, &p) == 0);
	twice = json_write(c, p);
	MUST(text_eq(once, twice) && json_object_equal(o, p));
}
