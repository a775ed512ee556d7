#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/verify/page.h"

#define NODES_MAX	1024
#define DEPTH_MAX	16
#define TEMPLATE_MAX	(256 * KIB)

enum kind { PLAIN, VALUE, IF, ELSE, EACH, END };

/* An IF knows its ELSE or END, an ELSE and an EACH their END: one goes on behind it. */
struct node { enum kind kind; struct text t; size_t jump; };
struct page { struct node node[NODES_MAX]; size_t n; char *source; };

struct reader {
	struct page *page;
	size_t open[DEPTH_MAX], depth;
	bool (*known)(struct text);
	const char *why;
	struct text at;			/* what the reason is about */
};

static bool
wrong(struct reader *r, struct text at, const char *why)
{
	r->at = at;
	r->why = why;
	return false;
}

static bool
add(struct reader *r, enum kind kind, struct text t)
{
	if (r->page->n == NODES_MAX)
		return wrong(r, t, "the template is too long");
	r->page->node[r->page->n++] = (struct node){ kind, t, 0 };
	return true;
}

static bool
add_named(struct reader *r, enum kind kind, struct text name)
{
	return (r->known(name) || wrong(r, name, "no such name")) && add(r, kind, name);
}

static bool
begin(struct reader *r, enum kind kind, struct text name)
{
	if (r->depth == DEPTH_MAX)
		return wrong(r, name, "too many parts inside each other");
	r->open[r->depth++] = r->page->n;
	return add_named(r, kind, name);
}

/* The innermost open part, if it is of one of two kinds. */
static struct node *
innermost(struct reader *r, enum kind a, enum kind b)
{
	struct node *n = r->depth == 0 ? NULL : &r->page->node[r->open[r->depth - 1]];

	return n != NULL && (n->kind == a || n->kind == b) ? n : NULL;
}

static bool
otherwise(struct reader *r, struct text word)
{
	struct node *n = innermost(r, IF, IF);

	if (n == NULL)
		return wrong(r, word, "there is no {{#if}} before it");
	n->jump = r->page->n;
	r->open[r->depth - 1] = r->page->n;
	return add(r, ELSE, word);
}

static bool
end(struct reader *r, struct text word, enum kind a, enum kind b)
{
	struct node *n = innermost(r, a, b);

	if (n == NULL)
		return wrong(r, word, "it closes nothing");
	n->jump = r->page->n;
	r->depth--;
	return add(r, END, word);
}

static bool
read_word(struct reader *r, struct text w)
{
	if (text_starts(w, "#if "))
		return begin(r, IF, text_trim(text_sub(w, 4, w.n)));
	if (text_starts(w, "#each "))
		return begin(r, EACH, text_trim(text_sub(w, 6, w.n)));
	if (text_is(w, "else"))
		return otherwise(r, w);
	if (text_is(w, "/if"))
		return end(r, w, IF, ELSE);
	if (text_is(w, "/each"))
		return end(r, w, EACH, EACH);
	return add_named(r, VALUE, w);
}

static size_t
find(struct text t, const char *what)
{
	const char *at = t.n == 0 ? NULL : memmem(t.p, t.n, what, strlen(what));

	return at == NULL ? t.n : (size_t)(at - t.p);
}

static bool
read_all(struct reader *r, struct text t)
{
	while (t.n > 0) {
		size_t open = find(t, "{{"), close;

		if (open > 0 && !add(r, PLAIN, text_sub(t, 0, open)))
			return false;
		t = text_sub(t, open, t.n);
		if (t.n == 0)
			break;
		close = find(t, "}}");
		if (close == t.n)
			return wrong(r, text_sub(t, 0, 20), "it has no }}");
		if (!read_word(r, text_trim(text_sub(t, 2, close - 2))))
			return false;
		t = text_sub(t, close + 2, t.n);
	}
	return r->depth == 0 || wrong(r, r->page->node[r->open[r->depth - 1]].t, "it is not closed");
}

static char *
slurp(const char *path, size_t *n)
{
	FILE *f = fopen(path, "re");
	char *p = f == NULL ? NULL : malloc(TEMPLATE_MAX);

	*n = p == NULL ? 0 : fread(p, 1, TEMPLATE_MAX, f);
	if (f != NULL)
		(void)fclose(f);
	if (*n > 0 && *n < TEMPLATE_MAX)
		return p;
	free(p);
	return NULL;
}

void
page_free(struct page *p)
{
	if (p == NULL)
		return;
	free(p->source);
	free(p);
}

