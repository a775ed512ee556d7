/*
 * Every statement this program may send.
 */
#include "fcgi/certificate/certificate.h"

#define COLS(name, ...) static const struct col name##_col[] = { __VA_ARGS__ }

#define ROW struct letterhead
COLS(letterhead, ROW_TEXT(ROW, code), ROW_TEXT(ROW, name), ROW_TEXT(ROW, name_local),
    ROW_TEXT(ROW, address), ROW_TEXT(ROW, city), ROW_TEXT(ROW, email), ROW_TEXT(ROW, phone),
    ROW_TEXT(ROW, website), ROW_TEXT(ROW, office), ROW_TEXT(ROW, office_city),
    ROW_TEXT(ROW, office_address));
#undef ROW
COLS(signed, ROW_TEXT(struct signed_row, signer), ROW_TIME(struct signed_row, signed_at));
COLS(picture, ROW_INT(struct picture_row, id), ROW_TEXT(struct picture_row, png));
COLS(setting, ROW_TEXT(struct setting_row, value));
COLS(overdue, ROW_INT(struct overdue_row, id), ROW_INT(struct overdue_row, version));
COLS(mail, ROW_TEXT(struct mail_row, email), ROW_TEXT(struct mail_row, iec_email));
#define ROW struct certificate
COLS(certificate, ROW_INT(ROW, id), ROW_TEXT(ROW, number), ROW_TEXT(ROW, check_code),
    ROW_INT(ROW, application_id), ROW_INT(ROW, office_id), ROW_TEXT(ROW, iec),
    ROW_TEXT(ROW, state), ROW_INT(ROW, version), ROW_JSON(ROW, face), ROW_INT(ROW, pages),
    ROW_TEXT0(ROW, prepared_file), ROW_TEXT0(ROW, prepared_sha256), ROW_INT(ROW, signing_by),
    ROW_TEXT0(ROW, sha256), ROW_TIME0(ROW, issued_at), ROW_TEXT0(ROW, issued_by_name),
    ROW_TEXT0(ROW, ended), ROW_TIME0(ROW, ended_at), ROW_TEXT0(ROW, reason),
    ROW_TEXT0(ROW, replaced_by), ROW_TEXT(ROW, agency), ROW_TEXT(ROW, agency_name),
    ROW_TEXT(ROW, office));
#undef ROW
#define ROW struct item_row
COLS(item, ROW_INT(ROW, id), ROW_TEXT(ROW, number), ROW_TEXT(ROW, state),
    ROW_INT(ROW, application_id), ROW_TEXT(ROW, iec), ROW_TEXT(ROW, firm),
    ROW_TEXT(ROW, consignee), ROW_TEXT(ROW, importing_country), ROW_TEXT(ROW, office),
    ROW_INT(ROW, pages), ROW_TIME(ROW, created_at), ROW_TIME0(ROW, issued_at));
#undef ROW
COLS(office, ROW_INT(struct office_row, id));
#define ROW struct tray_row
COLS(tray, ROW_INT(ROW, application_id), ROW_TEXT(ROW, application_number), ROW_TEXT(ROW, firm),
    ROW_TEXT(ROW, consignee), ROW_TEXT(ROW, importing_country), ROW_TIME(ROW, approved_at),
    ROW_TEXT0(ROW, number), ROW_TEXT0(ROW, certificate_state));
#undef ROW

#define CERTIFICATE "SELECT c.id, c.number, c.check_code, c.application_id, c.office_id, c.iec, "\
	"c.state, c.version, COALESCE(i.face, c.face), c.pages, c.prepared_file, "	\
	"c.prepared_sha256, COALESCE(c.signing_by, 0), i.sha256, i.issued_at, i.issued_by_name, "\
	"s.state, s.at, s.reason, s.replaced_by, g.code, g.name, o.name FROM certificate c "	\
	"JOIN office o ON o.id = c.office_id JOIN agency g ON g.code = c.agency "		\
	"LEFT JOIN certificate_issue i ON i.number = c.number "				\
	"LEFT JOIN certificate_status s ON s.number = c.number WHERE "

