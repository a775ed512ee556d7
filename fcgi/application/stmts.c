/*
 * Every statement this program may send.
 */
#include "fcgi/application/application.h"

#define COLS(name, ...) static const struct col name##_col[] = { __VA_ARGS__ }

#define ROW struct agency_row
COLS(agency, ROW_TEXT(ROW, code), ROW_TEXT(ROW, name), ROW_TEXT(ROW, name_local),
    ROW_TEXT(ROW, city), ROW_TEXT(ROW, email), ROW_TEXT(ROW, phone), ROW_TEXT(ROW, website));
#undef ROW
#define ROW struct office_row
COLS(office, ROW_INT(ROW, id), ROW_TEXT(ROW, agency), ROW_TEXT(ROW, name), ROW_TEXT(ROW, city));
#undef ROW
#define ROW struct fee_row
COLS(fee, ROW_TEXT(ROW, rule_set), ROW_TEXT(ROW, event), ROW_TEXT(ROW, valid_from),
    ROW_INT(ROW, fee_paise), ROW_INT(ROW, gst_bp), ROW_TEXT(ROW, sac));
#undef ROW
#define ROW struct firm_row
COLS(firm, ROW_TEXT(ROW, iec), ROW_TEXT(ROW, name), ROW_TEXT(ROW, pan), ROW_TEXT0(ROW, gstin),
    ROW_JSON(ROW, address), ROW_TEXT(ROW, city), ROW_TEXT(ROW, state), ROW_TEXT(ROW, pin),
    ROW_TEXT(ROW, email), ROW_TEXT(ROW, phone));
#undef ROW
#define ROW struct list_row
COLS(list, ROW_INT(ROW, id), ROW_TEXT0(ROW, number), ROW_TEXT(ROW, state), ROW_TEXT(ROW, agency),
    ROW_TEXT(ROW, agency_name), ROW_TEXT(ROW, office), ROW_TEXT(ROW, consignee),
    ROW_TEXT(ROW, importing_country), ROW_INT(ROW, items), ROW_BOOL(ROW, paid),
    ROW_TIME(ROW, created_at), ROW_TIME(ROW, updated_at), ROW_TIME0(ROW, submitted_at),
    ROW_TEXT0(ROW, certificate));
#undef ROW
COLS(state, ROW_TEXT(struct state_row, state), ROW_INT(struct state_row, n));
COLS(month, ROW_TEXT(struct month_row, month), ROW_INT(struct month_row, submitted),
    ROW_INT(struct month_row, issued));
COLS(found, ROW_INT(struct found_row, id));
COLS(rule, ROW_TEXT(struct rule_row, code));
COLS(signature, ROW_TEXT(struct signature_row, signed_text), ROW_TEXT(struct signature_row, cms),
    ROW_TEXT(struct signature_row, sha256));

/* The firm whose person asks. */
#define OWN_FIRM "(SELECT iec FROM who WHERE person = ?)"
#define YEAR_AGO "UTC_TIMESTAMP() - INTERVAL 12 MONTH"

const unsigned signing_first = ST_SIGN;

#define LIST(in) STMT("SELECT a.id, a.number, a.state, a.agency, g.name, o.name, a.consignee, "	\
	"a.importing_country, a.items, a.paid, a.created_at, a.updated_at, a.submitted_at, "	\
	"i.number FROM application a JOIN agency g ON g.code = a.agency "			\
	"JOIN office o ON o.id = a.office_id "							\
	"LEFT JOIN certificate_issue i ON i.application_id = a.id "				\
	"WHERE a.iec = " OWN_FIRM " AND a.id < ? " in						\
	"ORDER BY a.id DESC LIMIT ?", list_col, struct list_row)

