/*
 * program - the skeleton every FastCGI program stands on.
 *
 * main() is one line: return host_run(&program, argc, argv).  The skeleton reads the
 * configuration, connects and prepares ALL statements, enters the jail and proves it, starts the
 * threads, and for each request does the life of a request in one written order:
 * limits -> route -> who is it -> same origin -> role -> typed parameters -> handler -> reply ->
 * log line -> wipe.  SIGTERM finishes what is in hand, then ends (reliability 9.2).
 *
 * With --routes the program prints its routes as JSON and ends: the API description is made of it.
 * With --statements it prints its SQL, which the tests hold against the grants.
 *
 * Trust:   nothing before its check.
 * Memory:  one block per thread, emptied after each request.
 * Fails:   at start: a sentence and exit 1.  Later: problem+json, never a half answer.
 * Needs:   the listening socket on descriptor 0, ECOO_CONF, its own unix and database account.
 */
#ifndef HOST_PROGRAM_H
#define HOST_PROGRAM_H
#include "data/db.h"
#include "host/config.h"
#include "people/session.h"
#include "web/request.h"

struct program;
struct route;

/* What a handler is given. */
struct call {
	struct ctx		*c;
	struct db		*d;
	const struct who	*who;		/* person 0 on routes for anyone */
	const struct request	*q;
	const struct route	*route;
	struct text		 token;		/* SHA-256 of the session token, or empty */
	struct text		 body;		/* of a JSON request, as it came */
	struct reply		*out;
	const struct config	*conf;
	const struct program	*program;
	unsigned		 thread;
};

/* Return 0 with k->out filled, or -1 with the problem set. */
typedef int handler(struct call *, const void *form);

/* How a route is guarded, besides its role. */
#define GUARD_ORIGIN	1u	/* refuse requests from other sites: every write with a cookie */
#define GUARD_NONE	2u	/* said on purpose: reads no cookie (gateway notices, signer jobs) */
#define BODY_STREAM	4u	/* the handler reads the body itself (uploads) */
#define NEEDS_KEY	8u	/* Idempotency-Key: call_once() */
#define BODY_RAW	(16u | BODY_STREAM)	/* the same, and it is no file: notices of others */

struct route {
	enum method	method;
	const char	*path;		/* "/api/applications/{id}" */
	unsigned	who, guard;
	struct form	form;
	handler		*does;
	const char	*says;		/* one line for the API description */
};

struct program {
	const char	*name;
	const struct route *route;
	size_t		nroute;
	const struct stmt *stmt;
	unsigned	nstmt;
	size_t		body_max, upload_max, memory_max;
	bool		no_sessions;	/* its statements do not begin with HOST_STMT_ROWS */
	/* Directories below config.files, or anywhere if they begin with a slash. */
	const char	*const *reads, *const *writes, *const *keeps;	/* as in host/sandbox.h */
	bool		fonts;		/* reads the system's fonts */
	bool		network;	/* reaches the internet */
	const char	*schema;	/* its own; NULL: config.db_schema */
	/*
	 * Threads that work without a request, until ${stop} becomes readable or the database is
	 * lost (they are called again).  A program without routes consists of these alone.
	 */
	unsigned	nbeside;
	void		(*beside)(struct call *, int stop);
	/* Called once, before the jail and the threads.  0, or -1 after a sentence. */
	int		(*start)(const struct config *);
};

int host_run(const struct program *, int, char **);

/* route_find(p, method, path, path pairs, n): NULL with the problem set. */
const struct route *route_find(struct ctx *, const struct program *, enum method, struct text,
    struct pair *, size_t, size_t *);

/* host_serve(k, link, stopping): one request from its head to its log line. */
void host_serve(struct call *, struct link *, bool);

/* host_describe(p): print the routes as JSON. */
int host_describe(const struct program *);
/* host_statements(p): print every statement it may send, one a line. */
int host_statements(const struct program *);
#endif
