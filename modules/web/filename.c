#include <glib.h>
#include <string.h>

#include "web/filename.h"

/* A character of well-formed UTF-8; the cursor is past it afterwards. */
static uint32_t
take(struct text t, size_t *at)
{
	static const uint8_t mask[] = { 0x7f, 0, 0x1f, 0x0f, 0x07 };
	unsigned char lead = (unsigned char)t.p[*at];
	unsigned n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	uint32_t u = lead & mask[n == 1 ? 0 : n];

	for (unsigned i = 1; i < n; i++)
		u = u << 6 | ((unsigned char)t.p[*at + i] & 0x3f);
	*at += n;
	return u;
}

static struct text
from_latin1(struct ctx *c, struct text t)
{
	char *p = ctx_alloc(c, t.n * 2 + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		unsigned char b = (unsigned char)t.p[i];

		if (b >= 0x80)
			p[n++] = (char)(0xc0 | b >> 6);
		p[n++] = (char)(b < 0x80 ? b : 0x80 | (b & 0x3f));
	}
	return (struct text){ p, n };
}

static struct text
repaired(struct ctx *c, struct text t)
{
	return text_utf8(t) ? t : from_latin1(c, t);
}

/*
 * Characters that a reader does not see.  The joiners U+200C and U+200D stay: Indian scripts are
 * written with them.
 */
static const struct { uint32_t from, to; bool misleads; } unseen[] = {
	{ 0x00, 0x1f, true },		{ 0x7f, 0x9f, true },		/* control */
	{ 0x61c, 0x61c, true },		{ 0x200e, 0x200f, true },	/* direction */
	{ 0x202a, 0x202e, true },	{ 0x2066, 0x2069, true },
	{ 0x2028, 0x2029, true },					/* line ends */
	{ 0xad, 0xad, false },		{ 0x200b, 0x200b, false },	/* no width */
	{ 0x2060, 0x2064, false },	{ 0xfeff, 0xfeff, false },
	{ 0xfff9, 0xffff, false },	{ 0xe0000, 0xe007f, false },	/* annotations, tags */
};

static bool
is_unseen(uint32_t u, bool misleading_only)
{
	for (size_t i = 0; i < COUNT(unseen); i++)
		if (u >= unseen[i].from && u <= unseen[i].to)
			return unseen[i].misleads || !misleading_only;
	return false;
}

static struct text
last_part(struct text t)
{
	for (size_t i = t.n; i > 0; i--)
		if (t.p[i - 1] == '/' || t.p[i - 1] == '\\')
			return text_sub(t, i, t.n);
	return t;
}

/* glib ends at a NUL: that has been left out before. */
static struct text
composed(struct ctx *c, struct text t)
{
	gchar *s = g_utf8_normalize(t.p, (gssize)t.n, G_NORMALIZE_NFC);
	struct text out = t;

	if (s != NULL)
		out = text_copy(c, text_of(s));
	g_free(s);
	return out;
}

static struct text
visible(struct ctx *c, struct text t)
{
	char *p = ctx_alloc(c, t.n + 1);
	size_t n = 0;

	for (size_t at = 0, from = 0; at < t.n; from = at) {
		uint32_t u = take(t, &at);

		if (is_unseen(u, false))
			continue;
		if (u < 0x80 && strchr("<>:\"|?*", (int)u) != NULL)
			p[n++] = '_';
		else {
			memcpy(p + n, t.p + from, at - from);
			n += at - from;
		}
	}
	return (struct text){ p, n };
}

/* Dots and blanks at either end hide a name, or are dropped by some systems. */
static struct text
bare(struct text t)
{
	while (t.n > 0 && (t.p[0] == '.' || t.p[0] == ' '))
		t = text_sub(t, 1, t.n);
	while (t.n > 0 && (t.p[t.n - 1] == '.' || t.p[t.n - 1] == ' '))
		t.n--;
	return t;
}

/* Windows takes "aux.pdf" for a device. */
static struct text
no_device(struct ctx *c, struct text t)
{
	static const char *const device[] = { "con", "prn", "aux", "nul", "com", "lpt" };
	struct text stem = text_trim(text_sub(t, 0, text_find(t, '.')));

	for (size_t i = 0; i < COUNT(device); i++)
		if (text_is_nocase(text_sub(stem, 0, 3), device[i]) && (stem.n == 3 ? i < 4 :
		    stem.n == 4 && i >= 4 && stem.p[3] >= '0' && stem.p[3] <= '9'))
			return text_fmt(c, "_%.*s", TEXT_F(t));
	return t;
}

/* The ending with its dot; empty if there is none or it is none. */
static struct text
ending(struct text t)
{
	for (size_t i = t.n; i > 0 && t.n - i < 12; i--)
		if (t.p[i - 1] == '.')
			return text_sub(t, i - 1, t.n);
	return (struct text){ "", 0 };
}

static struct text
cut(struct ctx *c, struct text t)
{
	struct text end = ending(t);
	size_t n = FILENAME_MAX_BYTES - end.n;

	if (t.n <= FILENAME_MAX_BYTES)
		return t;
	while (n > 0 && ((unsigned char)t.p[n] & 0xc0) == 0x80)
		n--;
	return text_fmt(c, "%.*s%.*s", (int)n, t.p, TEXT_F(end));
}

struct text
filename_clean(struct ctx *c, struct text name)
{
	struct text t = bare(composed(c, visible(c, last_part(repaired(c, name)))));

	t = bare(cut(c, t));			/* "aux", blanks and what is cut off is a device only now */
	t = bare(cut(c, no_device(c, t)));
	return t.n == 0 ? T("document") : t;
}

int
filename_check(struct ctx *c, struct text name)
{
	static const char *const endings[] = { ".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff" };
	struct text t = repaired(c, name), end = ending(t);

	for (size_t at = 0; at < t.n;)
		if (is_unseen(take(t, &at), true))
			return problem_say(c, PROBLEM_FILE, "The name of the file holds characters that "
			    "cannot be seen. Rename it and upload it again.");
	for (size_t i = 0; i < COUNT(endings); i++)
		if (text_is_nocase(end, endings[i]))
			return 0;
	return problem_say(c, PROBLEM_FILE,
	    "The name of the file has to end in .pdf, .jpg, .png or .tif.");
}

/* RFC 8187 attr-char */
static bool
is_attr(unsigned char b)
{
	return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') ||
	    (b != '\0' && strchr("!#$&+-.^_`|~", b) != NULL);
}

/* Old programs read the first form, which is ASCII; all others prefer the second. */
struct text
filename_header(struct ctx *c, struct text name)
{
	static const char hex[] = "0123456789ABCDEF";
	struct text t = filename_clean(c, name);
	char *plain = ctx_alloc(c, t.n + 1), *coded = ctx_alloc(c, t.n * 3 + 1);
	size_t np = 0, nc = 0;

	for (size_t i = 0; i < t.n; i++) {
		unsigned char b = (unsigned char)t.p[i];

		if ((b & 0xc0) != 0x80)		/* one stands for a whole character */
			plain[np++] = b < 0x80 && b != '\\' && b != '%' ? (char)b : '_';
		if (is_attr(b))
			coded[nc++] = (char)b;
		else {
			coded[nc++] = '%';
			coded[nc++] = hex[b >> 4];
			coded[nc++] = hex[b & 15];
		}
	}
	return text_fmt(c, "attachment; filename=\"%.*s\"; filename*=UTF-8''%.*s", (int)np, plain,
	    (int)nc, coded);
}
