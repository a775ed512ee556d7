#include <string.h>

#include "base/tree.h"
#include "dossier/member.h"

#define DEPTH 8
#define NAME_SHOWN 64

static const struct { const char *code, *reason; } reasons[] = {
	{ "unknown",		"This is not a member of the document." },
	{ "not-text",		"This has to be text." },
	{ "not-a-number",	"This is not a whole number." },
	{ "not-yes-or-no",	"This has to be true or false." },
	{ "not-an-object",	"This has to be an object." },
	{ "not-a-list",		"This has to be a list." },
	{ "out-of-range",	"This number is not in the allowed range." },
	{ "too-long",		"This is too long." },
	{ "too-many",		"These are too many." },
	{ "control-character",	"This holds a character that cannot be printed." },
	{ "not-a-choice",	"This is not one of the choices." },
};

static const char *
reason_of(const char *code)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (strcmp(reasons[i].code, code) == 0)
			return reasons[i].reason;
	return code;
}

/* "items[2].gross_kg": an element of a list has no name of its own. */
static struct text
path_text(struct ctx *c, const struct path *p)
{
	struct text up;

	if (p == NULL)
		return (struct text){ "", 0 };
	up = path_text(c, p->up);
	if (p->name == NULL)
		return text_fmt(c, "%.*s[%zu]", TEXT_F(up), p->index);
	return text_fmt(c, "%.*s%s%s", TEXT_F(up), up.n == 0 ? "" : ".", p->name);
}

static void
fault(struct ctx *c, const struct path *p, const char *code)
{
	if (c->problem.nfault < FAULTS_MAX)	/* do not render what nobody will see */
		(void)problem_field(c, path_text(c, p).p, code, reason_of(code));
}

/* Code points; the text is well-formed. */
static size_t
characters(struct text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += ((unsigned char)t.p[i] & 0xc0) != 0x80;
	return n;
}

/*
 * Besides C0 and C1 controls: line and paragraph separators, and the characters that reorder what
 * stands around them, with which a name could be made to read differently on the certificate.
 */
static bool
unprintable(const unsigned char *p, size_t left, bool lines)
{
	if (p[0] < 0x20)
		return !(lines && p[0] == '\n');
	if (p[0] == 0x7f)
		return true;
	if (left >= 2 && p[0] == 0xc2)
		return p[1] < 0xa0;
	if (left >= 3 && p[0] == 0xe2)
		return (p[1] == 0x80 && p[2] >= 0xa8 && p[2] <= 0xae) ||
		    (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9);
	return false;
}

static bool
printable(struct text t, bool lines)
{
	const unsigned char *p = (const unsigned char *)t.p;

	for (size_t i = 0; i < t.n; i++)
		if (unprintable(p + i, t.n - i, lines))
			return false;
	return true;
}

static bool
chosen(const char *const *choice, struct text t)
{
	for (; *choice != NULL; choice++)
		if (text_is(t, *choice))
			return true;
	return t.n == 0;
}

static struct text
take(struct ctx *c, struct json_object *o, const struct path *p, size_t max, bool lines,
    const char *const *choice)
{
	const struct text empty = { "", 0 };
	const char *wrong = NULL;
	struct text t;

	if (o == NULL)
		return empty;
	if (!json_object_is_type(o, json_type_string)) {
		fault(c, p, "not-text");
		return empty;
	}
	t = text_trim((struct text){ json_object_get_string(o),
	    (size_t)json_object_get_string_len(o) });
	if (!printable(t, lines))
		wrong = "control-character";
	else if (characters(t) > max)
		wrong = "too-long";
	else if (choice != NULL && !chosen(choice, t))
		wrong = "not-a-choice";
	if (wrong == NULL)
		return t;
	fault(c, p, wrong);
	return empty;
}

void
read_text(struct ctx *c, const struct member *m, struct json_object *o, const struct path *p,
    char *base)
{
	*(struct text *)(void *)(base + m->off) = take(c, o, p, (size_t)m->max, false, m->choice);
}

void
read_lines(struct ctx *c, const struct member *m, struct json_object *o, const struct path *p,
    char *base)
{
	*(struct text *)(void *)(base + m->off) = take(c, o, p, (size_t)m->max, true, NULL);
}

void
read_amount(struct ctx *c, const struct member *m, struct json_object *o, const struct path *p,
    char *base)
{
	*(struct amount *)(void *)(base + m->off) =
	    amount_read(take(c, o, p, (size_t)m->max, false, NULL), (unsigned)m->extra);
}

