/*
 * admin - the statements of ecoo-admin.
 */
#ifndef ADMIN_H
#define ADMIN_H
#include "data/db.h"

enum { ST_PERSON, ST_PASSWORD, ST_SESSIONS, ST_DELAY, ADMIN_STMTS };
extern const struct stmt admin_stmt[ADMIN_STMTS];

struct person { int64_t id; struct text email; };
#endif
