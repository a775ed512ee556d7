#include "tools/audit-check/check.h"

static const struct col row_col[] = {
	ROW_TEXT(struct audit_row, writer), ROW_INT(struct audit_row, seq),
	ROW_INT(struct audit_row, at), ROW_INT(struct audit_row, person_id),
	ROW_TEXT(struct audit_row, what), ROW_TEXT(struct audit_row, object),
	ROW_TEXT(struct audit_row, detail), ROW_TEXT(struct audit_row, request),
	ROW_TEXT(struct audit_row, hash),
};

const struct stmt check_stmt[CHECK_STMTS] = {
	/* writer and number of the last row seen, the size of a page */
	[ST_ROWS] = STMT("SELECT writer, seq, CAST(UNIX_TIMESTAMP(at) AS SIGNED), person_id, what, "
	    "object, detail, request, hash FROM audit WHERE writer > ? OR (writer = ? AND seq > ?) "
	    "ORDER BY writer, seq LIMIT ?", row_col, struct audit_row),
};
