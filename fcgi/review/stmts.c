/*
 * Every statement this program may send.
 */
#include "fcgi/review/review.h"

#define COLS(name, ...) static const struct col name##_col[] = { __VA_ARGS__ }

#define ROW struct queue_row
COLS(queue, ROW_INT(ROW, id), ROW_TEXT(ROW, number), ROW_TEXT(ROW, state), ROW_INT(ROW, office_id),
    ROW_TEXT(ROW, office), ROW_TEXT(ROW, iec), ROW_TEXT(ROW, firm), ROW_TEXT(ROW, consignee),
    ROW_TEXT(ROW, importing_country), ROW_INT(ROW, items), ROW_TIME(ROW, submitted_at),
    ROW_INT0(ROW, lock_person), ROW_TEXT0(ROW, lock_name), ROW_TIME0(ROW, lock_until));
#undef ROW
#define ROW struct count_row
COLS(count, ROW_INT(ROW, waiting), ROW_INT(ROW, under_review), ROW_INT(ROW, query),
    ROW_INT(ROW, approved), ROW_INT(ROW, signing), ROW_INT(ROW, issued_today));
#undef ROW
COLS(day, ROW_TEXT(struct day_row, date), ROW_INT(struct day_row, submitted),
    ROW_INT(struct day_row, decided));
COLS(same, ROW_INT(struct same_row, id), ROW_TEXT0(struct same_row, number),
    ROW_TEXT(struct same_row, state), ROW_TEXT(struct same_row, invoice));
COLS(person, ROW_TEXT(struct person_row, name));
COLS(mail, ROW_TEXT(struct mail_row, email));

#define MY_OFFICES "(SELECT office_id FROM officer_office WHERE person_id = ?)"
#define TODAY "DATE(UTC_TIMESTAMP() + INTERVAL 330 MINUTE) - INTERVAL 330 MINUTE"
#define DAYS_AGO "UTC_TIMESTAMP() - INTERVAL 14 DAY"
/* The day in India, of a time in UTC. */
#define INDIAN_DAY(t) "CAST(DATE(" t " + INTERVAL 330 MINUTE) AS CHAR)"

