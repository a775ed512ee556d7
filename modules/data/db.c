#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "data/db.h"
#include "data/db_private.h"

#define IDLE_MS		300000		/* half of the server's wait_timeout */

static const struct { unsigned error; enum db_fault fault; } fault_rows[] = {
	{ 0,				FAULT_NONE },
	{ ER_LOCK_DEADLOCK,		FAULT_RETRY },
	{ ER_LOCK_WAIT_TIMEOUT,		FAULT_RETRY },
	{ ER_CHECKREAD,			FAULT_RETRY },	/* snapshot isolation */
	{ CR_SERVER_GONE_ERROR,		FAULT_LOST },
	{ CR_SERVER_LOST,		FAULT_LOST },
	{ CR_SERVER_LOST_EXTENDED,	FAULT_LOST },
	{ CR_CONNECTION_ERROR,		FAULT_LOST },
	{ ER_UNKNOWN_COM_ERROR,		FAULT_LOST },	/* Galera: node not ready */
	{ ER_CONNECTION_KILLED,		FAULT_LOST },
	{ ER_SERVER_SHUTDOWN,		FAULT_LOST },
	{ ER_DUP_ENTRY,			FAULT_DUPLICATE },
	{ ER_STATEMENT_TIMEOUT,		FAULT_SLOW },
};

static const enum problem_kind fault_problem[] = {
	[FAULT_NONE] = PROBLEM_INTERNAL, [FAULT_RETRY] = PROBLEM_BUSY, [FAULT_LOST] = PROBLEM_BUSY,
	[FAULT_DUPLICATE] = PROBLEM_TAKEN, [FAULT_SLOW] = PROBLEM_BUSY,
	[FAULT_OTHER] = PROBLEM_INTERNAL,
};

static enum db_fault
fault_of(unsigned error)
{
	for (size_t i = 0; i < COUNT(fault_rows); i++)
		if (fault_rows[i].error == error)
			return fault_rows[i].fault;
	return FAULT_OTHER;
}

static int
fail(struct ctx *c, struct db *d, unsigned error, const char *message, unsigned id)
{
	d->fault = fault_of(error);
	if (d->fault == FAULT_LOST)
		d->lost = true;
	return problem_set(c, fault_problem[d->fault], "statement %u: %u %s", id, error, message);
}

/* What the server says in the place of a row, the library leaves with the connection. */
int
db_fail_stmt(struct ctx *c, struct db *d, unsigned id)
{
	MYSQL_STMT *s = d->ready[id];
	unsigned error = mysql_stmt_errno(s);

	return error != 0 ? fail(c, d, error, mysql_stmt_error(s), id) :
	    fail(c, d, mysql_errno(d->my), mysql_error(d->my), id);
}

int
db_fail_conn(struct ctx *c, struct db *d)
{
	return fail(c, d, mysql_errno(d->my), mysql_error(d->my), d->nstmt);
}

int
db_library(void)
{
	return mysql_library_init(0, NULL, NULL) == 0 ? 0 : -1;
}

static int
prepare(struct ctx *c, struct db *d, unsigned id)
{
	const struct stmt *s = &d->stmt[id];

	if (s->sql == NULL || s->ncol > DB_MAX_ARG || s->rowsz > DB_MAX_ROW ||
	    (d->ready[id] = mysql_stmt_init(d->my)) == NULL)
		return problem_set(c, PROBLEM_INTERNAL, "statement %u: not in the table", id);
	if (mysql_stmt_prepare(d->ready[id], s->sql, strlen(s->sql)) != 0)
		return db_fail_stmt(c, d, id);
	if (mysql_stmt_field_count(d->ready[id]) != s->ncol)
		return problem_set(c, PROBLEM_INTERNAL, "statement %u: %u columns, struct has %u", id,
		    mysql_stmt_field_count(d->ready[id]), s->ncol);
	return 0;
}

/* Bounded waits everywhere: the library itself has no default (reliability 11). */
static bool
configure(MYSQL *my)
{
	static const unsigned connect_s = 5, read_s = 15, write_s = 15;
	static const my_bool on = 1;
	static const unsigned off = 0;

	return mysql_optionsv(my, MYSQL_REPORT_DATA_TRUNCATION, &on) == 0 &&
	    mysql_optionsv(my, MYSQL_SET_CHARSET_NAME, "utf8mb4") == 0 &&
	    mysql_optionsv(my, MYSQL_OPT_LOCAL_INFILE, &off) == 0 &&
	    mysql_optionsv(my, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s) == 0 &&
	    mysql_optionsv(my, MYSQL_OPT_READ_TIMEOUT, &read_s) == 0 &&
	    mysql_optionsv(my, MYSQL_OPT_WRITE_TIMEOUT, &write_s) == 0 &&
	    mysql_optionsv(my, MYSQL_INIT_COMMAND,
	    "SET SESSION sql_mode='TRADITIONAL', time_zone='+00:00'") == 0;
}

