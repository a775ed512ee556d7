/*
 * courier - takes letters to the mail server and orders to the payment gateway.
 *
 * The only program of the portal that reaches the network; nothing reaches it.  Others leave it rows
 * in the table job.  It claims one (ready -> leased, by compare-and-set), commits, acts, and marks
 * it done; an act may happen twice when the courier dies in between, so every act bears it.  Two
 * lanes, letters and money, so that a slow mail server delays no payment.
 *
 * kind          payload                                        act, and why it may be repeated
 * mail          {"to":"a@b","subject":"...","lines":["..."]}   one letter; its Message-ID is made of
 *                                                              the job's `once`
 * gateway_order {"payment_id":7}                               makes the order; looks first whether
 *                                                              it is there, by its receipt
 * gateway_poll  {"payment_id":7,"soon":true}                   asks what was paid, and hands it in
 *                                                              at the portal's own notice address
 *
 * What the gateway says when it is asked goes through the same door as what it says by itself:
 * POST /api/gateway/notice, signed.  So there is one place that settles, and no right to do so here.
 *
 * Talks to:  MariaDB, the mail server, the gateway, the portal's own notice address.
 * May read:  names and root certificates.      May write: the demo's mail folder.
 * Secrets:   the gateway's.
 * If taken over: it can send letters and, holding the gateway's secrets, claim payments; it can read
 * jobs and amounts, and nothing of applications.
 */
#ifndef COURIER_H
#define COURIER_H
#include "gateway/gateway.h"
#include "host/program.h"

enum { ST_NEXT, ST_LEASE, ST_CLOSE, ST_RECLAIM, ST_PAYMENT, ST_OPENED, ST_REFUSED, COURIER_STMTS };
extern const struct stmt courier_stmt[COURIER_STMTS];

enum lane { LANE_MONEY, LANE_MAIL, LANES };

struct job_row {
	int64_t id;
	struct text kind, once, payload;
	int64_t version, tries;
};
struct payment_row {
	int64_t id;
	struct text state;
	int64_t total_paise;
	struct text gateway_order;
	int64_t created;		/* seconds since 1970 */
};
struct count_row { int64_t n; };

struct job {
	struct job_row row;
	struct json_object *payload;
	int64_t again;		/* set by an act: come back in so many seconds; -1: done */
	bool hopeless;		/* set by an act that fails: trying again is of no use */
};

/* Acts return 0 (done, or again), or -1 with the problem set. */
typedef int job_act(struct call *, struct job *);
job_act act_mail, act_order, act_poll;
/* What is to be done when a job is given up. */
int order_given_up(struct call *, struct job *);

extern struct gateway_secrets courier_secrets;
extern const char *courier_mail_dir;	/* NULL: by SMTP */

/* courier_work(k, stop): one lane, until ${stop}. */
void courier_work(struct call *, int);
#endif
