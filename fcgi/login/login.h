/*
 * login - sign in, who am I, sign out.
 *
 * Talks to:  nginx, MariaDB.      May read: nothing.      May write: nothing.
 * Secrets:   passwords pass through memory, and are wiped with the request.
 * If taken over: it can read password hashes and make sessions; it cannot read an application.
 */
#ifndef LOGIN_H
#define LOGIN_H
#include "host/program.h"
#include "host/stmts.h"

enum {
	ST_PERSON = HOST_STMTS, ST_WHO, ST_OFFICES, ST_DELAY, ST_DELAY_ADD, ST_DELAY_CLEAR,
	ST_SESSION_ADD, ST_SESSION_END, LOGIN_STMTS
};

struct person_row { int64_t id; struct text password_hash; };
struct office_row { int64_t id; struct text name; };
struct delay_row { int64_t seconds; };

extern const struct stmt login_stmt[LOGIN_STMTS];

struct sign_in { struct text email, password; };

handler login_sign_in, login_who, login_sign_out;
#endif
