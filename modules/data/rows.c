/*
 * Reading rows.  Text is read twice: with room for nothing, to learn its length; then whole,
 * straight into request memory: no truncation, no guessed buffers.
 */
#include <string.h>

#include "data/db_private.h"

struct bound {
	MYSQL_BIND	b[DB_MAX_ARG];
	unsigned long	len[DB_MAX_ARG];
	my_bool		null[DB_MAX_ARG], cut[DB_MAX_ARG];
	int64_t		number[DB_MAX_ARG];
};

static bool
is_number(const struct col *col)
{
	return col->type == COL_INT || col->type == COL_BOOL;
}

static int
bind(struct ctx *c, struct db *d, unsigned id, struct bound *v)
{
	const struct stmt *s = &d->stmt[id];

	(void)memset(v, 0, sizeof *v);
	for (unsigned i = 0; i < s->ncol; i++) {
		bool number = is_number(&s->col[i]);

		v->b[i].buffer_type = number ? MYSQL_TYPE_LONGLONG : MYSQL_TYPE_STRING;
		v->b[i].buffer = number ? &v->number[i] : NULL;
		v->b[i].length = &v->len[i];
		v->b[i].is_null = &v->null[i];
		v->b[i].error = &v->cut[i];
	}
	return mysql_stmt_bind_result(d->ready[id], v->b) == 0 ? 0 : db_fail_stmt(c, d, id);
}

/* "2026-11-24 09:00:00.123" becomes "2026-11-24T09:00:00Z". */
static struct text
as_rfc3339(char *p, size_t n)
{
	if (n < 19)
		return (struct text){ p, n };
	p[10] = 'T';
	p[19] = 'Z';
	return (struct text){ p, 20 };
}

static int
take_text(struct ctx *c, struct db *d, unsigned id, unsigned i, struct bound *v, struct text *out)
{
	size_t n = v->len[i];
	char *p = ctx_alloc(c, n + 2);
	MYSQL_BIND b = v->b[i];

	b.buffer = p;
	b.buffer_length = n;
	if (n > 0 && mysql_stmt_fetch_column(d->ready[id], &b, i, 0) != 0)
		return db_fail_stmt(c, d, id);
	*out = d->stmt[id].col[i].type == COL_TIME ? as_rfc3339(p, n) : (struct text){ p, n };
	return 0;
}

static int
store(struct ctx *c, struct db *d, unsigned id, unsigned i, struct bound *v, char *row)
{
	const struct col *col = &d->stmt[id].col[i];
	void *to = row + col->off;

	if (v->null[i] ? !col->null_ok : is_number(col) && v->cut[i])
		return problem_set(c, PROBLEM_INTERNAL, "statement %u: column %s %s", id, col->name,
		    v->null[i] ? "is NULL" : "does not fit");
	if (v->null[i])
		return 0;
	if (col->type == COL_INT)
		*(int64_t *)to = v->number[i];
	else if (col->type == COL_BOOL)
		*(bool *)to = v->number[i] != 0;
	else
		return take_text(c, d, id, i, v, to);
	return 0;
}

/* Return 1 with a row, 0 at the end, -1. */
static int
fetch(struct ctx *c, struct db *d, unsigned id, struct bound *v, void *row)
{
	int rc = mysql_stmt_fetch(d->ready[id]);

	if (rc == MYSQL_NO_DATA)
		return 0;
	if (rc != 0 && rc != MYSQL_DATA_TRUNCATED)
		return db_fail_stmt(c, d, id);
	for (unsigned i = 0; i < d->stmt[id].ncol; i++)
		if (store(c, d, id, i, v, row) != 0)
			return -1;
	return 1;
}

int
db_one(struct ctx *c, struct db *d, unsigned id, const struct arg *a, size_t n, void *row)
{
	_Alignas(16) char spare[DB_MAX_ROW];
	struct bound v;
	int rc, more;

	if (db_start(c, d, id, a, n) != 0)
		return -1;
	(void)memset(row, 0, d->stmt[id].rowsz);
	if ((rc = bind(c, d, id, &v)) == 0 && (rc = fetch(c, d, id, &v, row)) == 1 &&
	    (more = fetch(c, d, id, &v, spare)) != 0)
		rc = more < 0 ? -1 : problem_set(c, PROBLEM_INTERNAL,
		    "statement %u: more than one row", id);
	(void)mysql_stmt_free_result(d->ready[id]);
	return rc;
}

int
db_need(struct ctx *c, struct db *d, unsigned id, const struct arg *a, size_t n, void *row)
{
	int rc = db_one(c, d, id, a, n, row);

	if (rc == 0)
		return problem_set(c, PROBLEM_MISSING, "statement %u: no row", id);
	return rc == 1 ? 0 : -1;
}

static int
read_all(struct ctx *c, struct db *d, unsigned id, struct list *out)
{
	size_t size = d->stmt[id].rowsz, n;
	struct bound v;
	int rc;

	if (mysql_stmt_store_result(d->ready[id]) != 0) {
		(void)db_fail_stmt(c, d, id);
		(void)mysql_stmt_reset(d->ready[id]);	/* or the library waits for rows, the next time */
		return -1;
	}
	n = (size_t)mysql_stmt_num_rows(d->ready[id]);
	*out = (struct list){ ctx_alloc(c, n * size + 1), 0 };
	if (bind(c, d, id, &v) != 0)
		return -1;
	while (out->n < n && (rc = fetch(c, d, id, &v, (char *)out->row + out->n * size)) != 0) {
		if (rc < 0)
			return -1;
		out->n++;
	}
	return 0;
}

int
db_list(struct ctx *c, struct db *d, unsigned id, const struct arg *a, size_t n, struct list *out)
{
	int rc;

	if (db_start(c, d, id, a, n) != 0)
		return -1;
	rc = read_all(c, d, id, out);
	(void)mysql_stmt_free_result(d->ready[id]);
	return rc;
}
