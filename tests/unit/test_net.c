/*
 * A web and a mail server of a few lines each, in a thread: what is sent to them, what they answer.
 */
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/net.h"

static _Alignas(16) unsigned char block[4 << 20];
static struct ctx c;
static struct server {
	int fd, port;
	pthread_t thread;
	const char *answer;	/* of the web server; the mail server's to RCPT TO */
	size_t padding;
	char got[65536];
} server;

static int
begin(void **state)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;

	(void)state;
	ctx_open(&c, block, sizeof block);
	ctx_begin(&c);
	server = (struct server){ .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	if (server.fd < 0 || bind(server.fd, (struct sockaddr *)&a, sizeof a) != 0 ||
	    listen(server.fd, 4) != 0 || getsockname(server.fd, (struct sockaddr *)&a, &n) != 0)
		return -1;
	server.port = ntohs(a.sin_port);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	ctx_begin(&c);
	return close(server.fd);
}

static void
say(int fd, const char *words)
{
	(void)!write(fd, words, strlen(words));
}

/* Read until ${mark} has come; what came is added to server.got. */
static bool
hear(int fd, const char *mark)
{
	size_t from = strlen(server.got), n = from;

	while (strstr(server.got + from, mark) == NULL) {
		ssize_t more = read(fd, server.got + n, sizeof server.got - 1 - n);

		if (more <= 0)
			return false;
		n += (size_t)more;
		server.got[n] = '\0';
	}
	return true;
}

static void *
web(void *arg)
{
	int fd = accept(server.fd, NULL, NULL);

	(void)arg;
	if (hear(fd, "\r\n\r\n") && (strstr(server.got, "POST") == NULL ||
	    strchr(strstr(server.got, "\r\n\r\n"), '}') != NULL || hear(fd, "}")))
		say(fd, server.answer);
	for (size_t i = 0; i < server.padding; i += 10)
		say(fd, "0123456789");
	(void)close(fd);
	return NULL;
}

static void *
mail(void *arg)
{
	int fd = accept(server.fd, NULL, NULL);

	(void)arg;
	say(fd, "220 here\r\n");
	if (hear(fd, "\r\n"))
		say(fd, "250 here\r\n");
	if (hear(fd, "\r\n"))
		say(fd, "250 from\r\n");
	if (hear(fd, "\r\n"))
		say(fd, server.answer);
	if (server.answer[0] == '2' && hear(fd, "DATA\r\n")) {
		say(fd, "354 go on\r\n");
		if (hear(fd, "\r\n.\r\n"))
			say(fd, "250 taken\r\n");
	}
	(void)close(fd);		/* QUIT comes later, when the conversation is cleared away */
	return NULL;
}

static void
serve(void *(*fn)(void *), const char *answer)
{
	server.answer = answer;
	assert_int_equal(pthread_create(&server.thread, NULL, fn, NULL), 0);
}

static struct text
address(const char *scheme)
{
	return text_fmt(&c, "%s://127.0.0.1:%d", scheme, server.port);
}

static void
asks_and_posts(void **state)
{
	struct ask a = { .url = address("http"), .user = T("key"), .secret = T("secret"),
		.body = T("{\"a\":1}"), .header = { "X-Test: yes" } };
	struct answer out;

	(void)state;
	serve(web, "HTTP/1.1 201 Made\r\nContent-Length: 2\r\n\r\n{}");
	assert_int_equal(net_ask(&c, &a, &out), 0);
	(void)pthread_join(server.thread, NULL);
	assert_int_equal(out.status, 201);
	assert_true(text_is(out.body, "{}"));
	assert_non_null(strstr(server.got, "POST / HTTP/1.1\r\n"));
	assert_non_null(strstr(server.got, "Authorization: Basic a2V5OnNlY3JldA==\r\n"));
	assert_non_null(strstr(server.got, "X-Test: yes\r\n"));
	assert_non_null(strstr(server.got, "Content-Type: application/json\r\n"));
	assert_non_null(strstr(server.got, "\r\n\r\n{\"a\":1}"));
}

/* A redirection is an answer like another: a gateway does not send us around. */
static void
does_not_follow(void **state)
{
	struct ask a = { .url = address("http") };
	struct answer out;

	(void)state;
	serve(web, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
	assert_int_equal(net_ask(&c, &a, &out), 0);
	(void)pthread_join(server.thread, NULL);
	assert_int_equal(out.status, 302);
}

static void
an_answer_without_end(void **state)
{
	struct ask a = { .url = address("http") };
	struct answer out;

	(void)state;
	server.padding = 2 * NET_ANSWER_MAX;
	serve(web, "HTTP/1.1 200 OK\r\n\r\n");
	assert_int_equal(net_ask(&c, &a, &out), -1);
	(void)pthread_join(server.thread, NULL);
	assert_int_equal(c.problem.kind, PROBLEM_BUSY);
}

static void
nobody_there_and_other_schemes(void **state)
{
	static const char *const urls[] = { "http://127.0.0.1:1/", "file:///etc/passwd",
		"gopher://127.0.0.1/", "" };
	struct answer out;

	(void)state;
	for (size_t i = 0; i < COUNT(urls); i++) {
		struct ask a = { .url = text_of(urls[i]) };

		problem_clear(&c.problem);
		assert_int_equal(net_ask(&c, &a, &out), -1);
	}
}

static void
hands_a_letter_over(void **state)
{
	struct letter_out l = { address("smtp"), T("no-reply@ecoo.example"), T("a@b.example"),
		T("Subject: x\r\n\r\none\r\n.two\r\n") };
	bool permanent;

	(void)state;
	serve(mail, "250 to\r\n");
	assert_int_equal(net_mail(&c, &l, &permanent), 0);
	(void)pthread_join(server.thread, NULL);
	assert_non_null(strstr(server.got, "MAIL FROM:<no-reply@ecoo.example>"));
	assert_non_null(strstr(server.got, "RCPT TO:<a@b.example>\r\n"));
	assert_non_null(strstr(server.got, "Subject: x\r\n\r\none\r\n..two\r\n.\r\n"));
}

static void
refused_for_now_and_for_good(void **state)
{
	struct letter_out l = { address("smtp"), T("no-reply@ecoo.example"), T("a@b.example"),
		T("Subject: x\r\n\r\n\r\n") };
	bool permanent;

	(void)state;
	serve(mail, "450 later\r\n");
	assert_int_equal(net_mail(&c, &l, &permanent), -1);
	(void)pthread_join(server.thread, NULL);
	assert_false(permanent);
	problem_clear(&c.problem);
	serve(mail, "550 nobody here\r\n");
	assert_int_equal(net_mail(&c, &l, &permanent), -1);
	(void)pthread_join(server.thread, NULL);
	assert_true(permanent);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
		TEST(asks_and_posts), TEST(does_not_follow), TEST(an_answer_without_end),
		TEST(nobody_there_and_other_schemes), TEST(hands_a_letter_over),
		TEST(refused_for_now_and_for_good),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	if (net_start() != 0)
		return 1;
	return cmocka_run_group_tests_name("net", tests, NULL, NULL);
}
