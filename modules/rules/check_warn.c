#include <inttypes.h>
#include <strings.h>

#include "base/clock.h"
#include "rules/check_private.h"
#include "rules/identity.h"

void
warn_proforma(struct check *k)
{
	const struct application *a = k->a;

	for (size_t i = 0; i < k->content->ninvoices; i++) {
		struct text number = k->content->invoices[i].number;

		if (holds(number, "proforma") || holds(number, "pro forma") || holds(number, "pi"))
			found(k, field_of(k, "invoices", i, "number"), "proforma", number, NOTHING);
	}
	for (size_t i = 0; i < a->nattached; i++)
		if (text_is(a->attached[i].kind, "invoice") &&
		    (holds(a->attached[i].name, "proforma") ||
		    holds(a->attached[i].name, "pro forma")))
			found(k, "documents.invoice", "proforma", a->attached[i].name, NOTHING);
}

static void
abbreviation(struct check *k, const char *field, struct text t)
{
	static const char *const shorts[] = {
		"UK", "U.K", "USA", "U.S.A", "UAE", "U.A.E", "KSA", "K.S.A", "PRC", "P.R.C", "ROK",
		"DRC", "RSA", "GB",
	};

	for (size_t i = 0; i < COUNT(shorts); i++)
		if (holds(t, shorts[i])) {
			found(k, field, "abbreviation", text_of(shorts[i]), NOTHING);
			return;
		}
}

void
warn_abbreviations(struct check *k)
{
	const struct content *c = k->content;

	for (size_t i = 0; i < c->consignee.address.n; i++)
		abbreviation(k, text_fmt(k->c, "consignee.address[%zu]", i).p,
		    c->consignee.address.p[i]);
	abbreviation(k, "consignee.city", c->consignee.city);
	abbreviation(k, "transport.final_destination", c->transport.final_destination);
}

static bool
vague(struct text t)
{
	static const char *const phrases[] = {
		"spare parts", "machinery parts", "machine parts", "auto parts", "as per invoice",
		"general cargo", "general goods", "other goods", "mixed goods", "various goods",
	};

	t = text_trim(t);
	for (size_t i = 0; i < COUNT(phrases); i++)
		if (text_is_nocase(t, phrases[i]))
			return true;
	return t.n > 0 && text_find(t, ' ') == t.n && text_find(t, '\n') == t.n;
}

void
warn_goods(struct check *k)
{
	for (size_t i = 0; i < k->content->nitems; i++)
		if (vague(k->content->items[i].description))
			found(k, field_of(k, "items", i, "description"), "goods-vague",
			    k->content->items[i].description, NOTHING);
}

void
warn_address(struct check *k)
{
	const struct consignee *to = &k->content->consignee;
	const struct code *country = code_find(&countries, to->country);

	if (country == NULL)
		return;
	for (size_t i = 0; i < to->address.n; i++)
		if (holds(to->address.p[i], country->name))
			found(k, text_fmt(k->c, "consignee.address[%zu]", i).p, "country-repeated",
			    text_of(country->name), NOTHING);
	/* Singapore is a city as well. */
	if (holds(to->city, country->name) && !text_is_nocase(text_trim(to->city), country->name))
		found(k, "consignee.city", "country-repeated", text_of(country->name), NOTHING);
}

void
warn_destination(struct check *k)
{
	struct text there = k->content->importing_country, consignee = k->content->consignee.country;

	if (there.n > 0 && consignee.n > 0 && !k->content->consignee.to_order &&
	    !text_eq(there, consignee))
		found(k, "importing_country", "countries-differ", code_name(&countries, there),
		    code_name(&countries, consignee));
}

void
warn_dates(struct check *k)
{
	struct text left = k->content->transport.departure_date;
	int64_t day, invoiced;

	if (!clock_date(left, &day))
		return;
	if (day < k->a->today)
		found(k, "transport.departure_date", "retrospective", left, NOTHING);
	for (size_t i = 0; i < k->content->ninvoices; i++)
		if (clock_date(k->content->invoices[i].date, &invoiced) && day < invoiced)
			found(k, "transport.departure_date", "left-before-invoice", left,
			    k->content->invoices[i].date);
}

void
warn_to_order(struct check *k)
{
	struct text name = k->content->consignee.name;

	if (!k->content->consignee.to_order && (holds(name, "to order") ||
	    holds(name, "to the order")))
		found(k, "consignee.to_order", "to-order", NOTHING, NOTHING);
}

void
warn_loading(struct check *k)
{
	struct text port = k->content->transport.port_of_loading;

	if (port_form(port) && !text_starts(port, "IN"))
		found(k, "transport.port_of_loading", "loading-abroad", port, NOTHING);
}

