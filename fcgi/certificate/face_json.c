/*
 * A face as JSON and back, by one table: what was issued is kept as it was printed.
 */
#include "fcgi/certificate/certificate.h"

#define ROW(m) { #m, NULL, offsetof(struct face, m) }
#define PART(of, m) { #m, #of, offsetof(struct face, of.m) }
static const struct { const char *name, *of; size_t off; } words[] = {
	ROW(number), ROW(agency), ROW(agency_local), ROW(office), ROW(agency_address), ROW(total),
	ROW(importing_country), ROW(produced_in),
	PART(declared, place), PART(declared, date), PART(declared, signatory),
	PART(declared, designation), PART(declared, signed_at),
	PART(issued, place), PART(issued, date), PART(issued, officer), PART(issued, designation),
};
#undef PART
static const struct { const char *name, *of; size_t off; } lines[] = {
	ROW(exporter), ROW(consignee), ROW(transport), ROW(official), ROW(invoices),
};
#undef ROW
#define ROW(m) { #m, offsetof(struct face_item, m) }
static const struct { const char *name; size_t off; } columns[] = {
	ROW(number), ROW(marks), ROW(packages), ROW(goods), ROW(criterion), ROW(weight),
};
#undef ROW

static struct text *
text_at(const void *p, size_t off)
{
	return (struct text *)(uintptr_t)((const char *)p + off);
}

static const struct face_lines *
lines_at(const struct face *f, size_t off)
{
	return (const struct face_lines *)(const void *)((const char *)f + off);
}

/* The object that holds a member: the face itself, or the named part of it. */
static struct json_object *
part(struct ctx *c, struct json_object *o, const char *of)
{
	struct json_object *p = NULL;

	if (of == NULL || json_object_object_get_ex(o, of, &p))
		return of == NULL ? o : p;
	if (c == NULL)
		return NULL;
	json_add(o, of, p = json_new(c));
	return p;
}

static struct json_object *
item_json(struct ctx *c, const struct face_item *i)
{
	struct json_object *o = json_new(c);

	for (size_t n = 0; n < COUNT(columns); n++)
		json_set_text(o, columns[n].name, *text_at(i, columns[n].off));
	return o;
}

struct text
face_write(struct ctx *c, const struct face *f)
{
	struct json_object *o = json_new(c), *items = json_list(c);

	for (size_t i = 0; i < COUNT(words); i++) {
		struct text t = *text_at(f, words[i].off);

		json_set_text(part(c, o, words[i].of), words[i].name, t.p == NULL ? T("") : t);
	}
	for (size_t i = 0; i < COUNT(lines); i++) {
		const struct face_lines *l = lines_at(f, lines[i].off);
		struct json_object *list = json_list(c);

		for (size_t n = 0; n < l->n; n++)
			(void)json_object_array_add(list,
			    json_object_new_string_len(l->line[n].p, (int)l->line[n].n));
		json_add(o, lines[i].name, list);
	}
	for (size_t i = 0; i < f->nitem; i++)
		json_push(items, item_json(c, &f->item[i]));
	json_add(o, "items", items);
	return json_write(c, o);
}

static struct face_lines
lines_read(struct ctx *c, struct json_object *o, const char *name)
{
	struct json_object *list = NULL;
	size_t n = json_object_object_get_ex(o, name, &list) ? json_object_array_length(list) : 0;
	struct face_lines l = lines_new(c, n + 1);

	for (size_t i = 0; i < n; i++)
		lines_add(&l, text_copy(c,
		    text_of(json_object_get_string(json_object_array_get_idx(list, i)))));
	return l;
}

static void
items_read(struct ctx *c, struct json_object *o, struct face *f)
{
	struct json_object *list = NULL;
	struct face_item *rows;

	f->nitem = json_object_object_get_ex(o, "items", &list) ?
	    json_object_array_length(list) : 0;
	f->item = rows = ctx_alloc(c, (f->nitem + 1) * sizeof *rows);
	for (size_t i = 0; i < f->nitem; i++)
		for (size_t n = 0; n < COUNT(columns); n++)
			*text_at(&rows[i], columns[n].off) = text_copy(c,
			    json_member(json_object_array_get_idx(list, i), columns[n].name));
}

int
face_read(struct ctx *c, struct text json, struct face *f)
{
	struct json_object *o;

	*f = (struct face){ .leaf = LEAF_ELECTRONIC };
	if (json_read(c, json, &o) != 0)
		return -1;
	for (size_t i = 0; i < COUNT(words); i++)
		*text_at(f, words[i].off) = text_copy(c,
		    json_member(part(NULL, o, words[i].of), words[i].name));
	for (size_t i = 0; i < COUNT(lines); i++)
		*(struct face_lines *)(uintptr_t)lines_at(f, lines[i].off) =
		    lines_read(c, o, lines[i].name);
	items_read(c, o, f);
	return 0;
}
