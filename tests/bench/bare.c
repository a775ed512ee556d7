/*
 * bare - the least that a FastCGI program with a database can do: what `verify` is measured against.
 *
 *	bare THREADS SOCKET SCHEMA		(the listening socket is descriptor 0)
 *
 * Threads with a connection and one prepared statement each, as verify has: the statement is
 * verify's own, the row is fetched into fixed places, and two of its columns are printed.  No limits, no
 * check of the number, no headers, no log line, no jail: none of what makes a program.
 *
 * Trust:   nobody but the bench asks it.
 * Memory:  on the stack.
 * Fails:   with a sentence and 1 at the start; an unknown number is a 404.
 * Needs:   the account ecoo_verify.
 */
#include <fcgiapp.h>
#include <mysql.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/verify/verify.h"

#define COLUMNS		32
#define COLUMN_MAX	512
#define THREADS_MAX	64

struct row {
	MYSQL_BIND	b[COLUMNS];
	unsigned long	n[COLUMNS];
	char		text[COLUMNS][COLUMN_MAX];
};

static const char *place, *schema;

static void
die(const char *what)
{
	(void)fprintf(stderr, "bare: %s\n", what);
	exit(1);
}

static MYSQL_STMT *
prepare(MYSQL *my, struct row *r)
{
	const struct stmt *s = &verify_stmt[ST_NUMBER];
	MYSQL_STMT *st;

	(void)mysql_options(my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (mysql_real_connect(my, NULL, "ecoo_verify", NULL, schema, 0, place, 0) == NULL ||
	    (st = mysql_stmt_init(my)) == NULL || s->ncol > COLUMNS ||
	    mysql_stmt_prepare(st, s->sql, strlen(s->sql)) != 0)
		die(mysql_error(my));
	for (unsigned i = 0; i < s->ncol; i++)
		r->b[i] = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_STRING, .buffer = r->text[i],
			.buffer_length = COLUMN_MAX, .length = &r->n[i] };
	return st;
}

static int
find(MYSQL_STMT *st, struct row *r, const char *number)
{
	MYSQL_BIND in = { .buffer_type = MYSQL_TYPE_STRING, .buffer = (void *)(uintptr_t)number,
		.buffer_length = strlen(number) };
	int rc;

	if (mysql_stmt_bind_param(st, &in) != 0 || mysql_stmt_execute(st) != 0 ||
	    mysql_stmt_bind_result(st, r->b) != 0)
		die(mysql_stmt_error(st));
	rc = mysql_stmt_fetch(st);
	(void)mysql_stmt_free_result(st);
	return rc == 0;
}

static void *
work(void *arg)
{
	struct row *r = calloc(1, sizeof *r);
	MYSQL *my = mysql_init(NULL);
	MYSQL_STMT *st = prepare(my, r);
	FCGX_Request q;
	const char *path;

	(void)arg;
	if (FCGX_InitRequest(&q, 0, 0) != 0)
		die("FastCGI");
	while (FCGX_Accept_r(&q) == 0) {
		path = FCGX_GetParam("DOCUMENT_URI", q.envp);
		if (path != NULL && find(st, r, strrchr(path, '/') + 1))
			(void)FCGX_FPrintF(q.out, "Content-Type: application/json\r\n\r\n"
			    "{\"number\":\"%.*s\",\"applicant\":\"%.*s\"}\n", (int)r->n[0], r->text[0],
			    (int)r->n[2], r->text[2]);
		else
			(void)FCGX_PutS("Status: 404\r\nContent-Type: text/plain\r\n\r\nno\n", q.out);
		FCGX_Finish_r(&q);
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	int n = argc == 4 ? atoi(argv[1]) : 0;
	pthread_t t[THREADS_MAX];

	if (n < 1 || n > THREADS_MAX)
		die("usage: bare THREADS SOCKET SCHEMA");
	place = argv[2];
	schema = argv[3];
	if (mysql_library_init(0, NULL, NULL) != 0 || FCGX_Init() != 0)
		die("the libraries do not start");
	for (int i = 0; i < n; i++)
		if (pthread_create(&t[i], NULL, work, NULL) != 0)
			die("no threads");
	return pthread_join(t[0], NULL);
}
