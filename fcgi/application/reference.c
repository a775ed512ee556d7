/*
 * What an exporter chooses from: agencies with their offices, fees, and the own firm.
 */
#include "fcgi/application/application.h"

static struct json_object *
offices_of(struct call *k, struct text agency, const struct list *offices)
{
	struct json_object *list = json_list(k->c);
	const struct office_row *o = offices->row;

	for (size_t i = 0; i < offices->n; i++) {
		struct json_object *one;

		if (!text_eq(o[i].agency, agency))
			continue;
		one = json_new(k->c);
		json_set_int(one, "id", o[i].id);
		json_set_text(one, "name", o[i].name);
		json_set_text(one, "city", o[i].city);
		json_push(list, one);
	}
	return list;
}

int
on_agencies(struct call *k, const void *form)
{
	struct json_object *o = json_new(k->c), *items = json_list(k->c);
	struct list agencies, offices;
	const struct agency_row *a;

	(void)form;
	if (db_list(k->c, k->d, ST_AGENCIES, NO_ARGS, &agencies) != 0 ||
	    db_list(k->c, k->d, ST_OFFICES, NO_ARGS, &offices) != 0)
		return -1;
	a = agencies.row;
	for (size_t i = 0; i < agencies.n; i++) {
		struct json_object *one = row_json(k->c, &application_stmt[ST_AGENCIES], &a[i]);

		json_add(one, "offices", offices_of(k, a[i].code, &offices));
		json_push(items, one);
	}
	json_add(o, "items", items);
	json_set_null(o, "next");
	return reply_json(k->c, k->out, 200, o);
}

int
on_fees(struct call *k, const void *form)
{
	struct json_object *o = json_new(k->c);
	struct list fees;

	(void)form;
	if (db_list(k->c, k->d, ST_FEES, NO_ARGS, &fees) != 0)
		return -1;
	json_add(o, "items", rows_json(k->c, &application_stmt[ST_FEES], &fees));
	json_set_null(o, "next");
	return reply_json(k->c, k->out, 200, o);
}

int
on_firm(struct call *k, const void *form)
{
	const struct firm_form *in = form;
	struct firm_row f;

	if (db_need(k->c, k->d, ST_FIRM, ARGS(A_TEXT(in->iec), A_INT(k->who->person)), &f) != 0)
		return -1;
	return reply_json(k->c, k->out, 200, row_json(k->c, &application_stmt[ST_FIRM], &f));
}
