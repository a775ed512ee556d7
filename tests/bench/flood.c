/*
 * flood - people who try to sign in again and again, for so many seconds.
 *
 *	flood PORTAL CLIENTS SECONDS
 *
 * Every address is another one and nobody's: each try costs a whole hash.  Who is put off (503) comes
 * again after the two seconds that the answer asks for: who comes sooner does not get past nginx.
 * Prints one line of JSON: how many tries were answered how.  It costs little beside what it
 * floods, since real ones would be on other machines.
 *
 * Trust:   the portal is ours.
 * Memory:  a few megabytes a client.
 * Fails:   with a sentence and 1; a try without an answer is counted as 0.
 * Needs:   nothing.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/client.h"

#define CLIENTS_MAX	64
#define STATUS_MAX	600

struct flooder { pthread_t thread; struct client k; long count[STATUS_MAX]; };

static struct flooder flooder[CLIENTS_MAX];
static time_t until;

static void
die(const char *what)
{
	(void)fprintf(stderr, "flood: %s\n", what);
	exit(1);
}

static time_t
now(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

static void *
knock(void *at)
{
	struct flooder *f = at;
	char body[128];

	for (unsigned i = 0; now() < until; i++) {
		long status;

		(void)snprintf(body, sizeof body,
		    "{\"email\":\"%d.%u.%u@bench.example\",\"password\":\"no password\"}",
		    (int)getpid(), f->k.index, i);
		status = client_ask(&f->k, "POST", "/api/session", NULL, body);
		if (status == 503)
			(void)sleep(2);
		f->count[status > 0 && status < STATUS_MAX ? status : 0]++;
	}
	return NULL;
}

static void
tell(int clients)
{
	const char *comma = "";

	(void)printf("{\"count\":{");
	for (int status = 0; status < STATUS_MAX; status++) {
		long n = 0;

		for (int i = 0; i < clients; i++)
			n += flooder[i].count[status];
		if (n == 0)
			continue;
		(void)printf("%s\"%d\":%ld", comma, status, n);
		comma = ",";
	}
	(void)printf("}}\n");
}

int
main(int argc, char **argv)
{
	int clients = argc == 4 ? atoi(argv[2]) : 0;

	if (clients < 1 || clients > CLIENTS_MAX)
		die("flood PORTAL CLIENTS SECONDS");
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
	until = now() + atoi(argv[3]);
	for (int i = 0; i < clients; i++)
		if (client_open(&flooder[i].k, argv[1], (unsigned)i) != 0 ||
		    pthread_create(&flooder[i].thread, NULL, knock, &flooder[i]) != 0)
			die("no thread");
	for (int i = 0; i < clients; i++) {
		(void)pthread_join(flooder[i].thread, NULL);
		client_close(&flooder[i].k);
	}
	tell(clients);
	return 0;
}
