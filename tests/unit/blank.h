/*
 * blank - white pictures of any size, for what must hold at a bound.
 */
#ifndef TEST_BLANK_H
#define TEST_BLANK_H
#include <stddef.h>

struct blank { const char *kind; unsigned char *(*make)(unsigned width, unsigned height, size_t *n); };

/* Of each kind that is taken; make(): black and white or grey, ${n} bytes, to be freed. */
extern const struct blank blank[3];
#endif
