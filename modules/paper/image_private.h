/*
 * image_private - a picture ready to be written into a PDF; private to the layer.
 *
 * ${data} is what stands in the image stream, ${alpha} in its soft mask.
 *
 * Trust, Memory, Fails, Needs: see image.h.
 */
#ifndef PAPER_IMAGE_PRIVATE_H
#define PAPER_IMAGE_PRIVATE_H
#include "paper/image.h"
#include "paper/pdf.h"

struct image {
	unsigned	width, height;
	unsigned	channels;	/* 1 grey, 3 RGB, 4 CMYK */
	bool		jpeg;		/* ${data} is a JPEG; otherwise deflated */
	bool		inverted;	/* CMYK as Adobe writes it */
	struct text	data, alpha;	/* alpha.n = 0: opaque */
	void		*owned[2];	/* what image_free() frees */
};

/*
 * image_deflate(c, image, rgba, level): fill in data and alpha from width * height * 4 bytes, not premultiplied,
 * with zlib's level 1 to 9.
 */
int image_deflate(struct ctx *, struct image *, const unsigned char *, int) MUST_CHECK;
/* image_photograph(c, image, rgba): as a JPEG, quick and small whatever it shows; nothing shows through. */
int image_photograph(struct ctx *, struct image *, const unsigned char *) MUST_CHECK;
/* image_object(q, image): the XObject. */
qpdf_oh image_object(qpdf_data, const struct image *);
/* image_png(c, bytes, level, image): decode and deflate. */
int image_png(struct ctx *, struct text, int, struct image *) MUST_CHECK;
/* image_jpeg(c, bytes, image, quarter turns clockwise): read the header; the data stays where it is. */
int image_jpeg(struct ctx *, struct text, struct image *, unsigned *) MUST_CHECK;
#endif
