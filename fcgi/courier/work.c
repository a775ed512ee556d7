/*
 * A lane: claim, commit, act, mark done (reliability 5.3).
 */
#include <inttypes.h>
#include <poll.h>

#include "base/clock.h"
#include "base/journal.h"
#include "fcgi/courier/courier.h"
#include "fcgi/courier/plan.h"

#define IDLE_MS		250
#define RECLAIM_MS	10000

/* More failures than ${tries} and a job is given up, for a person to look at. */
static const struct kind {
	const char *name;
	enum lane lane;
	int64_t tries;
	job_act *does, *given_up;
} kinds[] = {
	{ "mail", LANE_MAIL, 24, act_mail, NULL },
	{ "gateway_order", LANE_MONEY, 9, act_order, order_given_up },
	{ "gateway_poll", LANE_MONEY, 30, act_poll, NULL },
};

static const struct kind *
kind_of(struct text name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (text_is(name, kinds[i].name))
			return &kinds[i];
	return NULL;
}

static int
finish(struct call *k, const struct job *j, const char *state, int64_t seconds, struct text error)
{
	return db_run(k->c, k->d, ST_CLOSE, ARGS(A_TEXT(text_of(state)), A_INT(seconds),
	    A_TEXT(text_sub(error, 0, 300)), A_INT(j->row.id), A_INT(j->row.version + 1))) < 0 ?
	    -1 : 0;
}

static int
failed(struct call *k, struct job *j, const struct kind *kind)
{
	struct text cause = text_of(text_c(k->c, text_of(k->c->problem.log)));
	bool over = j->hopeless || kind == NULL || j->row.tries >= kind->tries;

	JOURNAL(over ? "job_failed" : "job_late", J("once", j->row.once),
	    J("tries", text_fmt(k->c, "%" PRId64, j->row.tries)), J("cause", cause));
	if (db_lost(k->d))
		return -1;			/* its lease runs out, and it is tried again */
	problem_clear(&k->c->problem);
	if (over && kind != NULL && kind->given_up != NULL && kind->given_up(k, j) != 0)
		return -1;
	return finish(k, j, over ? "failed" : "ready", over ? 0 : plan_retry(j->row.tries), cause);
}

static int
act(struct call *k, struct job *j)
{
	const struct kind *kind = kind_of(j->row.kind);

	if (kind == NULL || json_read(k->c, j->row.payload, &j->payload) != 0) {
		(void)problem_set(k->c, PROBLEM_SYNTAX, "a job of no known kind");
		return failed(k, j, kind);
	}
	if (kind->does(k, j) != 0)
		return failed(k, j, kind);
	return j->again < 0 ? finish(k, j, "done", 0, T("")) :
	    finish(k, j, "ready", j->again, T(""));
}

/* Return 1 after a job, 0 if there is none, -1. */
static int
take_one(struct call *k, enum lane lane)
{
	struct job j = { .again = -1 };
	int64_t mine;
	int rc = db_one(k->c, k->d, ST_NEXT, ARGS(A_INT(lane == LANE_MAIL)), &j.row);

	if (rc != 1)
		return rc;
	mine = db_run(k->c, k->d, ST_LEASE, ARGS(A_INT(j.row.id), A_INT(j.row.version)));
	if (mine != 1)
		return mine < 0 ? -1 : 1;	/* another courier was faster */
	j.row.tries++;
	return act(k, &j) != 0 ? -1 : 1;
}

static bool
told_to_stop(int stop, int wait_ms)
{
	struct pollfd p = { .fd = stop, .events = POLLIN };

	return poll(&p, 1, wait_ms) > 0;
}

static int
reclaim(struct call *k, int64_t *next)
{
	if (clock_ms() < *next)
		return 0;
	*next = clock_ms() + RECLAIM_MS;
	return db_run(k->c, k->d, ST_RECLAIM, NO_ARGS) < 0 ? -1 : 0;
}

void
courier_work(struct call *k, int stop)
{
	enum lane lane = (enum lane)k->thread;
	int64_t next = 0;
	int rc = 0;

	while (!told_to_stop(stop, rc == 1 ? 0 : IDLE_MS)) {
		ctx_begin(k->c);
		rc = lane == LANE_MONEY ? reclaim(k, &next) : 0;
		if (rc == 0)
			rc = take_one(k, lane);
		if (rc >= 0)
			continue;
		JOURNAL("courier", J("cause", text_of(k->c->problem.log)));
		if (db_lost(k->d))
			return;
	}
}
