#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules_sample.h"

typedef struct json_object json;

static void
release(void *o)
{
	(void)json_object_put(o);
}

struct text
file_text(struct ctx *c, const char *path)
{
	FILE *f = fopen(text_fmt(c, "%s/%s", TOP, path).p, "rb");
	char *p = ctx_alloc(c, MIB);
	size_t n;

	if (f == NULL)
		abort();
	n = fread(p, 1, MIB, f);
	(void)fclose(f);
	return (struct text){ p, n };
}

/* A member, or NULL; null counts as absent. */
static json *
at(json *o, const char *key)
{
	json *m = NULL;

	(void)json_object_object_get_ex(o, key, &m);
	return m;
}

/* Copy from[source] to to[name], unless it is absent. */
static void
copy(json *to, const char *name, json *from, const char *source)
{
	json *m = at(from, source);

	if (m != NULL)
		(void)json_object_object_add(to, name, json_object_get(m));
}

static void
copies(json *to, json *from, const char *const *names)
{
	for (; *names != NULL; names++)
		copy(to, *names, from, *names);
}

static void
say(json *to, const char *name, const char *s)
{
	(void)json_object_object_add(to, name, json_object_new_string(s));
}

static json *
transport(json *from)
{
	static const char *const same[] = {
		"mode", "voyage", "place_of_receipt", "final_destination", "departure_date", NULL
	};
	json *o = json_object_new_object();

	copies(o, from, same);
	copy(o, "conveyance", from, "vessel");
	copy(o, "port_of_loading", at(from, "port_of_loading"), "locode");
	copy(o, "port_of_discharge", at(from, "port_of_discharge"), "locode");
	return o;
}

static json *
invoices(json *from)
{
	static const char *const same[] = { "date", "currency", "incoterm", NULL };
	json *list = json_object_new_array();

	for (size_t i = 0; i < json_object_array_length(from); i++) {
		json *v = json_object_array_get_idx(from, i), *o = json_object_new_object();

		copies(o, v, same);
		copy(o, "number", v, "no");
		copy(o, "value", v, "invoice_total");
		(void)json_object_array_add(list, o);
	}
	return list;
}

static bool
any_imported(json *inputs)
{
	for (size_t i = 0; i < json_object_array_length(inputs); i++)
		if (strcmp(json_object_get_string(at(json_object_array_get_idx(inputs, i),
		    "origin")), "IN") != 0)
			return true;
	return false;
}

static json *
items(json *from, bool processed)
{
	static const char *const same[] = {
		"hs", "description", "marks", "packages", "package_kind", "gross_kg", "net_kg",
		"quantity", "uqc", NULL
	};
	json *list = json_object_new_array();

	for (size_t i = 0; i < json_object_array_length(from); i++) {
		json *o = json_object_new_object(), *done = json_object_new_array();

		copies(o, json_object_array_get_idx(from, i), same);
		say(o, "origin", processed ? "processed" : "wholly");
		if (processed)
			(void)json_object_array_add(done, json_object_new_string("beyond"));
		(void)json_object_object_add(o, "operations", done);
		(void)json_object_array_add(list, o);
	}
	return list;
}

static json *
inputs(json *from)
{
	static const char *const same[] = {
		"description", "hs", "quantity", "uqc", "origin", "value_inr", "supplier", NULL
	};
	json *list = json_object_new_array();

	for (size_t i = 0; i < json_object_array_length(from); i++) {
		json *v = json_object_array_get_idx(from, i), *o = json_object_new_object();

		copies(o, v, same);
		say(o, "duty", strcmp(json_object_get_string(at(v, "origin")), "IN") == 0 ?
		    "none" : "paid");
		(void)json_object_array_add(list, o);
	}
	return list;
}

static json *
content(json *s)
{
	static const char *const consignee[] = {
		"name", "name_local", "address", "address_local", "city", "country", "to_order", NULL
	};
	static const char *const declaration[] = { "place", "signatory", "designation", NULL };
	json *o = json_object_new_object(), *to = json_object_new_object(),
	    *says = json_object_new_object();

	copy(o, "importing_country", at(s, "certificate"), "importing_country");
	copies(to, at(s, "consignee"), consignee);
	copies(says, at(s, "declaration"), declaration);
	(void)json_object_object_add(o, "consignee", to);
	(void)json_object_object_add(o, "transport", transport(at(s, "transport")));
	(void)json_object_object_add(o, "invoices", invoices(at(s, "invoices")));
	(void)json_object_object_add(o, "items", items(at(s, "items"), any_imported(at(s, "inputs"))));
	(void)json_object_object_add(o, "inputs", inputs(at(s, "inputs")));
	copy(o, "process", s, "manufacturing_process");
	(void)json_object_object_add(o, "declaration", says);
	return o;
}

static struct text
written(struct ctx *c, json *o)
{
	ctx_defer(c, release, o);
	return text_copy(c, text_of(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN)));
}

struct sample
sample(struct ctx *c, size_t i)
{
	static const char *const firm[] = {
		"iec", "name", "pan", "gstin", "address", "city", "state", "pin", NULL
	};
	struct text all = file_text(c, "tests/samples/data/shipments.json");
	json *tree = json_tokener_parse(text_c(c, all)), *exporter = json_object_new_object(), *s;

	if (tree == NULL)
		abort();
	ctx_defer(c, release, tree);
	s = json_object_array_get_idx(at(tree, "datasets"), i);
	copies(exporter, at(s, "exporter"), firm);
	return (struct sample){ json_object_get_string(at(s, "id")), written(c, content(s)),
		written(c, exporter),
		json_object_get_boolean(at(at(s, "certificate"), "back_to_back")) };
}
