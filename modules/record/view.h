/*
 * view - the whole of an application as JSON, and what the rules find in it.
 *
 * The exporter's and the officer's page show the same object; each adds what is its own.
 *
 * Trust:   see record.h.
 * Memory:  the ctx.
 * Fails:   as db_list().
 * Needs:   VIEW_STMT_ROWS after RECORD_STMT_ROWS.
 */
#ifndef RECORD_VIEW_H
#define RECORD_VIEW_H
#include "record/stmts.h"

enum {
	VIEW_EVENTS = RECORD_STMTS, VIEW_DECISIONS, VIEW_SIGNATURE, VIEW_PAYMENT, VIEW_CERTIFICATE,
	VIEW_KINDS, VIEW_FEATURES, VIEW_FEE, VIEW_VOID, VIEW_STMTS
};

struct view_event { struct text at, what, by_name, text; };
struct view_decision { struct text kind, by_name, text, at; };
struct view_signature { struct text signer, signed_at, sha256, fingerprint; };
struct view_payment { int64_t id; struct text state, receipt_number; };
struct view_certificate { struct text number, state; };
struct view_kind { struct text kind; bool required; };
struct view_feature { struct text feature; };
struct view_fee { int64_t fee_paise, gst_bp; struct text sac; };
struct view_void { struct text number; };

extern const struct col view_event_col[4], view_decision_col[4], view_signature_col[4],
    view_payment_col[3], view_certificate_col[2], view_kind_col[2], view_feature_col[1],
    view_fee_col[3], view_void_col[1];

#define VIEW_ROW(sql, what)	{ (sql), view_##what##_col, COUNT(view_##what##_col),	\
				    sizeof(struct view_##what) }
#define VIEW_STMT_ROWS									\
	[VIEW_EVENTS] = VIEW_ROW("SELECT at, what, by_name, text FROM application_event "\
	    "WHERE application_id = ? ORDER BY id LIMIT 500", event),			\
	[VIEW_DECISIONS] = VIEW_ROW("SELECT kind, by_name, text, at FROM decision "	\
	    "WHERE application_id = ? ORDER BY id DESC LIMIT 100", decision),		\
	[VIEW_SIGNATURE] = VIEW_ROW("SELECT signer, signed_at, sha256, fingerprint "	\
	    "FROM application_signature WHERE id = ?", signature),			\
	[VIEW_PAYMENT] = VIEW_ROW("SELECT id, state, receipt_number FROM payment "	\
	    "WHERE application_id = ? ORDER BY live_application IS NULL, id DESC LIMIT 1", payment),\
	[VIEW_CERTIFICATE] = VIEW_ROW("SELECT c.number, COALESCE(s.state, c.state) "	\
	    "FROM certificate c LEFT JOIN certificate_status s ON s.number = c.number "	\
	    "WHERE c.application_id = ?", certificate),					\
	[VIEW_KINDS] = VIEW_ROW("SELECT kind, required FROM rule_document "		\
	    "WHERE rule_set = ? ORDER BY required DESC, kind", kind),			\
	[VIEW_FEATURES] = VIEW_ROW("SELECT feature FROM rule_feature WHERE rule_set = ?", feature),\
	[VIEW_FEE] = VIEW_ROW("SELECT fee_paise, gst_bp, sac FROM rule_fee WHERE rule_set = ? "\
	    "AND event = 'issue' AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1", fee),	\
	[VIEW_VOID] = VIEW_ROW("SELECT certificate_void(?)", void)

/* record_json(k, r, out): the object of API "GET /api/applications/{id}". */
int record_json(struct call *, const struct record *, struct json_object **) MUST_CHECK;

/*
 * record_void(k, r): where ${r} had been given a certificate's number, the number is used up.  In the
 * transaction that rejects or withdraws it, before the row of the application (sql/ORDER.md).
 */
int record_void(struct call *, const struct record *) MUST_CHECK;

/* record_findings(k, r, out, n): what rules/check.h finds; FINDINGS_MAX places. */
int record_findings(struct call *, const struct record *, struct finding *, size_t *) MUST_CHECK;

/* findings_json(c, findings, n, warnings): a list of one of the two kinds. */
struct json_object *findings_json(struct ctx *, const struct finding *, size_t, bool);
#endif
