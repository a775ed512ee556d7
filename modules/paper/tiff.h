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

/* tiff_begins(bytes): by its first four: of either byte order, with offsets of 32 or 64 bits. */
bool tiff_begins(struct text);

TIFF *tiff_open(struct tiff_source *);

/* tiff_pixels(t, &width, &height): of the page that t stands at; 0 for one without a size. */
uint64_t tiff_pixels(TIFF *, uint32_t *, uint32_t *);

/* tiff_is_bilevel(t): black and white, as a fax is. */
bool tiff_is_bilevel(TIFF *);

/*
 * tiff_has_room(t): whether the strip or tile that is decoded at once stays within IMAGE_MEMORY.  It does not
 * for 40 million pixels of 16 bits a colour in one strip, for many channels, or for a tile larger than the page.
 */
bool tiff_has_room(TIFF *);

/* tiff_read(t, width, height, raster): the page as ABGR words, on white, the first row on top. */
bool tiff_read(TIFF *, uint32_t, uint32_t, uint32_t *);
#endif
