#include "rules/check_private.h"
#include "rules/identity.h"

/* Texts that every application has.  Box 3 is "as far as known": a ship may not be named yet. */
static const struct { size_t off; const char *field, *label; } texts[] = {
#define X(member, label) { offsetof(struct content, member), #member, label }
	X(importing_country,		"The importing country"),
	X(transport.mode,		"The means of transport"),
	X(transport.port_of_loading,	"The port of loading"),
	X(transport.port_of_discharge,	"The port of discharge"),
	X(declaration.place,		"The place of the declaration"),
	X(declaration.signatory,	"The name of the signatory"),
	X(declaration.designation,	"The designation of the signatory"),
#undef X
};

/* What documents are called in words; others by their kind. */
static const struct code kinds[] = {
	{ "invoice", "commercial invoice", NULL },
	{ "packing_list", "packing list", NULL },
	{ "input_statement", "statement of inputs", NULL },
	{ "transport_document", "bill of lading or air waybill", NULL },
};
static const struct code_list document_kinds = { kinds, COUNT(kinds) };

void
rule_needed(struct check *k)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		const struct text *t =
		    (const struct text *)(const void *)((const char *)k->content + texts[i].off);

		if (t->n == 0)
			needed(k, texts[i].field, texts[i].label);
	}
	if (k->content->ninvoices == 0)
		needed(k, "invoices", "An invoice");
	if (k->content->nitems == 0)
		needed(k, "items", "An item");
}

void
rule_importing(struct check *k)
{
	struct text country = k->content->importing_country;

	known(k, "importing_country", &countries, country, "country-unknown");
	if (text_is(country, "IN"))
		found(k, "importing_country", "importing-india", NOTHING, NOTHING);
}

/* Goods to order have no consignee yet: whatever is stated is printed, nothing is demanded. */
void
rule_consignee(struct check *k)
{
	const struct consignee *to = &k->content->consignee;

	if (!to->to_order && to->name.n == 0)
		needed(k, "consignee.name", "The consignee's name");
	if (!to->to_order && to->address.n == 0)
		needed(k, "consignee.address", "The consignee's address");
	if (!to->to_order && to->city.n == 0)
		needed(k, "consignee.city", "The consignee's city");
	if (!to->to_order && to->country.n == 0)
		needed(k, "consignee.country", "The consignee's country");
	known(k, "consignee.country", &countries, to->country, "country-unknown");
	if (text_is(to->country, "IN"))
		found(k, "consignee.country", "consignee-in-india", NOTHING, NOTHING);
}

static void
port(struct check *k, const char *field, struct text t)
{
	if (t.n > 0 && !port_form(t))
		found(k, field, "port-malformed", t, NOTHING);
}

void
rule_transport(struct check *k)
{
	const struct transport *t = &k->content->transport;
	int64_t day;

	known(k, "transport.mode", &modes, t->mode, "mode-unknown");
	port(k, "transport.port_of_loading", t->port_of_loading);
	port(k, "transport.port_of_discharge", t->port_of_discharge);
	(void)date_of(k, "transport.departure_date", t->departure_date, &day);
}

static void
invoice(struct check *k, size_t i, const struct invoice *v)
{
	const char *date = field_of(k, "invoices", i, "date");
	int64_t day;

	if (v->number.n == 0)
		needed(k, field_of(k, "invoices", i, "number"), "The number of the invoice");
	if (v->date.n == 0)
		needed(k, date, "The date of the invoice");
	if (v->currency.n == 0)
		needed(k, field_of(k, "invoices", i, "currency"), "The currency");
	if (v->value.n == ABSENT)
		needed(k, field_of(k, "invoices", i, "value"), "The value of the invoice");
	if (date_of(k, date, v->date, &day) && day > k->a->today)
		found(k, date, "date-in-future", v->date, NOTHING);
	known(k, field_of(k, "invoices", i, "currency"), &currencies, v->currency,
	    "currency-unknown");
	known(k, field_of(k, "invoices", i, "incoterm"), &incoterms, v->incoterm,
	    "incoterm-unknown");
	positive(k, field_of(k, "invoices", i, "value"), &v->value, MONEY_PLACES);
}

void
rule_invoices(struct check *k)
{
	const struct invoice *v = k->content->invoices;

	for (size_t i = 0; i < k->content->ninvoices; i++) {
		invoice(k, i, &v[i]);
		for (size_t j = 0; j < i; j++)
			if (v[i].number.n > 0 && text_eq(v[i].number, v[j].number))
				found(k, field_of(k, "invoices", i, "number"), "repeated",
				    v[i].number, NOTHING);
	}
}

static bool
has_document(const struct application *a, struct text kind)
{
	for (size_t i = 0; i < a->nattached; i++)
		if (text_eq(a->attached[i].kind, kind))
			return true;
	return false;
}

void
rule_documents(struct check *k)
{
	const struct texts *kind = &k->a->rules->documents;

	for (size_t i = 0; i < kind->n; i++)
		if (!has_document(k->a, kind->p[i]))
			found(k, text_fmt(k->c, "documents.%.*s", TEXT_F(kind->p[i])).p,
			    "document-missing", code_name(&document_kinds, kind->p[i]), NOTHING);
}

void
rule_exporter(struct check *k)
{
	const struct firm *f = k->a->firm;
	struct text iec;

	if (f->name.n == 0)
		needed(k, "exporter.name", "The exporter's name");
	if (f->address.n == 0)
		needed(k, "exporter.address", "The exporter's address");
	if (iec_read(k->c, f->iec, &iec) != IDENTITY_OK)
		found(k, "exporter.iec", "iec-malformed", f->iec, NOTHING);
}
