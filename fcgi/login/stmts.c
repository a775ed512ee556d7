/*
 * Every statement this program may send.
 */
#include "fcgi/login/login.h"

static const struct col person_col[] = {
	ROW_INT(struct person_row, id), ROW_TEXT(struct person_row, password_hash),
};
static const struct col office_col[] = {
	ROW_INT(struct office_row, id), ROW_TEXT(struct office_row, name),
};
static const struct col delay_col[] = { ROW_INT(struct delay_row, seconds) };

const struct stmt login_stmt[LOGIN_STMTS] = {
	HOST_STMT_ROWS,
	/* Byte for byte: what the collation takes for the same address would be tried without its
	 * delay. */
	[ST_PERSON] = STMT("SELECT id, password_hash FROM person WHERE email = ? "
	    "AND LOWER(email) = BINARY ? AND active", person_col, struct person_row),
	[ST_WHO] = HOST_WHO_STMT("who WHERE person = ?"),
	[ST_OFFICES] = STMT("SELECT o.id, o.name FROM office o JOIN officer_office m "
	    "ON m.office_id = o.id WHERE m.person_id = ? ORDER BY o.id", office_col,
	    struct office_row),
	[ST_DELAY] = STMT("SELECT GREATEST(0, CEIL(TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), "
	    "retry_at) / 1000000)) AS seconds FROM sign_in_delay WHERE subject = ?", delay_col,
	    struct delay_row),
	/* Four tries are free; then the wait doubles: 1, 2, 4 ... at most 15 minutes. */
	[ST_DELAY_ADD] = DO("INSERT INTO sign_in_delay (subject, fails, retry_at) "
	    "VALUES (?, 1, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE fails = fails + 1, "
	    "retry_at = UTC_TIMESTAMP(3) + INTERVAL IF(fails < 5, 0, "
	    "LEAST(POW(2, LEAST(fails - 5, 10)), 900)) SECOND"),
	[ST_DELAY_CLEAR] = DO("DELETE FROM sign_in_delay WHERE subject = ?"),
	[ST_SESSION_ADD] = DO("INSERT INTO session (token_hash, person_id, created_at, seen_at, "
	    "expires_at) VALUES (?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), "
	    "UTC_TIMESTAMP(3) + INTERVAL 8 HOUR)"),
	[ST_SESSION_END] = DO("DELETE FROM session WHERE token_hash = ?"),
};