/* Firms see what was issued to them, administrators what their agency issued; officers what their
 * offices prepare and issued. */
#define MAY_SEE "EXISTS (SELECT 1 FROM who w LEFT JOIN officer_office f ON f.person_id = w.person " \
	"WHERE w.person = ? AND (f.office_id = c.office_id OR (i.number IS NOT NULL AND " \
	"(w.iec = c.iec OR (w.kind = 'administrator' AND w.agency = c.agency)))))"
/* One condition a statement: each is an index, read in its order. */
#define LIST(condition) STMT("SELECT c.id, c.number, COALESCE(s.state, c.state), "		\
	"c.application_id, c.iec, w.name, a.consignee, a.importing_country, o.name, c.pages, "	\
	"c.created_at, i.issued_at FROM certificate c "						\
	"JOIN application a ON a.id = c.application_id JOIN firm w ON w.iec = c.iec "		\
	"JOIN office o ON o.id = c.office_id "							\
	"LEFT JOIN certificate_issue i ON i.number = c.number "					\
	"LEFT JOIN certificate_status s ON s.number = c.number "				\
	"WHERE " condition " AND c.id < ? ORDER BY c.id DESC LIMIT ?", item_col, struct item_row)
#define PICTURE(owner) "SELECT id, png FROM image WHERE " owner " = ? " \
	"AND valid_from <= UTC_TIMESTAMP() ORDER BY valid_from DESC, id DESC LIMIT 1"

const unsigned signing_first = ST_SIGN;