void
warn_tariff(struct check *k)
{
	for (size_t i = 0; i < k->content->nitems; i++)
		if (k->content->items[i].hs.n == 6)
			found(k, field_of(k, "items", i, "hs"), "hs-short",
			    k->content->items[i].hs, NOTHING);
}

/* How many inputs an item has, all of them or the imported ones. */
static size_t
inputs_of(const struct content *c, size_t item, bool only_imported)
{
	size_t n = 0;

	for (size_t i = 0; i < c->ninputs; i++)
		n += input_is_for(&c->inputs[i], item) &&
		    (!only_imported || imported(&c->inputs[i]));
	return n;
}

void
warn_inputs(struct check *k)
{
	const struct content *c = k->content;

	for (size_t i = 0; i < c->nitems && c->ninputs > 0; i++) {
		if (inputs_of(c, i, false) == 0)
			found(k, field_of(k, "items", i, "origin"), "item-without-input", NOTHING,
			    NOTHING);
		else if (text_is(c->items[i].origin, "processed") && inputs_of(c, i, true) == 0)
			found(k, field_of(k, "items", i, "origin"), "input-not-stated", NOTHING,
			    NOTHING);
	}
	for (size_t i = 0; i < c->ninputs; i++)
		if (imported(&c->inputs[i]) && !text_is(c->inputs[i].duty, "paid") &&
		    !text_is(c->inputs[i].duty, "free"))
			found(k, field_of(k, "inputs", i, "duty"), "duty-unstated", NOTHING, NOTHING);
}

/* "C/NO. 1-120" counts up to 120; 0 if the marks do not count from one. */
static int64_t
counted_in(struct text marks)
{
	int64_t n = 0;

	for (size_t i = 0; i + 2 < marks.n; i++) {
		size_t end = i + 2;
		int64_t last;
		bool whole = i == 0 || marks.p[i - 1] == ' ' || marks.p[i - 1] == '\n' ||
		    marks.p[i - 1] == '.';

		if (!whole || marks.p[i] != '1' || marks.p[i + 1] != '-')
			continue;
		while (end < marks.n && marks.p[end] >= '0' && marks.p[end] <= '9')
			end++;
		if (text_int(text_sub(marks, i + 2, end - i - 2), &last))
			n = last;
	}
	return n;
}

static void
marks_count(struct check *k)
{
	const struct content *c = k->content;
	int64_t total = 0, counted;

	for (size_t i = 0; i < c->nitems; i++) {
		if (!text_eq(c->items[i].marks, c->items[0].marks))
			return;		/* every item counts for itself */
		total += c->items[i].packages > 0 ? c->items[i].packages : 0;
	}
	counted = c->nitems == 0 ? 0 : counted_in(c->items[0].marks);
	if (counted > 0 && counted != total)
		found(k, "items[0].marks", "marks-count", text_fmt(k->c, "%" PRId64, counted),
		    text_fmt(k->c, "%" PRId64, total));
}

/* "MADE IN JAPAN" on goods that are to be certified as Indian. */
static struct text
other_origin(struct text t)
{
	static const struct { const char *words; size_t n; } lead[] = {
		{ "made in ", 8 }, { "product of ", 11 }, { "produce of ", 11 }, { "origin: ", 8 },
	};

	for (size_t i = 0; i < t.n; i++)
		for (size_t k = 0; k < COUNT(lead); k++) {
			struct text rest = text_sub(t, i + lead[k].n, t.n);

			if (t.n - i > lead[k].n &&
			    strncasecmp(t.p + i, lead[k].words, lead[k].n) == 0 &&
			    !text_is_nocase(text_sub(rest, 0, 5), "india") &&
			    !text_is_nocase(text_sub(rest, 0, 6), "bharat"))
				return text_sub(t, i, lead[k].n + text_find(rest, '\n'));
		}
	return NOTHING;
}

void
warn_marks(struct check *k)
{
	marks_count(k);
	for (size_t i = 0; i < k->content->nitems; i++) {
		const struct item *it = &k->content->items[i];
		struct text in_marks = other_origin(it->marks);
		struct text in_goods = other_origin(it->description);

		if (in_marks.n > 0)
			found(k, field_of(k, "items", i, "marks"), "marks-origin", in_marks, NOTHING);
		if (in_goods.n > 0)
			found(k, field_of(k, "items", i, "description"), "marks-origin", in_goods,
			    NOTHING);
	}
}

void
warn_exporter(struct check *k)
{
	struct text gstin = k->a->firm->gstin, read;

	if (gstin.n > 0 && gstin_read(k->c, gstin, &read) == IDENTITY_MISTYPED)
		found(k, "exporter.gstin", "gstin-mistyped", gstin, NOTHING);
}
