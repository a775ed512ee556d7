/*
 * supervise - start the programs of a table, keep them running, stop them in order.
 *
 * usage: supervise run DIR | supervise status DIR
 *
 * DIR holds programs (the table, see table.h), run/supervise.pid, run/status and log/.  A dead
 * program is started again after a pause of 100 ms that doubles to 5 s, or to what the table says,
 * and starts anew once it has lived for 10 s; what it left running goes first.  SIGTERM stops all in
 * reverse order, 30 s at most, then SIGKILL.  SIGHUP restarts the programs that have a socket, one
 * after the other.
 *
 * Talks to:      its children, by signals.
 * May read:      the table.
 * May write:     run/ and log/ of DIR.
 * Secrets:       none.
 * If taken over: it is root.  It reads nothing but the operator's table and the exit of its
 *                children, and no descriptor leads to it.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/journal.h"
#include "child.h"
#include "status.h"

#define PAUSE_MIN_MS	100
#define GROWN_UP_MS	10000		/* after this long a death is not the start's fault */
#define SETTLED_MS	1000		/* a restarted program is up; the next one may go */
#define STOP_MS		30000		/* for all together */
#define STOP_EACH_MS	5000		/* at least, for the last ones: the database */
#define TICK_MS		50
#define IDLE_MS		1000

struct world {
	struct table	table;
	const char	*dir;
	char		logs[PATH_MAX];
	size_t		begun;		/* entries before it have been started */
	bool		stopping, failed;
	int64_t		stop_at;
	size_t		rolling;	/* entry being restarted by SIGHUP; n: none */
	bool		changed;	/* the status file is out of date */
};

static struct text
number(char *buf, size_t n, int64_t value)
{
	(void)snprintf(buf, n, "%" PRId64, value);
	return text_of(buf);
}

static void
start(struct world *w, struct entry *e)
{
	char buf[24];

	w->changed = true;
	e->began = clock_ms();
	e->since = clock_now();
	e->killed = 0;
	if (child_start(e, w->logs) != 0) {
		e->state = STATE_RESTING;
		e->again = e->began + e->rest;
		return;
	}
	e->state = STATE_RUNNING;
	JOURNAL("started", J("program", text_of(e->name)), J("pid",
	    number(buf, sizeof buf, e->pid)));
}

/* May the entries after ${e} start? */
static bool
is_ready(const struct entry *e)
{
	if (e->once)
		return e->state == STATE_DONE;
	return e->wait == NULL || child_answers(e->wait);
}

static void
begin_in_order(struct world *w)
{
	while (w->begun < w->table.n &&
	    (w->begun == 0 || is_ready(&w->table.entry[w->begun - 1])))
		start(w, &w->table.entry[w->begun++]);
}

static void
rest(struct entry *e)
{
	int64_t lived = clock_ms() - e->began;

	e->pause = e->killed != 0 ? 0 : lived >= GROWN_UP_MS || e->pause == 0 ? PAUSE_MIN_MS :
	    e->pause * 2;
	e->pause = e->pause > e->rest ? e->rest : e->pause;
	e->state = STATE_RESTING;
	e->again = clock_ms() + e->pause;
}

