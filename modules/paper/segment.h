/*
 * segment - what stands before the picture in a JPEG: its segments, and which way up it is.
 *
 * inspect judges and draws an upload with libjpeg, the printer puts its bytes into a PDF as they are.
 * Both read the head here, and as libjpeg does: what one accepts the other has to print, the same way
 * up.
 *
 * Trust:   the bytes are an upload's.
 * Memory:  a segment points into the file.
 * Fails:   never; what is no segment ends the walk.
 * Needs:   nothing.
 */
#ifndef PAPER_SEGMENT_H
#define PAPER_SEGMENT_H
#include "base/text.h"

#define JPEG_APP1	0xe1	/* EXIF, XMP */
#define JPEG_APP14	0xee	/* Adobe */
#define JPEG_COMMENT	0xfe
#define JPEG_SCAN	0xda	/* its header; the picture's data follows */

struct segment { uint8_t marker; struct text bytes; };

/*
 * segment_next(k, s): the next one, its bytes without their length; false when there is none.
 * Begins behind the two bytes that a JPEG begins with.
 */
bool segment_next(struct cursor *, struct segment *) MUST_CHECK;

/*
 * segment_turns(s, turns): in quarter turns clockwise, what EXIF tag 274 says of a picture; ${turns}
 * where this segment says nothing.  Mirrored ones stay.
 */
unsigned segment_turns(struct segment, unsigned);
#endif
