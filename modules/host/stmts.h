/*
 * stmts - statements that several programs need.  Each program's enum begins with HOST_STMTS
 * numbers, and its table with HOST_STMT_ROWS.
 */
#ifndef HOST_STMTS_H
#define HOST_STMTS_H
#include "people/session.h"

enum {
	HOST_WHO, HOST_AUDIT_HEAD, HOST_AUDIT_ADD, HOST_KEY_FIND, HOST_KEY_ADD,
	HOST_STMTS
};

struct audit_head { int64_t seq; struct text hash; };
struct key_row { struct text request_hash, body; int64_t status; };

/* A row of the view who, as struct who; continue with "who WHERE person = ...". */
#define HOST_WHO_SELECT "SELECT person, name, email, designation, kind, role, iec, firm, agency, " \
	"agency_name FROM "
#define HOST_WHO_STMT(from) { HOST_WHO_SELECT from, host_who_col, COUNT(host_who_col),	\
	sizeof(struct who) }

extern const struct col host_who_col[10], host_audit_col[2], host_key_col[3];

#define HOST_STMT_ROWS									\
	[HOST_WHO] = HOST_WHO_STMT("(SELECT session_use(?) AS id) session "			\
	    "JOIN who ON person = session.id"),						\
	[HOST_AUDIT_HEAD] = { "SELECT seq, hash FROM audit WHERE writer = ? "		\
	    "ORDER BY seq DESC LIMIT 1", host_audit_col, 2, sizeof(struct audit_head) },\
	[HOST_AUDIT_ADD] = DO("INSERT INTO audit (writer, seq, at, person_id, what, "	\
	    "object, detail, request, hash) VALUES (?, ?, FROM_UNIXTIME(?), ?, ?, ?, ?, ?, ?)"),\
	[HOST_KEY_FIND] = { "SELECT request_hash, body, status FROM idempotency "	\
	    "WHERE person_id = ? AND name = ?", host_key_col, 3, sizeof(struct key_row) },\
	[HOST_KEY_ADD] = DO("INSERT INTO idempotency (person_id, name, request_hash, "	\
	    "status, body, at) VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3))")
#endif
