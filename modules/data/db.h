/*
 * db - prepared statements by number, rows into structs, transactions.
 *
 * One struct db is one connection and belongs to one thread.  A program's statements stand in its
 * stmts.c and nowhere else; all are prepared when the connection opens, so a typo, a missing
 * column or a missing grant ends the program before it serves anybody.
 *
 * Trust:   arguments are data, never SQL; rows are as good as the schema.
 * Memory:  text columns and lists live in the ctx and die with the request.
 * Fails:   PROBLEM_BUSY (conflict that outlasted its retries, connection lost, statement too slow),
 *          PROBLEM_TAKEN (duplicate key), PROBLEM_INTERNAL (anything else).
 * Needs:   a Unix-socket connection; every grant its statements use.
 */
#ifndef DATA_DB_H
#define DATA_DB_H
#include "base/ctx.h"

/*
 * COL_INT   int64_t          an integer
 * COL_BOOL  bool             an integer, not 0
 * COL_TEXT  struct text      text or bytes; NULL gives {NULL, 0} where null_ok
 * COL_TIME  struct text      DATETIME, rewritten as RFC 3339 ("2026-11-24T09:00:00Z")
 * COL_JSON  struct text      a JSON document: as COL_TEXT, but a reply embeds it (host/rows.h)
 */
enum col_type { COL_INT, COL_BOOL, COL_TEXT, COL_TIME, COL_JSON };
struct col { const char *name; enum col_type type; size_t off; bool null_ok; };

/* The column and the member must agree on the type, or this does not compile. */
#define COL_TYPED(s, m, t, v) _Generic(((s *)0)->m, t: (v))
#define ROW_INT(s, m)	{ #m, COL_TYPED(s, m, int64_t, COL_INT), offsetof(s, m), false }
#define ROW_BOOL(s, m)	{ #m, COL_TYPED(s, m, bool, COL_BOOL), offsetof(s, m), false }
#define ROW_TEXT(s, m)	{ #m, COL_TYPED(s, m, struct text, COL_TEXT), offsetof(s, m), false }
#define ROW_TIME(s, m)	{ #m, COL_TYPED(s, m, struct text, COL_TIME), offsetof(s, m), false }
#define ROW_JSON(s, m)	{ #m, COL_TYPED(s, m, struct text, COL_JSON), offsetof(s, m), false }
/* The same for columns that may be NULL. */
#define ROW_TEXT0(s, m)	{ #m, COL_TYPED(s, m, struct text, COL_TEXT), offsetof(s, m), true }
#define ROW_TIME0(s, m)	{ #m, COL_TYPED(s, m, struct text, COL_TIME), offsetof(s, m), true }
#define ROW_JSON0(s, m)	{ #m, COL_TYPED(s, m, struct text, COL_JSON), offsetof(s, m), true }
#define ROW_INT0(s, m)	{ #m, COL_TYPED(s, m, int64_t, COL_INT), offsetof(s, m), true }

struct stmt {				/* indexed by an enum; the only SQL text */
	const char	*sql;
	const struct col *col;
	unsigned	 ncol;
	size_t		 rowsz;
};
/* The text, and the row that it fills: STMT("...", app_col, struct app); DO("...") fills none. */
#define STMT(sql, cols, row)	{ (sql), (cols), COUNT(cols), sizeof(row) }
#define DO(sql)			{ (sql), NULL, 0, 0 }

struct arg { enum { ARG_INT, ARG_TEXT } type; bool null; int64_t i; struct text t; };
#define A_INT(x)	((struct arg){ ARG_INT, false, (x), { NULL, 0 } })
#define A_TEXT(x)	((struct arg){ ARG_TEXT, false, 0, (x) })
#define A_NULL		((struct arg){ ARG_INT, true, 0, { NULL, 0 } })
/* A text that is NULL when it is empty. */
#define A_TEXT0(x)	((struct arg){ ARG_TEXT, (x).n == 0, 0, (x) })
#define ARGS(...)	(const struct arg[]){ __VA_ARGS__ }, \
	COUNT(((const struct arg[]){ __VA_ARGS__ }))
#define NO_ARGS		NULL, 0

enum db_fault { FAULT_NONE, FAULT_RETRY, FAULT_LOST, FAULT_DUPLICATE, FAULT_SLOW, FAULT_OTHER };

struct db;

/* Where to connect.  Always name the user: left NULL, the client library reads the password file,
 * which a jailed program cannot. */
struct db_place { const char *socket, *user, *schema; };

/* db_library(): once per process, before the first thread.  Return 0 or -1. */
int db_library(void) MUST_CHECK;

/* db_open(c, place, stmts, n): connect and prepare every statement; NULL with the problem set. */
struct db *db_open(struct ctx *, const struct db_place *, const struct stmt *, unsigned) MUST_CHECK;
void db_close(struct db *);		/* NULL is allowed */
void db_thread_end(void);		/* before a thread that used a db ends */

/* db_lost(d): the connection is gone; close it and open another before the next request. */
bool db_lost(const struct db *);
/* db_fresh(d): ping a connection that idled for long; false if it is gone. */
bool db_fresh(struct db *) MUST_CHECK;
enum db_fault db_fault(const struct db *);
unsigned db_retries(const struct db *);

/*
 * db_one(c, d, stmt, args, n, row): return 1 with ${row} filled, 0 if there is none, -1 on failure.
 * A second row is a bug of the statement, and a failure.
 */
int db_one(struct ctx *, struct db *, unsigned, const struct arg *, size_t, void *) MUST_CHECK;

/* db_need(...): as db_one(), but no row is PROBLEM_MISSING.  Return 0 or -1. */
int db_need(struct ctx *, struct db *, unsigned, const struct arg *, size_t, void *) MUST_CHECK;

/* db_list(...): all rows, as an array in ${c}.  A statement bounds itself with LIMIT. */
struct list { void *row; size_t n; };
int db_list(struct ctx *, struct db *, unsigned, const struct arg *, size_t, struct list *) MUST_CHECK;

/* db_run(...): return the number of rows changed, or -1. */
int64_t db_run(struct ctx *, struct db *, unsigned, const struct arg *, size_t) MUST_CHECK;

/* db_insert(...): return the new row's AUTO_INCREMENT or LAST_INSERT_ID(), or -1. */
int64_t db_insert(struct ctx *, struct db *, unsigned, const struct arg *, size_t) MUST_CHECK;

/*
 * db_guard(...): a compare-and-set that must change exactly one row; none is PROBLEM_STATE.
 * Every decision is re-asserted this way on the row that guards it (DESIGN 5).
 */
int db_guard(struct ctx *, struct db *, unsigned, const struct arg *, size_t) MUST_CHECK;

/*
 * db_tx(c, d, fn, arg): run ${fn} in one transaction; commit when it returns 0.  After a conflict
 * ${fn} runs again, so it may touch only the database and request memory.  A connection lost
 * during COMMIT is never retried: the outcome is unknown, the answer 503, and the client's
 * repetition with the same Idempotency-Key finds out.
 */
int db_tx(struct ctx *, struct db *, int (*)(struct ctx *, struct db *, void *), void *) MUST_CHECK;
bool db_in_tx(const struct db *);
/* db_rival(d): a duplicate key just met says only that somebody was faster: ${fn} may run again. */
void db_rival(struct db *);
#endif
