#include <string.h>

#include "base/codec.h"

static const char hex[] = "0123456789abcdef";
static const char standard[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char urlsafe[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void
hex_encode(char *out, const void *p, size_t n)
{
	const unsigned char *b = p;

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = hex[b[i] >> 4];
		out[2 * i + 1] = hex[b[i] & 15];
	}
	out[2 * n] = '\0';
}

struct text
hex_text(struct ctx *c, const void *p, size_t n)
{
	char *out = ctx_alloc(c, 2 * n + 1);

	hex_encode(out, p, n);
	return (struct text){ out, 2 * n };
}

static int
digit(const char *alphabet, size_t n, char b)
{
	const char *at = memchr(alphabet, b, n);

	return at == NULL ? -1 : (int)(at - alphabet);
}

/* Either case of a letter, and no other byte that differs from a digit in that bit alone. */
static int
hex_digit(char b)
{
	return digit(hex, 16, b >= 'A' && b <= 'F' ? (char)(b | 0x20) : b);
}

bool
hex_decode(struct text t, void *out, size_t n)
{
	unsigned char *b = out;

	if (t.n != 2 * n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int high = hex_digit(t.p[2 * i]);
		int low = hex_digit(t.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		b[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static struct text
encode(struct ctx *c, struct text t, const char *alphabet, bool pad)
{
	char *out = ctx_alloc(c, (t.n + 2) / 3 * 4 + 1);
	const unsigned char *p = (const unsigned char *)t.p;
	size_t n = 0;

	for (size_t i = 0; i < t.n; i += 3) {
		size_t have = t.n - i < 3 ? t.n - i : 3;
		uint32_t x = (uint32_t)p[i] << 16 | (have > 1 ? (uint32_t)p[i + 1] << 8 : 0) |
		    (have > 2 ? p[i + 2] : 0);

		for (size_t j = 0; j < 4; j++)
			if (j <= have)
				out[n++] = alphabet[x >> (18 - 6 * j) & 63];
			else if (pad)
				out[n++] = '=';
	}
	return (struct text){ out, n };
}

struct text
base64_text(struct ctx *c, struct text t)
{
	return encode(c, t, standard, true);
}

struct text
base64url_text(struct ctx *c, const void *p, size_t n)
{
	return encode(c, (struct text){ p, n }, urlsafe, false);
}

bool
base64_decode(struct ctx *c, struct text t, struct text *out)
{
	char *b = ctx_alloc(c, t.n / 4 * 3 + 1);
	size_t pad = 0, n = 0;

	if (t.n % 4 != 0)
		return false;
	while (pad < 2 && pad < t.n && t.p[t.n - 1 - pad] == '=')
		pad++;
	for (size_t i = 0; i < t.n; i += 4) {
		uint32_t x = 0;

		for (size_t j = 0; j < 4; j++) {
			int d = i + j >= t.n - pad ? 0 : digit(standard, 64, t.p[i + j]);

			if (d < 0)
				return false;
			x = x << 6 | (uint32_t)d;
		}
		for (int s = 16; s >= 0; s -= 8)
			b[n++] = (char)(x >> s & 255);
	}
	for (size_t i = 0; i < pad; i++)	/* bits that no byte has: a second way to write it */
		if (b[n - 1 - i] != 0)
			return false;
	*out = (struct text){ b, n - pad };
	return true;
}
