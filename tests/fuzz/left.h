/*
 * left - what inspect leaves to the end of its process, given back after each input.
 *
 * The programs that look into files live for one question and do not tidy up: fuzzed by the million in
 * one process they would fill it.  The linker hands over what they allocate themselves and what they
 * open (build.mk, WRAPPED), and left_behind() gives it back.
 *
 * Trust:   none.
 * Memory:  that of others.
 * Fails:   aborts when more is left than an input can explain.
 * Needs:   the linker's --wrap.
 */
#ifndef FUZZ_LEFT_H
#define FUZZ_LEFT_H

/* left_begin(): from now on it is noted.  left_behind(): give it back, and note no more. */
void left_begin(void);
void left_behind(void);
#endif
