/*
 * cut - a link to the database that breaks exactly at COMMIT.
 *
 * usage: cut SOCKET DATABASE
 *
 * Listens on SOCKET and passes everything on to DATABASE, as the unix user who asks: the accounts
 * are known by it.  Lines on standard input say what happens to the next COMMITs of whoever:
 *
 *	before N	it does not arrive: nothing has happened
 *	after N		it has happened, and nobody is told
 *	amid N		it was sent, and nobody waits: one or the other
 *
 * Each cut is told on standard output: "after ecoo_payment".  The end of the input is the end.
 *
 * Talks to:      programs of a world under test, its MariaDB.
 * Needs:         root, to become the one who asks.
 */
#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define CHUNK	65536
#define BACKLOG	128

enum mode { BEFORE, AFTER, AMID, MODES };
static const char *const mode_name[MODES] = { "before", "after", "amid" };
/* The client sends nothing more until it is answered: a COMMIT is a read of its own. */
static const char commit[] = "\x07\0\0\0\x03" "COMMIT";

/* How many cuts of each kind are still to come; shared with the children. */
static atomic_int *armed;

static struct sockaddr_un
address(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	(void)snprintf(a.sun_path, sizeof a.sun_path, "%s", path);
	return a;
}

static bool
pass(int to, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(to, p, n, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		p += sent;
		n -= (size_t)sent;
	}
	return true;
}

static bool
take(enum mode m)
{
	int left = atomic_load(&armed[m]);

	while (left > 0)
		if (atomic_compare_exchange_weak(&armed[m], &left, left - 1))
			return true;
	return false;
}

/* A COMMIT has come: true if the link is to be cut, after what the mode says was done. */
static bool
is_cut(int database, const char *p, size_t n, const char *who)
{
	char answer[CHUNK];
	enum mode m = BEFORE;

	if (n != sizeof commit - 1 || memcmp(p, commit, n) != 0)
		return false;
	while (m < MODES && !take(m))
		m++;
	if (m == MODES)
		return false;
	if (m != BEFORE && pass(database, p, n) && m == AFTER)
		(void)!recv(database, answer, sizeof answer, 0);
	(void)printf("%s %s\n", mode_name[m], who);
	(void)fflush(stdout);
	return true;
}

static void
relay(int client, int database, const char *who)
{
	struct pollfd p[2] = { { .fd = client, .events = POLLIN },
	    { .fd = database, .events = POLLIN } };
	char buffer[CHUNK];

	for (;;) {
		if (poll(p, 2, -1) < 0)
			return;
		for (int i = 0; i < 2; i++) {
			ssize_t n = p[i].revents == 0 ? 0 : recv(p[i].fd, buffer, sizeof buffer, 0);

			if (p[i].revents == 0)
				continue;
			if (n <= 0 || (i == 0 && is_cut(database, buffer, (size_t)n, who)) ||
			    !pass(p[1 - i].fd, buffer, (size_t)n))
				return;
		}
	}
}

/* From here on this process is the one who asks. */
static int
serve(int client, const char *path, pid_t parent)
{
	struct sockaddr_un a = address(path);
	struct ucred peer;
	socklen_t n = sizeof peer;
	const struct passwd *pw;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || getsockopt(client, SOL_SOCKET, SO_PEERCRED, &peer, &n) != 0 ||
	    (pw = getpwuid(peer.uid)) == NULL || setgroups(0, NULL) != 0 ||
	    setresgid(peer.gid, peer.gid, peer.gid) != 0 ||
	    setresuid(peer.uid, peer.uid, peer.uid) != 0 ||
	    prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent ||
	    connect(fd, (struct sockaddr *)&a, sizeof a) != 0)
		return 1;
	relay(client, fd, pw->pw_name);
	return 0;
}

static bool
read_orders(void)
{
	char line[64], word[16];
	int n;

	if (fgets(line, sizeof line, stdin) == NULL)
		return false;
	if (sscanf(line, "%15s %d", word, &n) == 2)
		for (int m = 0; m < MODES; m++)
			if (strcmp(word, mode_name[m]) == 0)
				atomic_store(&armed[m], n);
	return true;
}

static int
open_door(const char *path)
{
	struct sockaddr_un a = address(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)unlink(path);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 || chmod(path, 0666) != 0 ||
	    listen(fd, BACKLOG) != 0)
		return -1;
	return fd;
}

static void
welcome(int door, const char *database)
{
	int client = accept(door, NULL, NULL);
	pid_t parent = getpid();

	if (client >= 0 && fork() == 0) {
		(void)close(door);
		_exit(serve(client, database, parent));
	}
	if (client >= 0)
		(void)close(client);
}

int
main(int argc, char **argv)
{
	struct pollfd p[2] = { { .events = POLLIN }, { .fd = 0, .events = POLLIN } };

	armed = mmap(NULL, MODES * sizeof *armed, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (argc != 3 || armed == MAP_FAILED || (p[0].fd = open_door(argv[1])) < 0) {
		(void)fprintf(stderr, "usage: cut SOCKET DATABASE\n");
		return 2;
	}
	(void)signal(SIGCHLD, SIG_IGN);
	(void)setvbuf(stdin, NULL, _IONBF, 0);
	(void)printf("ready\n");
	(void)fflush(stdout);
	while (poll(p, 2, -1) > 0) {
		if (p[1].revents != 0 && !read_orders())
			break;
		if (p[0].revents != 0)
			welcome(p[0].fd, argv[2]);
	}
	(void)unlink(argv[1]);
	return 0;
}
