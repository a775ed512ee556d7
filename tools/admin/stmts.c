/*
 * Every statement this program may send.
 */
#include "tools/admin/admin.h"

static const struct col person_col[] = {
	ROW_INT(struct person, id), ROW_TEXT(struct person, email),
};

const struct stmt admin_stmt[ADMIN_STMTS] = {
	[ST_PERSON] = STMT("SELECT id, LOWER(email) FROM person WHERE email = ? AND active",
	    person_col, struct person),
	[ST_PASSWORD] = DO("UPDATE person SET password_hash = ? WHERE id = ?"),
	[ST_SESSIONS] = DO("DELETE FROM session WHERE person_id = ?"),
	[ST_DELAY] = DO("DELETE FROM sign_in_delay WHERE subject = ?"),
};
