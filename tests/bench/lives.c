/*
 * lives - whole lives of certificates, one after the other in several threads, for so many seconds.
 *
 *	lives PORTAL KEYS SAMPLES CONTENT THREADS SECONDS
 *
 * KEYS is the folder with the demo's .p12 files, SAMPLES that with its documents, CONTENT a file with
 * the application's content.  Prints one line of JSON: how many lives came to their end in how many
 * seconds, how many did not, and the seconds of each step, of all threads together; "waited" is the
 * part of them in which nothing was done but asking whether the gateway has answered.
 *
 * Trust:   the portal is ours.
 * Memory:  a few megabytes a thread.
 * Fails:   with a sentence and 1 if nobody can sign in; a life that fails is counted, and ends its thread.
 * Needs:   the demo's people.
 */
#include <openssl/pkcs12.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/life.h"

#define THREADS_MAX	64
#define STEPS_MAX	16
#define MEMORY		((size_t)1 << 20)
#define PASSWORD	"origin-demo-2026"

struct worker {
	pthread_t	thread;
	struct client	k;
	struct ctx	c;
	long		lives, failed;
	double		step[STEPS_MAX], waited, longest;
};

static struct people people;
static double until;
static struct worker worker[THREADS_MAX];

static void
die(const char *what)
{
	(void)fprintf(stderr, "lives: %s\n", what);
	exit(1);
}

static double
now(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static char *
read_file(const char *path)
{
	char *p = calloc(1, 32768);
	FILE *f = fopen(path, "re");

	if (p == NULL || f == NULL || fread(p, 1, 32000, f) == 0)
		die(path);
	(void)fclose(f);
	return p;
}

static EVP_PKEY *
read_key(const char *folder, const char *who)
{
	char path[512], *pin;
	PKCS12 *p12 = NULL;
	EVP_PKEY *key = NULL;
	X509 *x = NULL;
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/%s.pin", folder, who);
	pin = read_file(path);
	pin[strcspn(pin, "\n")] = '\0';
	(void)snprintf(path, sizeof path, "%s/%s.p12", folder, who);
	if ((f = fopen(path, "rbe")) == NULL || (p12 = d2i_PKCS12_fp(f, NULL)) == NULL ||
	    PKCS12_parse(p12, pin, &key, &x, NULL) != 1)
		die(path);
	(void)fclose(f);
	PKCS12_free(p12);
	X509_free(x);
	free(pin);
	return key;
}

static void
sign_in(struct client *k, const char *email, char *cookie, size_t size)
{
	char body[256];
	struct curl_header *h;
	long status = 503;

	(void)snprintf(body, sizeof body, "{\"email\":\"%s\",\"password\":\"%s\"}", email, PASSWORD);
	for (int i = 0; i < 20 && status == 503; i++) {		/* a crowd is before us */
		if (i > 0)
			(void)usleep(500000);
		status = client_ask(k, "POST", "/api/session", NULL, body);
	}
	if (client_must(k, email, 201, status) != 0 ||
	    curl_easy_header(k->curl, "Set-Cookie", 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
		die("nobody can sign in");
	(void)snprintf(cookie, size, "%.*s", (int)strcspn(h->value, ";"), h->value);
}

static int
live(struct worker *w, struct life *l)
{
	for (size_t i = 0; i < life_nsteps; i++) {
		double began = now();

		if (life_steps[i].does(l) != 0)
			return -1;
		w->step[i] += now() - began;
	}
	return 0;
}

static void *
work(void *arg)
{
	struct worker *w = arg;

	while (now() < until) {
		struct life l = { .k = &w->k, .people = &people, .c = &w->c };
		double began = now();

		ctx_begin(&w->c);
		if (live(w, &l) != 0) {
			w->failed++;
			break;
		}
		w->waited += l.waited;
		w->longest = now() - began > w->longest ? now() - began : w->longest;
		w->lives += now() <= until;	/* what ended later is no part of the figure */
	}
	return NULL;
}

static void
report(unsigned n, double seconds)
{
	struct worker sum = { .lives = 0 };
	struct rusage r;

	for (unsigned i = 0; i < n; i++) {
		sum.lives += worker[i].lives;
		sum.failed += worker[i].failed;
		sum.waited += worker[i].waited;
		sum.longest = worker[i].longest > sum.longest ? worker[i].longest : sum.longest;
		for (size_t s = 0; s < life_nsteps; s++)
			sum.step[s] += worker[i].step[s];
	}
	(void)getrusage(RUSAGE_SELF, &r);
	(void)printf("{\"lives\":%ld,\"failed\":%ld,\"seconds\":%.3f,\"waited\":%.3f,\"longest\":%.3f,"
	    "\"cpu\":%.3f,\"steps\":{", sum.lives, sum.failed, seconds, sum.waited, sum.longest,
	    (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	    (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6);
	for (size_t s = 0; s < life_nsteps; s++)
		(void)printf("%s\"%s\":%.3f", s == 0 ? "" : ",", life_steps[s].name, sum.step[s]);
	(void)printf("}}\n");
}

static void
prepare(char **argv)
{
	struct client k;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 || client_open(&k, argv[1], 999) != 0)
		die("libcurl");
	people.signatory_key = read_key(argv[2], "signatory");
	people.officer_key = read_key(argv[2], "officer1");
	people.documents = argv[3];
	people.content = read_file(argv[4]);
	sign_in(&k, "filer@palarveni.example", people.filer, sizeof people.filer);
	sign_in(&k, "signatory@palarveni.example", people.signatory, sizeof people.signatory);
	sign_in(&k, "officer1@nce.example", people.officer, sizeof people.officer);
	client_close(&k);
}

int
main(int argc, char **argv)
{
	unsigned n = argc == 7 ? (unsigned)atoi(argv[5]) : 0;
	double seconds = argc == 7 ? atof(argv[6]) : 0;

	if (n < 1 || n > THREADS_MAX || seconds <= 0) {
		(void)fprintf(stderr, "usage: lives PORTAL KEYS SAMPLES CONTENT THREADS SECONDS\n");
		return 2;
	}
	prepare(argv);
	until = now() + seconds;
	for (unsigned i = 0; i < n; i++) {
		void *block = aligned_alloc(16, MEMORY);

		if (block == NULL || client_open(&worker[i].k, argv[1],
		    (unsigned)getpid() * THREADS_MAX + i) != 0)
			die("no memory");
		ctx_open(&worker[i].c, block, MEMORY);
		if (pthread_create(&worker[i].thread, NULL, work, &worker[i]) != 0)
			die("no threads");
	}
	for (unsigned i = 0; i < n; i++)
		(void)pthread_join(worker[i].thread, NULL);
	report(n, seconds);
	return 0;
}