const struct stmt certificate_stmt[CERTIFICATE_STMTS] = {
	HOST_STMT_ROWS,
	RECORD_STMT_ROWS(SCOPE_BOTH),
	SIGN_STMT_ROWS(ST_SIGN),
	[ST_LETTERHEAD] = STMT("SELECT g.code, g.name, g.name_local, g.address, g.city, g.email, "
	    "g.phone, g.website, o.name, o.city, o.address FROM office o "
	    "JOIN agency g ON g.code = o.agency WHERE o.id = ?", letterhead_col, struct letterhead),
	[ST_SIGNED_AT] = STMT("SELECT signer, signed_at FROM application_signature WHERE id = ?",
	    signed_col, struct signed_row),
	[ST_STAMP] = STMT(PICTURE("office_id"), picture_col, struct picture_row),
	[ST_SIGNATURE] = STMT(PICTURE("person_id"), picture_col, struct picture_row),
	[ST_HALTED] = STMT("SELECT value FROM setting WHERE name = 'issuing_halted'", setting_col,
	    struct setting_row),
	[ST_HALT] = DO("UPDATE setting SET value = ? WHERE name = 'issuing_halted'"),
	[ST_OF] = STMT(CERTIFICATE "c.application_id = ?", certificate_col, struct certificate),
	[ST_READ] = STMT(CERTIFICATE "c.compact = ? AND " MAY_SEE, certificate_col,
	    struct certificate),
	[ST_BY_ID] = STMT(CERTIFICATE "c.id = ?", certificate_col, struct certificate),
	[ST_COUNT] = DO("INSERT INTO counter (name, agency, fy, n) "
	    "VALUES ('certificate', ?, ?, LAST_INSERT_ID(1)) "
	    "ON DUPLICATE KEY UPDATE n = LAST_INSERT_ID(n + 1)"),
	[ST_ADD] = DO("INSERT INTO certificate (number, compact, check_code, application_id, "
	    "agency, fy, serial, office_id, iec, state, face, created_at) "
	    "SELECT ?, ?, ?, id, agency, ?, ?, office_id, iec, 'prepared', '{}', UTC_TIMESTAMP(3) "
	    "FROM application WHERE id = ? AND state = 'approved'"),
	[ST_PREPARED] = DO("UPDATE certificate SET version = version + 1, face = ?, pages = ?, "
	    "prepared_file = ?, prepared_sha256 = ? WHERE id = ? AND version = ? "
	    "AND state = 'prepared'"),
	/* The one who signs may begin again; nobody else meanwhile. */
	[ST_SIGNING] = DO("UPDATE certificate c SET c.state = 'signing', c.version = c.version + 1, "
	    "c.face = ?, c.pages = ?, c.prepared_file = ?, c.prepared_sha256 = ?, c.signing_by = ?, "
	    "c.signing_at = UTC_TIMESTAMP(3) WHERE c.id = ? AND c.version = ? "
	    "AND (c.state = 'prepared' OR (c.state = 'signing' AND c.signing_by = ?)) AND EXISTS "
	    "(SELECT 1 FROM application a WHERE a.id = c.application_id AND a.state = 'approved')"),
	[ST_BACK] = DO("UPDATE certificate SET state = 'prepared', version = version + 1, "
	    "signing_by = NULL, signing_at = NULL WHERE id = ? AND version = ? "
	    "AND state = 'signing'"),
	/* Longer than a job lives: no signature can come any more. */
	[ST_OVERDUE] = STMT("SELECT id, version FROM certificate WHERE state = 'signing' "
	    "AND signing_at < UTC_TIMESTAMP(3) - INTERVAL 15 MINUTE", overdue_col, struct overdue_row),
	[ST_ISSUED] = DO("UPDATE certificate SET state = 'issued', version = version + 1 "
	    "WHERE id = ? AND version = ? AND state = 'signing' AND signing_by = ? "
	    "AND prepared_sha256 = ?"),
	[ST_ISSUE_ADD] = DO("INSERT INTO certificate_issue (number, application_id, check_code, "
	    "face, applicant, goods, origin_country, destination_country, agency, agency_name, "
	    "agency_email, agency_phone, agency_website, office, pages, sha256, range_sha256, "
	    "size, issued_by, issued_by_name, fingerprint, issued_at) "
	    "VALUES (?, ?, ?, ?, ?, ?, 'IN', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
	    "UTC_TIMESTAMP(3))"),
	[ST_APPLICATION] = DO("UPDATE application SET state = ?, version = version + 1, "
	    "updated_at = UTC_TIMESTAMP(3) WHERE id = ? AND state = ?"),
	[ST_STATUS_ADD] = DO("INSERT INTO certificate_status (number, state, at, by_person, reason) "
	    "VALUES (?, 'cancelled', UTC_TIMESTAMP(3), ?, ?)"),
	[ST_LIST_FIRM] = LIST("c.iec = (SELECT iec FROM who WHERE person = ?) "
	    "AND i.number IS NOT NULL"),
	[ST_LIST_OFFICE] = LIST("c.office_id = (SELECT office_id FROM officer_office "
	    "WHERE person_id = ? AND office_id = ?)"),
	[ST_LIST_AGENCY] = LIST("c.agency = (SELECT agency FROM who WHERE person = ? "
	    "AND kind = 'administrator') AND i.number IS NOT NULL"),
	[ST_MY_OFFICES] = STMT("SELECT office_id FROM officer_office WHERE person_id = ?",
	    office_col, struct office_row),
	[ST_TRAY] = STMT("SELECT a.id, a.number, w.name, a.consignee, a.importing_country, "
	    "a.approved_at, c.number, c.state FROM application a JOIN firm w ON w.iec = a.iec "
	    "LEFT JOIN certificate c ON c.application_id = a.id WHERE a.state = 'approved' "
	    "AND a.office_id IN (SELECT office_id FROM officer_office WHERE person_id = ?) "
	    "ORDER BY a.approved_at, a.id LIMIT 200", tray_col, struct tray_row),
	[ST_MAIL_TO] = STMT("SELECT COALESCE(p.email, ''), f.email FROM application a "
	    "JOIN firm f ON f.iec = a.iec LEFT JOIN person p ON p.id = a.created_by AND p.active "
	    "WHERE a.id = ?", mail_col, struct mail_row),
};
