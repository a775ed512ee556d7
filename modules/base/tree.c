/* Reading JSON. */
#include <math.h>

#include "base/tree.h"

#define CONTAINERS 2048		/* an empty object of three bytes takes a kilobyte as a tree */

static void
release(void *o)
{
	(void)json_object_put(o);
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

/* Whether a byte may stand outside of texts; after "nul", a text with a NUL, no colon may. */
static bool
stands(char b, bool nul, size_t *containers)
{
	if (b == '{' || b == '[')
		return ++*containers <= CONTAINERS;
	return b != '\'' && b != 'N' && b != 'I' && !(b == ':' && nul);
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
		} else if (inside ? (unsigned char)b < 0x20 : !stands(b, nul, &containers))
			return false;
	}
	return true;
}

bool
tree_read(struct ctx *c, struct text t, int depth, struct json_object **out)
{
	struct json_tokener *tok;
	bool whole;

	*out = NULL;
	/* The tokener lets surrogates and long forms pass; at a NUL it ends, and is content. */
	if (t.n > INT32_MAX - 1 || !text_utf8(t) || text_find(t, '\0') < t.n || !is_plain(t) ||
	    (tok = json_tokener_new_ex(depth)) == NULL)
		return false;
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT);
	*out = json_tokener_parse_ex(tok, text_c(c, t), (int)t.n + 1);
	whole = json_tokener_get_error(tok) == json_tokener_success;
	json_tokener_free(tok);
	if (*out != NULL)
		ctx_defer(c, release, *out);
	return whole && is_finite(*out);
}
