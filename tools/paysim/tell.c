/*
 * Sends the notices, one after the other, until each was taken: at least once, as Razorpay does.
 */
#include <poll.h>

#include "base/journal.h"
#include "net/net.h"
#include "paysim.h"

#define IDLE_MS		150
#define TRIES_MAX	16

static struct text
notice_url(struct call *k)
{
	return k->conf->notice_url[0] != '\0' ? text_of(k->conf->notice_url) :
	    text_fmt(k->c, "%s/api/gateway/notice", k->conf->origin);
}

static int
send_notice(struct call *k, const struct notice_row *n)
{
	struct text secret = n->forged ? T("a secret of nobody's") : paysim_secrets.notice;
	struct ask a = { .url = notice_url(k), .body = n->body };
	struct answer answer;

	a.header[0] = text_c(k->c, text_fmt(k->c, "X-Razorpay-Signature: %.*s",
	    TEXT_F(gateway_sign(k->c, secret, n->body))));
	a.header[1] = text_c(k->c, text_fmt(k->c, "X-Razorpay-Event-Id: %.*s", TEXT_F(n->event)));
	if (net_ask(k->c, &a, &answer) != 0)
		return -1;
	return answer.status / 100 == 2 ? 0 :
	    problem_set(k->c, PROBLEM_BUSY, "the portal answered %ld", answer.status);
}

/* Only this thread sends, so nothing has to be claimed.  1 after a notice, 0 if there is none, -1. */
static int
tell_one(struct call *k)
{
	struct notice_row n;
	int rc = db_one(k->c, k->d, ST_NOTICE_NEXT, NO_ARGS, &n);

	if (rc != 1)
		return rc;
	if (send_notice(k, &n) == 0)
		return db_run(k->c, k->d, ST_NOTICE_DONE, ARGS(A_INT(n.id))) < 0 ? -1 : 1;
	JOURNAL("notice_refused", J("event", n.event), J("cause", text_of(k->c->problem.log)));
	problem_clear(&k->c->problem);
	return db_run(k->c, k->d, n.tries < TRIES_MAX ? ST_NOTICE_LATER : ST_NOTICE_DONE,
	    ARGS(A_INT(n.id))) < 0 ? -1 : 1;
}

void
paysim_tell(struct call *k, int stop)
{
	struct pollfd p = { .fd = stop, .events = POLLIN };
	int rc = 0;

	while (poll(&p, 1, rc == 1 ? 0 : IDLE_MS) <= 0) {
		ctx_begin(k->c);
		rc = tell_one(k);
		if (rc < 0 && db_lost(k->d))
			return;
	}
}
