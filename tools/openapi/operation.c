#include <stdio.h>
#include <string.h>

#include "tools/openapi/openapi.h"

static bool
flag(struct json_object *route, const char *name)
{
	struct json_object *o;

	return json_object_object_get_ex(route, name, &o) && json_object_get_boolean(o);
}

static int64_t
number(struct json_object *param, const char *name)
{
	struct json_object *o;

	return json_object_object_get_ex(param, name, &o) ? json_object_get_int64(o) : 0;
}

/* "getApplicationsByIdDocuments": the method, then the path's words. */
static struct text
operation_id(struct ctx *c, struct text method, struct text path)
{
	char *out = ctx_alloc(c, method.n + 2 * path.n + 8);
	size_t n = 0;
	bool capital = true;

	for (size_t i = 0; i < method.n; i++)
		out[n++] = (char)(method.p[i] | 0x20);
	for (size_t i = strlen("/api"); i < path.n; i++) {
		char b = path.p[i];

		if (b == '{') {
			(void)memcpy(out + n, "By", 2);
			n += 2;
		}
		if (b == '/' || b == '{' || b == '}' || b == '-') {
			capital = true;
			continue;
		}
		out[n++] = capital ? (char)(b & ~0x20) : b;
		capital = false;
	}
	return (struct text){ out, n };
}

/* Bounds of a text are in bytes where it is checked: of characters only "not empty" follows. */
static void
add_bounds(struct json_object *s, struct text type, struct json_object *param)
{
	int64_t min = number(param, "min"), max = number(param, "max");

	if (text_is(type, "integer")) {
		json_set_int(s, "minimum", min);
		if (max < INT64_MAX)
			json_set_int(s, "maximum", max);
	} else if (text_is(type, "string")) {
		if (min > 0)
			json_set_int(s, "minLength", 1);
		json_set_int(s, "maxLength", max);
	}
}

static struct json_object *
schema(struct ctx *c, struct json_object *param)
{
	struct json_object *s = json_new(c), *choices, *items;
	struct text type = json_member(param, "type");

	json_set_text(s, "type", type);
	if (json_object_object_get_ex(param, "choices", &choices)) {
		json_add(s, "enum", choices);
		return s;
	}
	add_bounds(s, type, param);
	if (text_is(type, "array")) {
		items = json_new(c);
		json_set_text(items, "type", T("string"));
		json_add(s, "items", items);
	}
	return s;
}

static struct json_object *
reference(struct ctx *c, const char *kind, const char *name)
{
	struct json_object *o = json_new(c);

	json_set_text(o, "$ref", text_fmt(c, "#/components/%s/%s", kind, name));
	return o;
}

static void
add_parameter(struct ctx *c, struct json_object *list, struct json_object *param)
{
	struct json_object *o = json_new(c);
	struct text in = json_member(param, "in");

	json_set_text(o, "name", json_member(param, "name"));
	json_set_text(o, "in", in);
	json_set_bool(o, "required", text_is(in, "path") || flag(param, "required"));
	json_add(o, "schema", schema(c, param));
	json_push(list, o);
}

/* Segments in braces that the route's form does not read are parameters of the path all the same. */
static void
add_unread(struct ctx *c, struct json_object *list, struct text path, struct json_object *params)
{
	struct cursor k = cursor_of(path);

	while (!at_end(&k)) {
		struct text w = take_word(&k, '/'), name;
		struct json_object *o;
		bool known = false;

		if (w.n < 3 || w.p[0] != '{')
			continue;
		name = text_sub(w, 1, w.n - 2);
		for (size_t i = 0; i < json_object_array_length(params); i++)
			known |= text_eq(name,
			    json_member(json_object_array_get_idx(params, i), "name"));
		if (known)
			continue;
		o = json_new(c);
		json_set_text(o, "name", name);
		json_set_text(o, "in", T("path"));
		json_set_text(o, "type", T("string"));
		json_set_int(o, "max", 200);
		add_parameter(c, list, o);
	}
}

static struct json_object *
content(struct ctx *c, const char *type, struct json_object *s)
{
	struct json_object *media = json_new(c), *types = json_new(c), *body = json_new(c);

	json_add(media, "schema", s);
	json_add(types, type, media);
	json_add(body, "content", types);
	json_set_bool(body, "required", true);
	return body;
}

static struct json_object *
file_body(struct ctx *c)
{
	struct json_object *s = json_new(c), *members = json_new(c), *file = json_new(c);
	struct json_object *required = json_list(c);

	json_set_text(file, "type", T("string"));
	json_set_text(file, "format", T("binary"));
	json_add(members, "file", file);
	json_set_text(s, "type", T("object"));
	json_add(s, "properties", members);
	(void)json_object_array_add(required, json_object_new_string("file"));
	json_add(s, "required", required);
	return content(c, "multipart/form-data", s);
}

/* The members of a body; NULL if the route takes none. */
static struct json_object *
json_body(struct ctx *c, struct json_object *params)
{
	struct json_object *s = json_new(c), *members = json_new(c), *required = json_list(c);

	for (size_t i = 0; i < json_object_array_length(params); i++) {
		struct json_object *p = json_object_array_get_idx(params, i);
		struct text name = json_member(p, "name");

		if (!text_is(json_member(p, "in"), "body"))
			continue;
		json_add(members, text_c(c, name), schema(c, p));
		if (flag(p, "required"))
			(void)json_object_array_add(required,
			    json_object_new_string_len(name.p, (int)name.n));
	}
	if (json_object_object_length(members) == 0)
		return NULL;
	json_set_text(s, "type", T("object"));
	json_add(s, "properties", members);
	json_set_bool(s, "additionalProperties", false);
	if (json_object_array_length(required) > 0)
		json_add(s, "required", required);
	return content(c, "application/json", s);
}

