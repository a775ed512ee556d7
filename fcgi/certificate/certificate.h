/*
 * certificate - number, draw, sign with the officer's key, issue, hand out; previews too.
 *
 * Order of issue (DESIGN 8): allot the number -> draw and lint what will be signed -> store it and
 * say SIGNING -> the officer signs -> compare -> store -> ISSUED.  The signature and the issue are
 * one request: a certificate is never signed and not issued for longer than that request lasts.
 *
 * Talks to:  nginx, MariaDB, inspect.      May read: documents, fonts.
 * May write: certificates.
 * Secrets:   check codes; addresses of signing jobs pass through.
 * If taken over: it can allot numbers, read documents, and enter a false row into the register;
 * it cannot make a signed leaf, which takes an officer's own key, nor change or delete what was
 * issued.
 */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H
#include "paper/page.h"
#include "record/signing.h"

enum {
	ST_LETTERHEAD = RECORD_STMTS, ST_SIGNED_AT, ST_STAMP, ST_SIGNATURE, ST_HALTED, ST_HALT,
	ST_OF, ST_READ, ST_BY_ID, ST_COUNT, ST_ADD, ST_PREPARED, ST_SIGNING, ST_BACK, ST_OVERDUE,
	ST_ISSUED, ST_ISSUE_ADD, ST_APPLICATION, ST_STATUS_ADD, ST_LIST_FIRM, ST_LIST_OFFICE,
	ST_LIST_AGENCY, ST_MY_OFFICES, ST_TRAY, ST_MAIL_TO,
	ST_SIGN, CERTIFICATE_STMTS = ST_SIGN + SIGN_STMTS
};
extern const struct stmt certificate_stmt[CERTIFICATE_STMTS];

struct letterhead {
	struct text code, name, name_local, address, city, email, phone, website;
	struct text office, office_city, office_address;
};
struct signed_row { struct text signer, signed_at; };
struct picture_row { int64_t id; struct text png; };
struct setting_row { struct text value; };
struct overdue_row { int64_t id, version; };
struct mail_row { struct text email, iec_email; };

struct certificate {
	int64_t		id;
	struct text	number, check_code;
	int64_t		application_id, office_id;
	struct text	iec, state;
	int64_t		version;
	struct text	face;			/* JSON */
	int64_t		pages;
	struct text	prepared_file, prepared_sha256;
	int64_t		signing_by;		/* 0: nobody */
	/* of the issue; empty before */
	struct text	sha256, issued_at, issued_by_name;
	/* of its end; empty before */
	struct text	ended, ended_at, reason, replaced_by;
	struct text	agency, agency_name, office;
};

struct item_row {
	int64_t id;
	struct text number, state;
	int64_t application_id;
	struct text iec, firm, consignee, importing_country, office;
	int64_t pages;
	struct text created_at, issued_at;
};
struct office_row { int64_t id; };
struct tray_row {
	int64_t application_id;
	struct text application_number, firm, consignee, importing_country, approved_at, number,
	    certificate_state;
};

struct list_form { int64_t after; };
struct new_form { int64_t application_id; };
struct number_form { struct text number; int64_t page; struct text copy; };
struct reason_form { struct text number, reason; };
struct preview_form { int64_t id, page; };
struct job_form { struct text token, signature; };
struct halt_form { bool halted; };

handler on_list, on_tray, on_halted, on_halt, on_create, on_show, on_pdf, on_page, on_sign, on_unsign,
    on_cancel, on_preview, on_preview_page, on_job_show, on_job_document, on_job_sign;

/* certificate_read(k, number, out): the number as people write it; PROBLEM_MISSING. */
int certificate_read(struct call *, struct text, struct certificate *) MUST_CHECK;
/* certificate_state_of(cert): its end if it has one, else its state. */
struct text certificate_now(const struct certificate *);

/* must_not_halt(k): PROBLEM_HALTED while the operator's switch is on. */
int must_not_halt(struct call *) MUST_CHECK;
/* sweep(k): what was left in SIGNING longer than a job lives is prepared again. */
int sweep(struct call *) MUST_CHECK;

/* What a face is made of besides the application. */
struct stamped {
	struct text number, code;		/* empty on a preview */
	const struct who *officer;		/* NULL on a preview */
	struct text watermark;
};
/* face_make(k, record, stamped, out): the electronic leaf. */
int face_make(struct call *, const struct record *, const struct stamped *, struct face *) MUST_CHECK;
/* The face as it is kept, and read again to draw the paper leaves; without number's code. */
struct text face_write(struct ctx *, const struct face *);
int face_read(struct ctx *, struct text, struct face *) MUST_CHECK;
struct text verify_address(struct call *, struct text, struct text);

/* picture(k, st, id): the stamp or signature in force, decoded once per version; NULL if none. */
int picture(struct call *, unsigned, int64_t, const struct image **) MUST_CHECK;

/* draw_prepared(k, record, certificate, out): drawn, linted, ready for signature, stored. */
struct ready { struct text face, file, sha256; int64_t pages; };
int draw_prepared(struct call *, const struct record *, const struct certificate *,
    struct ready *) MUST_CHECK;

const char *certificates_root(struct call *);
const char *documents_root(struct call *);
#endif
