/*
 * From an application to the finished texts of the twelve boxes (domain 7.1).
 */
#include <inttypes.h>

#include "base/clock.h"
#include "dossier/dossier.h"
#include "fcgi/certificate/certificate.h"
#include "rules/code.h"

#define PARTY_LINES	16
#define FEW_LINES	12
#define DAY_SECONDS	INT64_C(86400)

/* "2026-11-12" as the page writes it: "12 Nov 2026". */
static struct text
day_words(struct ctx *c, struct text date)
{
	int64_t day;

	return clock_date(date, &day) ? clock_day(c, day) : date;
}

static struct text
country(struct text code)
{
	return code_name(&countries, code);
}

/* "Chennai (INMAA)", or the code alone where the list does not have it. */
static struct text
port(struct ctx *c, struct text code)
{
	const struct code *p = code_find(&ports, code);

	return p == NULL ? code : text_fmt(c, "%s (%.*s)", p->name, TEXT_F(code));
}

static struct text
joined(struct ctx *c, struct text a, const char *between, struct text b)
{
	if (a.n == 0 || b.n == 0)
		return a.n == 0 ? b : a;
	return text_fmt(c, "%.*s%s%.*s", TEXT_F(a), between, TEXT_F(b));
}

static struct face_lines
exporter(struct ctx *c, const struct firm *f)
{
	struct face_lines l = lines_new(c, PARTY_LINES);

	lines_add(&l, f->name);
	for (size_t i = 0; i < f->address.n; i++)
		lines_add(&l, f->address.p[i]);
	lines_add(&l, joined(c, joined(c, f->city, " ", f->pin), ", ",
	    joined(c, f->state, ", ", T("INDIA"))));
	lines_add(&l, joined(c, text_fmt(c, "IEC %.*s", TEXT_F(f->iec)), " · ", f->gstin.n == 0 ?
	    T("") : text_fmt(c, "GSTIN %.*s", TEXT_F(f->gstin))));
	return l;
}

static struct face_lines
consignee(struct ctx *c, const struct consignee *to)
{
	struct face_lines l = lines_new(c, PARTY_LINES);

	lines_add(&l, to->name);
	lines_add(&l, to->name_local);
	for (size_t i = 0; i < to->address.n; i++)
		lines_add(&l, to->address.p[i]);
	for (size_t i = 0; i < to->address_local.n; i++)
		lines_add(&l, to->address_local.p[i]);
	lines_add(&l, joined(c, to->city, ", ", to->country.n == 0 ? T("") :
	    text_upper(c, country(to->country))));
	return l;
}

static struct text
labelled(struct ctx *c, const char *label, struct text value)
{
	return value.n == 0 ? value : text_fmt(c, "%s: %.*s", label, TEXT_F(value));
}

static struct face_lines
transport(struct ctx *c, const struct transport *t)
{
	struct face_lines l = lines_new(c, FEW_LINES);
	struct text by = t->mode.n == 0 ? t->mode : code_name(&modes, t->mode);

	lines_add(&l, joined(c, by, ": ", joined(c, t->conveyance, " ", t->voyage)));
	lines_add(&l, labelled(c, "Place of receipt", t->place_of_receipt));
	lines_add(&l, joined(c, t->port_of_loading.n == 0 ? T("") : text_fmt(c, "From %.*s",
	    TEXT_F(port(c, t->port_of_loading))), " ", t->port_of_discharge.n == 0 ? T("") :
	    text_fmt(c, "to %.*s", TEXT_F(port(c, t->port_of_discharge)))));
	lines_add(&l, labelled(c, "Final destination", t->final_destination));
	lines_add(&l, labelled(c, "Departure", day_words(c, t->departure_date)));
	return l;
}

/* 2026-11-24T09:00:00Z as seconds since 1970. */
static bool
seconds_of(struct text t, int64_t *out)
{
	int64_t day, h, m, s;

	if (!clock_date(text_sub(t, 0, 10), &day) || !text_int(text_sub(t, 11, 2), &h) ||
	    !text_int(text_sub(t, 14, 2), &m) || !text_int(text_sub(t, 17, 2), &s))
		return false;
	*out = day * DAY_SECONDS + h * 3600 + m * 60 + s;
	return true;
}

/* Box 4: goods that left before the application was made are said to have (domain 9). */
static struct face_lines
official(struct call *k, const struct record *r, const struct content *content)
{
	struct face_lines l = lines_new(k->c, FEW_LINES);
	int64_t left, applied = k->c->now;

	(void)seconds_of(r->submitted_at, &applied);
	if (clock_date(content->transport.departure_date, &left) && left < clock_today_ist(applied))
		lines_add(&l, T("ISSUED RETROSPECTIVELY"));
	return l;
}

static struct face_lines
invoices(struct ctx *c, const struct content *content)
{
	struct face_lines l = lines_new(c, 2 * INVOICES_MAX);

	for (size_t i = 0; i < content->ninvoices; i++) {
		lines_add(&l, content->invoices[i].number);
		lines_add(&l, content->invoices[i].date.n == 0 ? T("") : text_fmt(c, "of %.*s",
		    TEXT_F(day_words(c, content->invoices[i].date))));
	}
	return l;
}

static struct text
weight_line(struct ctx *c, struct text typed, const char *unit)
{
	return typed.n == 0 ? typed : text_fmt(c, "%.*s %s", TEXT_F(typed), unit);
}

