/* TIFF: every strip and tile of every page. */
#include "tests/fuzz/kind.h"

const size_t fuzz_memory = 128 * MIB;	/* of certificate, which prints what was accepted */

void
fuzz_start(void)
{
}

void
fuzz(struct ctx *c, struct text in)
{
	kind_try(c, in, tiff_judge, tiff_draw);
}
