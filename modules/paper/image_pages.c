/* Uploaded pictures as A4 pages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "paper/image_private.h"
#include "paper/assemble.h"
#include "paper/tiff.h"

#define MARGIN		28.35	/* 10 mm */
#define JPEG_SIDE	65500	/* pixels, the most that a JPEG has */
#define FOOT		28.35	/* below the picture, for the mark of a copy */

/* One A4 page, upright or lying as the picture is, the picture as large as fits. */
static void
add_page(qpdf_data q, const struct image *i, unsigned turns)
{
	bool lying = (i->width > i->height) != (turns % 2 == 1);
	double w = lying ? 841.89 : 595.276, h = lying ? 595.276 : 841.89;
	double iw = turns % 2 == 1 ? i->height : i->width, ih = turns % 2 == 1 ? i->width : i->height;
	double room_w = w - 2 * MARGIN, room_h = h - 2 * MARGIN - FOOT;
	double s = room_w / iw < room_h / ih ? room_w / iw : room_h / ih;
	double dw = iw * s, dh = ih * s, x = (w - dw) / 2, y = MARGIN + FOOT + (room_h - dh) / 2;
	const double m[4][6] = {
		{ dw, 0, 0, dh, x, y }, { 0, -dh, dw, 0, x, y + dh },
		{ -dw, 0, 0, -dh, x + dw, y + dh }, { 0, dh, -dw, 0, x + dw, y },
	};
	const double *t = m[turns];
	char dict[256], draw[256];
	qpdf_oh page;

	(void)snprintf(dict, sizeof dict, "<< /Type /Page /MediaBox [0 0 %.3f %.3f] /Resources << >> >>", w, h);
	(void)snprintf(draw, sizeof draw, "q %.3f %.3f %.3f %.3f %.3f %.3f cm /Picture Do Q\n",
	    t[0], t[1], t[2], t[3], t[4], t[5]);
	page = qpdf_make_indirect_object(q, qpdf_oh_parse(q, dict));
	pdf_name_object(q, page, "/Picture", image_object(q, i));
	qpdf_oh_replace_key(q, page, "/Contents", pdf_stream(q, text_of(draw), "<< >>"));
	(void)qpdf_add_page(q, q, page, QPDF_FALSE);
}

/*
 * A person waits for the copy, and it has to be held in memory: what deflate makes of a scan in colours
 * takes minutes and hundreds of megabytes.  ABGR words are RGBA bytes on the little-endian machines this
 * runs on.
 */
static int
pack(struct ctx *c, struct image *out, const uint32_t *raster, bool bilevel)
{
	const unsigned char *rgba = (const unsigned char *)raster;

	return bilevel || out->width > JPEG_SIDE || out->height > JPEG_SIDE ?
	    image_deflate(c, out, rgba, Z_BEST_SPEED) : image_photograph(c, out, rgba);
}

static int
tiff_page(struct ctx *c, TIFF *t, qpdf_data q, struct image *out)
{
	uint32_t w, h, *raster;
	uint64_t n = tiff_pixels(t, &w, &h);
	int rc;

	if (n == 0 || n > IMAGE_PIXELS)
		return problem_say(c, PROBLEM_FILE, "The picture is larger than is accepted.");
	if ((raster = malloc(n * sizeof *raster)) == NULL)
		return problem_set(c, PROBLEM_BUSY, "no memory for a picture");
	out->width = w;
	out->height = h;
	rc = tiff_read(t, w, h, raster) ? pack(c, out, raster, tiff_is_bilevel(t)) :
	    problem_say(c, PROBLEM_FILE, "The picture is damaged.");
	free(raster);
	if (rc == 0)
		add_page(q, out, 0);
	return rc;
}

/* The deflated pages must live until the PDF is written. */
static void
free_image(void *i)
{
	image_free(i);
}

static struct image *
image_c(struct ctx *c)
{
	struct image *i = calloc(1, sizeof *i);

	if (i == NULL)
		(void)problem_set(c, PROBLEM_BUSY, "no memory for a picture");
	else
		ctx_defer(c, free_image, i);
	return i;
}

static int
tiff_pages(struct ctx *c, qpdf_data q, struct text bytes)
{
	struct tiff_source s = { bytes, 0 };
	TIFF *t = tiff_open(&s);
	int rc = 0, n = 0;

	if (t == NULL)
		return problem_say(c, PROBLEM_FILE, "The picture is damaged.");
	do {
		struct image *i = image_c(c);

		rc = i == NULL ? -1 : ++n > ASSEMBLE_PAGES ?
		    problem_say(c, PROBLEM_FILE, "The picture has too many pages.") :
		    tiff_page(c, t, q, i);
	} while (rc == 0 && TIFFReadDirectory(t));
	TIFFClose(t);
	return rc;
}

static int
one_page(struct ctx *c, qpdf_data q, struct text bytes, bool jpeg)
{
	struct image *i = image_c(c);
	unsigned turns = 0;

	if (i == NULL || (jpeg ? image_jpeg(c, bytes, i, &turns) :
	    image_png(c, bytes, Z_BEST_SPEED, i)) != 0)
		return -1;
	add_page(q, i, turns);
	return 0;
}

int
image_pages(struct ctx *c, struct text bytes, struct text *out)
{
	AUTO_PDF q = pdf_new();
	int rc;

	(void)qpdf_empty_pdf(q);
	if (text_starts(bytes, "\x89PNG"))
		rc = one_page(c, q, bytes, false);
	else if (text_starts(bytes, "\xff\xd8\xff"))
		rc = one_page(c, q, bytes, true);
	else if (tiff_begins(bytes))
		rc = tiff_pages(c, q, bytes);
	else
		rc = problem_say(c, PROBLEM_FILE, "The file is not a PDF, JPEG, PNG or TIFF.");
	return rc != 0 ? -1 : pdf_write(c, q, out);
}
