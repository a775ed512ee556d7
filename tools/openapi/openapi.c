#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tools/openapi/openapi.h"

#define BLOCK	(32 * MIB)
#define INPUT	(4 * MIB)

static const struct { const char *program, *says; } tags[] = {
	{ "login", "Signing in and out." },
	{ "application", "The exporter's side: drafts, documents, signatures, submission." },
	{ "payment", "Orders, receipts and what the payment gateway says." },
	{ "review", "The officer's side: queue, lock, query, rejection, approval." },
	{ "certificate", "Number, leaf, signature, issue, copies, cancellation; previews." },
	{ "verify", "Is a certificate good?  For anyone." },
};

static const char description[] =
    "Electronic certificates of origin (non-preferential): apply, pay, examine, sign, verify.\n\n"
    "Errors are problem+json (RFC 9457) with all faulty fields at once.  Times are RFC 3339 in UTC, "
    "dates YYYY-MM-DD, money whole paise.  Lists hold items and next; the next page is asked for "
    "with ?after=next.  Writes that make money or certificates take an Idempotency-Key.  What "
    "belongs to another firm or office answers 404.";

static int
refuse(const char *why)
{
	(void)fprintf(stderr, "openapi: %s\n", why);
	return 1;
}

/* One shared reply per kind of problem. */
static struct json_object *
problem_replies(struct ctx *c)
{
	struct json_object *all = json_new(c);

	for (size_t i = 0; i < REFUSALS; i++) {
		const struct problem_row *row = &problem_rows[refusals[i]];
		struct json_object *o = json_new(c), *types = json_new(c), *media = json_new(c);
		struct json_object *ref = json_new(c);

		json_set_text(ref, "$ref", T("#/components/schemas/Problem"));
		json_add(media, "schema", ref);
		json_add(types, "application/problem+json", media);
		json_set_text(o, "description", text_of(row->title));
		json_add(o, "content", types);
		json_add(all, row->slug, o);
	}
	return all;
}

static const char fixed[] =
    "{\"securitySchemes\":{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"__Host-sid\","
    "\"description\":\"Made by POST /api/session; ends after eight hours.\"}},"
    "\"parameters\":{\"IdempotencyKey\":{\"name\":\"Idempotency-Key\",\"in\":\"header\","
    "\"required\":true,\"description\":\"Names this act: repeated with the same key it happens once.\","
    "\"schema\":{\"type\":\"string\",\"pattern\":\"^[A-Za-z0-9-]{16,64}$\"}}},"
    "\"schemas\":{\"Fault\":{\"type\":\"object\",\"required\":[\"field\",\"code\",\"reason\"],"
    "\"properties\":{\"field\":{\"type\":\"string\",\"examples\":[\"items[2].gross_kg\"]},"
    "\"code\":{\"type\":\"string\",\"description\":\"Names the rule; the key of translations.\"},"
    "\"reason\":{\"type\":\"string\"},\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}}},"
    "\"Problem\":{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\",\"instance\"],"
    "\"properties\":{\"type\":{\"type\":\"string\",\"format\":\"uri-reference\","
    "\"examples\":[\"/problems/not-found\"]},\"title\":{\"type\":\"string\"},"
    "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
    "\"instance\":{\"type\":\"string\",\"description\":\"The request's name, also in the logs.\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Fault\"}}}}}}";

static struct json_object *
info(struct ctx *c, const char *version)
{
	struct json_object *o = json_new(c), *licence = json_new(c);

	json_set_text(o, "title", T("eCoO"));
	json_set_text(o, "version", text_of(version));
	json_set_text(o, "description", text_of(description));
	json_set_text(licence, "name", T("Apache-2.0"));
	json_set_text(licence, "identifier", T("Apache-2.0"));
	json_add(o, "license", licence);
	return o;
}

static void
add_tag(struct ctx *c, struct json_object *list, struct text program)
{
	struct json_object *o = json_new(c);

	json_set_text(o, "name", program);
	for (size_t i = 0; i < COUNT(tags); i++)
		if (text_is(program, tags[i].program))
			json_set_text(o, "description", text_of(tags[i].says));
	json_push(list, o);
}

static struct json_object *
document(struct ctx *c, const char *version)
{
	struct json_object *o = json_new(c), *servers = json_list(c), *here = json_new(c), *parts;

	json_set_text(o, "openapi", T("3.1.0"));
	json_add(o, "info", info(c, version));
	json_set_text(here, "url", T("/"));
	json_push(servers, here);
	json_add(o, "servers", servers);
	json_add(o, "tags", json_list(c));
	json_add(o, "paths", json_new(c));
	if (json_read(c, text_of(fixed), &parts) != 0)
		return NULL;
	json_add(parts, "responses", problem_replies(c));
	json_add(o, "components", parts);
	return o;
}

static int
add_program(struct ctx *c, struct json_object *out, struct json_object *in)
{
	struct text name = json_member(in, "program");
	struct json_object *routes, *paths = json_object_object_get(out, "paths");

	if (name.n == 0 || !json_object_object_get_ex(in, "routes", &routes) ||
	    !json_object_is_type(routes, json_type_array))
		return refuse("standard input does not hold what --routes prints");
	add_tag(c, json_object_object_get(out, "tags"), name);
	for (size_t i = 0; i < json_object_array_length(routes); i++)
		operation_add(c, paths, name, json_object_array_get_idx(routes, i));
	return 0;
}

/* A document is a line. */
static int
add_all(struct ctx *c, struct json_object *out, struct text all)
{
	struct cursor k = cursor_of(all);
	struct json_object *in;

	while (!at_end(&k)) {
		struct text line = text_trim(take_word(&k, '\n'));

		if (line.n == 0)
			continue;
		if (json_read(c, line, &in) != 0)
			return refuse("standard input is not JSON");
		if (add_program(c, out, in) != 0)
			return 1;
	}
	return json_object_object_length(json_object_object_get(out, "paths")) > 0 ? 0 :
	    refuse("no program has a route below /api/");
}

int
main(int argc, char **argv)
{
	static _Alignas(16) unsigned char block[BLOCK];
	static char input[INPUT];
	struct json_object *out;
	struct ctx c;
	size_t n;
	int rc;

	if (argc != 2)
		return refuse("usage: openapi VERSION <routes >openapi.json");
	n = fread(input, 1, sizeof input, stdin);
	if (n == sizeof input || ferror(stdin))
		return refuse("standard input cannot be read");
	ctx_open(&c, block, sizeof block);
	if ((out = document(&c, argv[1])) == NULL)
		return refuse("a part of the description is not JSON");
	rc = add_all(&c, out, (struct text){ input, n });
	if (rc == 0 && puts(json_object_to_json_string_ext(out, JSON_C_TO_STRING_PRETTY |
	    JSON_C_TO_STRING_NOSLASHESCAPE)) < 0)
		rc = refuse(strerror(errno));
	ctx_begin(&c);
	return rc;
}
