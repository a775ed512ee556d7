/*
 * Transactions under contention, on a server of their own: tests/data/tx.sh.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "data/db.h"
#include "data/db_private.h"

enum { READ, ADD, NAME, KILL, QUICK, SNAPSHOT, PUT, WIPE, REFUSE, STMTS };

struct row { int64_t n; };
static const struct col col[] = { ROW_INT(struct row, n) };
static const struct stmt stmts[STMTS] = {
	[READ] = STMT("SELECT n FROM account WHERE id = ?", col, struct row),
	[ADD] = DO("UPDATE account SET n = n + ? WHERE id = ?"),
	[NAME] = STMT("SELECT CONNECTION_ID()", col, struct row),
	[KILL] = DO("KILL CONNECTION ?"),
	[QUICK] = DO("SET SESSION innodb_lock_wait_timeout = 1"),
	[SNAPSHOT] = DO("SET SESSION innodb_snapshot_isolation = ON"),
	[PUT] = DO("INSERT INTO account (id, n) VALUES (?, 0)"),
	[WIPE] = DO("UPDATE account SET n = 0 WHERE id < 10"),
	[REFUSE] = STMT("SELECT refuse()", col, struct row),
};

/* One connection, with memory of its own. */
struct client { struct ctx c; struct db *d; void *block; };
static struct db_place place;
static struct client a, b;

