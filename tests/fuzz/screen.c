#include <stdio.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/screen.h"

static char *shown;
static size_t nshown;

void
screen_start(void)
{
	MUST((stdout = stderr = open_memstream(&shown, &nshown)) != NULL);
}

void
screen_look(void)
{
	(void)fflush(stdout);
	for (size_t i = 0; i < nshown; i++)
		MUST((unsigned char)shown[i] >= ' ' || shown[i] == '\n');
	MUST(text_utf8((struct text){ shown, nshown }));
	rewind(stdout);
}
