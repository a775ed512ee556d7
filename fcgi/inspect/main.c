/*
 * inspect - what a file is, and how its pages look.  Not behind nginx, not FastCGI: see
 * files/inspect.h for what is asked and answered.
 *
 * The parent never touches a file: it accepts, forks, reaps, and kills what takes too long.  Each
 * question has a child of its own, which gives up the rest before it reads the first byte.
 *
 * Security: no files but fonts, no sockets but those it is given, no programs; the child no
 * children either.  Its account owns nothing, and there is no database.
 */
#include <errno.h>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/journal.h"
#include "fcgi/inspect/examine.h"
#include "host/sandbox.h"

#define LISTEN_FD	0
#define CHILDREN	4
#define CHILD_S		8		/* less than the asker's patience */
#define CHILD_MEMORY	(640 * MIB)
#define CHILD_FILES	32

struct child { pid_t pid; int64_t until; };

/* Written by main alone; the flags by its signal handlers. */
static struct { struct child child[CHILDREN]; unsigned n; int nothing; } process;
static volatile sig_atomic_t stopping;

static void
on_signal(int sig)
{
	if (sig == SIGTERM)
		stopping = 1;
}

static int
limit(void)
{
	struct rlimit cpu = { CHILD_S, CHILD_S }, files = { CHILD_FILES, CHILD_FILES };
	struct rlimit size = { (rlim_t)INSPECT_PNG, (rlim_t)INSPECT_PNG };

#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
	/* Those reserve terabytes of addresses. */
	struct rlimit memory = { CHILD_MEMORY, CHILD_MEMORY };

	if (setrlimit(RLIMIT_AS, &memory) != 0)
		return -1;
#endif
	return setrlimit(RLIMIT_CPU, &cpu) != 0 || setrlimit(RLIMIT_NOFILE, &files) != 0 ||
	    setrlimit(RLIMIT_FSIZE, &size) != 0 ? -1 : 0;
}

static _Noreturn void
child(int s)
{
	struct timeval patience = { .tv_sec = 2 };

	(void)signal(SIGTERM, SIG_DFL);
	(void)signal(SIGCHLD, SIG_DFL);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || dup2(process.nothing, LISTEN_FD) < 0 ||
	    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
	    limit() != 0 || sandbox_no_forks() != 0 || sandbox_selftest() != 0) {
		JOURNAL("jail", J("program", T("inspect")));
		_exit(1);
	}
	examine_answer(s);
	_exit(0);
}

static void
begin(int s)
{
	pid_t pid = fork();

	if (pid == 0)
		child(s);
	if (pid > 0)
		process.child[process.n++] = (struct child){ pid, clock_ms() + CHILD_S * 1000 };
	(void)close(s);
}

/* How a child ended is worth a line when it was not by itself. */
static void
note(int status)
{
	char words[32];

	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return;
	(void)snprintf(words, sizeof words, WIFSIGNALED(status) ? "signal %d" : "exit %d",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	JOURNAL("unexaminable", J("program", T("inspect")), J("cause", text_of(words)));
}

static void
reap(void)
{
	int64_t now = clock_ms();
	int status;

	for (unsigned i = 0; i < process.n;) {
		struct child *c = &process.child[i];

		if (now >= c->until)
			(void)kill(c->pid, SIGKILL);
		if (waitpid(c->pid, &status, WNOHANG) == c->pid) {
			note(status);
			*c = process.child[--process.n];
		} else
			i++;
	}
}

/* Until somebody asks, a child ends (its signal interrupts), or one has had its time. */
static struct timespec
patience(void)
{
	int64_t left = 60 * 1000, now = clock_ms();

	for (unsigned i = 0; i < process.n; i++)
		if (process.child[i].until - now < left)
			left = process.child[i].until - now;
	if (left < 10)
		left = 10;
	return (struct timespec){ left / 1000, left % 1000 * 1000000 };
}

static void
turn(const sigset_t *waiting)
{
	struct pollfd p = { .fd = LISTEN_FD, .events = POLLIN };
	struct timespec t = patience();
	bool open = process.n < CHILDREN && !stopping;
	int s;

	if (ppoll(&p, open ? 1 : 0, &t, waiting) > 0 && open &&
	    (s = accept4(LISTEN_FD, NULL, NULL, SOCK_CLOEXEC)) >= 0)
		begin(s);
	reap();
}

/* As supervise and systemd hand it over.  On anything else accept() would fail for ever, at full speed. */
static bool
is_listening(int fd)
{
	int yes = 0;
	socklen_t n = sizeof(yes);

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &yes, &n) == 0 && yes;
}

static int
prepare(sigset_t *waiting)
{
	struct sigaction act = { .sa_handler = on_signal };
	sigset_t held;

	(void)sigemptyset(&held);
	(void)sigaddset(&held, SIGTERM);
	(void)sigaddset(&held, SIGCHLD);
	if (sigaction(SIGTERM, &act, NULL) != 0 || sigaction(SIGCHLD, &act, NULL) != 0 ||
	    sigprocmask(SIG_BLOCK, &held, waiting) != 0 || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return -1;
	process.nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	return process.nothing < 0 || fcntl(LISTEN_FD, F_SETFL, O_NONBLOCK) != 0 ? -1 : 0;
}

/* What every child would otherwise make again: libmagic's tables, the list of fonts, a first page. */
static int
start(sigset_t *waiting)
{
	struct sandbox box = { .fonts = true, .forks = true, .mute = true };

	if (!is_listening(LISTEN_FD)) {
		(void)fprintf(stderr, "descriptor 0 is no socket that listens\n");
		return -1;
	}
	if (prepare(waiting) != 0) {
		perror("start");
		return -1;
	}
	if (examine_start() != 0)
		return -1;
	if (!FcInit()) {
		(void)fprintf(stderr, "fontconfig does not start\n");
		return -1;
	}
	return sandbox_enter(&box) != 0 || (sandbox_selftest() & ~SANDBOX_FORKS) != 0 ? -1 : 0;
}

int
main(void)
{
	sigset_t waiting;

	if (start(&waiting) != 0)
		return 1;
	JOURNAL("ready", J("program", T("inspect")));
	while (!stopping || process.n > 0)
		turn(&waiting);
	return 0;
}
