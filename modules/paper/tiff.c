/* libtiff, reading from memory. */
#include <string.h>

#include "paper/image.h"
#include "paper/tiff.h"

static tmsize_t
take(thandle_t h, void *to, tmsize_t n)
{
	struct tiff_source *s = h;
	struct text t = text_sub(s->bytes, s->at, (size_t)n);

	if (t.n > 0)
		(void)memcpy(to, t.p, t.n);
	s->at += t.n;
	return (tmsize_t)t.n;
}

static tmsize_t
put(thandle_t h, void *from, tmsize_t n)
{
	(void)h;
	(void)from;
	(void)n;
	return -1;
}

static toff_t
seek(thandle_t h, toff_t to, int whence)
{
	struct tiff_source *s = h;

	s->at = to + (whence == SEEK_CUR ? s->at : whence == SEEK_END ? s->bytes.n : 0);
	if (s->at > s->bytes.n)
		s->at = s->bytes.n;
	return s->at;
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
	return ((struct tiff_source *)h)->bytes.n;
}

static int
silent(TIFF *t, void *user, const char *module, const char *fmt, va_list ap)
{
	(void)t;
	(void)user;
	(void)module;
	(void)fmt;
	(void)ap;
	return 1;
}

bool
tiff_begins(struct text t)
{
	return text_starts(t, "II*") || text_starts(t, "II+") || text_starts(t, "MM");
}

TIFF *
tiff_open(struct tiff_source *s)
{
	TIFFOpenOptions *o = tiff_begins(s->bytes) ? TIFFOpenOptionsAlloc() : NULL;
	TIFF *t;

	if (o == NULL)
		return NULL;
	TIFFOpenOptionsSetErrorHandlerExtR(o, silent, NULL);
	TIFFOpenOptionsSetWarningHandlerExtR(o, silent, NULL);
	TIFFOpenOptionsSetMaxSingleMemAlloc(o, (tmsize_t)IMAGE_MEMORY);
	t = TIFFClientOpenExt("upload", "rm", s, take, put, seek, leave, size, NULL, NULL, o);
	TIFFOpenOptionsFree(o);
	return t;
}

uint64_t
tiff_pixels(TIFF *t, uint32_t *w, uint32_t *h)
{
	*w = *h = 0;
	(void)TIFFGetField(t, TIFFTAG_IMAGEWIDTH, w);
	(void)TIFFGetField(t, TIFFTAG_IMAGELENGTH, h);
	return (uint64_t)*w * *h;
}

bool
tiff_is_bilevel(TIFF *t)
{
	uint16_t bits = 1, samples = 1, means = PHOTOMETRIC_PALETTE;

	(void)TIFFGetFieldDefaulted(t, TIFFTAG_BITSPERSAMPLE, &bits);
	(void)TIFFGetFieldDefaulted(t, TIFFTAG_SAMPLESPERPIXEL, &samples);
	(void)TIFFGetField(t, TIFFTAG_PHOTOMETRIC, &means);
	return bits == 1 && samples == 1 && means <= PHOTOMETRIC_MINISBLACK;
}

/* Where each colour lies apart, libtiff takes room for red, green, blue and what shows through. */
bool
tiff_has_room(TIFF *t)
{
	uint64_t piece = TIFFIsTiled(t) ? TIFFTileSize64(t) : TIFFStripSize64(t);
	uint16_t planes = PLANARCONFIG_CONTIG, samples = 1;

	(void)TIFFGetFieldDefaulted(t, TIFFTAG_PLANARCONFIG, &planes);
	(void)TIFFGetFieldDefaulted(t, TIFFTAG_SAMPLESPERPIXEL, &samples);
	return piece <= IMAGE_MEMORY / (planes == PLANARCONFIG_SEPARATE && samples > 1 ? 4 : 1);
}

/* libtiff's colours are multiplied by what covers: the rest is the paper's white. */
static uint32_t
on_white(uint32_t abgr)
{
	uint32_t white = 255 - TIFFGetA(abgr), out = 255u << 24;

	for (unsigned i = 0; i < 24; i += 8) {
		uint32_t v = (abgr >> i & 255) + white;

		out |= (v > 255 ? 255 : v) << i;
	}
	return out;
}

bool
tiff_read(TIFF *t, uint32_t w, uint32_t h, uint32_t *raster)
{
	uint64_t n = (uint64_t)w * h;

	if (TIFFReadRGBAImageOriented(t, w, h, raster, ORIENTATION_TOPLEFT, 1) != 1)
		return false;
	for (uint64_t i = 0; i < n; i++)
		if (TIFFGetA(raster[i]) != 255)
			raster[i] = on_white(raster[i]);
	return true;
}
