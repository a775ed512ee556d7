/*
 * The same finding as a page: whole without script, in two languages.
 */
#include <stdio.h>
#include <string.h>

#include "fcgi/verify/page.h"
#include "fcgi/verify/verify.h"
#include "fcgi/verify/words.h"
#include "rules/code.h"

static struct page *page;		/* set before the threads start */

/* What the template may name besides "w." and a word. */
static const char *const names[] = {
	"lang", "other_lang", "demo", "typed", "number", "code", "now", "ok", "valid", "cancelled",
	"replaced", "unknown", "mistyped", "malformed", "code_right", "code_wrong", "applicant",
	"goods", "origin", "destination", "agency", "email", "phone", "website", "office", "issued",
	"ended", "reason", "replaced_by", "sha256", "face", "face.number", "face.agency",
	"face.agency_local", "face.office", "face.agency_address", "face.exporter", "face.consignee",
	"face.transport", "face.official", "face.items", "face.invoices", "face.total",
	"face.importing_country", "face.produced_in", "face.declared", "face.declared.place",
	"face.declared.date", "face.declared.signatory", "face.declared.designation",
	"face.declared.signed_at", "face.issued", "face.issued.place", "face.issued.date",
	"face.issued.officer", "face.issued.designation",
	".", ".number", ".marks", ".packages", ".goods", ".criterion", ".weight",
};

static bool
known(struct text name)
{
	if (text_starts(name, "w."))
		return words_known(text_sub(name, 2, name.n));
	for (size_t i = 0; i < COUNT(names); i++)
		if (text_is(name, names[i]))
			return true;
	return false;
}

int
verify_start(const struct config *conf)
{
	char path[512];

	(void)snprintf(path, sizeof path, "%s/verify-result.html", conf->templates);
	page = page_load(path, known);
	return page == NULL ? -1 : 0;
}

static void
add_found(struct call *k, struct json_object *o, const struct finding *f, enum language l)
{
	const struct public_row *r = &f->row;

	json_set_bool(o, text_c(k->c, r->state), true);		/* valid, cancelled, replaced */
	json_set_text(o, "applicant", r->applicant);
	json_set_text(o, "goods", r->goods);
	json_set_text(o, "origin", code_name(&countries, r->origin_country));
	json_set_text(o, "destination", code_name(&countries, r->destination_country));
	json_set_text(o, "agency", r->agency_name);
	json_set_text(o, "email", r->agency_email);
	json_set_text(o, "phone", r->agency_phone);
	json_set_text(o, "website", r->agency_website);
	json_set_text(o, "office", r->office);
	json_set_text(o, "issued", words_date(k->c, l, r->issued_at));
	json_set_text(o, "ended", words_date(k->c, l, r->ended_at));
	json_set_text(o, "reason", r->reason);
	json_set_text(o, "replaced_by", r->replaced_by);
	json_set_bool(o, "code_wrong", f->code.n > 0 && !f->code_right);
	if (!f->code_right)
		return;
	json_set_bool(o, "code_right", true);
	json_set_text(o, "code", r->check_code);
	json_set_text(o, "sha256", r->sha256);
	json_embed(k->c, o, "face", f->face);
}

static struct json_object *
model(struct call *k, const struct ask *in, const struct finding *f, enum language l)
{
	struct json_object *o = json_new(k->c);

	json_set_text(o, "lang", text_of(language_code(l)));
	json_set_text(o, "other_lang", text_of(language_code(l == HINDI ? ENGLISH : HINDI)));
	json_set_bool(o, "demo", config_yes(k->conf->demo));
	json_set_text(o, "typed", in->number);
	json_set_text(o, "now", words_moment(k->c, l, k->c->now));
	json_add(o, "w", words_json(k->c, l));
	json_set_bool(o, "mistyped", f->verdict == NUMBER_MISTYPED);
	json_set_bool(o, "malformed", f->verdict == NUMBER_MALFORMED);
	if (f->verdict != NUMBER_OK)
		return o;
	json_set_text(o, "number", f->number.text);
	json_set_bool(o, "unknown", !f->found);
	if (f->found)
		add_found(k, o, f, l);
	return o;
}

/* The answer is in the status too, so that a script which fetches the page is not misled. */
int
on_page(struct call *k, const void *form)
{
	const struct ask *in = form;
	struct finding f;
	enum language l = language_of(in->lang, k->q->language);

	if (verify_find(k, in, &f) != 0)
		return -1;
	(void)reply_bytes(k->out, "text/html; charset=utf-8",
	    page_fill(k->c, page, model(k, in, &f, l)));
	k->out->status = f.found ? 200 : f.verdict == NUMBER_OK ? 404 : 422;
	reply_header(k->out, "Content-Language", text_of(language_code(l)));
	return 0;
}
