#include <string.h>
#include <strings.h>

#include "base/text.h"

struct text
text_of(const char *s)
{
	return (struct text){ s == NULL ? "" : s, s == NULL ? 0 : strlen(s) };
}

bool
text_eq(struct text a, struct text b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool
text_is(struct text t, const char *s)
{
	return text_eq(t, text_of(s));
}

bool
text_is_nocase(struct text t, const char *s)
{
	return t.n == strlen(s) && (t.n == 0 || strncasecmp(t.p, s, t.n) == 0);
}

bool
text_starts(struct text t, const char *s)
{
	size_t n = strlen(s);

	return t.n >= n && memcmp(t.p, s, n) == 0;
}

bool
text_ends(struct text t, const char *s)
{
	size_t n = strlen(s);

	return t.n >= n && memcmp(t.p + t.n - n, s, n) == 0;
}

int
text_compare(struct text a, struct text b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int rc = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return rc != 0 ? rc : (a.n > b.n) - (a.n < b.n);
}

size_t
text_find(struct text t, char byte)
{
	const char *at = t.n == 0 ? NULL : memchr(t.p, byte, t.n);

	return at == NULL ? t.n : (size_t)(at - t.p);
}

static bool
is_blank(char b)
{
	return b == ' ' || b == '\t' || b == '\r' || b == '\n';
}

struct text
text_trim(struct text t)
{
	while (t.n > 0 && is_blank(t.p[0]))
		t = (struct text){ t.p + 1, t.n - 1 };
	while (t.n > 0 && is_blank(t.p[t.n - 1]))
		t.n--;
	return t;
}

struct text
text_sub(struct text t, size_t from, size_t n)
{
	if (from > t.n)
		from = t.n;
	if (n > t.n - from)
		n = t.n - from;
	return (struct text){ from == 0 ? t.p : t.p + from, n };	/* NULL has no other place */
}

struct text
text_cut(struct text t, size_t n)
{
	if (t.n <= n)
		return t;
	while (n > 0 && ((unsigned char)t.p[n] & 0xc0) == 0x80)
		n--;
	return text_sub(t, 0, n);
}

/* Digits are subtracted, so that INT64_MIN is reachable and nothing overflows. */
bool
text_int(struct text t, int64_t *out)
{
	bool neg = t.n > 0 && t.p[0] == '-';
	int64_t x = 0;

	if (t.n == (size_t)neg)
		return false;
	for (size_t i = neg; i < t.n; i++)
		if (t.p[i] < '0' || t.p[i] > '9' ||
		    __builtin_mul_overflow(x, 10, &x) ||
		    __builtin_sub_overflow(x, t.p[i] - '0', &x))
			return false;
	if (!neg && __builtin_sub_overflow(0, x, &x))
		return false;
	*out = x;
	return true;
}

bool
text_decimal(struct text t, unsigned places, int64_t *out)
{
	size_t dot = text_find(t, '.');
	size_t decimals = dot == t.n ? 0 : t.n - dot - 1;
	int64_t x = 0;

	if (dot == 0 || (dot < t.n && decimals == 0) || decimals > places)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (i != dot && (t.p[i] < '0' || t.p[i] > '9' ||
		    __builtin_mul_overflow(x, 10, &x) ||
		    __builtin_add_overflow(x, t.p[i] - '0', &x)))
			return false;
	for (; decimals < places; decimals++)
		if (__builtin_mul_overflow(x, 10, &x))
			return false;
	*out = x;
	return true;
}

/* Length of the sequence that ${lead} opens, and the smallest code point that needs it. */
static unsigned
utf8_length(unsigned char lead, uint32_t *bits, uint32_t *least)
{
	static const struct { unsigned char mask, lead; uint32_t least; } row[] = {
		{ 0x80, 0x00, 0 }, { 0xe0, 0xc0, 0x80 },
		{ 0xf0, 0xe0, 0x800 }, { 0xf8, 0xf0, 0x10000 },
	};

	for (unsigned i = 0; i < COUNT(row); i++)
		if ((lead & row[i].mask) == row[i].lead) {
			*bits = lead & (unsigned char)~row[i].mask;
			*least = row[i].least;
			return i + 1;
		}
	return 0;
}

bool
text_utf8(struct text t)
{
	struct cursor c = cursor_of(t);

	while (!at_end(&c)) {
		uint32_t x = 0, least = 0;
		unsigned n = utf8_length(take_u8(&c), &x, &least);

		if (n == 0)
			return false;
		for (; n > 1; n--) {
			uint8_t b = take_u8(&c);

			if (c.bad || (b & 0xc0) != 0x80)
				return false;
			x = x << 6 | (b & 0x3f);
		}
		if (x < least || x > 0x10ffff || (x >= 0xd800 && x <= 0xdfff))
			return false;
	}
	return true;
}

struct cursor
cursor_of(struct text t)
{
	return (struct cursor){ (const unsigned char *)t.p, t.n, false };
}

struct text
take_bytes(struct cursor *c, size_t n)
{
	struct text t = { (const char *)c->p, n };

	if (c->bad || n > c->left) {
		c->bad = true;
		return (struct text){ "", 0 };
	}
	if (n > 0)
		c->p += n;
	c->left -= n;
	return t;
}

uint8_t
take_u8(struct cursor *c)
{
	struct text t = take_bytes(c, 1);

	return t.n == 1 ? (uint8_t)t.p[0] : 0;
}

uint16_t
take_be16(struct cursor *c)
{
	uint16_t high = take_u8(c);

	return (uint16_t)(high << 8 | take_u8(c));
}

uint32_t
take_be32(struct cursor *c)
{
	uint32_t high = take_be16(c);

	return high << 16 | take_be16(c);
}

struct text
take_until(struct cursor *c, char byte)
{
	struct text rest = { (const char *)c->p, c->left };
	size_t n = text_find(rest, byte);
	struct text t;

	if (n == rest.n) {
		c->bad = true;
		return (struct text){ "", 0 };
	}
	t = take_bytes(c, n);
	(void)take_u8(c);
	return t;
}

struct text
take_word(struct cursor *c, char byte)
{
	struct text t = take_bytes(c, text_find((struct text){ (const char *)c->p, c->left }, byte));

	if (c->left > 0)
		(void)take_u8(c);
	return t;
}

bool
at_end(const struct cursor *c)
{
	return c->left == 0 && !c->bad;
}