struct page *
page_load(const char *path, bool (*known)(struct text))
{
	struct reader r = { .page = calloc(1, sizeof *r.page), .known = known };
	struct text t = { NULL, 0 };

	if (r.page != NULL)
		t.p = r.page->source = slurp(path, &t.n);
	if (t.p == NULL) {
		(void)fprintf(stderr, "%s: cannot be read, or is no template\n", path);
		page_free(r.page);
		return NULL;
	}
	if (text_starts(t, "<!--")) {
		t = text_sub(t, find(t, "-->") + 3, t.n);
		t = text_sub(t, t.n > 0 && t.p[0] == '\n', t.n);
	}
	if (read_all(&r, t))
		return r.page;
	(void)fprintf(stderr, "%s: \"%.*s\": %s\n", path, TEXT_F(r.at), r.why);
	page_free(r.page);
	return NULL;
}

/* Where the text goes; with p NULL it is only measured. */
struct out { char *p; size_t n; };

static void
put(struct out *o, struct text t)
{
	if (o->p != NULL && t.n > 0)
		(void)memcpy(o->p + o->n, t.p, t.n);
	o->n += t.n;
}

static void
put_escaped(struct out *o, struct text t)
{
	static const struct { char byte; const char *entity; } rows[] = {
		{ '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" },
		{ '\'', "&#39;" },
	};

	for (size_t i = 0; i < t.n; i++) {
		struct text piece = text_sub(t, i, 1);

		for (size_t r = 0; r < COUNT(rows); r++)
			if (rows[r].byte == t.p[i])
				piece = text_of(rows[r].entity);
		put(o, piece);
	}
}

/* ${name} begins with a dot: of the row; otherwise of the model, part by part. */
static struct json_object *
look_up(struct json_object *model, struct json_object *row, struct text name)
{
	struct json_object *o = model;
	struct cursor k;
	char key[64];

	if (text_starts(name, ".")) {
		o = row;
		name = text_sub(name, 1, name.n);
	}
	for (k = cursor_of(name); o != NULL && !at_end(&k);) {
		struct text part = take_word(&k, '.');

		(void)snprintf(key, sizeof key, "%.*s", TEXT_F(part));
		if (!json_object_is_type(o, json_type_object) ||
		    !json_object_object_get_ex(o, key, &o))
			return NULL;
	}
	return o;
}

static struct text
text_value(struct json_object *o)
{
	if (!json_object_is_type(o, json_type_string))
		return (struct text){ "", 0 };
	return (struct text){ json_object_get_string(o), (size_t)json_object_get_string_len(o) };
}

static bool
holds(struct json_object *o)
{
	if (json_object_is_type(o, json_type_array))
		return json_object_array_length(o) > 0;
	if (json_object_is_type(o, json_type_boolean))
		return json_object_get_boolean(o);
	return json_object_is_type(o, json_type_object) || text_value(o).n > 0;
}

static void fill(const struct page *, size_t, size_t, struct json_object *, struct json_object *,
    struct out *);

static void
fill_each(const struct page *p, size_t at, struct json_object *model, struct json_object *list,
    struct out *o)
{
	size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

	for (size_t i = 0; i < n; i++)
		fill(p, at + 1, p->node[at].jump, model, json_object_array_get_idx(list, i), o);
}

/* Nodes from..to; parts inside each other were counted when the template was read. */
static void
fill(const struct page *p, size_t from, size_t to, struct json_object *model,
    struct json_object *row, struct out *o)
{
	for (size_t i = from; i < to; i++) {
		const struct node *n = &p->node[i];

		if (n->kind == PLAIN)
			put(o, n->t);
		else if (n->kind == VALUE)
			put_escaped(o, text_value(look_up(model, row, n->t)));
		else if (n->kind == EACH) {
			fill_each(p, i, model, look_up(model, row, n->t), o);
			i = n->jump;
		} else if (n->kind == ELSE)
			i = n->jump;
		else if (n->kind == IF && !holds(look_up(model, row, n->t)))
			i = n->jump;
	}
}

struct text
page_fill(struct ctx *c, const struct page *p, struct json_object *model)
{
	struct out o = { NULL, 0 };

	fill(p, 0, p->n, model, NULL, &o);
	o = (struct out){ ctx_alloc(c, o.n + 1), 0 };
	fill(p, 0, p->n, model, NULL, &o);
	return (struct text){ o.p, o.n };
}
