/*
 * letter - a mail message (RFC 5322) from the payload of a job.  Pure.
 *
 * Trust:   everything may come from users: an address that could be read as two is refused, a
 *          subject becomes one encoded line, the text one part of plain text.
 * Memory:  the ctx.
 * Fails:   PROBLEM_SYNTAX for a letter that cannot be sent.
 * Needs:   nothing.
 */
#ifndef COURIER_LETTER_H
#define COURIER_LETTER_H
#include "web/json.h"

struct letter {
	struct text from, to, subject;
	struct json_object *lines;	/* an array of texts */
	struct text footer;
	struct text once, host;		/* make the Message-ID */
	int64_t	now;
};

/* address_ok(t): one plain address, name@host. */
bool address_ok(struct text) MUST_CHECK;

/* letter_name(c, once): 32 hexadecimal digits: its name among letters, the same each time. */
struct text letter_name(struct ctx *, struct text);

/* letter_write(c, letter, out): the message, lines ended by CR LF. */
int letter_write(struct ctx *, const struct letter *, struct text *) MUST_CHECK;

/* letter_host(origin): the host name in "https://host:port". */
struct text letter_host(struct text);
#endif
