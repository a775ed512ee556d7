#include <string.h>

#include "web/param.h"

static const struct { const char *code, *reason; } reasons[] = {
	{ "missing",		"This is needed." },
	{ "unknown",		"This is not a field of this form." },
	{ "repeated",		"This was given more than once." },
	{ "not-a-number",	"This is not a whole number." },
	{ "out-of-range",	"This number is not in the allowed range." },
	{ "not-text",		"This has to be text." },
	{ "not-yes-or-no",	"This has to be true or false." },
	{ "not-an-object",	"This has to be an object." },
	{ "not-a-list",		"This has to be a list of words." },
	{ "too-short",		"This is too short." },
	{ "too-long",		"This is too long." },
	{ "control-character",	"This holds a character that cannot be printed." },
	{ "not-utf8",		"This is not readable text (UTF-8)." },
	{ "not-a-choice",	"This is not one of the choices." },
};

const char *
param_reason(const char *code)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (strcmp(reasons[i].code, code) == 0)
			return reasons[i].reason;
	return code;
}

const char *
check_int(struct ctx *c, const struct param *p, struct value v, void *to)
{
	int64_t x;

	(void)c;
	if (v.json && json_object_is_type(v.o, json_type_int))
		x = json_object_get_int64(v.o);
	else if (v.json || !text_int(v.t, &x))
		return "not-a-number";
	if (x < p->min || x > p->max)
		return "out-of-range";
	*(int64_t *)to = x;
	return NULL;
}

const char *
check_bool(struct ctx *c, const struct param *p, struct value v, void *to)
{
	(void)c;
	(void)p;
	if (!v.json || !json_object_is_type(v.o, json_type_boolean))
		return "not-yes-or-no";
	*(bool *)to = json_object_get_boolean(v.o);
	return NULL;
}

static bool
has_control(struct text t, bool lines)
{
	for (size_t i = 0; i < t.n; i++) {
		unsigned char b = (unsigned char)t.p[i];

		if ((b < 0x20 && !(lines && b == '\n')) || b == 0x7f)
			return true;
	}
	return false;
}

static const char *
take(const struct param *p, struct value v, bool trim, bool lines, struct text *to)
{
	struct text t = v.t;

	if (v.json && !json_object_is_type(v.o, json_type_string))
		return "not-text";
	if (v.json)
		t = (struct text){ json_object_get_string(v.o),
		    (size_t)json_object_get_string_len(v.o) };
	if (trim)
		t = text_trim(t);
	if (t.n < (size_t)p->min)
		return t.n == 0 ? "missing" : "too-short";
	if (t.n > (size_t)p->max)
		return "too-long";
	if (has_control(t, lines))
		return "control-character";
	if (!text_utf8(t))
		return "not-utf8";
	*to = t;
	return NULL;
}

const char *
check_text(struct ctx *c, const struct param *p, struct value v, void *to)
{
	(void)c;
	return take(p, v, true, false, to);
}

const char *
check_lines(struct ctx *c, const struct param *p, struct value v, void *to)
{
	(void)c;
	return take(p, v, true, true, to);
}

const char *
check_secret(struct ctx *c, const struct param *p, struct value v, void *to)
{
	(void)c;
	return take(p, v, false, false, to);
}

const char *
check_choice(struct ctx *c, const struct param *p, struct value v, void *to)
{
	struct text t;
	const char *why = take(p, v, true, false, &t);

	(void)c;
	if (why != NULL)
		return why;
	for (size_t i = 0; p->choice[i] != NULL; i++)
		if (text_is(t, p->choice[i])) {
			*(struct text *)to = t;
			return NULL;
		}
	return "not-a-choice";
}

const char *
check_document(struct ctx *c, const struct param *p, struct value v, void *to)
{
	struct text t;

	if (!v.json || !json_object_is_type(v.o, json_type_object))
		return "not-an-object";
	t = json_write(c, v.o);
	if (t.n > (size_t)p->max)
		return "too-long";
	*(struct text *)to = t;
	return NULL;
}

