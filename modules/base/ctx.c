#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/codec.h"
#include "base/ctx.h"
#include "base/random.h"

#define ALIGN 16u
#define KEEP MIB

/*
 * An address sanitizer sees one block, and so no step from one allocation into the next: it is told
 * of every single one, and a gap is left between two.
 */
#ifdef __has_feature
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define GAP ALIGN
#else
#define GAP 0u
#define ASAN_POISON_MEMORY_REGION(p, n)		((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n)	((void)(p), (void)(n))
#endif

struct defer {
	void	(*release)(void *);
	void	*object;
	struct defer *next;
};

void
ctx_open(struct ctx *c, void *block, size_t size)
{
	*c = (struct ctx){ .mem = { .base = block, .cap = size } };
	ASAN_POISON_MEMORY_REGION(block, size);
	ctx_begin(c);
}

void
ctx_begin(struct ctx *c)
{
	unsigned char id[16];

	ctx_rewind(c, (struct mark){ 0, NULL });
	problem_clear(&c->problem);
	random_bytes(id, sizeof id);
	hex_encode(c->id, id, sizeof id);
	c->now = clock_now();
}

/* What a rare large request took goes back to the kernel, which hands out zeroes. */
static void
wipe(unsigned char *p, size_t n)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), skip = page - (uintptr_t)p % page;

	if (n > KEEP + page && madvise(p + skip, (n - skip) / page * page, MADV_DONTNEED) == 0) {
		explicit_bzero(p, skip);
		explicit_bzero(p + skip + (n - skip) / page * page, (n - skip) % page);
		return;
	}
	explicit_bzero(p, n);
}

struct mark
ctx_mark(const struct ctx *c)
{
	return (struct mark){ c->mem.used, c->defer };
}

void
ctx_rewind(struct ctx *c, struct mark m)
{
	while (c->defer != m.defer) {
		struct defer *d = c->defer;

		c->defer = d->next;
		d->release(d->object);
	}
	if (m.used < c->mem.used) {
		ASAN_UNPOISON_MEMORY_REGION(c->mem.base + m.used, c->mem.used - m.used);
		wipe(c->mem.base + m.used, c->mem.used - m.used);
		ASAN_POISON_MEMORY_REGION(c->mem.base + m.used, c->mem.used - m.used);
	}
	c->mem.used = m.used;
}

void *
ctx_alloc(struct ctx *c, size_t n)
{
	struct arena *a = &c->mem;
	size_t start = ((a->used + ALIGN - 1) & ~(size_t)(ALIGN - 1)) + GAP;

	if (start > a->cap || n > a->cap - start) {
		(void)fprintf(stderr, "request memory: %zu more than %zu\n", n, a->cap);
		abort();
	}
	ASAN_UNPOISON_MEMORY_REGION(a->base + start, n);
	a->used = start + n;
	if (a->used > a->high)
		a->high = a->used;
	return memset(a->base + start, 0, n);
}

void
ctx_defer(struct ctx *c, void (*release)(void *), void *object)
{
	struct defer *d = ctx_alloc(c, sizeof *d);

	*d = (struct defer){ release, object, c->defer };
	c->defer = d;
}

const char *
text_c(struct ctx *c, struct text t)
{
	char *p = ctx_alloc(c, t.n + 1);

	return t.n == 0 ? p : memcpy(p, t.p, t.n);
}

struct text
text_copy(struct ctx *c, struct text t)
{
	return (struct text){ text_c(c, t), t.n };
}

struct text
text_fmt(struct ctx *c, const char *fmt, ...)
{
	va_list ap, again;
	int n;
	char *p;

	va_start(ap, fmt);
	va_copy(again, ap);
	if ((n = vsnprintf(NULL, 0, fmt, ap)) < 0)
		abort();
	p = ctx_alloc(c, (size_t)n + 1);
	(void)vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	va_end(ap);
	return (struct text){ p, (size_t)n };
}

struct text
text_upper(struct ctx *c, struct text t)
{
	char *p = ctx_alloc(c, t.n + 1);

	for (size_t i = 0; i < t.n; i++)
		p[i] = t.p[i] >= 'a' && t.p[i] <= 'z' ? (char)(t.p[i] - 32) : t.p[i];
	return (struct text){ p, t.n };
}