const enum problem_kind refusals[REFUSALS] = {
	PROBLEM_SYNTAX, PROBLEM_LOGIN, PROBLEM_DENIED, PROBLEM_MISSING, PROBLEM_STATE, PROBLEM_GONE,
	PROBLEM_LARGE, PROBLEM_TYPE, PROBLEM_INPUT, PROBLEM_RATE, PROBLEM_BUSY,
};

/* May a route be refused so?  It follows from what guards it. */
static bool
refuses(enum problem_kind kind, struct json_object *route, bool body)
{
	struct text path = json_member(route, "path");
	bool role = !text_is(json_member(route, "who"), "anyone");
	bool get = text_is(json_member(route, "method"), "GET");
	bool params = json_object_array_length(json_object_object_get(route, "params")) > 0;
	const bool may[PROBLEM__MAX] = {
		[PROBLEM_SYNTAX] = true, [PROBLEM_RATE] = true, [PROBLEM_BUSY] = true,
		[PROBLEM_LOGIN] = role,
		[PROBLEM_DENIED] = role || flag(route, "origin_checked"),
		[PROBLEM_MISSING] = text_find(path, '{') < path.n,
		[PROBLEM_STATE] = !get && role,
		[PROBLEM_GONE] = memmem(path.p, path.n, "{token}", 7) != NULL,
		[PROBLEM_LARGE] = body, [PROBLEM_TYPE] = body,
		[PROBLEM_INPUT] = params || body || flag(route, "idempotency_key"),
	};

	return may[kind];
}

static void
add_refusals(struct ctx *c, struct json_object *replies, struct json_object *route, bool body)
{
	char status[8];

	for (size_t i = 0; i < REFUSALS; i++) {
		const struct problem_row *row = &problem_rows[refusals[i]];

		if (!refuses(refusals[i], route, body))
			continue;
		(void)snprintf(status, sizeof status, "%d", row->status);
		json_add(replies, status, reference(c, "responses", row->slug));
	}
}

static struct json_object *
replies(struct ctx *c, struct json_object *route, bool body)
{
	struct json_object *all = json_new(c), *good = json_new(c);

	json_set_text(good, "description", json_member(route, "summary"));
	json_add(all, "2XX", good);
	add_refusals(c, all, route, body);
	return all;
}

static struct text
description(struct ctx *c, struct json_object *route)
{
	return text_fmt(c, "For: %.*s.%s%s", TEXT_F(json_member(route, "who")),
	    flag(route, "origin_checked") ? " With a cookie only from the portal's own pages." : "",
	    flag(route, "idempotency_key") ? " The same key and request get the same answer." : "");
}

static struct json_object *
security(struct ctx *c, struct json_object *route)
{
	struct json_object *list = json_list(c), *one = json_new(c);

	if (text_is(json_member(route, "who"), "anyone"))
		return list;
	json_add(one, "session", json_list(c));
	json_push(list, one);
	return list;
}

static struct json_object *
parameters(struct ctx *c, struct json_object *route)
{
	struct json_object *list = json_list(c), *params = json_object_object_get(route, "params");

	for (size_t i = 0; i < json_object_array_length(params); i++) {
		struct json_object *p = json_object_array_get_idx(params, i);

		if (!text_is(json_member(p, "in"), "body"))
			add_parameter(c, list, p);
	}
	add_unread(c, list, json_member(route, "path"), params);
	if (flag(route, "idempotency_key"))
		json_push(list, reference(c, "parameters", "IdempotencyKey"));
	return list;
}

static struct json_object *
operation(struct ctx *c, struct text program, struct json_object *route)
{
	struct json_object *o = json_new(c), *tags = json_list(c), *list = parameters(c, route);
	struct json_object *body = flag(route, "upload") ? file_body(c) : flag(route, "raw") ?
	    content(c, "*/*", json_new(c)) : json_body(c, json_object_object_get(route, "params"));

	(void)json_object_array_add(tags, json_object_new_string_len(program.p, (int)program.n));
	json_add(o, "tags", tags);
	json_set_text(o, "operationId", operation_id(c, json_member(route, "method"),
	    json_member(route, "path")));
	json_set_text(o, "summary", json_member(route, "summary"));
	json_set_text(o, "description", description(c, route));
	json_add(o, "security", security(c, route));
	if (json_object_array_length(list) > 0)
		json_add(o, "parameters", list);
	if (body != NULL)
		json_add(o, "requestBody", body);
	json_add(o, "responses", replies(c, route, body != NULL));
	return o;
}

void
operation_add(struct ctx *c, struct json_object *paths, struct text program,
    struct json_object *route)
{
	const char *path = text_c(c, json_member(route, "path"));
	struct text method = json_member(route, "method");
	struct json_object *item;
	char key[16];

	if (strncmp(path, "/api/", 5) != 0)
		return;
	if (!json_object_object_get_ex(paths, path, &item))
		json_add(paths, path, item = json_new(c));
	(void)snprintf(key, sizeof key, "%.*s", TEXT_F(method));
	for (char *p = key; *p != '\0'; p++)
		*p = (char)(*p | 0x20);
	json_add(item, key, operation(c, program, route));
}
