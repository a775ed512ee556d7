/*
 * application - what an exporter states, as typed values.
 *
 * The content of an application is one JSON document; modules/dossier reads it into these structs,
 * member by member under the same names.  All of it may be absent while it is a draft: a text is
 * then empty, a count or an amount is ABSENT.  What the values must be is in rules/check.h.
 *
 * Trust:   values are the exporter's: well-formed, and nothing more.
 * Memory:  texts and arrays live as long as the request.
 * Fails:   amount_read() marks what it cannot read.
 * Needs:   nothing.
 */
#ifndef RULES_APPLICATION_H
#define RULES_APPLICATION_H
#include "base/ctx.h"

#define ABSENT		INT64_C(-1)
#define UNREADABLE	INT64_C(-2)

#define ITEMS_MAX	200
#define INPUTS_MAX	200
#define INVOICES_MAX	20

#define WEIGHT_PLACES	3	/* kilograms as grams */
#define QUANTITY_PLACES	3	/* in thousandths */
#define MONEY_PLACES	2	/* in hundredths */

/* A number as typed, for showing and signing, and its value in whole parts, for reckoning. */
struct amount { struct text typed; int64_t n; };

/* amount_read(typed, places): n is ABSENT for empty text, UNREADABLE for what is no number. */
struct amount amount_read(struct text, unsigned);

struct texts { const struct text *p; size_t n; };

struct consignee {
	struct text name, name_local;
	struct texts address, address_local;	/* lines */
	struct text city, country;
	bool to_order;
};

struct transport {
	struct text mode, conveyance, voyage;
	struct text place_of_receipt, port_of_loading, port_of_discharge, final_destination;
	struct text departure_date;
};

struct invoice {
	struct text number, date, currency;
	struct amount value;
	struct text incoterm;
};

struct item {
	struct text hs, description, marks;
	int64_t packages;		/* 0: in the same case as the line above */
	struct text package_kind;
	struct amount gross_kg, net_kg, quantity;
	struct text uqc;
	struct text origin;		/* "wholly" or "processed" */
	struct texts operations;	/* "beyond", or codes of the list operations */
};

struct input {
	int64_t item;			/* 1 is the first item */
	struct text description, hs;
	struct amount quantity;
	struct text uqc, origin;	/* country */
	struct amount value_inr;
	struct text supplier;
	struct text duty;		/* "paid", "free" or "none" */
};

struct declaration { struct text place, signatory, designation; };

struct content {
	struct text importing_country;
	struct consignee consignee;
	struct transport transport;
	struct invoice *invoices;
	size_t ninvoices;
	struct item *items;
	size_t nitems;
	struct input *inputs;
	size_t ninputs;
	struct text process;
	struct declaration declaration;
};

/* The exporter's record, as it was when the application was frozen. */
struct firm {
	struct text iec, name, pan, gstin;
	struct texts address;
	struct text city, state, pin;
	struct text email, phone;
};

/* A document attached to the application. */
struct attached { struct text kind, name, sha256; int64_t size; };

/* What the handbook asks for at a time; rows of rule_set, rule_document and rule_feature. */
struct rule_set {
	struct text code;		/* "NP-BASE", "NP-2025-01" */
	struct texts documents;		/* kinds that are required */
	bool inputs_required;
	bool back_to_back;		/* offered; the content document has no place for it yet */
};
#endif
