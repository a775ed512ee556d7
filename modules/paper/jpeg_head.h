/*
 * jpeg_head - what a JPEG says of itself before its picture begins.
 *
 * inspect judges and draws an upload with libjpeg, the printer puts its bytes into a PDF as they are.
 * Both read the head here, and as libjpeg does: what one accepts the other has to print, the same way
 * up and in the same colours.
 *
 * Trust:   the bytes are an upload's.
 * Memory:  the frame points into the file.
 * Fails:   never; what is no segment ends the head.
 * Needs:   nothing.
 */
#ifndef PAPER_JPEG_HEAD_H
#define PAPER_JPEG_HEAD_H
#include "base/text.h"

struct jpeg_head {
	struct text frame;	/* SOFn behind its length: bits, height, width, channels; empty: none */
	unsigned    turns;	/* quarter turns clockwise, by EXIF tag 274; mirrored ones stay */
	bool	    adobe;	/* CMYK is ink as its opposite */
	size_t	    metadata;	/* bytes of EXIF, XMP and comments */
};

/* jpeg_head_of(bytes): the segments up to the first scan. */
struct jpeg_head jpeg_head_of(struct text);
#endif
