/*
 * record - an application as the database has it, for the programs that work on it.
 *
 * The exporter's, the officer's and the certificate's program read the same row; who may see it is
 * the condition each of them gives to RECORD_STMT_ROWS.  What another firm or office owns is
 * PROBLEM_MISSING, as if it were not there.
 *
 * Trust:   rows are ours; the JSON inside them is what people stated.
 * Memory:  the ctx.
 * Fails:   as db_need().
 * Needs:   the statements of record/stmts.h, and for record_json() those of record/view.h.
 */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H
#include "host/program.h"
#include "host/rows.h"
#include "rules/check.h"
#include "rules/state.h"

struct record {
	int64_t		id;
	struct text	number;			/* empty until it is submitted */
	struct text	iec, agency, agency_name, agency_gstin;
	int64_t		office_id;
	struct text	office, office_city, rule_set, state;
	int64_t		version;
	bool		paid;
	struct text	content, exporter;	/* JSON documents */
	struct text	consignee, importing_country;
	int64_t		items;
	struct text	signed_sha256;
	int64_t		signature_id;		/* 0: none */
	int64_t		lock_person;		/* 0: nobody */
	bool		lock_holds;
	struct text	lock_until;
	struct text	created_at, updated_at, submitted_at, approved_at;
};

struct document {
	int64_t		id;
	struct text	kind, name, media_type;
	int64_t		size;
	struct text	sha256;
	int64_t		pages;
	struct text	uploaded_at;
};

/* record_read(k, id, out): the application ${id} if k->who may see it. */
int record_read(struct call *, int64_t, struct record *) MUST_CHECK;

/* record_state(r): the state that its name says. */
enum application_state record_state(const struct record *);

/* record_may(k, r, to, by): 0, or PROBLEM_STATE naming where the application stands. */
int record_may(struct call *, const struct record *, enum application_state, enum mover) MUST_CHECK;

/* record_version(k, r, version): 0, or PROBLEM_VERSION if it was saved in the meantime. */
int record_version(struct call *, const struct record *, int64_t) MUST_CHECK;

/* record_documents(k, id, out): struct document, those that are not removed, oldest first. */
int record_documents(struct call *, int64_t, struct list *) MUST_CHECK;
struct attached *record_attached(struct ctx *, const struct list *);
struct json_object *document_json(struct call *, const struct document *);

/* record_file(k, application, document): nginx sends the file, as an attachment. */
int record_file(struct call *, int64_t, int64_t) MUST_CHECK;
/* record_page(k, application, document, page): a page of it as PNG. */
int record_page(struct call *, int64_t, int64_t, int64_t) MUST_CHECK;

/* record_event(k, id, what, text): a line of the history, by k->who. */
int record_event(struct call *, int64_t, const char *, struct text) MUST_CHECK;

/* record_mail(k, once, to, subject, lines, n): a letter for the courier; ${once} names it for ever. */
int record_mail(struct call *, struct text, struct text, struct text, const struct text *,
    size_t) MUST_CHECK;
#endif
