/*
 * Writes rows of the audit chain as a program does: tests/data/audit.sh.
 *
 * usage: chain SOCKET USER ROWS [beside]
 *
 * With "beside" two connections of the same writer take turns inside each other's transaction, as
 * two processes do in a restart.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/audit.h"
#include "host/stmts.h"

static const struct stmt stmts[HOST_STMTS] = { HOST_STMT_ROWS };
static const struct program program = { .name = "chain", .stmt = stmts, .nstmt = HOST_STMTS };
static const struct who who = { .person = 7, .name = { "", 0 } };

struct client { struct ctx c; struct call k; };
static struct client one, other;

static int
client_open(struct client *x, const struct db_place *at)
{
	void *block = malloc(MIB);

	if (block == NULL)
		return -1;
	ctx_open(&x->c, block, MIB);
	x->k = (struct call){ .c = &x->c, .who = &who, .program = &program, .thread = 3 };
	x->k.d = db_open(&x->c, at, stmts, HOST_STMTS);
	return x->k.d == NULL ? -1 : 0;
}

static int
add(struct ctx *c, struct db *d, void *arg)
{
	struct client *x = arg;

	(void)d;
	return audit_add(&x->k, "tried", text_fmt(c, "thing/%s", c->id), T("कारण; \"words\"\n"));
}

static int
add_beside(struct ctx *c, struct db *d, void *arg)
{
	static unsigned runs;
	struct audit_head head;

	/* the snapshot is taken before the rival writes */
	if (db_one(c, d, HOST_AUDIT_HEAD, ARGS(A_TEXT(T("chain/3"))), &head) < 0)
		return -1;
	if (runs++ == 0 && db_tx(&other.c, other.k.d, add, &other) != 0)
		return -1;
	return add(c, d, arg);
}

int
main(int argc, char **argv)
{
	struct db_place at;
	bool beside = argc == 5 && strcmp(argv[4], "beside") == 0;
	int rc = 0;

	if ((argc != 4 && !beside) || db_library() != 0)
		return 2;
	at = (struct db_place){ argv[1], argv[2], "ecoo" };
	if (client_open(&one, &at) != 0 || client_open(&other, &at) != 0) {
		(void)fprintf(stderr, "%s%s\n", one.c.problem.log, other.c.problem.log);
		return 1;
	}
	for (int i = 0; rc == 0 && i < atoi(argv[3]); i++) {
		ctx_begin(&one.c);
		rc = db_tx(&one.c, one.k.d, beside ? add_beside : add, &one);
	}
	if (rc != 0)
		(void)fprintf(stderr, "%s\n", one.c.problem.log);
	db_close(one.k.d);
	db_close(other.k.d);
	free(one.c.mem.base);
	free(other.c.mem.base);
	return rc == 0 ? 0 : 1;
}
