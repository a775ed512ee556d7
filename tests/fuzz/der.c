#include "tests/fuzz/der.h"
#include "tests/fuzz/fuzz.h"

#define DEPTH	24
#define LARGEST	((size_t)1 << 16)
#define HEAD	4			/* tag, and a length below 65,536 */

/* An element: where its tag stands, bytes of tag and length, bytes of content. */
struct node { size_t at, head, n; };

static bool
read_node(const uint8_t *p, size_t end, size_t at, struct node *out)
{
	struct cursor k = cursor_of((struct text){ (const char *)p + at, end - at });
	size_t n;

	(void)take_u8(&k);
	n = take_u8(&k);
	if (n == 0x81)
		n = take_u8(&k);
	else if (n == 0x82)
		n = take_be16(&k);
	else if (n >= 0x80)
		return false;
	*out = (struct node){ at, end - at - k.left, n };
	return !k.bad && n <= k.left;
}

static size_t
put_head(uint8_t *to, uint8_t tag, size_t n)
{
	size_t size = n < 0x80 ? 2 : n < 0x100 ? 3 : 4;

	to[0] = tag;
	to[1] = size == 2 ? (uint8_t)n : (uint8_t)(0x80 + size - 2);
	to[size - 1] = (uint8_t)n;
	if (size == 4)
		to[2] = (uint8_t)(n >> 8);
	return size;
}

/* The first byte of one of the elements inside; false if there are none. */
static bool
choose(const uint8_t *p, const struct node *in, unsigned by, size_t *at)
{
	size_t begin = in->at + in->head, end = begin + in->n, count = 0, i = begin;
	struct node x;

	for (; i < end && read_node(p, end, i, &x); count++)
		i += x.head + x.n;
	if (count == 0 || i != end)
		return false;
	for (i = begin, by %= (unsigned)count; by > 0 && read_node(p, end, i, &x); by--)
		i += x.head + x.n;
	*at = i;
	return true;
}

static size_t
find_path(const uint8_t *p, size_t n, unsigned seed, struct node *path)
{
	size_t depth = 0, at = 0, end = n;

	while (depth < DEPTH && read_node(p, end, at, &path[depth])) {
		const struct node *x = &path[depth++];

		end = x->at + x->head + x->n;
		seed = seed * 1103515245u + 12345u;
		if ((seed >> 15 & 15) == 0)
			break;
		if (((p[x->at] & 0x20) == 0 && p[x->at] != 0x04) || !choose(p, x, seed >> 20, &at))
			break;
	}
	return depth;
}

/* Put ${n} bytes of ${content} in the place of what an element holds, and it among its neighbours. */
static size_t
wrap(const uint8_t *p, const struct node *x, const struct node *in, uint8_t *content, size_t n)
{
	static uint8_t out[LARGEST + 4096];
	size_t begin = in == NULL ? x->at : in->at + in->head, after = x->at + x->head + x->n;
	size_t end = in == NULL ? after : begin + in->n, size = x->at - begin;

	if (size + HEAD + n + (end - after) > LARGEST)
		return 0;
	memcpy(out, p + begin, size);
	size += put_head(out + size, p[x->at], n);
	memcpy(out + size, content, n);
	size += n;
	memcpy(out + size, p + after, end - after);
	size += end - after;
	memcpy(content, out, size);
	return size;
}

size_t
der_mutate(uint8_t *p, size_t n, size_t room, unsigned seed)
{
	static uint8_t content[LARGEST + 4096];
	struct node path[DEPTH];
	size_t depth = n > LARGEST || seed % 4 == 0 ? 0 : find_path(p, n, seed, path), m;

	if (depth == 0)
		return LLVMFuzzerMutate(p, n, room);
	m = path[depth - 1].n;
	memcpy(content, p + path[depth - 1].at + path[depth - 1].head, m);
	m = LLVMFuzzerMutate(content, m, m + 64);
	for (size_t i = depth; i > 0 && m <= LARGEST; i--)
		if ((m = wrap(p, &path[i - 1], i > 1 ? &path[i - 2] : NULL, content, m)) == 0)
			return LLVMFuzzerMutate(p, n, room);
	if (m > room)
		return LLVMFuzzerMutate(p, n, room);
	memcpy(p, content, m);
	return m;
}
