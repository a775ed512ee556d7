#include <errmsg.h>
#include <errno.h>
#include <fcntl.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/walls/inside.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* Every act: 0 when it was done, or the error. */
static int
closed(int fd)
{
	return fd < 0 ? errno : close(fd) == 0 ? 0 : errno;
}

static int
said(long rc)
{
	return rc < 0 ? errno : 0;
}

static int read_file(const char *p) { return closed(open(p, O_RDONLY | O_CLOEXEC)); }
static int list(const char *p) { return closed(open(p, O_RDONLY | O_DIRECTORY | O_CLOEXEC)); }
static int change(const char *p) { return closed(open(p, O_WRONLY | O_CLOEXEC)); }
static int empty(const char *p) { return said(truncate(p, 0)); }
static int delete(const char *p) { return said(unlink(p)); }

/* Cut short by modes that do not write: to read, or neither. */
static int
clear(const char *path)
{
	int rc = closed(open(path, O_RDONLY | O_TRUNC | O_CLOEXEC));

	return rc == 0 ? 0 : closed(open(path, O_ACCMODE | O_TRUNC | O_CLOEXEC)) == 0 ? 0 : rc;
}

static int
make(const char *path)
{
	int rc = closed(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));

	return rc != 0 ? rc : said(unlink(path));
}

/* The file ${from} under a second name, "FROM TO". */
static int
name_again(const char *both)
{
	char from[256], to[256];

	if (sscanf(both, "%255s %255s", from, to) != 2)
		return EINVAL;
	return link(from, to) != 0 ? errno : said(unlink(to));
}

/* As the store does it: a file in incoming/, a second name below, the first one taken away. */
static int
keep(const char *store)
{
	char from[256], to[256];
	int rc;

	(void)snprintf(from, sizeof from, "%s/incoming/walls-%d", store, (int)getpid());
	(void)snprintf(to, sizeof to, "%s/aa/%d/walls", store, (int)getpid());
	if ((rc = closed(open(from, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640))) != 0)
		return rc;
	*strrchr(to, '/') = '\0';
	if (mkdir(to, 0750) != 0)
		return errno;
	to[strlen(to)] = '/';
	return link(from, to) != 0 || unlink(from) != 0 ? errno : read_file(to);
}

static int
dial(const char *path, int type)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int s = socket(AF_UNIX, type | SOCK_CLOEXEC, 0), rc;

	if (s < 0)
		return errno;
	(void)snprintf(a.sun_path, sizeof a.sun_path, "%s", path);
	rc = said(connect(s, (const struct sockaddr *)&a, sizeof a));
	(void)close(s);
	return rc;
}

static int stream(const char *path) { return dial(path, SOCK_STREAM); }
static int packets(const char *path) { return dial(path, SOCK_SEQPACKET); }

/* "FAMILY TYPE PROTOCOL", as numbers. */
static int
open_socket(const char *kind)
{
	int family, type, protocol = 0;

	return sscanf(kind, "%d %d %d", &family, &type, &protocol) < 2 ? EINVAL :
	    closed(socket(family, type | SOCK_CLOEXEC, protocol));
}

static int
run(const char *path)
{
	char *const none[] = { NULL };

	return said(execve(path, none, none));
}

static int
fork_by(long number, long flags)
{
	long pid = syscall(number, flags, NULL, NULL, NULL, NULL);
	int rc = said(pid);

	if (pid == 0)
		_exit(0);
	if (pid > 0)
		(void)waitpid((pid_t)pid, NULL, 0);
	return rc;
}

static int
fork_process(const char *none)
{
	(void)none;
	return fork_by(SYS_fork, 0) == 0 ? 0 : fork_by(SYS_clone, SIGCHLD);
}

static void *nothing(void *arg) { return arg; }

static int
start_thread(const char *none)
{
	pthread_t t;
	int rc = pthread_create(&t, NULL, nothing, NULL);

	(void)none;
	return rc != 0 ? rc : pthread_join(t, NULL);
}