static struct face_item
item(struct ctx *c, const struct item *from, size_t i)
{
	return (struct face_item){
		.number = text_fmt(c, "%zu", i + 1),
		.marks = from->marks,
		.packages = from->packages <= 0 ? T("") :
		    package_words(c, from->packages, from->package_kind),
		.goods = joined(c, from->description, "\n", from->hs.n == 0 ? T("") :
		    text_fmt(c, "HS %.*s", TEXT_F(text_sub(from->hs, 0, 6)))),
		.criterion = T("INDIAN"),
		.weight = joined(c, joined(c, weight_line(c, from->gross_kg.typed, "kg gross"), "\n",
		    weight_line(c, from->net_kg.typed, "kg net")), "\n", from->quantity.typed.n == 0 ?
		    T("") : text_fmt(c, "%.*s %.*s", TEXT_F(from->quantity.typed),
		    TEXT_F(from->uqc))),
	};
}

/* Drafts hold any number: a sum that does not fit stays at the largest. */
static int64_t
plus(int64_t sum, int64_t n)
{
	return n <= 0 ? sum : sum > INT64_MAX - n ? INT64_MAX : sum + n;
}

static void
items(struct ctx *c, const struct content *content, struct face *f)
{
	struct face_item *rows = ctx_alloc(c, (content->nitems + 1) * sizeof *rows);
	int64_t count = 0, gross = 0;

	for (size_t i = 0; i < content->nitems; i++) {
		const struct item *from = &content->items[i];

		rows[i] = item(c, from, i);
		count = plus(count, from->packages);
		gross = plus(gross, from->gross_kg.n);
	}
	f->item = rows;
	f->nitem = content->nitems;
	if (content->nitems > 0)
		f->total = text_fmt(c, "Total: %" PRId64 " packages, %" PRId64 ".%03" PRId64
		    " kg gross", count, gross / 1000, gross % 1000);
}

/* Lines of a stored address as one. */
static struct text
address_line(struct ctx *c, struct text json, struct text city)
{
	struct json_object *list;
	struct text line = T("");

	if (json_read(c, json, &list) != 0)
		return city;
	for (size_t i = 0; i < json_object_array_length(list); i++)
		line = joined(c, line, ", ",
		    text_of(json_object_get_string(json_object_array_get_idx(list, i))));
	return joined(c, line, ", ", T("India"));
}

static int
add_declared(struct call *k, const struct record *r, const struct content *content, struct face *f)
{
	struct signed_row sig = { T(""), T("") };
	struct ctx *c = k->c;
	int64_t at;

	if (r->signature_id > 0 &&
	    db_one(c, k->d, ST_SIGNED_AT, ARGS(A_INT(r->signature_id)), &sig) < 0)
		return -1;
	f->declared.place = content->declaration.place;
	f->declared.signatory = content->declaration.signatory;
	f->declared.designation = content->declaration.designation;
	if (seconds_of(sig.signed_at, &at)) {
		f->declared.signed_at = clock_ist(c, at);
		f->declared.date = clock_day(c, clock_today_ist(at));
	}
	return 0;
}

static int
add_issued(struct call *k, const struct record *r, const struct letterhead *h,
    const struct stamped *s, struct face *f)
{
	if (s->officer == NULL)
		return 0;
	f->issued.place = h->office_city;
	f->issued.date = clock_day(k->c, clock_today_ist(k->c->now));
	f->issued.officer = s->officer->name;
	f->issued.designation = s->officer->designation;
	return picture(k, ST_STAMP, r->office_id, &f->stamp) != 0 ||
	    picture(k, ST_SIGNATURE, s->officer->person, &f->signature) != 0 ? -1 : 0;
}

struct text
verify_address(struct call *k, struct text number, struct text code)
{
	return text_fmt(k->c, "%s/verify/%.*s?code=%.*s", k->conf->origin, TEXT_F(number),
	    TEXT_F(code));
}

int
face_make(struct call *k, const struct record *r, const struct stamped *s, struct face *f)
{
	struct ctx *c = k->c;
	struct letterhead h;
	struct content content;
	struct firm firm;

	if (db_need(c, k->d, ST_LETTERHEAD, ARGS(A_INT(r->office_id)), &h) != 0 ||
	    dossier_read(c, r->content, &content) != 0 ||
	    dossier_firm(c, r->exporter, &firm) != 0)
		return -1;
	*f = (struct face){ .leaf = LEAF_ELECTRONIC, .number = s->number, .code = s->code,
		.address = s->number.n == 0 ? T("") : verify_address(k, s->number, s->code),
		.agency = h.name, .agency_local = h.name_local,
		.office = text_fmt(c, "%.*s office", TEXT_F(h.office)),
		.agency_address = address_line(c, h.office_address, h.office_city),
		.exporter = exporter(c, &firm), .consignee = consignee(c, &content.consignee),
		.transport = transport(c, &content.transport),
		.official = official(k, r, &content), .invoices = invoices(c, &content),
		.importing_country = content.importing_country.n == 0 ? T("") :
		    country(content.importing_country),
		.produced_in = T("India"), .watermark = s->watermark,
		.demo = config_yes(k->conf->demo), .time = c->now };
	items(c, &content, f);
	return add_declared(k, r, &content, f) != 0 || add_issued(k, r, &h, s, f) != 0 ? -1 : 0;
}
