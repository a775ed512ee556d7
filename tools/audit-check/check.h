/*
 * audit-check - is every chain of the audit whole?
 *
 * usage: audit-check SOCKET SCHEMA [USER]
 *
 * Every writer's rows are numbered from 1 without a gap, and each row's hash covers the row and the
 * hash before it: a row that was changed, taken out or put in between shows.  Rows cut off at the
 * end do not: note the heads that this prints in a place of its own from time to time, and compare.
 *
 * Talks to:  MariaDB, as USER (root).      May read: the audit.
 * Fails:     exit 1 with a line for each fault, 2 if it could not look.
 */
#ifndef AUDIT_CHECK_H
#define AUDIT_CHECK_H
#include "data/db.h"

enum { ST_ROWS, CHECK_STMTS };
extern const struct stmt check_stmt[CHECK_STMTS];

#define PAGE 500

struct audit_row {
	struct text writer;
	int64_t seq, at, person_id;
	struct text what, object, detail, request, hash;
};
#endif
