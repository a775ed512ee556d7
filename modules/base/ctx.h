/*
 * ctx - what lives as long as one request: memory, foreign objects, the error, the name, the time.
 *
 * Trust:   nothing here reads input.
 * Memory:  everything allocated from a ctx dies, wiped, with the request.
 * Fails:   allocation past the cap aborts: inputs are limited first, so reaching it is our bug.
 * Needs:   nothing.
 */
#ifndef BASE_CTX_H
#define BASE_CTX_H
#include "base/problem.h"
#include "base/text.h"

struct arena { unsigned char *base; size_t used, cap, high; };

struct ctx {
	struct arena	mem;
	struct defer	*defer;		/* foreign objects to release, newest first */
	struct problem	problem;
	char		id[33];		/* of this request: in the log, in every error */
	int64_t		now;		/* seconds since 1970, UTC, read once per request */
};

/* ctx_open(c, block, size): ready ${c} over memory that outlives it. */
void ctx_open(struct ctx *, void *, size_t);

/* ctx_begin(c): release all of the last request; new name, new time, no problem. */
void ctx_begin(struct ctx *);

/* A place to come back to, for retries and loops: rewinding releases what came after it. */
struct mark { size_t used; struct defer *defer; };
struct mark ctx_mark(const struct ctx *);
void ctx_rewind(struct ctx *, struct mark);

/* ctx_alloc(c, n): ${n} zeroed bytes, aligned to 16. */
void *ctx_alloc(struct ctx *, size_t);

/* ctx_defer(c, release, object): call release(object) when the request ends. */
void ctx_defer(struct ctx *, void (*)(void *), void *);

/* Texts allocated in ${c}.  text_c() adds a NUL, for libraries that want one. */
struct text text_copy(struct ctx *, struct text);
const char *text_c(struct ctx *, struct text);
struct text text_fmt(struct ctx *, const char *, ...) PRINTF(2, 3);
struct text text_upper(struct ctx *, struct text);	/* ASCII letters */
#endif
