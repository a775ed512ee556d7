#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dossier/dossier.h"

#define EXACT (INT64_C(1) << 53)	/* whole numbers below it survive as IEEE doubles */

/* Written twice: once to count the bytes, with p == NULL, once to write them. */
struct writer { struct ctx *c; char *p; size_t n; };

static int value(struct writer *, struct json_object *);

static void
put(struct writer *w, const char *bytes, size_t n)
{
	if (w->p != NULL)
		memcpy(w->p + w->n, bytes, n);
	w->n += n;
}

static void
puts_(struct writer *w, const char *s)
{
	put(w, s, strlen(s));
}

/* RFC 8785 3.2.2.2: the five short escapes, \u00xx for the other controls, all else as it is. */
static void
string(struct writer *w, const char *s, size_t n)
{
	static const char from[] = "\b\t\n\f\r\"\\", to[] = "btnfr\"\\";

	put(w, "\"", 1);
	for (size_t i = 0; i < n; i++) {
		const char *at = s[i] == '\0' ? NULL : strchr(from, s[i]);
		char escape[8];

		if (at != NULL) {
			escape[0] = '\\';
			escape[1] = to[at - from];
			put(w, escape, 2);
		} else if ((unsigned char)s[i] < 0x20) {
			(void)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)s[i]);
			put(w, escape, 6);
		} else
			put(w, &s[i], 1);
	}
	put(w, "\"", 1);
}

/*
 * Keys are sorted by UTF-16 code units (3.2.3), which is the order of the UTF-8 bytes but for one
 * thing: a character beyond U+FFFF (f0 and above) is a pair of surrogates there, which come after
 * U+D7FF (ed) and before U+E000 (ee).
 */
static int
rank(unsigned char lead)
{
	return lead >= 0xf0 ? 0xed * 2 + 1 : lead * 2;
}

static int
by_utf16(const void *va, const void *vb)
{
	const unsigned char *a = *(const unsigned char *const *)va;
	const unsigned char *b = *(const unsigned char *const *)vb;

	while (*a == *b && *a != '\0')
		a++, b++;
	if (rank(*a) != rank(*b))
		return rank(*a) < rank(*b) ? -1 : 1;
	return (*a > *b) - (*a < *b);
}

static int
object(struct writer *w, struct json_object *o)
{
	size_t n = (size_t)json_object_object_length(o), i = 0;
	const char **keys = ctx_alloc(w->c, (n + 1) * sizeof *keys);
	struct json_object *member;

	json_object_object_foreach(o, key, unused) {
		(void)unused;
		keys[i++] = key;
	}
	qsort(keys, n, sizeof *keys, by_utf16);
	put(w, "{", 1);
	for (i = 0; i < n; i++) {
		if (i > 0)
			put(w, ",", 1);
		string(w, keys[i], strlen(keys[i]));
		put(w, ":", 1);
		(void)json_object_object_get_ex(o, keys[i], &member);
		if (value(w, member) != 0)
			return -1;
	}
	put(w, "}", 1);
	return 0;
}

static int
array(struct writer *w, struct json_object *o)
{
	put(w, "[", 1);
	for (size_t i = 0; i < json_object_array_length(o); i++) {
		if (i > 0)
			put(w, ",", 1);
		if (value(w, json_object_array_get_idx(o, i)) != 0)
			return -1;
	}
	put(w, "]", 1);
	return 0;
}

static int
number(struct writer *w, struct json_object *o)
{
	int64_t n = json_object_get_int64(o);
	char digits[24];

	if (n <= -EXACT || n >= EXACT)
		return problem_set(w->c, PROBLEM_INPUT, "canonical: %" PRId64 " is not exact", n);
	(void)snprintf(digits, sizeof digits, "%" PRId64, n);
	puts_(w, digits);
	return 0;
}

static int
value(struct writer *w, struct json_object *o)
{
	switch (json_object_get_type(o)) {
	case json_type_null:
		puts_(w, "null");
		return 0;
	case json_type_boolean:
		puts_(w, json_object_get_boolean(o) ? "true" : "false");
		return 0;
	case json_type_string:
		string(w, json_object_get_string(o), (size_t)json_object_get_string_len(o));
		return 0;
	case json_type_int:
		return number(w, o);
	case json_type_array:
		return array(w, o);
	case json_type_object:
		return object(w, o);
	case json_type_double:
		break;
	}
	return problem_set(w->c, PROBLEM_INPUT, "canonical: a number that is not whole");
}

int
dossier_canonical(struct ctx *c, struct json_object *o, struct text *out)
{
	struct writer w = { .c = c };

	if (value(&w, o) != 0)
		return -1;
	w.p = ctx_alloc(c, w.n + 1);
	w.n = 0;
	if (value(&w, o) != 0)
		return -1;
	*out = (struct text){ w.p, w.n };
	return 0;
}