const struct stmt application_stmt[APPLICATION_STMTS] = {
	HOST_STMT_ROWS,
	RECORD_STMT_ROWS(SCOPE_FIRM),
	VIEW_STMT_ROWS,
	SIGN_STMT_ROWS(ST_SIGN),
	[ST_AGENCIES] = STMT("SELECT code, name, name_local, city, email, phone, website "
	    "FROM agency WHERE delisted_on IS NULL OR delisted_on > UTC_DATE() "
	    "ORDER BY name LIMIT 500", agency_col, struct agency_row),
	[ST_OFFICES] = STMT("SELECT id, agency, name, city FROM office WHERE active "
	    "ORDER BY agency, name LIMIT 5000", office_col, struct office_row),
	[ST_FEES] = STMT("SELECT f.rule_set, f.event, CAST(f.valid_from AS CHAR), f.fee_paise, "
	    "f.gst_bp, f.sac FROM rule_fee f JOIN rule_set r ON r.code = f.rule_set "
	    "WHERE r.active ORDER BY f.rule_set, f.event, f.valid_from", fee_col, struct fee_row),
	[ST_FIRM] = STMT("SELECT iec, name, pan, gstin, address, city, state, pin, email, phone "
	    "FROM firm WHERE iec = ? AND iec = " OWN_FIRM, firm_col, struct firm_row),
	[ST_LIST] = LIST(""),
	[ST_LIST_IN] = LIST("AND a.state = ? "),
	[ST_STATES] = STMT("SELECT state, COUNT(*) FROM application WHERE iec = " OWN_FIRM
	    " GROUP BY state", state_col, struct state_row),
	/* What was submitted or issued since then was changed since then; the indices alone are read. */
	[ST_MONTHS] = STMT("SELECT month, SUM(submitted), SUM(issued) FROM ("
	    "SELECT DATE_FORMAT(submitted_at + INTERVAL 330 MINUTE, '%Y-%m') AS month, "
	    "1 AS submitted, 0 AS issued FROM application USE INDEX (firm_lately) "
	    "WHERE iec = " OWN_FIRM " AND updated_at > " YEAR_AGO
	    " AND submitted_at > " YEAR_AGO " UNION ALL "
	    "SELECT DATE_FORMAT(i.issued_at + INTERVAL 330 MINUTE, '%Y-%m'), 0, 1 "
	    "FROM certificate_issue i USE INDEX (issued) "
	    "JOIN application a USE INDEX (firm_lately) ON a.id = i.application_id "
	    "WHERE a.iec = " OWN_FIRM " AND a.updated_at > " YEAR_AGO
	    " AND i.issued_at > " YEAR_AGO ") t "
	    "GROUP BY month ORDER BY month DESC LIMIT 12", month_col, struct month_row),
	[ST_OFFICE] = STMT("SELECT o.id FROM office o JOIN agency g ON g.code = o.agency "
	    "WHERE o.id = ? AND o.agency = BINARY ? AND o.active AND (g.delisted_on IS NULL "
	    "OR g.delisted_on > UTC_DATE())", found_col, struct found_row),
	/* The rule set in force on a day. */
	[ST_RULES] = STMT("SELECT code FROM rule_set WHERE active AND valid_from <= ? "
	    "ORDER BY valid_from DESC LIMIT 1", rule_col, struct rule_row),
	[ST_ADD] = DO("INSERT INTO application (iec, agency, office_id, rule_set, state, content, "
	    "exporter, consignee, importing_country, items, created_by, created_at, updated_at) "
	    "VALUES (?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))"),
	[ST_SAVE] = DO("UPDATE application SET version = version + 1, content = ?, office_id = ?, "
	    "consignee = ?, importing_country = ?, items = ?, updated_at = UTC_TIMESTAMP(3) "
	    "WHERE id = ? AND version = ? AND state IN ('draft', 'query')"),
	[ST_INVOICES_DROP] = DO("DELETE FROM application_invoice WHERE application_id = ?"),
	[ST_INVOICE_ADD] = DO("INSERT IGNORE INTO application_invoice (application_id, norm, iec) "
	    "VALUES (?, ?, ?)"),
	/* Whoever changes documents changes the row: a freeze at the same time has to see it. */
	[ST_TOUCH] = DO("UPDATE application SET updated_at = GREATEST(UTC_TIMESTAMP(3), "
	    "updated_at + INTERVAL 1000 MICROSECOND) WHERE id = ? AND state IN ('draft', 'query')"),
	[ST_DOCUMENT_ADD] = DO("INSERT INTO document (application_id, kind, name, media_type, "
	    "size, sha256, pages, uploaded_by, uploaded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
	    "UTC_TIMESTAMP(3))"),
	[ST_DOCUMENT_DROP] = DO("UPDATE document SET removed_at = UTC_TIMESTAMP(3) "
	    "WHERE id = ? AND application_id = ? AND removed_at IS NULL"),
	[ST_FREEZE] = DO("UPDATE application SET state = 'sign_pending', version = version + 1, "
	    "exporter = ?, signed_text = ?, signed_sha256 = ?, updated_at = UTC_TIMESTAMP(3) "
	    "WHERE id = ? AND version = ? AND state IN ('draft', 'query')"),
	/* Editing voids the signature of what was not submitted yet. */
	[ST_THAW] = DO("UPDATE application SET state = IF(submitted_at IS NULL, 'draft', 'query'), "
	    "version = version + 1, signed_text = NULL, signed_sha256 = NULL, "
	    "signature_id = IF(submitted_at IS NULL, NULL, signature_id), "
	    "updated_at = UTC_TIMESTAMP(3) WHERE id = ? AND version = ? AND state = ?"),
	[ST_MOVE] = DO("UPDATE application SET state = ?, version = version + 1, "
	    "updated_at = UTC_TIMESTAMP(3) WHERE id = ? AND version = ? AND state = ?"),
	[ST_SIGNED_TEXT] = STMT("SELECT signed_text, '', signed_sha256 FROM application "
	    "WHERE id = ? AND signed_text IS NOT NULL", signature_col, struct signature_row),
	[ST_SIGNATURE_ADD] = DO("INSERT INTO application_signature (application_id, signed_text, "
	    "sha256, cms, person_id, signer, fingerprint, signed_at) SELECT id, signed_text, "
	    "signed_sha256, ?, ?, ?, ?, UTC_TIMESTAMP(3) FROM application "
	    "WHERE id = ? AND state = 'sign_pending' AND signed_sha256 = ?"),
	[ST_SIGNED] = DO("UPDATE application SET state = ?, version = version + 1, "
	    "signature_id = ?, number = COALESCE(number, ?), "
	    "submitted_at = IF(? = 'submitted', UTC_TIMESTAMP(3), submitted_at), "
	    "updated_at = UTC_TIMESTAMP(3) "
	    "WHERE id = ? AND version = ? AND state = 'sign_pending' AND signed_sha256 = ?"),
	[ST_SIGNATURE] = STMT("SELECT signed_text, cms, sha256 FROM application_signature "
	    "WHERE id = ?", signature_col, struct signature_row),
	[ST_COUNT] = DO("INSERT INTO counter (name, agency, fy, n) "
	    "VALUES ('application', ?, ?, LAST_INSERT_ID(1)) "
	    "ON DUPLICATE KEY UPDATE n = LAST_INSERT_ID(n + 1)"),
	[ST_DSC_OWNED] = STMT("SELECT id FROM dsc WHERE person_id = ? AND fingerprint = ? "
	    "AND active", found_col, struct found_row),
};
