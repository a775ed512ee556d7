/*
 * net - asking over HTTP and handing letters to a mail server, with a bound on everything.
 *
 * libcurl is used here and nowhere else.  Redirections are not followed, only http, https, smtp and
 * smtps are spoken, an answer is at most NET_ANSWER_MAX bytes and a conversation 10 seconds.
 *
 * Trust:   the answer is a stranger's; certificates are checked against the system's roots.
 * Memory:  answers live in the ctx.
 * Fails:   PROBLEM_BUSY when there was no answer; any HTTP status is an answer.
 * Needs:   the network: only courier and the gateway simulator have it.
 */
#ifndef NET_NET_H
#define NET_NET_H
#include "base/ctx.h"

#define NET_ANSWER_MAX	(256 * KIB)
#define NET_SECONDS	10

/* net_start(): once per process, before the first thread. */
int net_start(void) MUST_CHECK;

struct ask {
	struct text	url;
	struct text	user, secret;		/* basic authentication; empty: none */
	struct text	body;			/* JSON to POST; p == NULL: GET */
	const char	*header[4];		/* "Name: value", up to a NULL */
};
struct answer { long status; struct text body; };

/* net_ask(c, ask, answer): 0, or -1 when no answer came. */
int net_ask(struct ctx *, const struct ask *, struct answer *) MUST_CHECK;

struct letter_out { struct text url, from, to, message; };

/*
 * net_mail(c, letter, permanent): hand a letter to the server at ${url}.  -1 with ${permanent} set
 * if the server will never take it (an answer of 5xx).
 */
int net_mail(struct ctx *, const struct letter_out *, bool *) MUST_CHECK;
#endif