const struct stmt review_stmt[REVIEW_STMTS] = {
	HOST_STMT_ROWS,
	RECORD_STMT_ROWS(SCOPE_OFFICE),
	VIEW_STMT_ROWS,
	[ST_QUEUE] = STMT("SELECT a.id, a.number, a.state, a.office_id, o.name, a.iec, w.name, "
	    "a.consignee, a.importing_country, a.items, a.submitted_at, "
	    "IF(a.lock_until > UTC_TIMESTAMP(3), a.lock_person, NULL), "
	    "IF(a.lock_until > UTC_TIMESTAMP(3), p.name, NULL), "
	    "IF(a.lock_until > UTC_TIMESTAMP(3), a.lock_until, NULL) "
	    "FROM officer_office m JOIN (SELECT CONVERT(? USING ascii) AS state "
	    "UNION SELECT CONVERT(? USING ascii) UNION SELECT CONVERT(? USING ascii)) t "
	    "JOIN application a ON a.office_id = m.office_id AND a.state = t.state "
	    "JOIN office o ON o.id = a.office_id JOIN firm w ON w.iec = a.iec "
	    "LEFT JOIN person p ON p.id = a.lock_person "
	    "WHERE m.person_id = ? AND a.submitted_at IS NOT NULL AND a.id > ? "
	    "AND (? = 0 OR a.office_id = ?) "
	    "AND (? = 0 OR (a.lock_person = ? AND a.lock_until > UTC_TIMESTAMP(3))) "
	    "ORDER BY a.id LIMIT ?", queue_col, struct queue_row),
	/*
	 * What was issued or decided lately was changed lately.  The indices are named: left to itself
	 * the server reads an office's whole history where that has become long.
	 */
	[ST_COUNTS] = STMT("SELECT "
	    "COUNT(IF(a.state IN ('submitted', 'resubmitted'), 1, NULL)), "
	    "COUNT(IF(a.state = 'under_review', 1, NULL)), COUNT(IF(a.state = 'query', 1, NULL)), "
	    "COUNT(IF(a.state = 'approved', 1, NULL)), COUNT(IF(c.state = 'signing', 1, NULL)), "
	    "(SELECT COUNT(*) FROM application l USE INDEX (lately) "
	    "JOIN certificate_issue i ON i.application_id = l.id "
	    "WHERE l.updated_at >= " TODAY " AND l.office_id IN " MY_OFFICES
	    " AND i.issued_at >= " TODAY ") "
	    "FROM officer_office m JOIN (SELECT _ascii'submitted' AS state "
	    "UNION SELECT _ascii'resubmitted' UNION SELECT _ascii'under_review' "
	    "UNION SELECT _ascii'query' UNION SELECT _ascii'approved') t "
	    "JOIN application a ON a.office_id = m.office_id AND a.state = t.state "
	    "LEFT JOIN certificate c ON c.application_id = a.id "
	    "WHERE m.person_id = ? AND a.submitted_at IS NOT NULL", count_col, struct count_row),
	[ST_DAYS] = STMT("SELECT day, SUM(submitted), SUM(decided) FROM ("
	    "SELECT " INDIAN_DAY("a.submitted_at") " AS day, 1 AS submitted, 0 AS decided "
	    "FROM application a USE INDEX (lately) WHERE a.updated_at > " DAYS_AGO
	    " AND a.office_id IN " MY_OFFICES " AND a.submitted_at > " DAYS_AGO " UNION ALL "
	    "SELECT " INDIAN_DAY("d.at") ", 0, 1 FROM application a USE INDEX (lately) "
	    "JOIN decision d USE INDEX (decided) ON d.application_id = a.id "
	    "WHERE a.updated_at > " DAYS_AGO " AND a.office_id IN " MY_OFFICES
	    " AND d.at > " DAYS_AGO ") t GROUP BY day ORDER BY day", day_col,
	    struct day_row),
	/* Free, run out, or already mine. */
	[ST_LOCK] = DO("UPDATE application SET state = 'under_review', lock_person = ?, "
	    "lock_until = UTC_TIMESTAMP(3) + INTERVAL 15 MINUTE, version = version + 1, "
	    "updated_at = UTC_TIMESTAMP(3) WHERE id = ? AND version = ? AND state = ? "
	    "AND (lock_person IS NULL OR lock_person = ? OR lock_until <= UTC_TIMESTAMP(3))"),
	[ST_UNLOCK] = DO("UPDATE application SET lock_person = NULL, lock_until = NULL "
	    "WHERE id = ? AND lock_person = ?"),
	[ST_DECIDE] = DO("UPDATE application SET state = ?, version = version + 1, "
	    "lock_person = NULL, lock_until = NULL, "
	    "approved_at = IF(? = 'approved', UTC_TIMESTAMP(3), approved_at), "
	    "updated_at = UTC_TIMESTAMP(3) WHERE id = ? AND version = ? "
	    "AND state = 'under_review' AND lock_person = ? AND lock_until > UTC_TIMESTAMP(3)"),
	/* An approval is taken back as long as nobody signs the certificate. */
	[ST_TAKE_BACK] = DO("UPDATE application a SET a.state = 'query', a.version = a.version + 1, "
	    "a.approved_at = NULL, a.updated_at = UTC_TIMESTAMP(3) "
	    "WHERE a.id = ? AND a.version = ? AND a.state = 'approved' AND NOT EXISTS "
	    "(SELECT 1 FROM certificate c WHERE c.application_id = a.id AND c.state <> 'prepared')"),
	[ST_DECISION_ADD] = DO("INSERT INTO decision (application_id, kind, person_id, by_name, "
	    "text, detail, at) VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3))"),
	[ST_SAME_INVOICE] = STMT("SELECT DISTINCT a.id, a.number, a.state, other.norm "
	    "FROM application_invoice mine JOIN application_invoice other "
	    "ON other.iec = mine.iec AND other.norm = mine.norm "
	    "AND other.application_id <> mine.application_id "
	    "JOIN application a ON a.id = other.application_id "
	    "WHERE mine.application_id = ? AND a.submitted_at IS NOT NULL "
	    "AND a.state NOT IN ('withdrawn', 'rejected', 'cancelled') ORDER BY a.id LIMIT 20",
	    same_col, struct same_row),
	[ST_PERSON] = STMT("SELECT name FROM person WHERE id = ?", person_col, struct person_row),
	/* Who began the application hears of the decision. */
	[ST_MAIL_TO] = STMT("SELECT p.email FROM person p JOIN application a ON a.created_by = p.id "
	    "WHERE a.id = ? AND p.active", mail_col, struct mail_row),
};
