/*
 * What the rules find in an application as it stands.
 */
#include "base/clock.h"
#include "dossier/dossier.h"
#include "record/view.h"

static struct texts
required_kinds(struct ctx *c, const struct list *rows)
{
	struct text *kind = ctx_alloc(c, (rows->n + 1) * sizeof *kind);
	const struct view_kind *v = rows->row;
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		if (v[i].required)
			kind[n++] = v[i].kind;
	return (struct texts){ kind, n };
}

static bool
has_feature(const struct list *rows, const char *name)
{
	const struct view_feature *v = rows->row;

	for (size_t i = 0; i < rows->n; i++)
		if (text_is(v[i].feature, name))
			return true;
	return false;
}

static int
read_rules(struct call *k, const struct record *r, struct rule_set *out)
{
	struct list kinds, features;

	if (db_list(k->c, k->d, VIEW_KINDS, ARGS(A_TEXT(r->rule_set)), &kinds) != 0 ||
	    db_list(k->c, k->d, VIEW_FEATURES, ARGS(A_TEXT(r->rule_set)), &features) != 0)
		return -1;
	*out = (struct rule_set){ .code = r->rule_set, .documents = required_kinds(k->c, &kinds),
		.inputs_required = has_feature(&features, "inputs_required"),
		.back_to_back = has_feature(&features, "back_to_back") };
	return 0;
}

int
record_findings(struct call *k, const struct record *r, struct finding *out, size_t *n)
{
	struct content content;
	struct firm firm;
	struct rule_set rules;
	struct list docs;
	struct application a = { .content = &content, .firm = &firm, .rules = &rules,
		.today = clock_today_ist(k->c->now) };

	if (dossier_read(k->c, r->content, &content) != 0 ||
	    dossier_firm(k->c, r->exporter, &firm) != 0 || read_rules(k, r, &rules) != 0 ||
	    record_documents(k, r->id, &docs) != 0)
		return -1;
	a.attached = record_attached(k->c, &docs);
	a.nattached = docs.n;
	*n = check_application(k->c, &a, out, FINDINGS_MAX);
	return 0;
}

static void
set_word(struct json_object *o, const char *key, const char *s)
{
	if (s == NULL)
		json_set_null(o, key);
	else
		json_set_text(o, key, text_of(s));
}

struct json_object *
findings_json(struct ctx *c, const struct finding *f, size_t n, bool warnings)
{
	struct json_object *list = json_list(c);

	for (size_t i = 0; i < n; i++) {
		struct json_object *o;

		if (f[i].warning != warnings)
			continue;
		o = json_new(c);
		set_word(o, "field", f[i].fault.field);
		set_word(o, "code", f[i].fault.code);
		set_word(o, "reason", f[i].fault.reason);
		set_word(o, "a", f[i].fault.a);
		set_word(o, "b", f[i].fault.b);
		json_push(list, o);
	}
	return list;
}
