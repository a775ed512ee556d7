#include <errno.h>
#include <fcgiapp.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "web/request.h"

#define LISTEN_FD	0
#define DRAIN_MS	50

struct link { FCGX_Request r; };

const char *const method_names[METHOD__MAX] = {
#define X(m) [METHOD_##m] = #m,
	METHODS(X)
#undef X
};

int
web_start(void)
{
	return FCGX_Init() == 0 ? 0 : -1;
}

struct link *
link_new(void)
{
	struct link *l = calloc(1, sizeof *l);

	if (l != NULL && FCGX_InitRequest(&l->r, LISTEN_FD, FCGI_FAIL_ACCEPT_ON_INTR) != 0) {
		free(l);
		return NULL;
	}
	return l;
}

void
link_free(struct link *l)
{
	if (l == NULL)
		return;
	FCGX_Free(&l->r, 1);
	free(l);
}

/* Nothing is interrupted: a request already sent is served, a silent kept peer is left. */
static bool
turn(const struct link *l, int stop_fd)
{
	bool kept = l->r.ipcFd >= 0;
	struct pollfd p[2] = {
		{ .fd = kept ? l->r.ipcFd : LISTEN_FD, .events = POLLIN },
		{ .fd = stop_fd, .events = POLLIN },
	};

	for (;;) {
		if (poll(p, 2, -1) < 0)
			continue;
		if (p[1].revents != 0)
			return kept && poll(p, 1, DRAIN_MS) > 0;
		if (p[0].revents != 0)
			return true;
	}
}

int
link_wait(struct link *l, int stop_fd)
{
	int rc;

	while (turn(l, stop_fd)) {
		if ((rc = FCGX_Accept_r(&l->r)) == 0)
			return 1;
		if (rc == -EMFILE || rc == -ENOMEM)
			(void)poll(NULL, 0, 100);
	}
	return 0;
}

struct text
link_header(const struct link *l, const char *name)
{
	return text_of(FCGX_GetParam(name, l->r.envp));
}

static int
read_method(struct ctx *c, struct text name, struct request *out)
{
	out->head = text_is(name, "HEAD");
	for (size_t i = 0; i < METHOD__MAX; i++)
		if (text_is(name, method_names[i]) || (out->head && i == METHOD_GET)) {
			out->method = (enum method)i;
			return 0;
		}
	return problem_set(c, PROBLEM_METHOD, "method");
}

int
link_read(struct ctx *c, struct link *l, size_t max, struct request *out)
{
	struct text length = link_header(l, "CONTENT_LENGTH");

	*out = (struct request){
		.link = l,
		.path = link_header(l, "DOCUMENT_URI"), .query = link_header(l, "QUERY_STRING"),
		.type = link_header(l, "CONTENT_TYPE"), .host = link_header(l, "HTTP_HOST"),
		.origin = link_header(l, "HTTP_ORIGIN"), .fetch_site = link_header(l, "HTTP_SEC_FETCH_SITE"),
		.cookie = link_header(l, "HTTP_COOKIE"), .key = link_header(l, "HTTP_IDEMPOTENCY_KEY"),
		.remote = link_header(l, "REMOTE_ADDR"),
		.signature = link_header(l, "HTTP_X_RAZORPAY_SIGNATURE"),
		.event = link_header(l, "HTTP_X_RAZORPAY_EVENT_ID"),
		.authorization = link_header(l, "HTTP_AUTHORIZATION"),
		.agent = link_header(l, "HTTP_USER_AGENT"), .language = link_header(l, "HTTP_ACCEPT_LANGUAGE"),
	};
	if (read_method(c, link_header(l, "REQUEST_METHOD"), out) != 0)
		return -1;
	if (length.n > 0 && (!text_int(length, &out->length) || out->length < 0))
		return problem_say(c, PROBLEM_SYNTAX, "Content-Length is not a number.");
	if (out->length > (int64_t)max)
		return problem_set(c, PROBLEM_LARGE, "body of %lld bytes", (long long)out->length);
	return 0;
}

ssize_t
request_chunk(const struct request *q, void *buffer, size_t n)
{
	int got = FCGX_GetStr(buffer, n > INT32_MAX ? INT32_MAX : (int)n, q->link->r.in);

	return FCGX_GetError(q->link->r.in) != 0 ? -1 : got;
}

int
request_body(struct ctx *c, const struct request *q, struct text *out)
{
	size_t n = (size_t)q->length, have = 0;
	char *p = ctx_alloc(c, n + 1);

	while (have < n) {
		ssize_t got = request_chunk(q, p + have, n - have);

		if (got <= 0)
			return problem_say(c, PROBLEM_SYNTAX, "The body was cut short.");
		have += (size_t)got;
	}
	*out = (struct text){ p, n };
	return 0;
}

static bool
put(struct link *l, struct text t)
{
	return t.n == 0 || FCGX_PutStr(t.p, (int)t.n, l->r.out) == (int)t.n;
}

static bool
put_file(struct link *l, int fd, int64_t left)
{
	char buffer[16384];
	off_t at = 0;

	while (left > 0) {
		ssize_t n = pread(fd, buffer, sizeof buffer, at);

		if (n <= 0 || !put(l, (struct text){ buffer, (size_t)n }))
			return false;
		at += n;
		left -= n;
	}
	return true;
}

static bool
put_header(struct link *l, const char *name, struct text value)
{
	return put(l, text_of(name)) && put(l, T(": ")) && put(l, value) && put(l, T("\r\n"));
}

static bool
put_head(struct ctx *c, struct link *l, const struct reply *out)
{
	bool ok = put_header(l, "Status", text_fmt(c, "%d", out->status)) &&
	    (out->type == NULL || put_header(l, "Content-Type", text_of(out->type)));

	for (size_t i = 0; ok && i < out->nheader; i++)
		ok = put_header(l, out->header[i].name, out->header[i].value);
	return ok && put(l, T("\r\n"));
}

/* A connection that ends with bytes unread is reset, and the reply may be lost with it. */
static void
drain(struct link *l)
{
	char buffer[16384];

	while (FCGX_GetStr(buffer, sizeof buffer, l->r.in) > 0)
		continue;
}

/* The end of the request goes out with the last bytes of the reply: one write, one read for nginx. */
static bool
end(struct link *l)
{
	(void)FCGX_FClose(l->r.err);
	return FCGX_FClose(l->r.out) == 0;
}

bool
link_write(struct ctx *c, struct link *l, const struct request *q, const struct reply *out)
{
	bool ok;

	drain(l);
	ok = put_head(c, l, out);
	if (ok && !q->head)
		ok = out->file >= 0 ? put_file(l, out->file, out->file_size) : put(l, out->body);
	if (out->file >= 0)
		(void)close(out->file);
	return end(l) && ok;
}

void
link_finish(struct link *l, bool keep)
{
	if (!keep)
		l->r.keepConnection = 0;
	FCGX_Finish_r(&l->r);
}
