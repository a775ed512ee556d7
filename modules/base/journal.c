#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/journal.h"

#define LINE_MAX_BYTES 2048

struct line { char p[LINE_MAX_BYTES]; size_t n; };

/* Room is kept for the closing quote and the line end. */
static void
put(struct line *l, char b)
{
	if (l->n < sizeof l->p - 8)
		l->p[l->n++] = b;
}

static void
put_text(struct line *l, struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		put(l, t.p[i]);
}

static void
put_quoted(struct line *l, struct text t)
{
	static const char hex[] = "0123456789abcdef";

	l->p[l->n++] = '"';
	for (size_t i = 0; i < t.n; i++) {
		unsigned char b = (unsigned char)t.p[i];

		if (b < 0x20 || b == 0x7f || b == '"' || b == '\\') {
			put(l, '\\');
			put(l, 'x');
			put(l, hex[b >> 4]);
			put(l, hex[b & 15]);
		} else
			put(l, (char)b);
	}
	l->p[l->n++] = '"';
}

void
journal_line(const char *event, const struct journal_pair *pair, size_t n)
{
	struct line l = { .n = 0 };
	struct timespec ts;
	struct tm tm;

	(void)clock_gettime(CLOCK_REALTIME, &ts);
	(void)gmtime_r(&ts.tv_sec, &tm);
	l.n = strftime(l.p, 32, "%Y-%m-%dT%H:%M:%S", &tm);
	l.n += (size_t)snprintf(l.p + l.n, 16, ".%03ldZ ", ts.tv_nsec / 1000000);
	put_text(&l, text_of(event));
	for (size_t i = 0; i < n; i++) {
		if (l.n > sizeof l.p - 64)
			break;
		put(&l, ' ');
		put_text(&l, text_of(pair[i].key));
		put(&l, '=');
		put_quoted(&l, pair[i].value);
	}
	l.p[l.n++] = '\n';
	(void)!write(STDERR_FILENO, l.p, l.n);
}
