#include <string.h>

#include "host/rows.h"

static void
add_text(struct ctx *c, struct json_object *o, const struct col *col, const void *p)
{
	json_set_text(o, col->name, *(const struct text *)p);
	(void)c;
}

static void
add_json(struct ctx *c, struct json_object *o, const struct col *col, const void *p)
{
	json_embed(c, o, col->name, *(const struct text *)p);
}

static void
add_int(struct ctx *c, struct json_object *o, const struct col *col, const void *p)
{
	json_set_int(o, col->name, *(const int64_t *)p);
	(void)c;
}

static void
add_bool(struct ctx *c, struct json_object *o, const struct col *col, const void *p)
{
	json_set_bool(o, col->name, *(const bool *)p);
	(void)c;
}

static void (*const add[])(struct ctx *, struct json_object *, const struct col *, const void *) = {
	[COL_INT] = add_int, [COL_BOOL] = add_bool, [COL_TEXT] = add_text, [COL_TIME] = add_text,
	[COL_JSON] = add_json,
};

struct json_object *
row_json(struct ctx *c, const struct stmt *s, const void *row)
{
	struct json_object *o = json_new(c);

	for (unsigned i = 0; i < s->ncol; i++)
		add[s->col[i].type](c, o, &s->col[i], (const char *)row + s->col[i].off);
	return o;
}

struct json_object *
rows_json(struct ctx *c, const struct stmt *s, const struct list *l)
{
	struct json_object *items = json_list(c);

	for (size_t i = 0; i < l->n; i++)
		json_push(items, row_json(c, s, (const char *)l->row + i * s->rowsz));
	return items;
}

static int64_t
first_column(const struct stmt *s, const struct list *l, size_t i)
{
	return *(const int64_t *)(const void *)((const char *)l->row + i * s->rowsz + s->col[0].off);
}

/* The list whose next row is the newest; ${n} when all are used up. */
static size_t
newest(const struct stmt *s, const struct list *part, const size_t *at, size_t n)
{
	size_t best = n;

	for (size_t i = 0; i < n; i++)
		if (at[i] < part[i].n && (best == n || first_column(s, &part[i], at[i]) >
		    first_column(s, &part[best], at[best])))
			best = i;
	return best;
}

struct list
rows_newest(struct ctx *c, const struct stmt *s, const struct list *part, size_t n, size_t max)
{
	size_t *at = ctx_alloc(c, n * sizeof *at + 1), from;
	struct list out = { ctx_alloc(c, max * s->rowsz + 1), 0 };

	while (out.n < max && (from = newest(s, part, at, n)) < n)
		(void)memcpy((char *)out.row + out.n++ * s->rowsz,
		    (const char *)part[from].row + at[from]++ * s->rowsz, s->rowsz);
	return out;
}

bool
list_cut(struct list *l, size_t page)
{
	bool more = l->n > page;

	if (more)
		l->n = page;
	return more;
}

int
reply_list(struct call *k, unsigned id, struct list *l, size_t page)
{
	const struct stmt *s = &k->program->stmt[id];
	struct json_object *o = json_new(k->c);
	bool more = list_cut(l, page);

	json_add(o, "items", rows_json(k->c, s, l));
	if (more)
		json_set_int(o, "next", first_column(s, l, l->n - 1));
	else
		json_set_null(o, "next");
	return reply_json(k->c, k->out, 200, o);
}