void
read_whole(struct ctx *c, const struct member *m, struct json_object *o, const struct path *p,
    char *base)
{
	int64_t n = m->absent;

	if (o != NULL && !json_object_is_type(o, json_type_int))
		fault(c, p, "not-a-number");
	else if (o != NULL && ((n = json_object_get_int64(o)) < 0 || n > m->max))
		fault(c, p, "out-of-range");
	*(int64_t *)(void *)(base + m->off) = n;
}

void
read_bool(struct ctx *c, const struct member *m, struct json_object *o, const struct path *p,
    char *base)
{
	if (o != NULL && !json_object_is_type(o, json_type_boolean))
		fault(c, p, "not-yes-or-no");
	*(bool *)(base + m->off) = json_object_is_type(o, json_type_boolean) &&
	    json_object_get_boolean(o);
}

/* How many elements to read: none of what is no list, or too long a one. */
static size_t
elements(struct ctx *c, const struct member *m, struct json_object *o, const struct path *p)
{
	if (o == NULL)
		return 0;
	if (!json_object_is_type(o, json_type_array)) {
		fault(c, p, "not-a-list");
		return 0;
	}
	if (json_object_array_length(o) > (size_t)m->max) {
		fault(c, p, "too-many");
		return 0;
	}
	return json_object_array_length(o);
}

/* Empty lines are dropped: a form sends four lines, whatever was filled in. */
void
read_texts(struct ctx *c, const struct member *m, struct json_object *o, const struct path *p,
    char *base)
{
	size_t n = elements(c, m, o, p), kept = 0;
	struct text *list = ctx_alloc(c, n * sizeof *list);

	for (size_t i = 0; i < n; i++) {
		struct path at = { p, NULL, i };

		list[kept] = take(c, json_object_array_get_idx(o, i), &at, m->extra, false,
		    m->choice);
		kept += list[kept].n > 0;
	}
	*(struct texts *)(void *)(base + m->off) = (struct texts){ list, kept };
}

static bool
has_member(const struct shape *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->member[i].name, name) == 0)
			return true;
	return false;
}

static void
refuse_unknown(struct ctx *c, const struct shape *s, struct json_object *o, const struct path *up)
{
	json_object_object_foreach(o, key, value) {
		struct path p = { up, key, 0 };

		(void)value;
		if (has_member(s, key))
			continue;
		if (strlen(key) > NAME_SHOWN)
			p.name = "...";
		fault(c, &p, "unknown");
	}
}

static void
read_members(struct ctx *c, const struct shape *s, struct json_object *o, const struct path *up,
    char *base)
{
	if (o != NULL && !json_object_is_type(o, json_type_object)) {
		fault(c, up, "not-an-object");
		o = NULL;
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct member *m = &s->member[i];
		struct path p = { up, m->name, 0 };
		struct json_object *value = NULL;

		if (o != NULL)
			(void)json_object_object_get_ex(o, m->name, &value);
		m->read(c, m, value, &p, base);
	}
	if (o != NULL)
		refuse_unknown(c, s, o, up);
}

void
read_object(struct ctx *c, const struct member *m, struct json_object *o, const struct path *p,
    char *base)
{
	read_members(c, m->of, o, p, base + m->off);
}

void
read_list(struct ctx *c, const struct member *m, struct json_object *o, const struct path *p,
    char *base)
{
	size_t n = elements(c, m, o, p);
	char *list = ctx_alloc(c, n * m->of->size);
	void *to = list;

	for (size_t i = 0; i < n; i++) {
		struct path at = { p, NULL, i };
		struct json_object *element = json_object_array_get_idx(o, i);

		if (element == NULL)
			fault(c, &at, "not-an-object");
		read_members(c, m->of, element, &at, list + i * m->of->size);
	}
	/* The row's macro made sure that a pointer stands there; all pointers to structs are alike. */
	memcpy(base + m->off, &to, sizeof to);
	memcpy(base + m->extra, &n, sizeof n);
}

int
document_read(struct ctx *c, struct text t, size_t limit, struct json_object **out)
{
	if (t.n > limit)
		return problem_say(c, PROBLEM_LARGE, "The document is too large.");
	if (!tree_read(c, t, DEPTH, out) || !json_object_is_type(*out, json_type_object))
		return problem_say(c, PROBLEM_SYNTAX, "The document is not a JSON object.");
	return 0;
}

int
shape_read(struct ctx *c, const struct shape *s, struct text json, size_t limit, void *out)
{
	struct json_object *o;

	if (document_read(c, json, limit, &o) != 0)
		return -1;
	read_members(c, s, o, NULL, out);
	return c->problem.kind == PROBLEM_NONE ? 0 : -1;
}
