/* TIFF: scans, often of many pages.  Every page is decoded once. */
#include <limits.h>
#include <stdlib.h>

#include "fcgi/inspect/examine.h"
#include "paper/tiff.h"

#define ALL_PIXELS	(IMAGE_PIXELS * (uint64_t)10)	/* each counts twice where it has colours or greys */
#define TOO_LARGE	"A page of the picture has more than 40 million pixels. Make it smaller."
#define TOO_DEEP	"A page of the picture needs too much memory. Save it in small strips, with 8 bits " \
    "for each of three colours."

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
	return r->p != NULL && tiff_read(f, w, h, r->p);
}

static const char *
judge_page(TIFF *f, struct raster *r, uint64_t *all)
{
	char words[1024];
	uint32_t w, h;
	uint64_t n = tiff_pixels(f, &w, &h);

	*all += tiff_is_bilevel(f) ? n : 2 * n;		/* what printing it will cost */
	if (n == 0)
		return DAMAGED;
	if (n > IMAGE_PIXELS)
		return TOO_LARGE;
	if (*all > ALL_PIXELS)
		return "The picture has too many pages for one file. Split it.";
	if (!TIFFRGBAImageOK(f, words))
		return "The picture is of a kind that cannot be shown. Save it as PDF or PNG.";
	if (!tiff_has_room(f))
		return TOO_DEEP;
	return read_page(f, w, h, r) ? NULL : DAMAGED;
}

unsigned
tiff_judge(struct text t, const char **why)
{
	struct tiff_source s = { t, 0 };
	TIFF *f = tiff_open(&s);
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

static void
scale(const uint32_t *raster, uint32_t w, uint32_t h, unsigned width, struct picture *out)
{
	unsigned char *row = calloc(w, 3);
	struct scaler s;

	if (row == NULL)
		abort();
	scale_begin(&s, out, w, h, width, false);
	for (uint32_t y = 0; y < h; y++, raster += w) {
		for (size_t x = 0; x < w; x++) {
			row[x * 3] = TIFFGetR(raster[x]);
			row[x * 3 + 1] = TIFFGetG(raster[x]);
			row[x * 3 + 2] = TIFFGetB(raster[x]);
		}
		scale_row(&s, row);
	}
}

bool
tiff_draw(struct text t, unsigned page, unsigned width, struct picture *out, const char **why)
{
	struct tiff_source s = { t, 0 };
	TIFF *f = tiff_open(&s);
	struct raster r = { NULL, 0 };
	uint32_t w, h;

	*why = DAMAGED;
	if (f == NULL || page > USHRT_MAX || !TIFFSetDirectory(f, (tdir_t)(page - 1)))
		return false;
	if (tiff_pixels(f, &w, &h) > IMAGE_PIXELS || w == 0 || h == 0)
		return false;
	if (!read_page(f, w, h, &r))
		return false;
	scale(r.p, w, h, width, out);
	return true;
}