static void
ended(struct world *w, struct entry *e, int status)
{
	char how[64];

	(void)snprintf(how, sizeof how, WIFSIGNALED(status) ? "signal %d" : "exit %d",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	e->pid = 0;
	e->deaths += e->killed == 0 && !e->once;
	w->changed = true;
	if (w->stopping)
		e->state = STATE_STOPPED;
	else if (e->once && status == 0)
		e->state = STATE_DONE;
	else if (e->once) {
		e->state = STATE_STOPPED;
		w->failed = w->stopping = true;
		w->stop_at = clock_ms();
	} else
		rest(e);
	JOURNAL("ended", J("program", text_of(e->name)), J("how", text_of(how)));
}

/*
 * Whom a dead program leaves behind goes with it: workers of a killed nginx would keep its port from
 * the next one.  It is reaped only then: until then its number is nobody else's.
 */
static void
reap(struct world *w)
{
	siginfo_t dead = { 0 };
	int status;

	while (waitid(P_ALL, 0, &dead, WEXITED | WNOHANG | WNOWAIT) == 0 && dead.si_pid != 0) {
		(void)kill(-dead.si_pid, SIGKILL);
		if (waitpid(dead.si_pid, &status, 0) != dead.si_pid)
			return;
		for (size_t i = 0; i < w->table.n; i++)
			if (w->table.entry[i].pid == dead.si_pid)
				ended(w, &w->table.entry[i], status);
		dead.si_pid = 0;
	}
}

static void
ask_to_stop(struct entry *e)
{
	e->killed = clock_ms();
	(void)kill(e->pid, e->stop);
}

/* The last one still running is asked first; the one before it waits for its end. */
static void
stop_in_order(struct world *w)
{
	int64_t now = clock_ms();
	size_t i = w->table.n;
	struct entry *e;

	while (i > 0 && w->table.entry[i - 1].pid == 0)
		w->table.entry[--i].state = STATE_STOPPED;
	if (i == 0)
		return;
	e = &w->table.entry[i - 1];
	if (e->killed == 0)
		ask_to_stop(e);
	else if (now > w->stop_at + STOP_MS && now > e->killed + STOP_EACH_MS) {
		JOURNAL("killed", J("program", text_of(e->name)));
		(void)kill(-e->pid, SIGKILL);
	}
}

/* SIGHUP: each program that has a socket gets a successor; its connections wait meanwhile. */
static void
roll(struct world *w)
{
	struct entry *e;

	while (w->rolling < w->table.n && w->table.entry[w->rolling].socket == NULL)
		w->rolling++;
	if (w->rolling >= w->table.n)
		return;
	e = &w->table.entry[w->rolling];
	if (e->state == STATE_RUNNING && e->began < w->stop_at) {
		if (e->killed == 0)
			ask_to_stop(e);
		else if (clock_ms() > e->killed + STOP_MS)
			(void)kill(-e->pid, SIGKILL);
	} else if (e->began >= w->stop_at && clock_ms() > e->began + SETTLED_MS)
		w->rolling++;
}

static void
start_again(struct world *w)
{
	for (size_t i = 0; i < w->begun; i++) {
		struct entry *e = &w->table.entry[i];

		if (e->state == STATE_RESTING && clock_ms() >= e->again)
			start(w, e);
	}
}

static bool
all_stopped(const struct world *w)
{
	for (size_t i = 0; i < w->table.n; i++)
		if (w->table.entry[i].pid != 0)
			return false;
	return true;
}

static int64_t
next_tick(const struct world *w)
{
	int64_t tick = IDLE_MS;

	if (w->stopping || w->begun < w->table.n || w->rolling < w->table.n)
		return TICK_MS;
	for (size_t i = 0; i < w->table.n; i++)
		if (w->table.entry[i].state == STATE_RESTING)
			tick = TICK_MS;
	return tick;
}

static void
take_signal(struct world *w, const sigset_t *set)
{
	int64_t ms = next_tick(w);
	struct timespec t = { ms / 1000, (ms % 1000) * 1000000L };
	int sig = sigtimedwait(set, NULL, &t);

	if (w->stopping || sig < 0)
		return;
	if (sig == SIGTERM || sig == SIGINT) {
		JOURNAL("stopping", J("signal", text_of(strsignal(sig))));
		w->stopping = true;
		w->stop_at = clock_ms();
	} else if (sig == SIGHUP) {
		w->rolling = 0;
		w->stop_at = clock_ms();
	}
}

static int
run(struct world *w, const sigset_t *set)
{
	for (;;) {
		reap(w);
		if (w->stopping)
			stop_in_order(w);
		else {
			begin_in_order(w);
			start_again(w);
			roll(w);
		}
		if (w->changed && status_write(w->dir, &w->table) == 0)
			w->changed = false;
		if (w->stopping && all_stopped(w))
			return w->failed ? 1 : 0;
		take_signal(w, set);
	}
}

/* The pid file is locked for as long as this process lives: a second one for DIR refuses. */
static int
claim(const char *dir)
{
	char path[PATH_MAX];
	int fd;

	(void)snprintf(path, sizeof path, "%s/run/supervise.pid", dir);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0) {
		(void)fprintf(stderr, "supervise: %s: %s\n", path, errno == EWOULDBLOCK ?
		    "another one is running here" : strerror(errno));
		return -1;
	}
	return ftruncate(fd, 0) == 0 && dprintf(fd, "%d\n", (int)getpid()) > 0 ? 0 : -1;
}

static int
supervise(const char *dir)
{
	static struct world w;
	char path[PATH_MAX];
	sigset_t set;

	(void)snprintf(path, sizeof path, "%s/programs", dir);
	(void)snprintf(w.logs, sizeof w.logs, "%s/log", dir);
	w.dir = dir;
	if (claim(dir) != 0 || table_read(path, &w.table) != 0)
		return 1;
	w.rolling = w.table.n;
	(void)sigemptyset(&set);
	for (size_t i = 0; i < 4; i++)
		(void)sigaddset(&set, (const int[]){ SIGCHLD, SIGTERM, SIGINT, SIGHUP }[i]);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	for (size_t i = 0; i < w.table.n; i++)
		if (child_listen(&w.table.entry[i]) != 0)
			return 1;
	return run(&w, &set);
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "run") == 0)
		return supervise(argv[2]);
	if (argc == 3 && strcmp(argv[1], "status") == 0)
		return status_show(argv[2]);
	(void)fprintf(stderr, "usage: supervise run DIR | supervise status DIR\n");
	return 2;
}
