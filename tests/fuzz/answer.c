/* What inspect answers, when a hostile file has taken it over: any message, and what is made of it. */
#include "modules/files/inspect.c"

#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 1 * MIB;

void
fuzz_start(void)
{
}

void
fuzz(struct ctx *c, struct text in)
{
	struct inspect_answer a;
	struct verdict v = { .media_type = T(""), .reason = T("") };
	int s[2];

	MUST(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, s) == 0);
	MUST(send(s[0], in.p, in.n, 0) == (ssize_t)in.n);
	(void)close(s[0]);
	if (hear(c, s[1], &a) == 0 && judge(c, &a, &v) == 0) {
		MUST(v.accepted && v.pages >= 1 && v.pages <= INSPECT_PAGES);
		MUST(text_is(v.media_type, "application/pdf") || text_starts(v.media_type, "image/"));
	} else
		MUST(!v.accepted && c->problem.kind != PROBLEM_NONE);
	MUST(v.reason.n < sizeof a.reason);
	(void)close(s[1]);
}
