#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/journal.h"
#include "child.h"

#define BACKLOG 128

static int
fail(const struct entry *e, const char *what)
{
	JOURNAL("cannot", J("program", text_of(e->name)), J("what", text_of(what)),
	    J("cause", text_of(strerror(errno))));
	return -1;
}

static struct sockaddr_un
address(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	(void)snprintf(a.sun_path, sizeof a.sun_path, "%s", path);
	return a;
}

/*
 * The socket is bound under a narrow umask and opened to its group afterwards: there is no moment
 * in which others could connect.
 */
int
child_listen(struct entry *e)
{
	struct sockaddr_un a;
	mode_t mask;
	int rc;

	if (e->socket == NULL)
		return 0;
	a = address(e->socket);
	e->fd = socket(AF_UNIX, e->type | SOCK_CLOEXEC, 0);
	if (e->fd < 0 || (unlink(e->socket) != 0 && errno != ENOENT))
		return fail(e, "socket");
	mask = umask(0177);
	rc = bind(e->fd, (struct sockaddr *)&a, sizeof a);
	(void)umask(mask);
	if (rc != 0 || chown(e->socket, 0, e->socket_gid) != 0 ||
	    chmod(e->socket, e->mode) != 0 || listen(e->fd, BACKLOG) != 0)
		return fail(e, e->socket);
	return 0;
}

bool
child_answers(const char *path)
{
	struct sockaddr_un a = address(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool yes = fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof a) == 0;

	if (fd >= 0)
		(void)close(fd);
	return yes;
}

static int
open_log(const struct entry *e, const char *dir)
{
	char path[PATH_MAX];

	(void)snprintf(path, sizeof path, "%s/%s.log", dir, e->name);
	return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
}

static int
take_descriptors(const struct entry *e, const char *logs)
{
	int in = e->fd >= 0 ? e->fd : open("/dev/null", O_RDONLY | O_CLOEXEC);
	int out = open_log(e, logs);

	if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
		return -1;
	return 0;
}

/* PR_SET_PDEATHSIG comes last: a change of user clears it. */
static int
drop(const struct entry *e, pid_t parent)
{
	sigset_t none;

	(void)sigemptyset(&none);
	if (sigprocmask(SIG_SETMASK, &none, NULL) != 0 || setsid() < 0)
		return -1;
	(void)umask(027);
	if (e->uid != 0 && (setgroups(e->ngroups, e->groups) != 0 ||
	    setresgid(e->gid, e->gid, e->gid) != 0 || setresuid(e->uid, e->uid, e->uid) != 0))
		return -1;
	if (prctl(PR_SET_PDEATHSIG, e->stop) != 0)
		return -1;
	return getppid() == parent ? 0 : -1;
}

/* What a program may know of our environment. */
static char **
environment(void)
{
	static const char *const names[] = { "ECOO_CONF", "ASAN_OPTIONS", "UBSAN_OPTIONS",
	    "TSAN_OPTIONS" };
	static char text[COUNT(names)][PATH_MAX];
	static char path[] = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
	static char *env[COUNT(names) + 2];
	size_t n = 0;

	env[n++] = path;
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = getenv(names[i]);

		if (value == NULL)
			continue;
		(void)snprintf(text[i], sizeof text[i], "%s=%s", names[i], value);
		env[n++] = text[i];
	}
	env[n] = NULL;
	return env;
}

int
child_start(struct entry *e, const char *logs)
{
	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid < 0)
		return fail(e, "fork");
	if (pid > 0) {
		e->pid = pid;
		return 0;
	}
	if (take_descriptors(e, logs) == 0 && drop(e, parent) == 0)
		(void)execve(e->argv[0], e->argv, environment());
	(void)fail(e, e->argv[0]);
	_exit(127);
}
