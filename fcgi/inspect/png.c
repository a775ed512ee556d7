/* PNG: every checksum is compared, and nothing may follow the end. */
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/inspect/examine.h"

#define SIDE_MAX	32767u		/* what the printer of certificates takes (paper/image.c) */

struct reading { struct cursor rest; const char *why; png_structp png; png_infop info; };

static void
get(png_structp png, png_bytep out, size_t n)
{
	struct reading *r = png_get_io_ptr(png);
	struct text t = take_bytes(&r->rest, n);

	if (t.n != n)
		png_error(png, "end");
	memcpy(out, t.p, n);
}

/* libpng's own words go nowhere. */
static _Noreturn void
damaged(png_structp png, png_const_charp words)
{
	(void)words;
	png_longjmp(png, 1);
}

/* It only warns of a wrong sum where the picture is there already; all else does not show. */
static void
warned(png_structp png, png_const_charp words)
{
	if (strcmp(words, "IDAT: incorrect data check") == 0)
		damaged(png, words);
}

static void
refuse(struct reading *r, const char *why)
{
	r->why = why;
	png_error(r->png, "size");
}

static void
begin(struct reading *r)
{
	uint32_t w, h;

	png_set_read_fn(r->png, r, get);
	png_set_crc_action(r->png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
	png_set_user_limits(r->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);	/* judged below */
	png_set_chunk_malloc_max(r->png, 8 * MIB);
	png_read_info(r->png, r->info);
	w = png_get_image_width(r->png, r->info);
	h = png_get_image_height(r->png, r->info);
	if ((uint64_t)w * h > IMAGE_PIXELS)
		refuse(r, "The picture has more than 40 million pixels. Make it smaller.");
	if (w > SIDE_MAX || h > SIDE_MAX)
		refuse(r, "The picture has more than 32,767 pixels along one side. Cut it into several.");
}

/* Rows of RGB on white, whatever the file has. */
static void
as_rgb(struct reading *r)
{
	png_color_16 white = { .red = 255, .green = 255, .blue = 255, .gray = 255 };

	png_set_expand(r->png);
	png_set_strip_16(r->png);
	png_set_gray_to_rgb(r->png);
	png_set_background(r->png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
}

static void *
row_room(struct reading *r, unsigned rows)
{
	void *p;

	png_read_update_info(r->png, r->info);
	p = calloc(rows, png_get_rowbytes(r->png, r->info));
	if (p == NULL)
		png_error(r->png, "memory");
	return p;
}

static void
read_through(struct reading *r)
{
	int passes = png_set_interlace_handling(r->png);
	unsigned height = png_get_image_height(r->png, r->info);
	unsigned char *row = row_room(r, 1);

	for (int i = 0; i < passes; i++)
		for (unsigned y = 0; y < height; y++)
			png_read_row(r->png, row, NULL);
	png_read_end(r->png, r->info);		/* what stands behind the picture too */
}

/* An interlaced picture is all there only after its last pass. */
static void
read_into(struct reading *r, unsigned width, struct picture *out)
{
	unsigned w = png_get_image_width(r->png, r->info);
	unsigned h = png_get_image_height(r->png, r->info);
	bool laced = png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE;
	struct scaler s;
	unsigned char *rows;

	as_rgb(r);
	(void)png_set_interlace_handling(r->png);
	rows = row_room(r, laced ? h : 1);
	if (png_get_rowbytes(r->png, r->info) != (size_t)w * 3)
		png_error(r->png, "channels");
	scale_begin(&s, out, w, h, width, false);
	for (unsigned pass = 0; laced && pass < 7; pass++)
		for (unsigned y = 0; y < h; y++)
			png_read_row(r->png, rows + (size_t)y * w * 3, NULL);
	for (unsigned y = 0; y < h; y++) {
		if (!laced)
			png_read_row(r->png, rows, NULL);
		scale_row(&s, laced ? rows + (size_t)y * w * 3 : rows);
	}
}

/*
 * Looked at before libpng makes room for a chunk and only then finds that the file is shorter, and
 * unpacks texts and profiles that are not asked for; the printer's reader does the same.
 */
static const char *
bad_chunks(struct text t)
{
	struct cursor k = cursor_of(t);
	struct text name = T("");
	size_t metadata = 0;

	(void)take_bytes(&k, 8);
	while (!k.bad && !text_is(name, "IEND")) {
		size_t length = take_be32(&k);

		name = take_bytes(&k, 4);
		if (name.n > 0 && name.p[0] >= 'a')	/* a picture can be shown without it */
			metadata += length;
		(void)take_bytes(&k, length + 4);
	}
	return k.bad ? DAMAGED : metadata > METADATA_MAX ? TALKATIVE : NULL;
}

static bool
open_png(struct reading *r, struct text t)
{
	const char *why = bad_chunks(t);

	*r = (struct reading){ .rest = cursor_of(t), .why = why == NULL ? DAMAGED : why };
	r->png = why != NULL ? NULL :
	    png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, damaged, warned);
	r->info = r->png == NULL ? NULL : png_create_info_struct(r->png);
	return r->info != NULL;
}

unsigned
png_judge(struct text t, const char **why)
{
	static struct reading r;

	if (!open_png(&r, t) || setjmp(png_jmpbuf(r.png)) != 0) {
		*why = r.why;
		return 0;
	}
	begin(&r);
	read_through(&r);
	if (at_end(&r.rest))
		return 1;
	*why = "There is something else behind the picture. Open it in a picture program and save "
	    "it again.";
	return 0;
}

bool
png_draw(struct text t, unsigned page, unsigned width, struct picture *out, const char **why)
{
	static struct reading r;

	(void)page;
	if (!open_png(&r, t) || setjmp(png_jmpbuf(r.png)) != 0) {
		*why = r.why;
		return false;
	}
	begin(&r);
	read_into(&r, width, out);
	return true;
}
