/*
 * A program's routes as data: tools/openapi joins them into the API description.  And its
 * statements, for the test of the grants.
 */
#include <stdio.h>

#include "host/program.h"

static const char *const from_word[] = {
	[FROM_BODY] = "body", [FROM_QUERY] = "query", [FROM_PATH] = "path",
};

static struct json_object *
param_json(struct ctx *c, const struct param *p)
{
	struct json_object *o = json_new(c), *choices;

	json_set_text(o, "name", text_of(p->name));
	json_set_text(o, "in", text_of(from_word[p->from]));
	json_set_text(o, "type", text_of(p->type));
	json_set_bool(o, "required", p->required);
	json_set_int(o, "min", p->min);
	json_set_int(o, "max", p->max);
	if (p->choice == NULL)
		return o;
	choices = json_list(c);
	for (size_t i = 0; p->choice[i] != NULL; i++)
		(void)json_object_array_add(choices, json_object_new_string(p->choice[i]));
	json_add(o, "choices", choices);
	return o;
}

static struct json_object *
route_json(struct ctx *c, const struct route *r)
{
	struct json_object *o = json_new(c), *params = json_list(c);

	json_set_text(o, "method", text_of(method_names[r->method]));
	json_set_text(o, "path", text_of(r->path));
	json_set_text(o, "who", text_of(who_word(r->who)));
	json_set_text(o, "summary", text_of(r->says));
	json_set_bool(o, "origin_checked", (r->guard & GUARD_ORIGIN) != 0);
	json_set_bool(o, "guard_none", (r->guard & GUARD_NONE) != 0);
	json_set_bool(o, "upload", (r->guard & BODY_RAW) == BODY_STREAM);
	json_set_bool(o, "raw", (r->guard & BODY_RAW) == BODY_RAW);
	json_set_bool(o, "idempotency_key", (r->guard & NEEDS_KEY) != 0);
	for (size_t i = 0; i < r->form.n; i++)
		json_push(params, param_json(c, &r->form.param[i]));
	json_add(o, "params", params);
	return o;
}

int
host_describe(const struct program *p)
{
	static _Alignas(16) unsigned char block[512 * 1024];
	struct ctx c;
	struct json_object *o, *routes;

	ctx_open(&c, block, sizeof block);
	o = json_new(&c);
	routes = json_list(&c);
	for (size_t i = 0; i < p->nroute; i++)
		json_push(routes, route_json(&c, &p->route[i]));
	json_set_text(o, "program", text_of(p->name));
	json_add(o, "routes", routes);
	(void)printf("%.*s\n", TEXT_F(json_write(&c, o)));
	ctx_begin(&c);
	return 0;
}

int
host_statements(const struct program *p)
{
	for (unsigned i = 0; i < p->nstmt; i++)
		(void)puts(p->stmt[i].sql);
	return 0;
}
