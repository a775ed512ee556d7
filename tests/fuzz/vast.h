/*
 * vast - files that inspect gives up on, and that the fuzzers therefore leave out.
 *
 * poppler makes a table as long as the highest number of an object says, over and over.  A child of
 * inspect comes to the end of its memory or its time there (fcgi/inspect/memory.c), which cannot be
 * played in a process that has to go on.
 *
 * Trust, Memory, Fails, Needs: see fuzz.h.
 */
#ifndef FUZZ_VAST_H
#define FUZZ_VAST_H
#include "base/text.h"

#define VAST 1000000

/* vast(file): is there a number from VAST to INT_MAX in it, so that it may be that of an object? */
bool vast(struct text);
#endif
