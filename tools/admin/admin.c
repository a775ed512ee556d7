/*
 * ecoo-admin - what an operator does to the people of a portal, on the machine it runs on.
 *
 * usage: ecoo-admin SOCKET SCHEMA password EMAIL
 *
 * password: read a new password, twice from a terminal or one line of standard input, store its
 * hash, end the person's sessions and the delay after wrong tries.
 *
 * Talks to:  MariaDB through SOCKET, as the unix user who runs it (root).
 * Secrets:   the password, in memory alone: never an argument, never in a log.
 */
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/digest.h"
#include "people/password.h"
#include "tools/admin/admin.h"

#define SHORTEST 12
#define LONGEST	 1024

static int
complain(const char *words)
{
	(void)fprintf(stderr, "ecoo-admin: %s\n", words);
	return -1;
}

/* One line; from a terminal without showing it. */
static int
read_line(const char *prompt, char *out, size_t cap)
{
	struct termios was, quiet;
	bool terminal = tcgetattr(STDIN_FILENO, &was) == 0;
	bool got;

	if (terminal) {
		quiet = was;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
		(void)fprintf(stderr, "%s: ", prompt);
	}
	got = fgets(out, (int)cap, stdin) != NULL;
	if (terminal) {
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
		(void)fputc('\n', stderr);
	}
	if (!got)
		return complain("no password was given");
	out[strcspn(out, "\n")] = '\0';
	return 0;
}

static int
read_password(char *out, size_t cap)
{
	char again[LONGEST + 2];
	bool same;

	if (read_line("New password", out, cap) != 0)
		return -1;
	if (strlen(out) < SHORTEST)
		return complain("a password has at least 12 characters");
	if (!isatty(STDIN_FILENO))
		return 0;
	if (read_line("Once more", again, sizeof again) != 0)
		return -1;
	same = strcmp(out, again) == 0;
	explicit_bzero(again, sizeof again);
	return same ? 0 : complain("the two are not the same");
}

struct change { const char *email; struct text hash; };

static int
change(struct ctx *c, struct db *d, void *arg)
{
	const struct change *to = arg;
	struct person p;

	return db_need(c, d, ST_PERSON, ARGS(A_TEXT(text_of(to->email))), &p) != 0 ||
	    db_run(c, d, ST_PASSWORD, ARGS(A_TEXT(to->hash), A_INT(p.id))) < 0 ||
	    db_run(c, d, ST_SESSIONS, ARGS(A_INT(p.id))) < 0 ||
	    db_run(c, d, ST_DELAY, ARGS(A_TEXT(sha256_text(c, p.email)))) < 0 ? -1 : 0;
}

static int
set_password(struct ctx *c, struct db *d, const char *email)
{
	char secret[LONGEST + 2];
	struct change to = { .email = email };
	int rc;

	if (read_password(secret, sizeof secret) != 0)
		return -1;
	rc = password_hash(c, text_of(secret), &to.hash);
	explicit_bzero(secret, sizeof secret);
	if (rc != 0 || db_tx(c, d, change, &to) != 0)
		return complain(c->problem.kind == PROBLEM_MISSING ? "there is nobody of that address" :
		    c->problem.log);
	(void)printf("The password of %s is set; earlier sessions are over.\n", email);
	return 0;
}

int
main(int argc, char **argv)
{
	static _Alignas(16) unsigned char block[256 * 1024];
	const struct passwd *me = getpwuid(geteuid());
	struct ctx c;
	struct db *d;
	int rc;

	if (argc != 5 || strcmp(argv[3], "password") != 0) {
		(void)fputs("usage: ecoo-admin SOCKET SCHEMA password EMAIL\n", stderr);
		return 2;
	}
	ctx_open(&c, block, sizeof block);
	if (me == NULL || db_library() != 0 || password_start(1) != 0)
		return 1;
	d = db_open(&c, &(struct db_place){ argv[1], me->pw_name, argv[2] }, admin_stmt, ADMIN_STMTS);
	if (d == NULL)
		return complain(c.problem.log) == 0 ? 0 : 1;
	rc = set_password(&c, d, argv[4]);
	db_close(d);
	ctx_begin(&c);			/* wiped */
	return rc == 0 ? 0 : 1;
}
