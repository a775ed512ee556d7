#include "base/digest.h"
#include "base/fault.h"
#include "host/once.h"
#include "host/stmts.h"

struct act {
	struct call *k;
	int (*does)(struct call *, void *);
	void *arg;
	struct text hash;		/* of the request; empty without a key */
};

static int
run(struct ctx *c, struct db *d, void *arg)
{
	struct act *a = arg;

	*a->k->out = (struct reply){ .file = -1 };	/* what a failed try had filled in */
	if (a->does(a->k, a->arg) != 0)
		return -1;
	if (a->hash.n > 0 && db_run(c, d, HOST_KEY_ADD, ARGS(A_INT(a->k->who->person),
	    A_TEXT(a->k->q->key), A_TEXT(a->hash), A_INT(a->k->out->status),
	    A_TEXT(a->k->out->body))) < 0)
		return -1;
	FAULT("before_commit");
	return 0;
}

static int
transact(struct call *k, struct act *a)
{
	if (db_tx(k->c, k->d, run, a) != 0)
		return -1;
	FAULT("after_commit");
	return 0;
}

int
call_tx(struct call *k, int (*does)(struct call *, void *), void *arg)
{
	struct act a = { k, does, arg, { "", 0 } };

	return transact(k, &a);
}

static int
check_key(struct ctx *c, struct text key)
{
	bool ok = key.n >= 16 && key.n <= 64;

	for (size_t i = 0; ok && i < key.n; i++)
		ok = (key.p[i] >= '0' && key.p[i] <= '9') || key.p[i] == '-' ||
		    ((key.p[i] | 0x20) >= 'a' && (key.p[i] | 0x20) <= 'z');
	return ok ? 0 : problem_say(c, PROBLEM_KEY,
	    "Send an Idempotency-Key of 16 to 64 letters, digits and dashes.");
}

/* Return 1 with the stored answer in k->out, 0 if there is none, -1. */
static int
replay(struct call *k, struct text hash)
{
	struct key_row row;
	int rc = db_one(k->c, k->d, HOST_KEY_FIND, ARGS(A_INT(k->who->person),
	    A_TEXT(k->q->key)), &row);

	if (rc != 1)
		return rc;
	if (!text_eq(row.request_hash, hash))
		return problem_set(k->c, PROBLEM_KEY, "another request under this key");
	*k->out = (struct reply){ .file = -1, .status = (int)row.status,
	    .type = "application/json", .body = row.body };
	return 1;
}

static struct text
request_hash(struct call *k)
{
	return sha256_text(k->c, text_fmt(k->c, "%s %.*s\n%.*s", method_names[k->q->method],
	    TEXT_F(k->q->path), TEXT_F(k->body)));
}

int
call_replay(struct call *k)
{
	return check_key(k->c, k->q->key) != 0 ? -1 : replay(k, request_hash(k));
}

/*
 * It failed, perhaps because a rival with the same key was faster: found on the key, or by what the
 * rival has changed.  Then its answer is the answer.
 */
static int
ask_rival(struct call *k, struct text hash)
{
	struct problem *was;
	int rc;

	if (db_lost(k->d))
		return -1;
	was = ctx_alloc(k->c, sizeof *was);
	*was = k->c->problem;
	problem_clear(&k->c->problem);
	if ((rc = replay(k, hash)) == 1)
		return 0;
	if (rc == 0)
		k->c->problem = *was;
	return -1;
}

int
call_once(struct call *k, int (*does)(struct call *, void *), void *arg)
{
	struct act a = { k, does, arg, { "", 0 } };
	int rc;

	if (check_key(k->c, k->q->key) != 0)
		return -1;
	a.hash = request_hash(k);
	if ((rc = replay(k, a.hash)) != 0)
		return rc == 1 ? 0 : -1;
	return transact(k, &a) == 0 ? 0 : ask_rival(k, a.hash);
}
