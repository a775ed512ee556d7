/*
 * random - unpredictable bytes, and comparison that does not tell where two secrets differ.
 *
 * Trust:   the kernel's generator (getrandom).
 * Memory:  the caller's.
 * Fails:   never: the program ends if the kernel has no randomness to give.
 * Needs:   nothing.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H
#include "base/text.h"

void random_bytes(void *, size_t);
/* random_below(n): uniform in 0 .. n-1. */
uint32_t random_below(uint32_t);
/* random_code(out, n): ${n} characters that cannot be misread (no 0 O 1 I L U), and a NUL. */
void random_code(char *, size_t);
bool secret_eq(struct text, struct text) MUST_CHECK;
#endif
