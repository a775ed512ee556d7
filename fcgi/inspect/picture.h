/*
 * picture - rows of a page, made smaller on the way in, and written as PNG.
 *
 * Trust:   sizes have been checked against IMAGE_PIXELS before.
 * Memory:  3 bytes for each pixel of the smaller picture, until the process ends.
 * Fails:   aborts without memory; picture_write() returns false.
 * Needs:   nothing.
 */
#ifndef INSPECT_PICTURE_H
#define INSPECT_PICTURE_H
#include "base/text.h"

struct picture { unsigned width, height; unsigned char *rgb; };

/* A source of ${sw} by ${sh} pixels, averaged down row by row. */
struct scaler {
	struct picture	*out;
	unsigned	 sw, sh, y;
	uint32_t	*column;	/* of the smaller picture, for each of the source */
	uint32_t	*sum, *count;
};

/*
 * scale_begin(s, out, sw, sh, width, sideways): never larger than the source, at most ${width} wide
 * (high, if it will be turned ${sideways}) and four times as long.
 */
void scale_begin(struct scaler *, struct picture *, unsigned, unsigned, unsigned, bool);
/* scale_row(s, rgb): the next row, ${sw} * 3 bytes. */
void scale_row(struct scaler *, const unsigned char *);

/* picture_turn(p, quarters): clockwise. */
void picture_turn(struct picture *, unsigned);

/* picture_write(p, fd): grey if it is. */
bool picture_write(const struct picture *, int) MUST_CHECK;
#endif
