/*
 * tiff - a TIFF in memory, opened in one way by who judges and draws it and by who prints it.
 *
 * What one accepts the other has to print, so both have the same bounds: IMAGE_PIXELS for a page, and
 * IMAGE_MEMORY for whatever libtiff asks for at once.
 *
 * Trust:   the bytes are an upload's.
 * Memory:  the source is the caller's and outlives the TIFF, which ends with TIFFClose().
 * Fails:   NULL or false; libtiff's words are dropped, the caller says what it means.
 * Needs:   nothing.
 */
#ifndef PAPER_TIFF_H
#define PAPER_TIFF_H
#include <tiffio.h>

#include "base/text.h"

struct tiff_source { struct text bytes; uint64_t at; };

TIFF *tiff_open(struct tiff_source *);

/* tiff_pixels(t, &width, &height): of the page that t stands at; 0 for one without a size. */
uint64_t tiff_pixels(TIFF *, uint32_t *, uint32_t *);

/*
 * tiff_has_room(t): whether the strip or tile that is decoded at once stays within IMAGE_MEMORY.  Pixels of
 * 8 bits always do; with 16 bits and a strip as long as the page, 40 million of them take 320 MB.
 */
bool tiff_has_room(TIFF *);

/* tiff_read(t, width, height, raster): the page as ABGR words, premultiplied, the first row on top. */
bool tiff_read(TIFF *, uint32_t, uint32_t, uint32_t *);
#endif