static int
trace(const char *pid)
{
	return said(ptrace(PTRACE_SEIZE, (pid_t)atoi(pid), NULL, NULL));
}

static int
peek(const char *pid)
{
	char here[8];
	struct iovec to = { here, sizeof here }, from = { here, sizeof here };
	int rc = said(process_vm_readv((pid_t)atoi(pid), &to, 1, &from, 1, 0));

	return rc == EFAULT ? 0 : rc;		/* it looked: nothing is there */
}

/* The calls that reach another process; done if any of them does. */
static int
signal_process(const char *who)
{
	pid_t pid = (pid_t)atoi(who);
	int rc = said(kill(pid, 0)), fd = (int)syscall(SYS_pidfd_open, pid, 0);

	if (rc != 0 && syscall(SYS_tgkill, pid, pid, 0) == 0)
		rc = 0;
	if (rc != 0 && fd >= 0 && syscall(SYS_pidfd_send_signal, fd, 0, NULL, 0) == 0)
		rc = 0;
	if (fd >= 0)
		(void)close(fd);
	return rc;
}

/* A system call that nothing here has use for. */
static int
call(const char *name)
{
	int number = seccomp_syscall_resolve_name(name);

	return number < 0 ? EINVAL : said(syscall(number, 0L, 0L, 0L, 0L, 0L, 0L));
}

static int
become(const char *uid)
{
	return said(setresuid((uid_t)atoi(uid), (uid_t)atoi(uid), (uid_t)atoi(uid)));
}

static const struct { const char *verb; int (*does)(const char *); } verbs[] = {
	{ "read", read_file }, { "list", list }, { "make", make }, { "change", change },
	{ "empty", empty }, { "clear", clear }, { "delete", delete }, { "link", name_again },
	{ "keep", keep }, { "stream", stream }, { "packets", packets }, { "socket", open_socket },
	{ "run", run }, { "fork", fork_process }, { "thread", start_thread }, { "trace", trace },
	{ "peek", peek }, { "signal", signal_process }, { "call", call }, { "become", become },
};

/* Denied, and not just wrong: by the database, or by a jail without sockets. */
static int
denies(unsigned error, const char *message)
{
	static const unsigned denials[] = {
		ER_ACCESS_DENIED_ERROR, ER_ACCESS_DENIED_NO_PASSWORD_ERROR, ER_DBACCESS_DENIED_ERROR,
		ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR, ER_PROCACCESS_DENIED_ERROR,
		ER_SPECIFIC_ACCESS_DENIED_ERROR,
	};

	for (size_t i = 0; i < COUNT(denials); i++)
		if (error == denials[i])
			return 1;
	return error == CR_SOCKET_CREATE_ERROR && strstr(message, "(1)") != NULL;	/* EPERM */
}

/* "SOCKET ACCOUNT STATEMENT" */
static const char *
ask_database(const char *arg, char *room, size_t size)
{
	char path[128], account[64];
	MYSQL *m = mysql_init(NULL);
	const char *word = "done";
	int at = 0;

	if (sscanf(arg, "%127s %63s %n", path, account, &at) != 2 || at == 0)
		return "EINVAL";
	if (mysql_real_connect(m, NULL, account, NULL, NULL, 0, path, 0) == NULL ||
	    mysql_query(m, arg + at) != 0) {
		(void)snprintf(room, size, "%u:%s", mysql_errno(m), mysql_error(m));
		word = denies(mysql_errno(m), mysql_error(m)) ? "denied" : room;
	}
	mysql_close(m);
	return word;
}

const char *
act_try(const char *verb, const char *argument, char *room, size_t size)
{
	int rc;

	if (strcmp(verb, "sql") == 0)
		return ask_database(argument, room, size);
	for (size_t i = 0; i < COUNT(verbs); i++)
		if (strcmp(verb, verbs[i].verb) == 0)
			return (rc = verbs[i].does(argument)) == 0 ? "done" : strerrorname_np(rc);
	return "EINVAL";
}