const char *
check_words(struct ctx *c, const struct param *p, struct value v, void *to)
{
	if (!v.json || !json_object_is_type(v.o, json_type_array))
		return "not-a-list";
	for (size_t i = 0; i < json_object_array_length(v.o); i++)
		if (!json_object_is_type(json_object_array_get_idx(v.o, i), json_type_string))
			return "not-a-list";
	*(struct text *)to = json_write(c, v.o);
	return ((struct text *)to)->n > (size_t)p->max ? "too-long" : NULL;
}

static int
fault(struct ctx *c, const char *name, const char *code)
{
	return problem_field(c, name, code, param_reason(code));
}

/* The first value for ${p} among the pairs; ${seen} counts them all. */
static struct value
find_pair(const struct param *p, const struct pair *in, size_t n, size_t *seen)
{
	struct value v = { .json = false };

	*seen = 0;
	for (size_t i = 0; i < n; i++)
		if (text_is(in[i].name, p->name) && (*seen)++ == 0)
			v.t = in[i].value;
	return v;
}

static struct value
find(const struct param *p, const struct given *in, size_t *seen)
{
	struct value v = { .json = true };

	if (p->from == FROM_PATH)
		return find_pair(p, in->path, in->npath, seen);
	if (p->from == FROM_QUERY)
		return find_pair(p, in->query, in->nquery, seen);
	*seen = in->body != NULL && json_object_object_get_ex(in->body, p->name, &v.o) &&
	    v.o != NULL;
	return v;
}

static int
bind_one(struct ctx *c, const struct param *p, const struct given *in, char *out)
{
	size_t seen;
	struct value v = find(p, in, &seen);
	const char *code = NULL;

	if (seen > 1)
		code = "repeated";
	else if (seen == 1)
		code = p->check(c, p, v, out + p->off);
	else if (p->required)
		code = "missing";
	return code == NULL ? 0 : fault(c, p->name, code);
}

static bool
known(const struct form *f, const char *name, enum param_from from)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->param[i].from == from && strcmp(f->param[i].name, name) == 0)
			return true;
	return false;
}

static int
refuse_unknown(struct ctx *c, const struct form *f, const struct given *in)
{
	int rc = 0;

	for (size_t i = 0; i < in->nquery; i++)
		if (!known(f, text_c(c, in->query[i].name), FROM_QUERY))
			rc = fault(c, text_c(c, text_sub(in->query[i].name, 0, 64)), "unknown");
	if (in->body != NULL) {
		json_object_object_foreach(in->body, key, value) {
			(void)value;
			if (!known(f, key, FROM_BODY))
				rc = fault(c, text_c(c, text_sub(text_of(key), 0, 64)), "unknown");
		}
	}
	return rc;
}

int
param_bind(struct ctx *c, const struct form *f, const struct given *in, void *out)
{
	int rc = 0;

	for (size_t i = 0; i < f->n; i++)
		if (bind_one(c, &f->param[i], in, out) != 0)
			rc = -1;
	return refuse_unknown(c, f, in) != 0 ? -1 : rc;
}

static int
hex_digit(char b)
{
	if (b >= '0' && b <= '9')
		return b - '0';
	b |= 0x20;
	return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
}

static int
decode(struct ctx *c, struct text t, struct text *out)
{
	char *p = ctx_alloc(c, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		int high, low;

		if (t.p[i] != '%') {
			p[n++] = t.p[i] == '+' ? ' ' : t.p[i];
			continue;
		}
		if (t.n - i < 3 || (high = hex_digit(t.p[i + 1])) < 0 ||
		    (low = hex_digit(t.p[i + 2])) < 0)
			return problem_say(c, PROBLEM_SYNTAX, "The query has a broken escape.");
		p[n++] = (char)(high << 4 | low);
		i += 2;
	}
	*out = (struct text){ p, n };
	return 0;
}

int
query_read(struct ctx *c, struct text query, struct pair *out, size_t cap, size_t *n)
{
	struct cursor in = cursor_of(query);

	for (*n = 0; !at_end(&in); (*n)++) {
		struct text word = take_word(&in, '&');
		size_t eq = text_find(word, '=');

		if (*n == cap)
			return problem_say(c, PROBLEM_SYNTAX, "The query has too many parts.");
		if (decode(c, text_sub(word, 0, eq), &out[*n].name) != 0 ||
		    decode(c, text_sub(word, eq + 1, word.n), &out[*n].value) != 0)
			return -1;
	}
	return 0;
}
