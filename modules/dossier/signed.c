#include "dossier/member.h"

static void
set_text(struct json_object *o, const char *key, struct text t)
{
	(void)json_object_object_add(o, key, json_object_new_string_len(t.p, (int)t.n));
}

static void
set_int(struct json_object *o, const char *key, int64_t n)
{
	(void)json_object_object_add(o, key, json_object_new_int64(n));
}

static struct json_object *
document(const struct attached *a)
{
	struct json_object *o = json_object_new_object();

	set_text(o, "kind", a->kind);
	set_text(o, "name", a->name);
	set_text(o, "sha256", a->sha256);
	set_int(o, "size", a->size);
	return o;
}

static struct json_object *
documents(const struct dossier *d)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < d->ndocuments; i++)
		(void)json_object_array_add(list, document(&d->documents[i]));
	return list;
}

static struct json_object *
application(const struct dossier *d)
{
	struct json_object *o = json_object_new_object();

	set_int(o, "id", d->id);
	set_text(o, "agency", d->agency);
	set_text(o, "office", d->office);
	set_text(o, "rule_set", d->rule_set);
	return o;
}

static void
release(void *o)
{
	(void)json_object_put(o);
}

int
dossier_signed(struct ctx *c, const struct dossier *d, struct text *out)
{
	struct json_object *exporter, *content, *o;

	if (document_read(c, d->exporter, DOSSIER_MAX, &exporter) != 0 ||
	    document_read(c, d->content, DOSSIER_MAX, &content) != 0)
		return -1;
	o = json_object_new_object();
	ctx_defer(c, release, o);
	(void)json_object_object_add(o, "application", application(d));
	(void)json_object_object_add(o, "exporter", json_object_get(exporter));
	(void)json_object_object_add(o, "content", json_object_get(content));
	(void)json_object_object_add(o, "documents", documents(d));
	set_text(o, "declaration_text", d->declaration_text);
	set_text(o, "format", T(DOSSIER_FORMAT));
	return dossier_canonical(c, o, out);
}
