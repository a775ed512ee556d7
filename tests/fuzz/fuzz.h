/*
 * fuzz - what the targets share.
 *
 * A target is one file with one function, fuzz(), that is called with bytes from anywhere.  It calls
 * the product's own parser and says with MUST what holds whatever the bytes were; the sanitizers say the
 * rest.  The ctx is as large as that of the program that reads such bytes, so that input which needs
 * more memory than a request has is found as well.
 *
 * Trust:   none.
 * Memory:  the ctx is emptied before and after each call; what is left over is a leak, and is found.
 * Fails:   MUST aborts: libFuzzer keeps the input.
 * Needs:   clang, -fsanitize=fuzzer.
 */
#ifndef FUZZ_H
#define FUZZ_H
#include <string.h>

#include "base/ctx.h"

#define MUST(claim)	do { if (!(claim)) fuzz_broken(#claim, __FILE__, __LINE__); } while (0)

/* Of a target: its memory, what is done once, and what is done with each input. */
extern const size_t fuzz_memory;
void fuzz_start(void);
void fuzz(struct ctx *, struct text);

_Noreturn void fuzz_broken(const char *, const char *, int);

/* fuzz_line(in): the bytes before the first line end, which are taken off ${in} with it. */
struct text fuzz_line(struct text *);
/* fuzz_byte(in): the first byte, taken off; 0 if there is none. */
unsigned char fuzz_byte(struct text *);
/* fuzz_file(bytes): a nameless file that holds them. */
int fuzz_file(struct text);
/* fuzz_read(path): a file of the source folder, for as long as the program runs. */
struct text fuzz_read(const char *);
#endif
