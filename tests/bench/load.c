/*
 * load - ask for addresses over kept connections, and say how long the answers took.
 *
 *	load PORT FILE CONNECTIONS SECONDS [RATE [COOKIE]]
 *
 * FILE holds one path a line; each request takes one at random.  Without RATE (or with 0) every
 * connection asks again as soon as it was answered.  With RATE so many requests a second are due, at
 * even distances, and an answer's time counts from when its request was due, not from when a
 * connection was free for it: a stall is not left out.  Prints one line of JSON; times in
 * microseconds.  One thread, no allocation while it runs: it is to cost little beside what it loads.
 *
 * Trust:   it talks to 127.0.0.1 only, and takes each answer of a kept connection as it comes: with
 *          a Content-Length, or in chunks.
 * Memory:  the file, and a histogram of ten seconds in steps of ten microseconds.
 * Fails:   with a sentence and 1.  An answer that is not 200, or none, is counted, and is no failure.
 * Needs:   nothing.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS_MAX	256
#define ANSWER_MAX	65536
#define STEP_US		10
#define STEPS		1000000
#define SECOND		INT64_C(1000000000)
#define PATIENCE	(20 * SECOND)	/* for the first answer of all */

struct connection {
	int	fd;
	int64_t	due;			/* when its request was due; 0: idle */
	size_t	n;
	char	answer[ANSWER_MAX + 1];
};

static struct {
	struct sockaddr_in to;
	char	*text, **path;
	size_t	npath;
	const char *cookie;
	struct connection connection[CONNECTIONS_MAX];
	size_t	nconnection;
	int64_t	start, end, interval, due;
	int	epoll, timer;
	uint64_t random;
	uint32_t step[STEPS];
	int64_t	answers, errors, late_us;	/* late_us: the longest */
} load;

static void
die(const char *what)
{
	(void)fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int64_t
now_ns(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * SECOND + ts.tv_nsec;
}

static const char *
any_path(void)
{
	load.random ^= load.random << 13;
	load.random ^= load.random >> 7;
	load.random ^= load.random << 17;
	return load.path[load.random % load.npath];
}

static void
read_paths(const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t lines = 0;

	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0 ||
	    (load.text = calloc(1, (size_t)st.st_size + 1)) == NULL ||
	    read(fd, load.text, (size_t)st.st_size) != st.st_size)
		die(name);
	(void)close(fd);
	for (const char *p = load.text; *p != '\0'; p++)
		lines += *p == '\n';
	if ((load.path = calloc(lines + 1, sizeof *load.path)) == NULL)
		die(name);
	for (char *p = strtok(load.text, "\n"); p != NULL; p = strtok(NULL, "\n"))
		load.path[load.npath++] = p;
}

static void
join(struct connection *c)
{
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
	int on = 1;

	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&load.to, sizeof load.to) != 0 ||
	    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 ||
	    epoll_ctl(load.epoll, EPOLL_CTL_ADD, c->fd, &e) != 0)
		die("connect");
	c->due = 0;
	c->n = 0;
}

static void
again(struct connection *c)
{
	(void)close(c->fd);
	join(c);
}

static void
ask(struct connection *c, int64_t due)
{
	char q[1024];
	int n = snprintf(q, sizeof q, "GET %s HTTP/1.1\r\nHost: localhost:%u\r\n%s%s%s\r\n", any_path(),
	    ntohs(load.to.sin_port), *load.cookie == '\0' ? "" : "Cookie: ", load.cookie,
	    *load.cookie == '\0' ? "" : "\r\n");

	c->due = due;
	c->n = 0;
	if (n < 0 || n >= (int)sizeof q)
		die("a path or a cookie that is too long");
	if (send(c->fd, q, (size_t)n, MSG_NOSIGNAL) != n) {
		load.errors++;
		again(c);
	}
}

/* Is the answer whole? */
static bool
whole(const struct connection *c)
{
	const char *body = strstr(c->answer, "\r\n\r\n"), *length;

	if (body == NULL)
		return false;
	length = strcasestr(c->answer, "\r\nContent-Length:");
	if (length != NULL && length < body)
		return c->n - (size_t)(body + 4 - c->answer) >= strtoul(length + 17, NULL, 10);
	return c->n >= 5 && memcmp(c->answer + c->n - 5, "0\r\n\r\n", 5) == 0;
}

