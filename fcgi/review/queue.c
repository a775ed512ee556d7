/*
 * What waits for the officer's offices, oldest first, and how much of it there is.
 */
#include "fcgi/review/review.h"

#define PAGE 50

static const struct { const char *name, *state[3]; bool mine; } tabs[] = {
	{ "waiting",  { "submitted", "resubmitted", "under_review" }, false },
	{ "mine",     { "under_review", "", "" }, true },
	{ "query",    { "query", "", "" }, false },
	{ "approved", { "approved", "", "" }, false },
};

int
on_queue(struct call *k, const void *form)
{
	const struct queue_form *in = form;
	int64_t me = k->who->person;
	struct list l;
	size_t tab = 0;

	while (in->state.n > 0 && tab < COUNT(tabs) && !text_is(in->state, tabs[tab].name))
		tab++;
	if (tab == COUNT(tabs))
		return problem_field(k->c, "state", "unknown", "There is no such list.");
	if (db_list(k->c, k->d, ST_QUEUE, ARGS(A_TEXT(text_of(tabs[tab].state[0])),
	    A_TEXT(text_of(tabs[tab].state[1])), A_TEXT(text_of(tabs[tab].state[2])),
	    A_INT(me), A_INT(in->after), A_INT(in->office_id), A_INT(in->office_id),
	    A_INT(tabs[tab].mine), A_INT(me), A_INT(PAGE + 1)), &l) != 0)
		return -1;
	return reply_list(k, ST_QUEUE, &l, PAGE);
}

int
on_summary(struct call *k, const void *form)
{
	struct json_object *o;
	struct count_row counts;
	struct list days;
	struct arg me = A_INT(k->who->person);

	(void)form;
	if (db_need(k->c, k->d, ST_COUNTS, ARGS(me, me), &counts) != 0 ||
	    db_list(k->c, k->d, ST_DAYS, ARGS(me, me), &days) != 0)
		return -1;
	o = row_json(k->c, &review_stmt[ST_COUNTS], &counts);
	json_add(o, "days", rows_json(k->c, &review_stmt[ST_DAYS], &days));
	return reply_json(k->c, k->out, 200, o);
}
