/*
 * A multipart body: in one chunk, in chunks of one, and in odd ones; all must come to the same.  The
 * first line is the content type; of a bare body the boundary is its own first line.
 */
#include "tests/fuzz/fuzz.h"
#include "web/multipart.h"

const size_t fuzz_memory = 16 * MIB;	/* of application */

#define WINDOW (16 * KIB)		/* of the parser */

void
fuzz_start(void)
{
}

struct source { struct text left; size_t chunk; };
struct result { int rc; enum problem_kind why; struct part part; char *p; size_t n; };

static ssize_t
give(void *from, void *to, size_t room)
{
	struct source *s = from;
	size_t n = s->left.n < room ? s->left.n : room;

	if (n > s->chunk)
		n = s->chunk;
	memcpy(to, s->left.p, n);
	s->left = text_sub(s->left, n, s->left.n);
	return (ssize_t)n;
}

static int
take(void *to, struct ctx *c, struct text bytes)
{
	struct result *r = to;

	(void)c;
	memcpy(r->p + r->n, bytes.p, bytes.n);
	r->n += bytes.n;
	return 0;
}

static struct result
parse(struct ctx *c, struct text type, struct text body, size_t chunk)
{
	struct result r = { .p = ctx_alloc(c, body.n + 1) };
	struct source from = { body, chunk };
	struct multipart_source source = { give, &from };

	r.rc = multipart_parse(c, type, &source, take, &r, &r.part);
	r.why = c->problem.kind;
	problem_clear(&c->problem);
	return r;
}

static void
same(const struct result *a, const struct result *b)
{
	MUST(a->rc == b->rc && a->why == b->why);
	MUST(text_eq((struct text){ a->p, a->n }, (struct text){ b->p, b->n }));
	if (a->rc != 0)
		return;
	MUST(text_eq(a->part.name, b->part.name) && text_eq(a->part.filename, b->part.filename));
	MUST(text_eq(a->part.type, b->part.type) && a->part.size == b->part.size);
	MUST(a->part.nfield == b->part.nfield);
	for (size_t i = 0; i < a->part.nfield; i++)
		MUST(text_eq(a->part.field[i].name, b->part.field[i].name) &&
		    text_eq(a->part.field[i].value, b->part.field[i].value));
}

/* What was taken for the file stands in the body, between the end of a head and a delimiter. */
static void
whole(struct ctx *c, struct text body, const struct result *r)
{
	struct text wanted = { NULL, r->n + 8 };
	char *p = ctx_alloc(c, wanted.n);

	memcpy(p, "\r\n\r\n", 4);
	memcpy(p + 4, r->p, r->n);
	memcpy(p + 4 + r->n, "\r\n--", 4);
	wanted.p = p;
	MUST((size_t)r->part.size == r->n);
	MUST(memmem(body.p, body.n, wanted.p, wanted.n) != NULL);
}

/*
 * The same with so much in front of the file that a delimiter lies across the end of the parser's window,
 * at a place that depends on the input's length.
 */
static void
stretched(struct ctx *c, struct text type, struct text body, size_t ndelimiter, const struct result *one)
{
	const char *at = memmem(body.p, body.n, "\r\n\r\n", 4);
	size_t head = (size_t)(at - body.p) + 4, more = WINDOW - one->n - 1 - body.n % ndelimiter;
	char *p = ctx_alloc(c, body.n + WINDOW);
	struct result long_one;

	if (one->n + ndelimiter >= WINDOW)
		return;
	memcpy(p, body.p, head);
	memset(p + head, 'x', more);
	memcpy(p + head + more, body.p + head, body.n - head);
	long_one = parse(c, type, (struct text){ p, body.n + more }, body.n);
	MUST(long_one.rc == 0 && long_one.n == one->n + more);
	MUST(memcmp(long_one.p + more, one->p, one->n) == 0);
}

void
fuzz(struct ctx *c, struct text in)
{
	struct text body = in, line = text_trim(fuzz_line(&in)), type = line;
	struct result one, bytes, odd;

	if (text_starts(line, "--"))
		type = text_fmt(c, "multipart/form-data; boundary=%.*s", (int)line.n - 2, line.p + 2);
	else
		body = in;
	one = parse(c, type, body, body.n);
	bytes = parse(c, type, body, 1);
	odd = parse(c, type, body, 1 + line.n * 7);
	same(&one, &bytes);
	same(&one, &odd);
	if (one.rc != 0)
		return;
	whole(c, body, &one);
	if (one.part.nfield == 0 && text_starts(line, "--"))
		stretched(c, type, body, line.n + 2, &one);
}