static void
count(const struct connection *c)
{
	int64_t us = (now_ns() - c->due) / 1000, step = us / STEP_US;

	load.step[step < STEPS ? step : STEPS - 1]++;
	load.answers++;
	if (us > load.late_us)
		load.late_us = us;
	if (strncmp(c->answer, "HTTP/1.1 200", 12) != 0)
		load.errors++;
}

static bool
hear(struct connection *c)
{
	ssize_t n = recv(c->fd, c->answer + c->n, ANSWER_MAX - c->n, MSG_DONTWAIT);

	if (n < 0 && errno == EAGAIN)
		return false;
	if (n <= 0) {			/* closed: counted if an answer was owed */
		load.errors += c->due != 0;
		again(c);
		return true;
	}
	c->n += (size_t)n;
	c->answer[c->n] = '\0';
	if (c->due == 0 || !whole(c))
		return false;
	count(c);
	c->due = 0;
	if (strcasestr(c->answer, "\r\nConnection: close") != NULL)
		again(c);
	return true;
}

/* At a rate: whatever is due, as far as connections are free. */
static void
ask_due(void)
{
	struct itimerspec next = { .it_value = { 0, 0 } };
	int64_t now = now_ns();

	for (size_t i = 0; i < load.nconnection && load.due <= now && load.due < load.end; i++)
		if (load.connection[i].due == 0) {
			ask(&load.connection[i], load.due);
			load.due += load.interval;
		}
	next.it_value.tv_sec = load.due / SECOND;
	next.it_value.tv_nsec = load.due % SECOND;
	if (load.due > now)
		(void)timerfd_settime(load.timer, TFD_TIMER_ABSTIME, &next, NULL);
}

static void
turn(void)
{
	struct epoll_event e[CONNECTIONS_MAX + 1];
	int n = epoll_wait(load.epoll, e, CONNECTIONS_MAX + 1, 100);
	uint64_t times;

	for (int i = 0; i < n; i++) {
		struct connection *c = e[i].data.ptr;

		if (c == NULL)
			(void)!read(load.timer, &times, sizeof times);
		else if (hear(c) && load.interval == 0)
			ask(c, now_ns());
	}
	if (load.interval > 0)
		ask_due();
}

static void
prepare(int connections)
{
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = NULL };

	load.epoll = epoll_create1(EPOLL_CLOEXEC);
	load.timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (load.epoll < 0 || load.timer < 0 ||
	    epoll_ctl(load.epoll, EPOLL_CTL_ADD, load.timer, &e) != 0)
		die("epoll");
	load.nconnection = (size_t)connections;
	for (size_t i = 0; i < load.nconnection; i++)
		join(&load.connection[i]);
}

static long
at(double part)
{
	int64_t want = (int64_t)((double)load.answers * part), have = 0;

	for (long i = 0; i < STEPS; i++)
		if ((have += load.step[i]) > want)
			return i * STEP_US;
	return load.late_us;
}

static void
report(int64_t ended)
{
	struct rusage r;

	(void)getrusage(RUSAGE_SELF, &r);
	(void)printf("{\"answers\":%ld,\"errors\":%ld,\"seconds\":%.3f,\"p50\":%ld,\"p95\":%ld,"
	    "\"p99\":%ld,\"max\":%ld,\"cpu\":%.3f}\n", (long)load.answers, (long)load.errors,
	    (double)(ended - load.start) / 1e9, at(0.50), at(0.95), at(0.99), (long)load.late_us,
	    (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	    (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6);
}

int
main(int argc, char **argv)
{
	int connections = argc > 3 ? atoi(argv[3]) : 0;
	double rate = argc > 5 ? atof(argv[5]) : 0;

	if (argc < 5 || connections < 1 || connections > CONNECTIONS_MAX || atof(argv[4]) <= 0) {
		(void)fprintf(stderr, "usage: load PORT FILE CONNECTIONS SECONDS [RATE [COOKIE]]\n");
		return 2;
	}
	load.to = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	load.cookie = argc > 6 ? argv[6] : "";
	load.random = (uint64_t)now_ns() | 1;
	read_paths(argv[2]);
	prepare(connections);
	load.start = load.due = now_ns();
	load.end = load.start + (int64_t)(atof(argv[4]) * 1e9);
	load.interval = rate > 0 ? (int64_t)(1e9 / rate) : 0;
	for (size_t i = 0; load.interval == 0 && i < load.nconnection; i++)
		ask(&load.connection[i], now_ns());
	if (load.interval > 0)
		ask_due();
	while (now_ns() < load.end || (load.answers == 0 && now_ns() < load.end + PATIENCE))
		turn();
	report(now_ns());
	return 0;
}
