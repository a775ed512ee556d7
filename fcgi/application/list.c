/*
 * The firm's applications: by key, by state, and counted.
 */
#include "fcgi/application/application.h"

#define PAGE 20

/* Names for several states at once. */
static const struct { const char *name, *states; } groups[] = {
	{ "open", "draft,sign_pending,payment_pending,query" },
	{ "agency", "submitted,under_review,resubmitted,approved" },
	{ "done", "issued,rejected,withdrawn,cancelled,replaced,expired" },
};

static int
states_of(struct call *k, struct text name, struct text *out)
{
	enum application_state state;

	*out = name;
	for (size_t i = 0; i < COUNT(groups); i++)
		if (text_is(name, groups[i].name)) {
			*out = text_of(groups[i].states);
			return 0;
		}
	return name.n == 0 || state_read(name, &state) ? 0 :
	    problem_field(k->c, "state", "unknown", "There is no such state.");
}

#define STATES_MAX 8

/* Of each state the newest, and of these the newest: an index has them in this order. */
static int
list_states(struct call *k, struct text states, int64_t before, int64_t page, struct list *out)
{
	struct list part[STATES_MAX];
	size_t n = 0;

	while (states.n > 0 && n < STATES_MAX) {
		size_t comma = text_find(states, ',');

		if (db_list(k->c, k->d, ST_LIST_IN, ARGS(A_INT(k->who->person), A_INT(before),
		    A_TEXT(text_sub(states, 0, comma)), A_INT(page + 1)), &part[n++]) != 0)
			return -1;
		states = text_sub(states, comma + 1, states.n);
	}
	*out = rows_newest(k->c, &application_stmt[ST_LIST_IN], part, n, (size_t)page + 1);
	return 0;
}

static struct json_object *
item(struct call *k, const struct list_row *r)
{
	struct json_object *o = row_json(k->c, &application_stmt[ST_LIST], r);
	enum application_state state = APPLICATION_DRAFT;

	(void)!state_read(r->state, &state);
	json_set_text(o, "waiting", text_of(waiting_name(state_waiting(state))));
	return o;
}

int
on_list(struct call *k, const void *form)
{
	const struct list_form *in = form;
	struct json_object *o = json_new(k->c), *items = json_list(k->c);
	int64_t page = in->limit > 0 ? in->limit : PAGE;
	int64_t before = in->after > 0 ? in->after : INT64_MAX;
	struct list l;
	struct text states;
	bool more;

	if (states_of(k, in->state, &states) != 0 || (states.n == 0 ? db_list(k->c, k->d, ST_LIST,
	    ARGS(A_INT(k->who->person), A_INT(before), A_INT(page + 1)), &l) :
	    list_states(k, states, before, page, &l)) != 0)
		return -1;
	more = list_cut(&l, (size_t)page);
	for (size_t i = 0; i < l.n; i++)
		json_push(items, item(k, &((const struct list_row *)l.row)[i]));
	json_add(o, "items", items);
	if (more)
		json_set_int(o, "next", ((const struct list_row *)l.row)[l.n - 1].id);
	else
		json_set_null(o, "next");
	return reply_json(k->c, k->out, 200, o);
}

int
on_summary(struct call *k, const void *form)
{
	struct json_object *o = json_new(k->c), *states = json_new(k->c);
	struct arg me = A_INT(k->who->person);
	struct list l, months;
	const struct state_row *s;

	(void)form;
	if (db_list(k->c, k->d, ST_STATES, &me, 1, &l) != 0 ||
	    db_list(k->c, k->d, ST_MONTHS, ARGS(me, me), &months) != 0)
		return -1;
	s = l.row;
	for (size_t i = 0; i < l.n; i++)
		json_set_int(states, text_c(k->c, s[i].state), s[i].n);
	json_add(o, "states", states);
	json_add(o, "months", rows_json(k->c, &application_stmt[ST_MONTHS], &months));
	return reply_json(k->c, k->out, 200, o);
}
