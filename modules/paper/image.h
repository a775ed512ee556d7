/*
 * image - pictures as PDF wants them: stamps and signatures once, uploads page by page.
 *
 * Deflating a picture costs many times the rest of a page, so a stamp is decoded and deflated once,
 * when its version is first used, and every page borrows the finished bytes.
 *
 * Trust:   the bytes are an upload's: sizes are bounded before anything is decoded.
 * Memory:  struct image is the caller's until image_free(); it is read only, any number of threads
 *          may draw with it.  The result of image_pages() lives in the ctx.
 * Fails:   PROBLEM_FILE for what is not a readable picture or is larger than IMAGE_PIXELS.
 * Needs:   nothing.
 */
#ifndef PAPER_IMAGE_H
#define PAPER_IMAGE_H
#include "base/ctx.h"

#ifndef IMAGE_PIXELS				/* tests/fuzz takes fewer: time for more files */
#define IMAGE_PIXELS	(40u * 1000 * 1000)	/* that a picture may have, or a page of it */
#endif
#define IMAGE_MEMORY	(4 * (size_t)IMAGE_PIXELS + MIB)	/* that a piece of a TIFF may take */

struct image;

/* image_new(c, png): a stamp or signature, transparent or not; NULL with the problem set. */
struct image *image_new(struct ctx *, struct text) MUST_CHECK;
void image_free(struct image *);
unsigned image_width(const struct image *);
unsigned image_height(const struct image *);

/**
 * image_pages(c, bytes, pdf):
 * Turn an uploaded JPEG, PNG or (many-paged) TIFF into a PDF of A4 pages.  JPEG data is passed
 * through as it is, turned as its EXIF orientation says.
 */
int image_pages(struct ctx *, struct text, struct text *) MUST_CHECK;
#endif
