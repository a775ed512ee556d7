/*
 * der - changes inside DER that leave its lengths right, so that more than the outermost is reached.
 *
 * Trust:   none.
 * Memory:  the caller's.
 * Fails:   what is no DER is changed as anything else.
 * Needs:   libFuzzer.
 */
#ifndef FUZZ_DER_H
#define FUZZ_DER_H
#include <stddef.h>
#include <stdint.h>

size_t LLVMFuzzerMutate(uint8_t *, size_t, size_t);
size_t LLVMFuzzerCustomMutator(uint8_t *, size_t, size_t, unsigned);

/* der_mutate(p, n, room, seed): as LLVMFuzzerCustomMutator(). */
size_t der_mutate(uint8_t *, size_t, size_t, unsigned);
#endif
