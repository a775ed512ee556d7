/*
 * portal - which portals may ask this person for a signature.
 *
 * An origin is "https://host" or "https://host:port".  Plain http is for this machine alone, where
 * demonstrations run; this machine is always accepted.  Others stand in ~/.config/coosign/portals,
 * are named with --allow, or are accepted, and remembered, by the person.
 *
 * Trust:   the address may have been made by anybody.
 * Memory:  the ctx.
 * Fails:   REFUSED, with a sentence.
 * Needs:   libcurl.
 */
#ifndef COOSIGN_PORTAL_H
#define COOSIGN_PORTAL_H
#include "tools/coosign/options.h"

struct portal {
	const char	*url;		/* of the job, normalised */
	struct text	origin;
	bool		local;
};

/* portal_read(c, address, out): an address of a job, and of nothing else. */
enum outcome portal_read(struct ctx *, const char *, struct portal *) MUST_CHECK;
/* portal_accept(c, options, portal): may ask the person. */
enum outcome portal_accept(struct ctx *, const struct options *, const struct portal *) MUST_CHECK;
#endif
