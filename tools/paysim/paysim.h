/*
 * paysim - a payment gateway for demonstrations and tests: no real money.
 *
 * It plays a stranger.  It speaks the part of Razorpay's interface that the portal uses (orders,
 * their payments, signed notices, the signed way back), has a page where one pays, and lets things
 * go wrong on purpose: there by a button, for tests by POST /paysim/faults.  Beyond Razorpay, an
 * order says in "checkout_url" where it is paid.
 *
 * Talks to:  nginx, MariaDB (a database of its own), the portal's notice address.
 * May read:  names and root certificates.      May write: nothing.
 * Secrets:   the demo's gateway secrets.
 * If taken over: it can claim that the demo's payments were made.
 */
#ifndef PAYSIM_H
#define PAYSIM_H
#include "gateway/gateway.h"
#include "host/program.h"

enum {
	ST_ORDER_ADD, ST_ORDER, ST_BY_RECEIPT, ST_PAYMENT_ADD, ST_PAYMENTS, ST_NOTICE_ADD,
	ST_NOTICE_NEXT, ST_NOTICE_DONE, ST_NOTICE_LATER, ST_FAULTS, ST_FAULT_SET, ST_FAULT_TAKE,
	PAYSIM_STMTS
};
extern const struct stmt paysim_stmt[PAYSIM_STMTS];

struct order_row {
	struct text id, receipt;
	int64_t amount;
	struct text currency, status;
	int64_t attempts, created_at;
};
struct sim_payment_row {
	struct text id, order_id;
	int64_t amount;
	struct text currency, status;
	int64_t created_at;
};
struct notice_row { int64_t id; struct text event, body; bool forged; int64_t tries; };
struct fault_row {
	int64_t drop_notices, duplicate_notices, delay_notices_ms, forge_notices, forge_return,
	    refuse_orders, lose_orders;
};

struct order_form { int64_t amount; struct text currency, receipt, notes, payment; };
struct receipt_form { struct text receipt; };
struct id_form { struct text id; };
struct page_form { struct text id, said; };

extern struct gateway_secrets paysim_secrets;

/* A way to pay, or not to. */
struct way {
	const char *name, *label, *hint;
	const char *said;		/* on the page afterwards, when the browser stays */
	const char *status;		/* of the payment: captured, failed, late */
	int payments, notices;
	bool returns;			/* the browser goes back to the portal */
};
extern const struct way paysim_ways[];
extern const size_t paysim_nways;
#define LATE_S 8			/* "late" is captured after so many seconds */

/* paysim_order(k, id, out): PROBLEM_MISSING if there is none. */
int paysim_order(struct call *, struct text, struct order_row *) MUST_CHECK;

/* paysim_page(k, order, said): the page where one pays. */
int paysim_page(struct call *, const struct order_row *, const struct way *);

/* paysim_back(k, order, payment, forged): where the browser goes back to, signed. */
struct text paysim_back(struct call *, struct text, struct text, bool);

/* paysim_tell(k, stop): sends the notices, until ${stop}. */
void paysim_tell(struct call *, int);

handler on_order, on_orders, on_order_show, on_payments, on_checkout, on_pay, on_faults;
#endif
