/* PDF: by qpdf object by object, and by poppler. */
#include <stdlib.h>

#include "tests/fuzz/kind.h"
#include "tests/fuzz/vast.h"

const size_t fuzz_memory = 128 * MIB;	/* of certificate, which prints what was accepted */

void
fuzz_start(void)
{
	MUST(setenv("FONTCONFIG_FILE", TOP "/tests/fuzz/fonts.conf", 1) == 0);
	MUST(pdf_start());	/* what poppler makes with its first document is made once */
}

void
fuzz(struct ctx *c, struct text in)
{
	if (!vast(in))
		kind_try(c, in, pdf_judge, pdf_draw);
}
