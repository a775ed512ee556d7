#include <math.h>
#include <string.h>

#include "web/json.h"

#define DEPTH 16
#define CONTAINERS 2048		/* an empty object of three bytes takes a kilobyte as a tree */

static void
release(void *o)
{
	(void)json_object_put(o);
}

static struct json_object *
owned(struct ctx *c, struct json_object *o)
{
	ctx_defer(c, release, o);
	return o;
}

/* What is too large for a double becomes Infinity, which the database refuses later. */
static bool
is_finite(struct json_object *o)
{
	if (json_object_is_type(o, json_type_double))
		return isfinite(json_object_get_double(o)) != 0;
	if (json_object_is_type(o, json_type_array))
		for (size_t i = 0; i < json_object_array_length(o); i++)
			if (!is_finite(json_object_array_get_idx(o, i)))
				return false;
	if (json_object_is_type(o, json_type_object)) {
		json_object_object_foreach(o, key, value) {
			(void)key;
			if (!is_finite(value))
				return false;
		}
	}
	return true;
}

static size_t
digits(struct text t, size_t at)
{
	size_t n = 0;

	while (at + n < t.n && t.p[at + n] >= '0' && t.p[at + n] <= '9')
		n++;
	return n;
}

/* The length of a number at the beginning, by RFC 8259 6; 0 if there is none. */
static size_t
number(struct text t)
{
	size_t i = t.p[0] == '-', n = digits(t, i);

	if (n == 0 || (n > 1 && t.p[i] == '0'))
		return 0;
	i += n;
	if (i < t.n && t.p[i] == '.') {
		if ((n = digits(t, ++i)) == 0)
			return 0;
		i += n;
	}
	if (i < t.n && (t.p[i] == 'e' || t.p[i] == 'E')) {
		i += i + 1 < t.n && (t.p[i + 1] == '+' || t.p[i + 1] == '-') ? 2 : 1;
		if ((n = digits(t, i)) == 0)
			return 0;
		i += n;
	}
	return i;
}

/*
 * What the tokener lets pass: single quotes, control characters inside strings, names that it cuts
 * at a NUL, NaN and Infinity, numbers like 01, 1. and -.5, which it also writes so; and trees many
 * times as large as their text.
 */
static bool
is_plain(struct text t)
{
	bool inside = false, nul = false;
	size_t containers = 0, n;

	for (size_t i = 0; i < t.n; i++) {
		char b = t.p[i];

		if (inside && b == '\\') {
			nul = nul || text_starts(text_sub(t, i, t.n), "\\u0000");
			i++;
		} else if (b == '"') {
			inside = !inside;
			nul = nul && !inside;
		} else if (!inside && (b == '-' || (b >= '0' && b <= '9'))) {
			if ((n = number(text_sub(t, i, t.n))) == 0)
				return false;
			i += n - 1;
		} else if (inside ? (unsigned char)b < 0x20 : b == '\'' || b == 'N' || b == 'I' || (b == ':' && nul) ||
		    ((b == '{' || b == '[') && ++containers > CONTAINERS))
			return false;
	}
	return true;
}

int
json_read(struct ctx *c, struct text t, struct json_object **out)
{
	struct json_tokener *tok;
	bool whole;

	*out = NULL;
	if (!text_utf8(t) || !is_plain(t))	/* the tokener lets surrogates pass */
		return problem_say(c, PROBLEM_SYNTAX, "The body is not JSON.");
	tok = json_tokener_new_ex(DEPTH);
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT);
	*out = t.n > INT32_MAX - 1 ? NULL : json_tokener_parse_ex(tok, text_c(c, t), (int)t.n + 1);
	/* At a NUL the tokener ends, and is content with what it has read. */
	whole = json_tokener_get_error(tok) == json_tokener_success && text_find(t, '\0') == t.n;
	json_tokener_free(tok);
	if (*out != NULL)
		(void)owned(c, *out);
	if (!whole || !is_finite(*out))
		return problem_say(c, PROBLEM_SYNTAX, "The body is not JSON.");
	return 0;
}

struct json_object *
json_new(struct ctx *c)
{
	return owned(c, json_object_new_object());
}

struct json_object *
json_list(struct ctx *c)
{
	return owned(c, json_object_new_array());
}

void
json_set_text(struct json_object *o, const char *key, struct text t)
{
	(void)json_object_object_add(o, key,
	    t.p == NULL ? NULL : json_object_new_string_len(t.p, (int)t.n));
}

void
json_set_int(struct json_object *o, const char *key, int64_t i)
{
	(void)json_object_object_add(o, key, json_object_new_int64(i));
}

void
json_set_bool(struct json_object *o, const char *key, bool b)
{
	(void)json_object_object_add(o, key, json_object_new_boolean(b));
}

void
json_set_null(struct json_object *o, const char *key)
{
	(void)json_object_object_add(o, key, NULL);
}

/* The tree keeps a reference of its own, the ctx the first one. */
void
json_add(struct json_object *o, const char *key, struct json_object *value)
{
	(void)json_object_object_add(o, key, json_object_get(value));
}

void
json_push(struct json_object *list, struct json_object *value)
{
	(void)json_object_array_add(list, json_object_get(value));
}

void
json_embed(struct ctx *c, struct json_object *o, const char *key, struct text t)
{
	struct json_object *value = t.n == 0 ? NULL : json_tokener_parse(text_c(c, t));

	(void)json_object_object_add(o, key, value);
}

struct text
json_write(struct ctx *c, struct json_object *o)
{
	size_t n;
	const char *s = json_object_to_json_string_length(o,
	    JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &n);

	return text_copy(c, (struct text){ s, n });
}

struct text
json_member(struct json_object *o, const char *key)
{
	struct json_object *m;

	if (!json_object_object_get_ex(o, key, &m) || !json_object_is_type(m, json_type_string))
		return (struct text){ "", 0 };
	return (struct text){ json_object_get_string(m), (size_t)json_object_get_string_len(m) };
}

static struct json_object *
fault_json(struct ctx *c, const struct fault *f)
{
	struct json_object *o = json_new(c);

	json_set_text(o, "field", text_of(f->field));
	json_set_text(o, "code", text_of(f->code));
	json_set_text(o, "reason", text_of(f->reason));
	if (f->a != NULL)
		json_set_text(o, "a", text_of(f->a));
	if (f->b != NULL)
		json_set_text(o, "b", text_of(f->b));
	return o;
}

struct text
json_problem(struct ctx *c)
{
	const struct problem *p = &c->problem;
	const struct problem_row *row = &problem_rows[p->kind];
	struct json_object *o = json_new(c), *list = json_list(c);

	json_set_text(o, "type", text_fmt(c, "/problems/%s", row->slug));
	json_set_text(o, "title", text_of(row->title));
	json_set_int(o, "status", row->status);
	json_set_text(o, "instance", text_fmt(c, "urn:request:%s", c->id));
	if (p->detail != NULL)
		json_set_text(o, "detail", text_of(p->detail));
	for (size_t i = 0; i < p->nfault; i++)
		json_push(list, fault_json(c, &p->fault[i]));
	if (p->nfault > 0)
		json_add(o, "errors", list);
	return json_write(c, o);
}
