#include <stdarg.h>
#include <stdio.h>

#include "base/ctx.h"

const struct problem_row problem_rows[PROBLEM__MAX] = {
	[PROBLEM_NONE] = { 200, "none", "No problem" },
#define X(id, status, slug, title) [id] = { status, slug, title },
	PROBLEMS(X)
#undef X
};

void
problem_clear(struct problem *p)
{
	p->kind = PROBLEM_NONE;
	p->nfault = 0;
	p->detail = NULL;
	p->log[0] = '\0';
}

int
problem_set(struct ctx *c, enum problem_kind kind, const char *fmt, ...)
{
	va_list ap;

	if (c->problem.kind != PROBLEM_NONE)	/* the first cause wins */
		return -1;
	c->problem.kind = kind;
	va_start(ap, fmt);
	(void)vsnprintf(c->problem.log, sizeof c->problem.log, fmt, ap);
	va_end(ap);
	return -1;
}

int
problem_say(struct ctx *c, enum problem_kind kind, const char *detail)
{
	if (c->problem.kind == PROBLEM_NONE)
		c->problem.detail = detail;
	return problem_set(c, kind, "%s", detail);
}

int
problem_fault(struct ctx *c, struct fault f)
{
	struct problem *p = &c->problem;

	if (p->nfault < COUNT(p->fault))
		p->fault[p->nfault++] = f;
	return problem_set(c, PROBLEM_INPUT, "%s: %s", f.field, f.code);
}

int
problem_field(struct ctx *c, const char *field, const char *code, const char *reason)
{
	return problem_fault(c, (struct fault){ field, code, reason, NULL, NULL });
}
