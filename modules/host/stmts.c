#include "host/stmts.h"

const struct col host_who_col[10] = {
	ROW_INT(struct who, person), ROW_TEXT(struct who, name), ROW_TEXT(struct who, email),
	ROW_TEXT(struct who, designation), ROW_TEXT(struct who, kind), ROW_TEXT(struct who, role),
	ROW_TEXT0(struct who, iec), ROW_TEXT0(struct who, firm), ROW_TEXT0(struct who, agency),
	ROW_TEXT0(struct who, agency_name),
};
const struct col host_audit_col[2] = {
	ROW_INT(struct audit_head, seq), ROW_TEXT(struct audit_head, hash),
};
const struct col host_key_col[3] = {
	ROW_TEXT(struct key_row, request_hash), ROW_TEXT(struct key_row, body),
	ROW_INT(struct key_row, status),
};
