#include "dossier/member.h"

#define COUNT_MAX 1000000	/* packages of one item */

static const char *const mode[] = { "sea", "air", "road", "rail", "post", NULL };
static const char *const origin[] = { "wholly", "processed", NULL };
static const char *const duty[] = { "paid", "free", "none", NULL };
static const char *const operation[] = {
	"beyond", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", NULL
};

static const struct member consignee_members[] = {
	M_TEXT(struct consignee, name, 200),
	M_TEXT(struct consignee, name_local, 200),
	M_TEXTS(struct consignee, address, 4, 100, NULL),
	M_TEXTS(struct consignee, address_local, 4, 100, NULL),
	M_TEXT(struct consignee, city, 100),
	M_TEXT(struct consignee, country, 2),
	M_BOOL(struct consignee, to_order),
};
static const struct shape consignee = SHAPE(consignee_members, struct consignee);

static const struct member transport_members[] = {
	M_CHOICE(struct transport, mode, mode),
	M_TEXT(struct transport, conveyance, 80),
	M_TEXT(struct transport, voyage, 40),
	M_TEXT(struct transport, place_of_receipt, 100),
	M_TEXT(struct transport, port_of_loading, 12),
	M_TEXT(struct transport, port_of_discharge, 12),
	M_TEXT(struct transport, final_destination, 120),
	M_TEXT(struct transport, departure_date, 10),
};
static const struct shape transport = SHAPE(transport_members, struct transport);

static const struct member invoice_members[] = {
	M_TEXT(struct invoice, number, 64),
	M_TEXT(struct invoice, date, 10),
	M_TEXT(struct invoice, currency, 3),
	M_AMOUNT(struct invoice, value, MONEY_PLACES),
	M_TEXT(struct invoice, incoterm, 3),
};
static const struct shape invoice = SHAPE(invoice_members, struct invoice);

static const struct member item_members[] = {
	M_TEXT(struct item, hs, 16),
	M_LINES(struct item, description, 2000),
	M_LINES(struct item, marks, 1000),
	M_WHOLE(struct item, packages, COUNT_MAX, ABSENT),
	M_TEXT(struct item, package_kind, 2),
	M_AMOUNT(struct item, gross_kg, WEIGHT_PLACES),
	M_AMOUNT(struct item, net_kg, WEIGHT_PLACES),
	M_AMOUNT(struct item, quantity, QUANTITY_PLACES),
	M_TEXT(struct item, uqc, 3),
	M_CHOICE(struct item, origin, origin),
	M_TEXTS(struct item, operations, 11, 8, operation),
};
static const struct shape item = SHAPE(item_members, struct item);

static const struct member input_members[] = {
	M_WHOLE(struct input, item, ITEMS_MAX, 0),
	M_LINES(struct input, description, 500),
	M_TEXT(struct input, hs, 16),
	M_AMOUNT(struct input, quantity, QUANTITY_PLACES),
	M_TEXT(struct input, uqc, 3),
	M_TEXT(struct input, origin, 2),
	M_AMOUNT(struct input, value_inr, MONEY_PLACES),
	M_TEXT(struct input, supplier, 200),
	M_CHOICE(struct input, duty, duty),
};
static const struct shape input = SHAPE(input_members, struct input);

static const struct member declaration_members[] = {
	M_TEXT(struct declaration, place, 100),
	M_TEXT(struct declaration, signatory, 120),
	M_TEXT(struct declaration, designation, 120),
};
static const struct shape declaration = SHAPE(declaration_members, struct declaration);

static const struct member content_members[] = {
	M_TEXT(struct content, importing_country, 2),
	M_OBJECT(struct content, consignee, struct consignee, &consignee),
	M_OBJECT(struct content, transport, struct transport, &transport),
	M_LIST(struct content, invoices, struct invoice, &invoice, INVOICES_MAX),
	M_LIST(struct content, items, struct item, &item, ITEMS_MAX),
	M_LIST(struct content, inputs, struct input, &input, INPUTS_MAX),
	M_LINES(struct content, process, 4000),
	M_OBJECT(struct content, declaration, struct declaration, &declaration),
};
static const struct shape content = SHAPE(content_members, struct content);

static const struct member firm_members[] = {
	M_TEXT(struct firm, iec, 10),
	M_TEXT(struct firm, name, 200),
	M_TEXT(struct firm, pan, 10),
	M_TEXT(struct firm, gstin, 15),
	M_TEXTS(struct firm, address, 6, 200, NULL),
	M_TEXT(struct firm, city, 100),
	M_TEXT(struct firm, state, 60),
	M_TEXT(struct firm, pin, 10),
	M_TEXT(struct firm, email, 254),
	M_TEXT(struct firm, phone, 32),
};
static const struct shape firm = SHAPE(firm_members, struct firm);

int
dossier_read(struct ctx *c, struct text json, struct content *out)
{
	return shape_read(c, &content, json, DOSSIER_MAX, out);
}

int
dossier_firm(struct ctx *c, struct text json, struct firm *out)
{
	return shape_read(c, &firm, json, DOSSIER_MAX, out);
}
