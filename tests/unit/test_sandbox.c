/* The jail holds, and its self-test would see if it did not.  Each case in a process of its own. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "host/sandbox.h"

#define ALL (SANDBOX_READS | SANDBOX_LISTS | SANDBOX_TALKS | SANDBOX_RUNS | SANDBOX_FORKS)

static char dir[] = "/tmp/ecoo-jail-XXXXXX";

static int
in_child(int (*does)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(does());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
start(void **state)
{
	(void)state;
	return mkdtemp(dir) == NULL ? -1 : 0;
}

static int
stop(void **state)
{
	(void)state;
	(void)unlink("/tmp/.ecoo-jail");
	return rmdir(dir);
}

static void
outside_the_self_test_fails(void **state)
{
	(void)state;
	assert_int_equal(sandbox_selftest() & ALL, ALL);
}

static int
enter(const struct sandbox *box)
{
	return sandbox_enter(box) != 0 ? 99 : sandbox_selftest();
}

static int plain(void) { return enter(&(struct sandbox){ .fonts = false }); }
static int network(void) { return enter(&(struct sandbox){ .network = true }); }
static int forks(void) { return enter(&(struct sandbox){ .forks = true }); }

/* As inspect: the parent in a jail of its own, the child in less. */
static int
less(void)
{
	return sandbox_no_forks() != 0 ? 99 : kill(getppid(), 0) == 0 ? 97 : sandbox_selftest();
}

static int
of_a_jailed_parent(void)
{
	return forks() != SANDBOX_FORKS ? 98 : in_child(less);
}

static void
inside_it_passes(void **state)
{
	(void)state;
	assert_int_equal(in_child(plain), 0);
	assert_int_equal(in_child(network), SANDBOX_TALKS);
	assert_int_equal(in_child(forks), SANDBOX_FORKS);
	assert_int_equal(in_child(of_a_jailed_parent), 0);
}

static int
missing_directory(void)
{
	int nothing = open("/dev/null", O_WRONLY);

	(void)dup2(nothing, STDERR_FILENO);
	return enter(&(struct sandbox){ .read = { "/nonexistent" } });
}

static void
a_missing_directory_is_refused(void **state)
{
	(void)state;
	assert_int_equal(in_child(missing_directory), 99);
}

/* Reading gives no writing; writing stays beneath. */
static int
read_only(void)
{
	char path[128];

	if (enter(&(struct sandbox){ .read = { dir } }) != 0)
		return 1;
	(void)snprintf(path, sizeof path, "%s/x", dir);
	if (open(dir, O_RDONLY | O_DIRECTORY) < 0)
		return 2;
	return open(path, O_WRONLY | O_CREAT, 0600) < 0 && errno == EACCES ? 0 : 3;
}

static int
writing(void)
{
	char a[128], b[128], sub[128];

	if (enter(&(struct sandbox){ .write = { dir } }) != 0)
		return 1;
	(void)snprintf(a, sizeof a, "%s/a", dir);
	(void)snprintf(sub, sizeof sub, "%s/sub", dir);
	(void)snprintf(b, sizeof b, "%s/sub/b", dir);
	if (open(a, O_RDWR | O_CREAT | O_EXCL, 0600) < 0 || mkdir(sub, 0700) != 0 ||
	    link(a, b) != 0 || unlink(a) != 0 || unlink(b) != 0)
		return 2;
	return symlink("/etc/passwd", a) != 0 && errno == EACCES ? 0 : 3;
}

/* A store: files come in below it, get a second name, and stay as they are. */
static int
keeping(void)
{
	char in[128], file[128], kept[128];

	(void)snprintf(in, sizeof in, "%s/in", dir);
	(void)snprintf(file, sizeof file, "%s/in/a", dir);
	(void)snprintf(kept, sizeof kept, "%s/a", dir);
	if (mkdir(in, 0700) != 0 ||
	    enter(&(struct sandbox){ .write = { in }, .keep = { dir } }) != 0)
		return 1;
	if (open(file, O_RDWR | O_CREAT | O_EXCL, 0600) < 0 || link(file, kept) != 0 ||
	    unlink(file) != 0 || open(kept, O_RDONLY) < 0)
		return 2;
	if (open(kept, O_WRONLY) >= 0 || open(kept, O_RDONLY | O_TRUNC) >= 0 ||
	    open(kept, O_ACCMODE | O_TRUNC) >= 0 || truncate(kept, 0) == 0)
		return 3;
	return unlink(kept) != 0 && rename(kept, file) != 0 && link(kept, file) != 0 ? 0 : 4;
}

