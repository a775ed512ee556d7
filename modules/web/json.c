#include <string.h>

#include "base/tree.h"
#include "web/json.h"

#define DEPTH 16

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

int
json_read(struct ctx *c, struct text t, struct json_object **out)
{
	return tree_read(c, t, DEPTH, out) ? 0 : problem_say(c, PROBLEM_SYNTAX, "The body is not JSON.");
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
