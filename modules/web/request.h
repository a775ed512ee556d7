/*
 * request - what the client asked, and what goes back.
 *
 * libfcgi is used here and nowhere else.  One struct link is one FastCGI connection's state and
 * belongs to one thread; nginx keeps connections open, so a link outlives its requests.
 *
 * Trust:   every member of struct request is the client's, except remote and id (nginx's).
 * Memory:  borrows from the link until link_finish(), or lives in the ctx.
 * Fails:   PROBLEM_SYNTAX, PROBLEM_LARGE, PROBLEM_METHOD.
 * Needs:   the listening socket on descriptor 0.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H
#include "web/param.h"

#define METHODS(X) X(GET) X(POST) X(PUT) X(DELETE)
enum method {
#define X(m) METHOD_##m,
	METHODS(X)
#undef X
	METHOD__MAX
};
extern const char *const method_names[METHOD__MAX];

struct link;

struct request {
	enum method	method;
	bool		head;		/* HEAD is a GET without the body */
	struct text	path, query, type;
	struct text	host, origin, fetch_site, cookie, key, remote, signature, event, agent;
	struct text	language, authorization;
	int64_t		length;		/* of the body, as declared */
	struct link	*link;
};

struct header { const char *name; struct text value; };

/* Filled by a handler through the reply_*() functions below. */
struct reply {
	int		status;
	const char	*type;
	struct text	body;
	int		file;		/* >= 0: the body is this descriptor, closed after sending */
	int64_t		file_size;
	struct header	header[8];
	size_t		nheader;
};

/* web_start(): once per process, before the first thread. */
int web_start(void) MUST_CHECK;

struct link *link_new(void);		/* NULL if there is no memory */
void link_free(struct link *);

/*
 * link_wait(l, stop_fd): wait for a request; 1 when there is one, 0 when ${stop_fd} became
 * readable and nothing is in hand (reliability 9.2).
 */
int link_wait(struct link *, int) MUST_CHECK;

/* link_header(l, name): a header by its FastCGI name; empty if there is none. */
struct text link_header(const struct link *, const char *);

/* link_read(c, l, max, out): the request's head; PROBLEM_LARGE if its body exceeds ${max}. */
int link_read(struct ctx *, struct link *, size_t, struct request *) MUST_CHECK;

/* link_write(c, l, q, reply): all of the reply and the end of it; false if the client has gone. */
bool link_write(struct ctx *, struct link *, const struct request *, const struct reply *);
/* link_finish(l, keep): end this request; the connection stays open if ${keep}. */
void link_finish(struct link *, bool);

/* request_body(c, q, out): the whole body, in ${c}. */
int request_body(struct ctx *, const struct request *, struct text *) MUST_CHECK;
/* request_chunk(q, buffer, n): the next bytes of the body; 0 at its end, -1 if cut short. */
ssize_t request_chunk(const struct request *, void *, size_t) MUST_CHECK;

/* Replies.  All return 0, so that a handler can end with one of them. */
int reply_json(struct ctx *, struct reply *, int, struct json_object *);
int reply_empty(struct reply *, int);
int reply_bytes(struct reply *, const char *, struct text);
int reply_file(struct reply *, const char *, int, int64_t);
/* reply_sendfile(out, type, path): nginx sends the file behind ${path} (X-Accel-Redirect). */
int reply_sendfile(struct reply *, const char *, struct text);
int reply_see_other(struct reply *, struct text);
void reply_header(struct reply *, const char *, struct text);
#endif
