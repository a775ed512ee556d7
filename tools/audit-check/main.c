#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/codec.h"
#include "host/audit.h"
#include "tools/audit-check/check.h"

/* Where the walk stands: the chain's writer, its last number and hash. */
struct walk {
	char	writer[64];
	int64_t	seq, chains, rows, faults;
	char	hash[32];
	size_t	nhash;
};

static void
say_head(struct ctx *c, const struct walk *w)
{
	if (w->chains > 0)
		(void)printf("%s: %" PRId64 " rows, head %.*s\n", w->writer, w->seq,
		    TEXT_F(hex_text(c, w->hash, w->nhash)));
}

static void
fault(struct walk *w, int64_t seq, const char *words)
{
	(void)printf("%s: row %" PRId64 " %s\n", w->writer, seq, words);
	w->faults++;
}

static void
begin(struct ctx *c, struct walk *w, struct text writer)
{
	say_head(c, w);
	(void)snprintf(w->writer, sizeof w->writer, "%.*s", TEXT_F(writer));
	w->seq = 0;
	w->nhash = 0;
	w->chains++;
}

/* The line is written as audit_add() writes it. */
static void
look(struct ctx *c, struct walk *w, const struct audit_row *r)
{
	struct text line;

	if (w->chains == 0 || !text_is(r->writer, w->writer))
		begin(c, w, r->writer);
	if (r->seq != w->seq + 1)
		fault(w, w->seq + 1, "is missing");
	line = text_fmt(c, "%.*s %" PRId64 " %" PRId64 " %" PRId64 " %.*s %.*s %.*s %.*s",
	    TEXT_F(r->writer), r->seq, r->at, r->person_id, TEXT_F(r->what), TEXT_F(r->object),
	    TEXT_F(r->request), TEXT_F(r->detail));
	if (r->seq == w->seq + 1 && !text_eq(r->hash, audit_hash(c,
	    (struct text){ w->hash, w->nhash }, line)))
		fault(w, r->seq, "was changed, or the one before it");
	w->seq = r->seq;
	w->rows++;
	w->nhash = r->hash.n < sizeof w->hash ? r->hash.n : sizeof w->hash;
	(void)memcpy(w->hash, r->hash.p, w->nhash);
}

static int
walk_all(struct ctx *c, struct db *d, struct walk *w)
{
	struct list page;

	do {
		struct mark m = ctx_mark(c);

		if (db_list(c, d, ST_ROWS, ARGS(A_TEXT(text_of(w->writer)),
		    A_TEXT(text_of(w->writer)), A_INT(w->seq), A_INT(PAGE)), &page) != 0)
			return -1;
		for (size_t i = 0; i < page.n; i++)
			look(c, w, (const struct audit_row *)page.row + i);
		ctx_rewind(c, m);
	} while (page.n == PAGE);
	say_head(c, w);
	return 0;
}

int
main(int argc, char **argv)
{
	static _Alignas(16) unsigned char block[8 * MIB];
	struct walk w = { .writer = "" };
	struct db_place at;
	struct ctx c;
	struct db *d;
	int rc;

	if (argc != 3 && argc != 4) {
		(void)fprintf(stderr, "usage: audit-check SOCKET SCHEMA [USER]\n");
		return 2;
	}
	at = (struct db_place){ argv[1], argc == 4 ? argv[3] : "root", argv[2] };
	ctx_open(&c, block, sizeof block);
	d = db_library() == 0 ? db_open(&c, &at, check_stmt, CHECK_STMTS) : NULL;
	rc = d == NULL ? -1 : walk_all(&c, d, &w);
	db_close(d);
	if (rc != 0) {
		(void)fprintf(stderr, "audit-check: %s\n", c.problem.log);
		return 2;
	}
	(void)printf("%" PRId64 " rows in %" PRId64 " chains, %" PRId64 " faults\n", w.rows, w.chains,
	    w.faults);
	return w.faults == 0 ? 0 : 1;
}