static void
pause_ms(long ms)
{
	(void)nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

static void
client_open(struct client *k)
{
	k->block = malloc(MIB);
	assert_non_null(k->block);
	ctx_open(&k->c, k->block, MIB);
	k->d = db_open(&k->c, &place, stmts, STMTS);
	if (k->d == NULL)
		fail_msg("%s", k->c.problem.log);
}

static void
client_close(struct client *k)
{
	db_close(k->d);
	free(k->block);
}

static int
begin(void **state)
{
	(void)state;
	client_open(&a);
	client_open(&b);
	assert_true(db_run(&a.c, a.d, WIPE, NO_ARGS) >= 0);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	client_close(&a);
	client_close(&b);
	return 0;
}

static int64_t
balance(struct client *k, int64_t id)
{
	struct row r;

	assert_int_equal(db_one(&k->c, k->d, READ, ARGS(A_INT(id)), &r), 1);
	return r.n;
}

/* Move one from an account to another, slowly enough for rivals to meet. */
struct move { int64_t from, to; unsigned runs; };

static int
move_one(struct ctx *c, struct db *d, void *arg)
{
	struct move *m = arg;

	m->runs++;
	if (db_guard(c, d, ADD, ARGS(A_INT(-1), A_INT(m->from))) != 0)
		return -1;
	pause_ms(2);
	return db_guard(c, d, ADD, ARGS(A_INT(1), A_INT(m->to)));
}

#define MOVES 60
struct mover { struct client *k; struct move m; unsigned done, busy; };

static void *
move_many(void *arg)
{
	struct mover *v = arg;

	for (int i = 0; i < MOVES; i++) {
		ctx_begin(&v->k->c);
		if (db_tx(&v->k->c, v->k->d, move_one, &v->m) == 0)
			v->done++;
		else
			v->busy += v->k->c.problem.kind == PROBLEM_BUSY;
	}
	db_thread_end();
	return NULL;
}

/* On a crowded machine one may meet its rival at each of its tries: that one is told, and undone. */
static void
deadlocks_are_tried_again(void **state)
{
	struct mover one = { &a, { 1, 2, 0 }, 0 }, other = { &b, { 2, 1, 0 }, 0 };
	pthread_t t;

	(void)state;
	assert_int_equal(pthread_create(&t, NULL, move_many, &one), 0);
	(void)move_many(&other);
	(void)pthread_join(t, NULL);
	assert_true(db_retries(a.d) + db_retries(b.d) > 0);
	assert_int_equal(one.m.runs + other.m.runs, 2 * MOVES + db_retries(a.d) + db_retries(b.d));
	assert_int_equal(one.done + one.busy + other.done + other.busy, 2 * MOVES);
	assert_true(one.busy + other.busy <= MOVES / 10);
	assert_int_equal(balance(&a, 1), (int)other.done - (int)one.done);
	assert_int_equal(balance(&a, 1) + balance(&a, 2), 0);
}

/* The rival's hand on its own connection is quicker than COMMIT. */
static int
lose_it(struct ctx *c, struct db *d, void *arg)
{
	unsigned *runs = arg;
	struct row me;

	(*runs)++;
	if (db_one(c, d, NAME, NO_ARGS, &me) != 1 || db_run(c, d, ADD, ARGS(A_INT(7), A_INT(3))) != 1 ||
	    db_run(&b.c, b.d, KILL, ARGS(A_INT(me.n))) < 0)
		return -1;
	return 0;
}

static void
a_connection_lost_at_commit_is_not_tried_again(void **state)
{
	unsigned runs = 0;

	(void)state;
	assert_int_equal(db_tx(&a.c, a.d, lose_it, &runs), -1);
	assert_int_equal(runs, 1);
	assert_int_equal(a.c.problem.kind, PROBLEM_BUSY);
	assert_int_equal(db_fault(a.d), FAULT_LOST);
	assert_true(db_lost(a.d));
	assert_false(db_fresh(a.d));
	assert_int_equal(balance(&b, 3), 0);
}

/* Requests that ask the database nothing do not keep its connection: the server ends it all the same. */
static void
an_idle_connection_is_asked_before_it_is_used(void **state)
{
	const int64_t most = 300000;
	struct row me;

	(void)state;
	assert_int_equal(db_one(&a.c, a.d, NAME, NO_ARGS, &me), 1);
	assert_true(db_run(&b.c, b.d, KILL, ARGS(A_INT(me.n))) >= 0);
	a.d->used_ms -= most - 10000;
	assert_true(db_fresh(a.d));
	a.d->used_ms -= 20000;
	assert_false(db_fresh(a.d));
}

/* Held for longer than the other one waits, and shorter than all its tries. */
static int
hold(struct ctx *c, struct db *d, void *arg)
{
	if (db_guard(c, d, ADD, ARGS(A_INT(1), A_INT(4))) != 0)
		return -1;
	*(volatile bool *)arg = true;
	pause_ms(1400);
	return 0;
}

static void *
hold_it(void *arg)
{
	int rc = db_tx(&b.c, b.d, hold, arg);

	db_thread_end();
	return rc == 0 ? NULL : arg;
}

static int
count_and_add(struct ctx *c, struct db *d, void *arg)
{
	(*(unsigned *)arg)++;
	return db_guard(c, d, ADD, ARGS(A_INT(1), A_INT(4)));
}

static void
a_lock_that_is_held_too_long_is_asked_for_again(void **state)
{
	volatile bool held = false;
	unsigned runs = 0;
	pthread_t t;
	void *failed;

	(void)state;
	assert_true(db_run(&a.c, a.d, QUICK, NO_ARGS) >= 0);
	assert_int_equal(pthread_create(&t, NULL, hold_it, (void *)(uintptr_t)&held), 0);
	while (!held)
		pause_ms(5);
	assert_int_equal(db_tx(&a.c, a.d, count_and_add, &runs), 0);
	(void)pthread_join(t, &failed);
	assert_null(failed);
	assert_int_equal(runs, 2);
	assert_int_equal(balance(&a, 4), 2);
}

struct turn { unsigned runs; int64_t seen; };

/* What was read has moved on by the time it is written: the snapshot is stale once. */
static int
read_then_write(struct ctx *c, struct db *d, void *arg)
{
	struct turn *t = arg;
	struct row r;

	if (db_one(c, d, READ, ARGS(A_INT(6)), &r) != 1)
		return -1;
	t->seen = r.n;
	if (t->runs++ == 0 && db_run(&b.c, b.d, ADD, ARGS(A_INT(10), A_INT(6))) != 1)
		return -1;
	return db_guard(c, d, ADD, ARGS(A_INT(1), A_INT(6)));
}

static void
a_stale_snapshot_is_read_again(void **state)
{
	struct turn t = { 0, 0 };

	(void)state;
	assert_true(db_run(&a.c, a.d, SNAPSHOT, NO_ARGS) >= 0);
	assert_int_equal(db_tx(&a.c, a.d, read_then_write, &t), 0);
	assert_int_equal(t.runs, 2);
	assert_int_equal(t.seen, 10);
	assert_int_equal(balance(&b, 6), 11);
}

static int
refuse(struct ctx *c, struct db *d, void *arg)
{
	(*(unsigned *)arg)++;
	if (db_guard(c, d, ADD, ARGS(A_INT(5), A_INT(7))) != 0)
		return -1;
	return db_guard(c, d, ADD, ARGS(A_INT(5), A_INT(999)));
}

static void
a_guard_that_finds_no_row_undoes_the_whole(void **state)
{
	unsigned runs = 0;

	(void)state;
	assert_int_equal(db_tx(&a.c, a.d, refuse, &runs), -1);
	assert_int_equal(runs, 1);
	assert_int_equal(a.c.problem.kind, PROBLEM_STATE);
	assert_int_equal(balance(&b, 7), 0);
	assert_false(db_in_tx(a.d));
}

struct twice { unsigned runs; bool rival; };

static int
put_twice(struct ctx *c, struct db *d, void *arg)
{
	struct twice *t = arg;

	if (t->runs++ > 0)
		return 0;
	if (db_run(c, d, PUT, ARGS(A_INT(1))) == 1)
		return 0;
	if (t->rival)
		db_rival(d);
	return -1;
}

static void
a_duplicate_is_final_unless_it_is_a_rival(void **state)
{
	struct twice t = { 0, false };

	(void)state;
	assert_int_equal(db_tx(&a.c, a.d, put_twice, &t), -1);
	assert_int_equal(t.runs, 1);
	assert_int_equal(a.c.problem.kind, PROBLEM_TAKEN);
	ctx_begin(&a.c);
	t = (struct twice){ 0, true };
	assert_int_equal(db_tx(&a.c, a.d, put_twice, &t), 0);
	assert_int_equal(t.runs, 2);
}

static int
ask_refused(struct ctx *c, struct db *d, void *arg)
{
	struct row r;

	(*(unsigned *)arg)++;
	return db_one(c, d, REFUSE, NO_ARGS, &r) == 1 ? 0 : -1;
}

/* A deadlock within a function comes where a row should be; the statement can be asked again at once. */
static void
an_error_in_the_place_of_a_row_is_heard(void **state)
{
	unsigned runs = 0;
	struct list l;

	(void)state;
	assert_int_equal(db_tx(&a.c, a.d, ask_refused, &runs), -1);
	assert_int_equal(runs, 8);
	assert_int_equal(a.c.problem.kind, PROBLEM_BUSY);
	for (int i = 0; i < 2; i++) {
		ctx_begin(&a.c);
		assert_int_equal(db_list(&a.c, a.d, REFUSE, NO_ARGS, &l), -1);
		assert_int_equal(db_fault(a.d), FAULT_RETRY);
	}
	assert_false(db_lost(a.d));
}

static int
inner(struct ctx *c, struct db *d, void *arg)
{
	return db_tx(c, d, count_and_add, arg);
}

static void
a_transaction_inside_another_is_refused(void **state)
{
	unsigned runs = 0;

	(void)state;
	assert_int_equal(db_tx(&a.c, a.d, inner, &runs), -1);
	assert_int_equal(runs, 0);
	assert_int_equal(a.c.problem.kind, PROBLEM_INTERNAL);
}

int
main(int argc, char **argv)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(deadlocks_are_tried_again),
		TEST(a_connection_lost_at_commit_is_not_tried_again),
		TEST(an_idle_connection_is_asked_before_it_is_used),
		TEST(a_lock_that_is_held_too_long_is_asked_for_again),
		TEST(a_stale_snapshot_is_read_again),
		TEST(a_guard_that_finds_no_row_undoes_the_whole),
		TEST(a_duplicate_is_final_unless_it_is_a_rival),
		TEST(an_error_in_the_place_of_a_row_is_heard),
		TEST(a_transaction_inside_another_is_refused),
	};

	if (argc != 3 || db_library() != 0) {
		(void)fprintf(stderr, "usage: tx SOCKET USER\n");
		return 2;
	}
	place = (struct db_place){ argv[1], argv[2], "ecoo" };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
