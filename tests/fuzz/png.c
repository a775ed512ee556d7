/*
 * PNG: every checksum, to the end.  A changed byte would always be stopped by the checksum of its
 * chunk: the mutator makes most of them right again.
 */
#include <zlib.h>

#include "tests/fuzz/kind.h"

const size_t fuzz_memory = 128 * MIB;	/* of certificate, which prints what was accepted */

size_t LLVMFuzzerMutate(uint8_t *, size_t, size_t);
size_t LLVMFuzzerCustomMutator(uint8_t *, size_t, size_t, unsigned);

void
fuzz_start(void)
{
}

static void
put_be32(uint8_t *p, uint32_t x)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(x >> (24 - 8 * i));
}

static void
set_checksums(uint8_t *p, size_t n)
{
	struct cursor k = cursor_of((struct text){ (char *)p, n });

	(void)take_bytes(&k, 8);
	while (k.left > 12) {
		uint32_t length = take_be32(&k);
		struct text chunk = take_bytes(&k, (size_t)length + 4);

		if (k.bad || k.left < 4)
			return;
		put_be32((uint8_t *)(uintptr_t)k.p, (uint32_t)crc32(0, (const Bytef *)chunk.p, (uInt)chunk.n));
		(void)take_be32(&k);
	}
}

size_t
LLVMFuzzerCustomMutator(uint8_t *p, size_t n, size_t room, unsigned seed)
{
	n = LLVMFuzzerMutate(p, n, room);
	if (seed % 8 != 0)
		set_checksums(p, n);
	return n;
}

void
fuzz(struct ctx *c, struct text in)
{
	kind_try(c, in, png_judge, png_draw);
}
