/*
 * A request as nginx hands it over: FastCGI through a socket and libfcgi, the head, the path among
 * routes, query, cookie and body, and a reply.
 *
 * The input is lines "NAME=value", an empty line, and the body; the records around them are made here.
 * Records themselves are libfcgi's to read and nginx's to write, and a taken-over nginx can end a program
 * that way (a parameter of two gigabytes); so only nginx may open the sockets.
 */
#include "modules/web/link.c"

#include <sys/socket.h>
#include <sys/un.h>

#include "host/program.h"
#include "people/session.h"
#include "tests/fuzz/fuzz.h"
#include "web/multipart.h"

const size_t fuzz_memory = 16 * MIB;	/* of application */

#define BODY_MAX (384 * KIB)

static struct sockaddr_un place = { .sun_family = AF_UNIX };
static struct link *l;

static const struct route routes[] = {
	{ .method = METHOD_GET, .path = "/api/applications" },
	{ .method = METHOD_GET, .path = "/api/applications/{id}" },
	{ .method = METHOD_POST, .path = "/api/applications/{id}/documents/{document}" },
	{ .method = METHOD_PUT, .path = "/api/applications/{id}/content" },
};
static const struct program program = { .name = "fuzz", .route = routes, .nroute = COUNT(routes) };

/* The listening socket is descriptor 0, as in life; accept() does not wait. */
void
fuzz_start(void)
{
	int s = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	socklen_t n = sizeof place;

	MUST(s >= 0 && bind(s, (struct sockaddr *)&place, sizeof place.sun_family) == 0);
	MUST(getsockname(s, (struct sockaddr *)&place, &n) == 0);	/* a name of the kernel's choice */
	MUST(listen(s, 4) == 0 && dup2(s, LISTEN_FD) == LISTEN_FD && close(s) == 0);
	MUST(web_start() == 0 && (l = link_new()) != NULL);
}

static int
take(void *to, struct ctx *c, struct text bytes)
{
	(void)c;
	*(size_t *)to += bytes.n;
	return 0;
}

static int
handled(struct ctx *c, const struct request *q)
{
	struct pair path[4], query[16];
	size_t npath, nquery, size = 0;
	struct json_object *o;
	struct text body;
	struct part part;

	if (route_find(c, &program, q->method, q->path, path, COUNT(path), &npath) == NULL ||
	    query_read(c, q->query, query, COUNT(query), &nquery) != 0)
		return -1;
	MUST(npath <= 2);
	for (size_t i = 0; i < npath; i++)
		MUST(path[i].value.n > 0 && text_find(path[i].value, '/') == path[i].value.n);
	MUST(session_token(c, q->cookie).n % 32 == 0);
	if (text_starts(q->type, "multipart/")) {
		if (multipart_file(c, q, take, &size, &part) != 0)
			return -1;
		MUST(part.size == (int64_t)size);
		return 0;
	}
	if (request_body(c, q, &body) != 0)
		return -1;
	MUST((int64_t)body.n == q->length);
	return json_read(c, body, &o);
}

static void
serve(struct ctx *c)
{
	struct request q = { .path = T("") };
	struct reply out = { .file = -1 };

	ctx_begin(c);
	if (link_read(c, l, BODY_MAX, &q) != 0 || handled(c, &q) != 0) {
		MUST(c->problem.kind != PROBLEM_NONE);
		out.status = problem_rows[c->problem.kind].status;
		(void)reply_bytes(&out, "application/problem+json", json_problem(c));
	} else
		(void)reply_empty(&out, 204);
	reply_header(&out, "X-Request-Id", text_of(c->id));
	(void)link_write(c, l, &q, &out);
	link_finish(l, false);
}

/* ---- the records ---- */

struct wire { char *p; size_t n; };

static void
put_bytes(struct wire *w, struct text t)
{
	memcpy(w->p + w->n, t.p, t.n);
	w->n += t.n;
}

static void
put_record(struct wire *w, char type, struct text t)
{
	char head[8] = { 1, type, 0, 1, (char)(t.n >> 8), (char)t.n, 0, 0 };

	put_bytes(w, (struct text){ head, sizeof head });
	put_bytes(w, t);
}

static void
put_length(struct wire *w, size_t n)
{
	char four[4] = { (char)(n >> 24 | 0x80), (char)(n >> 16), (char)(n >> 8), (char)n };

	put_bytes(w, (struct text){ four, sizeof four });
}

static void
put_params(struct ctx *c, struct wire *w, struct text *in)
{
	struct wire all = { ctx_alloc(c, in->n * 9 + 9), 0 };

	for (struct text line = fuzz_line(in); line.n > 0; line = fuzz_line(in)) {
		struct text name = text_sub(line, 0, text_find(line, '=')), value = text_sub(line, name.n + 1, line.n);

		put_length(&all, name.n);
		put_length(&all, value.n);
		put_bytes(&all, name);
		put_bytes(&all, value);
	}
	for (size_t at = 0; at < all.n; at += 65535)
		put_record(w, 4, text_sub((struct text){ all.p, all.n }, at, 65535));
	put_record(w, 4, T(""));
}

static struct text
records(struct ctx *c, struct text in)
{
	struct wire w = { ctx_alloc(c, in.n * 17 + 99), 0 };

	put_record(&w, 1, (struct text){ "\0\1\0\0\0\0\0\0", 8 });
	put_params(c, &w, &in);
	for (; in.n > 0; in = text_sub(in, 999, in.n))
		put_record(&w, 5, text_sub(in, 0, 999));
	put_record(&w, 5, T(""));
	return (struct text){ w.p, w.n };
}

void
fuzz(struct ctx *c, struct text in)
{
	int s = socket(AF_UNIX, SOCK_STREAM, 0), large = 1 << 20;
	struct text sent = records(c, in);

	MUST(s >= 0 && setsockopt(s, SOL_SOCKET, SO_SNDBUF, &large, sizeof large) == 0);
	MUST(connect(s, (struct sockaddr *)&place, sizeof place.sun_family + 6) == 0);
	MUST(send(s, sent.p, sent.n, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)sent.n);
	MUST(shutdown(s, SHUT_WR) == 0);
	if (FCGX_Accept_r(&l->r) == 0)
		serve(c);
	FCGX_Free(&l->r, 1);
	(void)close(s);
}
