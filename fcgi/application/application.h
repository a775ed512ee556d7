/*
 * application - the exporter's side: apply, upload, check, sign, answer, withdraw.
 *
 * Talks to:  nginx, MariaDB, inspect.      May read: fonts no, documents yes.
 * May write: documents.
 * Secrets:   none kept; addresses of signing jobs pass through.
 * If taken over: it can read and falsify applications that are not issued yet; it cannot sign for
 * an exporter, mark anything paid, approve or issue.
 */
#ifndef APPLICATION_H
#define APPLICATION_H
#include "record/signing.h"
#include "record/view.h"

enum {
	ST_AGENCIES = VIEW_STMTS, ST_OFFICES, ST_FEES, ST_FIRM, ST_LIST, ST_LIST_IN, ST_STATES, ST_MONTHS,
	ST_OFFICE, ST_RULES, ST_ADD, ST_SAVE, ST_INVOICES_DROP, ST_INVOICE_ADD, ST_TOUCH,
	ST_DOCUMENT_ADD, ST_DOCUMENT_DROP, ST_FREEZE, ST_THAW, ST_MOVE, ST_SIGNED_TEXT,
	ST_SIGNATURE_ADD, ST_SIGNED, ST_SIGNATURE, ST_COUNT, ST_DSC_OWNED,
	ST_SIGN, APPLICATION_STMTS = ST_SIGN + SIGN_STMTS
};
extern const struct stmt application_stmt[APPLICATION_STMTS];

struct agency_row { struct text code, name, name_local, city, email, phone, website; };
struct office_row { int64_t id; struct text agency, name, city; };
struct fee_row { struct text rule_set, event, valid_from; int64_t fee_paise, gst_bp; struct text sac; };
struct firm_row {
	struct text iec, name, pan, gstin, address, city, state, pin, email, phone;
};
struct list_row {
	int64_t id;
	struct text number, state, agency, agency_name, office, consignee, importing_country;
	int64_t items;
	bool paid;
	struct text created_at, updated_at, submitted_at, certificate;
};
struct state_row { struct text state; int64_t n; };
struct month_row { struct text month; int64_t submitted, issued; };
struct signature_row { struct text signed_text, cms, sha256; };
struct found_row { int64_t id; };
struct rule_row { struct text code; };

/* What comes in. */
struct no_form { int64_t unused; };
struct list_form { struct text state; int64_t after, limit; };
struct new_form { struct text agency; int64_t office_id, copy_of; };
struct id_form { int64_t id; };
struct firm_form { struct text iec; };
struct save_form { int64_t id, version, office_id; struct text content; };
struct upload_form { int64_t id; struct text kind; };
struct document_form { int64_t id, document, page; };
struct version_form { int64_t id, version; };
struct answer_form { int64_t id, version; struct text answer; };
struct p7s_form { int64_t id; struct text p7s; };
struct job_form { struct text token, signature; };

handler on_agencies, on_fees, on_firm;
handler on_list, on_summary, on_create, on_show, on_save;
handler on_upload, on_document, on_page, on_document_drop;
handler on_check, on_freeze, on_thaw, on_signing_text, on_withdraw, on_resubmit;
handler on_job, on_p7s, on_signature_p7s, on_signature_text;
handler on_job_show, on_job_document, on_job_sign;

/* own_text(k, r, out): the bytes to be signed, of the application as it stands. */
int own_text(struct call *, const struct record *, struct text *) MUST_CHECK;

/* take_signature(k, r, cms, signer, fingerprint): store it and move the application on. */
struct taken { struct record r; struct text cms, signer, fingerprint; };
int take_signature(struct call *, struct taken *) MUST_CHECK;

/* reply_state(k, id): {"state":...,"version":...} as it is now. */
int reply_state(struct call *, int64_t) MUST_CHECK;
#endif
