/* TIFF: scans, often of many pages.  Every page is decoded once. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

#include "fcgi/inspect/examine.h"

#define ALL_PIXELS	(INSPECT_PIXELS * (uint64_t)10)
#define TOO_LARGE	"A page of the picture has more than 40 million pixels. Make it smaller."

struct bytes { struct text t; uint64_t at; };

static tmsize_t
get(thandle_t h, void *out, tmsize_t n)
{
	struct bytes *b = h;
	struct text t = text_sub(b->t, b->at, (size_t)n);

	memcpy(out, t.p, t.n);
	b->at += t.n;
	return (tmsize_t)t.n;
}

static tmsize_t
put(thandle_t h, void *p, tmsize_t n)
{
	(void)h;
	(void)p;
	(void)n;
	return 0;
}

static toff_t
seek(thandle_t h, toff_t to, int whence)
{
	struct bytes *b = h;

	b->at = to + (whence == SEEK_CUR ? b->at : whence == SEEK_END ? b->t.n : 0);
	if (b->at > b->t.n)
		b->at = b->t.n;
	return b->at;
}

static int
leave(thandle_t h)
{
	(void)h;
	return 0;
}

static toff_t
size(thandle_t h)
{
	return ((struct bytes *)h)->t.n;
}

static TIFF *
open_tiff(struct bytes *b)
{
	(void)TIFFSetErrorHandler(NULL);
	(void)TIFFSetWarningHandler(NULL);
	return TIFFClientOpen("upload", "rm", b, get, put, seek, leave, size, NULL, NULL);
}

static uint64_t
pixels(TIFF *f, uint32_t *w, uint32_t *h)
{
	*w = *h = 0;
	(void)TIFFGetField(f, TIFFTAG_IMAGEWIDTH, w);
	(void)TIFFGetField(f, TIFFTAG_IMAGELENGTH, h);
	return (uint64_t)*w * *h;
}

/* As many pixels as the largest page so far: memory that is new for each page costs more than decoding. */
struct raster { uint32_t *p; uint64_t n; };

/* As it is drawn here and printed later; by its strips alone a page can be whole and not be shown. */
static bool
read_page(TIFF *f, uint32_t w, uint32_t h, struct raster *r)
{
	uint64_t n = (uint64_t)w * h;

	if (n > r->n) {
		free(r->p);
		r->p = malloc(n * sizeof *r->p);
		r->n = r->p != NULL ? n : 0;
	}
	return r->p != NULL && TIFFReadRGBAImageOriented(f, w, h, r->p, ORIENTATION_TOPLEFT, 1);
}

static const char *
judge_page(TIFF *f, struct raster *r, uint64_t *all)
{
	char words[1024];
	uint32_t w, h;
	uint64_t n = pixels(f, &w, &h);

	*all += n;
	if (n == 0)
		return DAMAGED;
	if (n > INSPECT_PIXELS)
		return TOO_LARGE;
	if (*all > ALL_PIXELS)
		return "The picture has too many pages for one file. Split it.";
	if (!TIFFRGBAImageOK(f, words))
		return "The picture is of a kind that cannot be shown. Save it as PDF or PNG.";
	return read_page(f, w, h, r) ? NULL : DAMAGED;
}

unsigned
tiff_judge(struct text t, const char **why)
{
	struct bytes b = { t, 0 };
	TIFF *f = open_tiff(&b);
	struct raster r = { NULL, 0 };
	uint64_t all = 0;
	unsigned n = 0;

	*why = DAMAGED;
	if (f == NULL)
		return 0;
	do {
		if (++n > INSPECT_PAGES)
			*why = "The file has more than 500 pages.";
		else
			*why = judge_page(f, &r, &all);
	} while (*why == NULL && TIFFReadDirectory(f));
	free(r.p);
	if (*why == NULL && !TIFFLastDirectory(f))	/* the next one could not be read */
		*why = DAMAGED;
	return *why == NULL ? n : 0;
}

/* libtiff gives red in the lowest byte, premultiplied: what shows through is white. */
static void
scale(const uint32_t *raster, uint32_t w, uint32_t h, unsigned width, struct picture *out)
{
	unsigned char *row = calloc(w, 3);
	struct scaler s;

	if (row == NULL)
		abort();
	scale_begin(&s, out, w, h, width, false);
	for (uint32_t y = 0; y < h; y++, raster += w) {
		for (uint32_t x = 0; x < w; x++) {
			unsigned white = 255 - TIFFGetA(raster[x]);
			unsigned c[3] = { TIFFGetR(raster[x]), TIFFGetG(raster[x]), TIFFGetB(raster[x]) };

			for (unsigned i = 0; i < 3; i++)
				row[(size_t)x * 3 + i] = (unsigned char)
				    (c[i] + white > 255 ? 255 : c[i] + white);
		}
		scale_row(&s, row);
	}
}

bool
tiff_draw(struct text t, unsigned page, unsigned width, struct picture *out, const char **why)
{
	struct bytes b = { t, 0 };
	TIFF *f = open_tiff(&b);
	struct raster r = { NULL, 0 };
	uint32_t w, h;

	*why = DAMAGED;
	if (f == NULL || page > USHRT_MAX || !TIFFSetDirectory(f, (tdir_t)(page - 1)))
		return false;
	if (pixels(f, &w, &h) > INSPECT_PIXELS || w == 0 || h == 0)
		return false;
	if (!read_page(f, w, h, &r))
		return false;
	scale(r.p, w, h, width, out);
	return true;
}