struct db *
db_open(struct ctx *c, const struct db_place *at, const struct stmt *stmt, unsigned n)
{
	struct db *d = calloc(1, sizeof *d);

	if (d == NULL || (d->ready = calloc(n, sizeof *d->ready)) == NULL ||
	    (d->my = mysql_init(NULL)) == NULL)
		abort();
	d->stmt = stmt;
	d->nstmt = n;
	d->used_ms = clock_ms();
	if (!configure(d->my) || mysql_real_connect(d->my, NULL, at->user, NULL, at->schema, 0,
	    at->socket, 0) == NULL) {
		(void)db_fail_conn(c, d);
		db_close(d);
		return NULL;
	}
	for (unsigned i = 0; i < n; i++)
		if (prepare(c, d, i) != 0) {
			db_close(d);
			return NULL;
		}
	return d;
}

void
db_close(struct db *d)
{
	if (d == NULL)
		return;
	for (unsigned i = 0; i < d->nstmt; i++)
		if (d->ready[i] != NULL)
			(void)mysql_stmt_close(d->ready[i]);
	free(d->ready);
	mysql_close(d->my);
	free(d);
}

void
db_thread_end(void)
{
	mysql_thread_end();
}

bool
db_lost(const struct db *d)
{
	return d->lost;
}

bool
db_fresh(struct db *d)
{
	if (d->lost)
		return false;
	if (clock_ms() - d->used_ms <= IDLE_MS)
		return true;
	d->used_ms = clock_ms();
	return mysql_ping(d->my) == 0;
}

enum db_fault
db_fault(const struct db *d)
{
	return d->fault;
}

unsigned
db_retries(const struct db *d)
{
	return d->retries;
}

bool
db_in_tx(const struct db *d)
{
	return d->in_tx;
}

static void
bind(MYSQL_BIND *b, const struct arg *a)
{
	if (a->null) {
		b->buffer_type = MYSQL_TYPE_NULL;
	} else if (a->type == ARG_INT) {
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = (void *)(uintptr_t)&a->i;
	} else {
		b->buffer_type = MYSQL_TYPE_STRING;
		b->buffer = (void *)(uintptr_t)(a->t.p == NULL ? "" : a->t.p);
		b->buffer_length = a->t.n;
	}
}

int
db_start(struct ctx *c, struct db *d, unsigned id, const struct arg *a, size_t n)
{
	MYSQL_STMT *s = d->ready[id];
	MYSQL_BIND b[DB_MAX_ARG] = { 0 };

	d->fault = FAULT_NONE;
	d->used_ms = clock_ms();	/* the server counts from the last statement, not from the last request */
	if (n > DB_MAX_ARG || mysql_stmt_param_count(s) != n)
		return problem_set(c, PROBLEM_INTERNAL, "statement %u: %zu arguments", id, n);
	for (size_t i = 0; i < n; i++)
		bind(&b[i], &a[i]);
	if ((n > 0 && mysql_stmt_bind_param(s, b) != 0) || mysql_stmt_execute(s) != 0)
		return db_fail_stmt(c, d, id);
	return 0;
}

int64_t
db_run(struct ctx *c, struct db *d, unsigned id, const struct arg *a, size_t n)
{
	if (db_start(c, d, id, a, n) != 0)
		return -1;
	return (int64_t)mysql_stmt_affected_rows(d->ready[id]);
}

int64_t
db_insert(struct ctx *c, struct db *d, unsigned id, const struct arg *a, size_t n)
{
	if (db_start(c, d, id, a, n) != 0)
		return -1;
	return (int64_t)mysql_stmt_insert_id(d->ready[id]);
}

int
db_guard(struct ctx *c, struct db *d, unsigned id, const struct arg *a, size_t n)
{
	int64_t changed = db_run(c, d, id, a, n);

	if (changed == 1)
		return 0;
	if (changed < 0)
		return -1;
	return problem_set(c, PROBLEM_STATE, "statement %u: %d rows changed", id, (int)changed);
}
