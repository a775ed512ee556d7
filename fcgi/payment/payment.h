/*
 * payment - what is owed, what the gateway says was paid, and the receipt for it.
 *
 * An exporter asks for a payment; the courier makes its order at the gateway.  What becomes of it is
 * told by the gateway's notice, by the browser that comes back, and by the courier that asks: all
 * three end in settle_fact(), and only a captured fact moves money.  A fact counts once, whichever
 * door it comes through and however often (DESIGN 9).
 *
 * Talks to:  nginx, MariaDB.      May read: nothing.      May write: nothing.
 * Secrets:   those of the gateway, to check what it signed.
 * If taken over: it can say that applications are paid, but not unsay a booked entry nor read what
 * an application holds.
 */
#ifndef PAYMENT_H
#define PAYMENT_H
#include "fcgi/payment/fact.h"
#include "gateway/gateway.h"
#include "host/program.h"
#include "host/stmts.h"
#include "rules/fee.h"

enum {
	ST_OWED = HOST_STMTS, ST_FEE, ST_LIVE, ST_CREATE, ST_SHOW, ST_LIST, ST_RECEIPT,
	ST_ORDER, ST_BY_ORDER, ST_APPLICATION, ST_FACT_ADD, ST_LEDGER_ADD, ST_PAID, ST_SUBMIT,
	ST_PAID_EARLY, ST_COUNT, ST_PARTIES, ST_RECEIPT_ADD, ST_EVENT_ADD, ST_JOB_ADD, ST_ASK_ADD,
	ST_MAIL_TO, PAYMENT_STMTS
};
extern const struct stmt payment_stmt[PAYMENT_STMTS];

/* An application that wants a payment: who supplies, who receives. */
struct owed_row {
	int64_t id;
	struct text agency, rule_set, state;
	bool paid;
	struct text agency_gstin, gstin, firm_state;
};
struct fee_row { int64_t fee_paise, gst_bp; struct text sac; };
struct id_row { int64_t id; };
struct order_row { int64_t id, total_paise; };

/* The object of the API: column names are its members. */
struct payment_row {
	int64_t id, application_id;
	struct text application_number, state;
	int64_t fee_paise, cgst_paise, sgst_paise, igst_paise, total_paise;
	struct text sac, place_of_supply, checkout_url, receipt_number, created_at, paid_at;
	struct text agency, agency_name;
};

/* A payment that a fact is about, and its application as it stands now. */
struct due_row {
	int64_t id, application_id;
	struct text iec, agency, state;
	int64_t version, fee_paise, cgst_paise, sgst_paise, igst_paise, total_paise;
	struct text sac, place_of_supply;
};
struct standing_row { struct text number, state; int64_t version; bool paid; };
struct parties_row {
	struct text agency_name, agency_address, agency_city, agency_gstin;
	struct text firm, gstin, address, city, firm_state, pin;
};
struct receipt_row { struct text document; };
struct mail_row { struct text email; };

struct create_form { int64_t application_id; };
struct list_form { int64_t application_id, after; };
struct id_form { int64_t id; };
struct number_form { struct text number; };
struct return_form {
	struct text razorpay_payment_id, razorpay_order_id, razorpay_signature;
};

/* Read once, before the jail. */
extern struct gateway_secrets payment_secrets;

/* settle_fact(k, fact): in one transaction.  0 also when there was nothing left to do. */
int settle_fact(struct call *, struct fact *) MUST_CHECK;

/* receipt_write(k, due, standing, number, fact): the document, kept as it is today. */
int receipt_write(struct call *, const struct due_row *, struct text, struct text,
    const struct fact *) MUST_CHECK;

/* payment_event(k, application, what, text): a line of its history. */
int payment_event(struct call *, int64_t, const char *, struct text) MUST_CHECK;

handler on_create, on_list, on_show, on_receipt, on_notice, on_return, on_return_form;
#endif
