/*
 * journal - one line per event, key=value, on standard error.
 *
 * A value is quoted, and control characters, quotes and backslashes in it are escaped, so that no
 * input can forge a line (ASVS V16.4.1).  Secrets are not passed here.
 *
 * Trust:   values may be hostile.
 * Memory:  one line of at most 2 KiB, cut beyond that; written with one write().
 * Fails:   a line that cannot be written is lost: a log must not stop the work.
 * Needs:   nothing.
 */
#ifndef BASE_JOURNAL_H
#define BASE_JOURNAL_H
#include "base/text.h"

struct journal_pair { const char *key; struct text value; };
#define J(key, text)	((struct journal_pair){ (key), (text) })

/* journal_line(event, pairs, n): time and event first, then the pairs. */
void journal_line(const char *, const struct journal_pair *, size_t);
#define JOURNAL(event, ...) journal_line((event),				\
	(const struct journal_pair[]){ __VA_ARGS__ },				\
	COUNT(((const struct journal_pair[]){ __VA_ARGS__ })))
#endif
