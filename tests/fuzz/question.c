/*
 * A question to inspect, over its socket: the struct, up to three descriptors, and the file; libmagic
 * and the four kinds behind it run as in a child of inspect, without its jail.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fcgi/inspect/examine.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/left.h"
#include "tests/fuzz/vast.h"

const size_t fuzz_memory = 1 * MIB;

void
fuzz_start(void)
{
	MUST(setenv("FONTCONFIG_FILE", TOP "/tests/fuzz/fonts.conf", 1) == 0);
	MUST(examine_start() == 0);
}

static void
ask(int s, struct text question, const int *fd, size_t n)
{
	struct iovec iov = { (void *)(uintptr_t)question.p, question.n };
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(3 * sizeof(int))] = { 0 };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = n == 0 ? NULL : room,
	    .msg_controllen = n == 0 ? 0 : CMSG_SPACE(n * sizeof(int)) };
	struct cmsghdr *h = CMSG_FIRSTHDR(&m);

	if (h != NULL) {
		h->cmsg_level = SOL_SOCKET;
		h->cmsg_type = SCM_RIGHTS;
		h->cmsg_len = CMSG_LEN(n * sizeof(int));
		memcpy(CMSG_DATA(h), fd, n * sizeof(int));
	}
	MUST(sendmsg(s, &m, MSG_NOSIGNAL) == (ssize_t)question.n);
}

static void
sound(const struct inspect_answer *a)
{
	MUST(a->version == INSPECT_VERSION && a->result <= INSPECT_FAILED && a->pages <= INSPECT_PAGES);
	MUST(memchr(a->type, '\0', sizeof a->type) != NULL);
	MUST(memchr(a->reason, '\0', sizeof a->reason) != NULL);
	MUST(text_utf8(text_of(a->reason)));
	MUST(a->result == INSPECT_GOOD ? a->pages > 0 && a->type[0] != '\0' : a->reason[0] != '\0');
}

/* The child's own descriptors end with it. */
static void
close_others(int first)
{
	(void)close_range((unsigned)first, ~0u, 0);
}

void
fuzz(struct ctx *c, struct text in)
{
	unsigned char how = fuzz_byte(&in);
	struct text question = text_sub(in, 0, how & 4 ? in.n : sizeof(struct inspect_question));
	struct inspect_answer a;
	int s[2], fd[3];

	(void)c;
	in = text_sub(in, sizeof(struct inspect_question), in.n);
	if (vast(in))
		return;
	MUST(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s) == 0);
	fd[0] = fuzz_file(in);
	fd[1] = fuzz_file(T(""));
	fd[2] = fd[0];
	ask(s[0], question, fd, how & 3);
	left_begin();
	examine_answer(s[1]);
	left_behind();
	MUST(recv(s[0], &a, sizeof a, MSG_DONTWAIT) == (ssize_t)sizeof a);
	sound(&a);
	close_others(s[0]);
}
