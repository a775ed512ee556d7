/*
 * review - the officer's side: the queue, the lock, query, rejection, approval.
 *
 * Talks to:  nginx, MariaDB, inspect.      May read: documents.      May write: nothing.
 * Secrets:   none.
 * If taken over: it can approve applications of any office; a certificate still needs an officer's
 * own key, and what was approved by whom is in the audit chain.
 */
#ifndef REVIEW_H
#define REVIEW_H
#include "record/view.h"

enum {
	ST_QUEUE = VIEW_STMTS, ST_COUNTS, ST_DAYS, ST_LOCK, ST_UNLOCK, ST_DECIDE, ST_TAKE_BACK,
	ST_DECISION_ADD,
	ST_SAME_INVOICE, ST_PERSON, ST_MAIL_TO, REVIEW_STMTS
};
extern const struct stmt review_stmt[REVIEW_STMTS];

struct queue_row {
	int64_t id;
	struct text number, state;
	int64_t office_id;
	struct text office, iec, firm, consignee, importing_country;
	int64_t items;
	struct text submitted_at;
	int64_t lock_person;
	struct text lock_name, lock_until;
};
struct count_row { int64_t waiting, under_review, query, approved, signing, issued_today; };
struct day_row { struct text date; int64_t submitted, decided; };
struct same_row { int64_t id; struct text number, state, invoice; };
struct person_row { struct text name; };
struct mail_row { struct text email; };

struct queue_form { struct text state; int64_t office_id, after; };
struct id_form { int64_t id; };
struct document_form { int64_t id, document, page; };
struct decide_form { int64_t id, version; struct text text; };
struct approve_form { int64_t id, version; struct text checked; };

/* checklist_done(k, checked): every point of the list is in the JSON list; or PROBLEM_INPUT. */
int checklist_done(struct call *, struct text) MUST_CHECK;

handler on_queue, on_summary, on_show, on_document, on_page;
handler on_lock, on_unlock, on_query, on_reject, on_approve;
#endif