static void
directories_are_what_they_were_named_for(void **state)
{
	char sub[128];

	(void)state;
	assert_int_equal(in_child(read_only), 0);
	assert_int_equal(in_child(writing), 0);
	(void)snprintf(sub, sizeof sub, "%s/sub", dir);
	assert_int_equal(rmdir(sub), 0);
	assert_int_equal(in_child(keeping), 0);
	(void)snprintf(sub, sizeof sub, "%s/a", dir);
	assert_int_equal(unlink(sub), 0);
	(void)snprintf(sub, sizeof sub, "%s/in", dir);
	assert_int_equal(rmdir(sub), 0);
}

/* A program with the network has the families that the internet needs. */
static int
families(void)
{
	static const int none[] = { AF_UNSPEC, AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK, 1 << 20 };

	if (enter(&(struct sandbox){ .network = true }) != SANDBOX_TALKS ||
	    socket(AF_INET, SOCK_DGRAM, 0) < 0 || socket(AF_UNIX, SOCK_STREAM, 0) < 0)
		return 1;
	for (size_t i = 0; i < COUNT(none); i++)
		if (socket(none[i], SOCK_DGRAM, 0) >= 0 || errno != EPERM)
			return 2;
	return 0;
}

static int
silence(void)
{
	return enter(&(struct sandbox){ .mute = true }) == 0 &&
	    socket(AF_UNIX, SOCK_STREAM, 0) < 0 && errno == EPERM ? 0 : 1;
}

static void
sockets_are_of_the_families_that_are_left(void **state)
{
	(void)state;
	assert_int_equal(in_child(families), 0);
	assert_int_equal(in_child(silence), 0);
}

static int
signals(void)
{
	(void)signal(SIGUSR1, SIG_IGN);
	return plain() == 0 && raise(SIGUSR1) == 0 && kill(getpid(), SIGUSR1) == 0 &&
	    kill(getppid(), 0) != 0 && errno == EPERM && kill(0, 0) != 0 ? 0 : 1;
}

static void
a_signal_is_for_oneself(void **state)
{
	(void)state;
	assert_int_equal(in_child(signals), 0);
}

/* The database is reached, and reached again, through its path. */
static int
connects(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int s = socket(AF_UNIX, SOCK_STREAM, 0), t;

	(void)snprintf(a.sun_path, sizeof a.sun_path, "%s/s", dir);
	if (bind(s, (struct sockaddr *)&a, sizeof a) != 0 || listen(s, 4) != 0 || plain() != 0)
		return 1;
	t = socket(AF_UNIX, SOCK_STREAM, 0);
	return connect(t, (struct sockaddr *)&a, sizeof a) == 0 ? 0 : 2;
}

static void
unix_sockets_connect_from_inside(void **state)
{
	char path[128];

	(void)state;
	assert_int_equal(in_child(connects), 0);
	(void)snprintf(path, sizeof path, "%s/s", dir);
	assert_int_equal(unlink(path), 0);
}

static void *
test_in_thread(void *out)
{
	*(int *)out = sandbox_selftest();
	return NULL;
}

static int
threads(void)
{
	pthread_t t;
	int found = -1;

	if (plain() != 0 || pthread_create(&t, NULL, test_in_thread, &found) != 0 ||
	    pthread_join(t, NULL) != 0 || found != 0)
		return 1;
	return sandbox_no_threads() == 0 &&
	    pthread_create(&t, NULL, test_in_thread, &found) != 0 ? 0 : 2;
}

static void
threads_are_in_it_and_end_when_told(void **state)
{
	(void)state;
	assert_int_equal(in_child(threads), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outside_the_self_test_fails),
		cmocka_unit_test(inside_it_passes),
		cmocka_unit_test(a_missing_directory_is_refused),
		cmocka_unit_test(directories_are_what_they_were_named_for),
		cmocka_unit_test(sockets_are_of_the_families_that_are_left),
		cmocka_unit_test(a_signal_is_for_oneself),
		cmocka_unit_test(unix_sockets_connect_from_inside),
		cmocka_unit_test(threads_are_in_it_and_end_when_told),
	};

	return cmocka_run_group_tests_name("sandbox", tests, start, stop);
}
