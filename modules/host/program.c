#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/journal.h"
#include "host/program.h"
#include "host/sandbox.h"

#define THREADS_MAX	64
#define STOP_S		30
#define PAUSE_MS	500

struct worker {
	pthread_t	thread;
	struct call	call;
	struct ctx	c;
	struct db_place	place;
};

/* Written by main before the threads start, and by main alone when it is told to stop. */
static struct { atomic_bool stopping; int fd; struct config conf; } process;

static int
connect_db(struct worker *w)
{
	const struct program *p = w->call.program;

	if (p->nstmt == 0)
		return 0;
	w->call.d = db_open(&w->c, &w->place, p->stmt, p->nstmt);
	if (w->call.d == NULL) {
		JOURNAL("database", J("program", text_of(p->name)), J("cause",
		    text_of(w->c.problem.log)));
		return -1;
	}
	return 0;
}

/* A worker without a database waits for it: its requests queue for the others meanwhile. */
static void
reconnect(struct worker *w)
{
	struct timespec pause = { 0, PAUSE_MS * 1000000L };

	db_close(w->call.d);
	w->call.d = NULL;
	while (!process.stopping) {
		ctx_begin(&w->c);
		if (connect_db(w) == 0)
			return;
		(void)nanosleep(&pause, NULL);
	}
}

/* What this program was left is no hole in its jail. */
static void
must_be_jailed(const struct program *p)
{
	int left = p->network ? SANDBOX_TALKS : 0;

	if ((sandbox_selftest() & ~left) == 0)
		return;
	JOURNAL("jail", J("program", text_of(p->name)),
	    J("cause", T("the self-test of the jail failed")));
	_exit(1);
}

static void *
work_beside(void *arg)
{
	struct worker *w = arg;

	must_be_jailed(w->call.program);
	while (!process.stopping) {
		w->call.program->beside(&w->call, process.fd);
		if (db_lost(w->call.d))
			reconnect(w);
		if (w->call.d == NULL)
			break;
	}
	db_close(w->call.d);
	db_thread_end();
	return NULL;
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct link *l = link_new();

	must_be_jailed(w->call.program);
	if (l == NULL) {
		JOURNAL("memory", J("program", text_of(w->call.program->name)));
		_exit(1);
	}
	while (link_wait(l, process.fd) == 1) {
		if (w->call.d != NULL && !db_fresh(w->call.d))
			reconnect(w);
		host_serve(&w->call, l, process.stopping);
		if (w->call.d != NULL && db_lost(w->call.d))
			reconnect(w);
		if (w->call.program->nstmt > 0 && w->call.d == NULL)
			break;
	}
	link_free(l);
	db_close(w->call.d);
	db_thread_end();
	return NULL;
}

static int
ready(struct worker *w, const struct program *p, unsigned index)
{
	void *block = aligned_alloc(16, (p->memory_max + 15) & ~(size_t)15);

	if (block == NULL)
		return -1;
	(void)memset(block, 0, 1);
	ctx_open(&w->c, block, p->memory_max);
	w->place = (struct db_place){ process.conf.db_socket, NULL,
	    p->schema != NULL ? p->schema : process.conf.db_schema };
	w->call = (struct call){ .c = &w->c, .conf = &process.conf, .program = p, .thread = index };
	return 0;
}

static void
allow(const char **to, const char *const *from)
{
	static char path[3 * SANDBOX_DIRS][512];
	static size_t used;

	for (size_t i = 0; from != NULL && from[i] != NULL && i < SANDBOX_DIRS; i++) {
		char *p = path[used++];

		(void)snprintf(p, sizeof path[0], "%s%s%s", from[i][0] == '/' ? "" :
		    process.conf.files, from[i][0] == '/' ? "" : "/", from[i]);
		to[i] = p;
	}
}

static int
jail(const struct program *p)
{
	struct sandbox box = { .fonts = p->fonts, .network = p->network };

	allow(box.read, p->reads);
	allow(box.write, p->writes);
	allow(box.keep, p->keeps);
	return sandbox_enter(&box);
}

/* pango looks fonts up in a thread, and libcurl names: those keep the right to start one. */
static int
start_threads(const struct program *p, struct worker *w, unsigned n)
{
	unsigned serving = n - p->nbeside;

	for (unsigned i = 0; i < n; i++)
		if (pthread_create(&w[i].thread, NULL, i < serving ? work : work_beside,
		    &w[i]) != 0) {
			perror("thread");
			return -1;
		}
	return p->fonts || p->network ? 0 : sandbox_no_threads();
}

/* Idle threads leave at once; a request in hand is finished, within a bound. */
static int
stop(struct worker *w, unsigned n)
{
	struct timespec until;

	process.stopping = true;
	(void)!write(process.fd, &(uint64_t){ 1 }, sizeof(uint64_t));
	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += STOP_S;
	for (unsigned i = 0; i < n; i++)
		if (pthread_timedjoin_np(w[i].thread, NULL, &until) != 0)
			_exit(1);
	return 0;
}

static int
prepare(const struct program *p, struct worker *w, unsigned n, const char *user)
{
	if (db_library() != 0 || web_start() != 0)
		return -1;
	if (p->nroute > 0)
		(void)fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK);
	for (unsigned i = 0; i < n; i++) {
		if (ready(&w[i], p, i) != 0)
			return -1;
		w[i].place.user = user;
		if (connect_db(&w[i]) != 0)
			return -1;
	}
	return p->start == NULL ? 0 : p->start(&process.conf);
}

int
host_run(const struct program *p, int argc, char **argv)
{
	static struct worker worker[THREADS_MAX];
	static char user[64];
	unsigned n;
	sigset_t quit;
	int sig;

	if (argc == 2 && strcmp(argv[1], "--routes") == 0)
		return host_describe(p);
	if (argc == 2 && strcmp(argv[1], "--statements") == 0)
		return host_statements(p);
#ifdef WITH_FAULTS
	if (argc == 2 && strcmp(argv[1], "--faults") == 0)
		return fault_list();
#endif
	(void)sigemptyset(&quit);
	(void)sigaddset(&quit, SIGTERM);
	(void)pthread_sigmask(SIG_BLOCK, &quit, NULL);	/* main alone takes it */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)mallopt(M_MMAP_THRESHOLD, MIB);	/* what is large goes back when it is freed */
	(void)mallopt(M_TRIM_THRESHOLD, 4 * MIB);	/* the rest stays for the next request */
	if (config_read(&process.conf) != 0)
		return 1;
	n = (p->nroute > 0 ? (unsigned)atoi(process.conf.threads) : 0) + p->nbeside;
	if (n < 1 || n > THREADS_MAX || (process.fd = eventfd(0, EFD_CLOEXEC)) < 0)
		return 1;
	(void)snprintf(user, sizeof user, "ecoo_%s", p->name);
	if (prepare(p, worker, n, user) != 0)
		return 1;
	if (jail(p) != 0) {
		perror("jail");
		return 1;
	}
	if (start_threads(p, worker, n) != 0)
		return 1;
	JOURNAL("ready", J("program", text_of(p->name)));
	(void)sigwait(&quit, &sig);
	return stop(worker, n);
}
