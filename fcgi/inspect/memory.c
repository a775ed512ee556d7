/*
 * Where there is no memory, the process ends.  It is a child with one file and a bound; libraries that
 * go on without what they asked for do so in code that is hardly ever run: poppler 22.12 frees its
 * table of objects twice when a PDF of 500 bytes says that it has ten million.
 *
 * These take the place of the C library's for all that is linked (glibc manual, "Replacing malloc"):
 * the same allocator under its other name.  A sanitizer has its own, and no bound.
 */
#include <stdlib.h>

#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

static void *
there(void *p, size_t n)
{
	if (p == NULL && n != 0)
		abort();
	return p;
}

void *
malloc(size_t n)
{
	return there(__libc_malloc(n), n);
}

void *
calloc(size_t count, size_t n)
{
	return there(__libc_calloc(count, n), count == 0 ? 0 : n);
}

void *
realloc(void *old, size_t n)
{
	return there(__libc_realloc(old, n), n);
}
#endif
