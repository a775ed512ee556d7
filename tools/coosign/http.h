/*
 * http - one request to a portal, bounded.
 *
 * Protected by TLS 1.2 or later, except to this machine; no redirection is followed; size and time are
 * limited; no cookie is kept, no password is sent.
 *
 * Trust:   the answer is the portal's.
 * Memory:  the ctx; a document is not kept, only counted and digested.
 * Fails:   with a sentence: REFUSED (redirection, not protected), FAILED (all else).
 * Needs:   libcurl, set up once by http_start().
 */
#ifndef COOSIGN_HTTP_H
#define COOSIGN_HTTP_H
#include "tools/coosign/portal.h"

struct http_answer {
	long		status;
	struct text	body;		/* without a digest asked for */
	size_t		size;
	unsigned char	sha256[32];	/* when asked for */
};

bool http_start(void) MUST_CHECK;
/* http_get(c, options, portal, out): the job, at most 64 KiB. */
enum outcome http_get(struct ctx *, const struct options *, const struct portal *,
    struct http_answer *) MUST_CHECK;
/* http_digest(c, options, portal, out): the job's document, at most 64 MiB. */
enum outcome http_digest(struct ctx *, const struct options *, const struct portal *,
    struct http_answer *) MUST_CHECK;
/* http_post(c, options, portal, JSON, out) */
enum outcome http_post(struct ctx *, const struct options *, const struct portal *, struct text,
    struct http_answer *) MUST_CHECK;
#endif
