#include <cairo/cairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "paper/image_private.h"

static int
unreadable(struct ctx *c)
{
	return problem_say(c, PROBLEM_FILE, "The picture is damaged, or larger than is accepted.");
}

/* Width and height stand in the first chunk, before anything is decoded. */
static bool
png_size_ok(struct text png)
{
	struct cursor k = cursor_of(png);
	uint32_t w, h;

	if (!text_eq(take_bytes(&k, 8), T("\x89PNG\r\n\x1a\n")))
		return false;
	(void)take_be32(&k);
	if (!text_is(take_bytes(&k, 4), "IHDR"))
		return false;
	w = take_be32(&k);
	h = take_be32(&k);
	return !k.bad && w > 0 && h > 0 && w <= 32767 && h <= 32767 && (uint64_t)w * h <= IMAGE_PIXELS;
}

static cairo_status_t
read_png(void *from, unsigned char *to, unsigned n)
{
	struct text got = take_bytes(from, n);

	if (got.n != n)
		return CAIRO_STATUS_READ_ERROR;
	(void)memcpy(to, got.p, n);
	return CAIRO_STATUS_SUCCESS;
}

/* cairo keeps colours multiplied by alpha, in the machine's byte order; PDF wants neither. */
static void
straighten(unsigned char *out, const uint32_t *in, unsigned w, bool opaque)
{
	for (unsigned x = 0; x < w; x++, out += 4) {
		uint32_t a = opaque ? 255 : in[x] >> 24;

		for (int k = 0; k < 3; k++) {
			uint32_t v = in[x] >> (16 - 8 * k) & 255;

			out[k] = (unsigned char)(a == 0 ? 255 : v >= a ? 255 : (v * 255 + a / 2) / a);
		}
		out[3] = (unsigned char)a;
	}
}

static int
take_surface(struct ctx *c, cairo_surface_t *s, int level, struct image *out)
{
	const unsigned char *row = cairo_image_surface_get_data(s);
	int stride = cairo_image_surface_get_stride(s);
	cairo_format_t format = cairo_image_surface_get_format(s);
	unsigned char *rgba;
	int rc;

	if (format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24)
		return unreadable(c);
	out->width = (unsigned)cairo_image_surface_get_width(s);
	out->height = (unsigned)cairo_image_surface_get_height(s);
	if ((rgba = malloc((size_t)out->width * out->height * 4)) == NULL)
		return problem_set(c, PROBLEM_BUSY, "no memory for a picture");
	for (unsigned y = 0; y < out->height; y++, row += stride)
		straighten(rgba + (size_t)y * out->width * 4, (const void *)row, out->width,
		    format == CAIRO_FORMAT_RGB24);
	rc = image_deflate(c, out, rgba, level);
	free(rgba);
	return rc;
}

int
image_png(struct ctx *c, struct text png, int level, struct image *out)
{
	struct cursor k = cursor_of(png);
	cairo_surface_t *s;
	int rc;

	if (!png_size_ok(png))
		return unreadable(c);
	s = cairo_image_surface_create_from_png_stream(read_png, &k);
	rc = cairo_surface_status(s) != CAIRO_STATUS_SUCCESS ? unreadable(c) : take_surface(c, s, level, out);
	cairo_surface_destroy(s);
	return rc;
}

/* ${n} bytes of each pixel. */
static bool
deflate_plane(const unsigned char *rgba, size_t pixels, size_t from, size_t n, int level, struct text *out,
    void **owned)
{
	uLong size = (uLong)(pixels * n), most = compressBound(size);
	unsigned char *plane = malloc(size), *packed = malloc(most);
	bool ok = plane != NULL && packed != NULL;

	for (size_t i = 0; ok && i < pixels; i++)
		(void)memcpy(plane + i * n, rgba + i * 4 + from, n);
	ok = ok && compress2(packed, &most, plane, size, level) == Z_OK;
	free(plane);
	if (!ok) {
		free(packed);
		return false;
	}
	*out = (struct text){ (const char *)packed, most };
	*owned = packed;
	return true;
}

int
image_deflate(struct ctx *c, struct image *out, const unsigned char *rgba, int level)
{
	size_t pixels = (size_t)out->width * out->height;
	bool grey = true, opaque = true;

	for (size_t i = 0; i < pixels && (grey || opaque); i++) {
		const unsigned char *p = rgba + i * 4;

		grey = grey && p[0] == p[1] && p[1] == p[2];
		opaque = opaque && p[3] == 255;
	}
	out->channels = grey ? 1 : 3;
	if (!deflate_plane(rgba, pixels, 0, out->channels, level, &out->data, &out->owned[0]) ||
	    (!opaque && !deflate_plane(rgba, pixels, 3, 1, level, &out->alpha, &out->owned[1])))
		return problem_set(c, PROBLEM_BUSY, "no memory for a picture");
	return 0;
}

struct image *
image_new(struct ctx *c, struct text png)
{
	struct image *out = calloc(1, sizeof *out);

	if (out == NULL)
		(void)problem_set(c, PROBLEM_BUSY, "no memory for a picture");
	else if (image_png(c, png, Z_BEST_COMPRESSION, out) != 0) {	/* it will be written many times */
		image_free(out);
		out = NULL;
	}
	return out;
}

void
image_free(struct image *i)
{
	if (i == NULL)
		return;
	free(i->owned[0]);
	free(i->owned[1]);
	free(i);
}

unsigned
image_width(const struct image *i)
{
	return i->width;
}

unsigned
image_height(const struct image *i)
{
	return i->height;
}

qpdf_oh
image_object(qpdf_data q, const struct image *i)
{
	static const char *const spaces[] = { [1] = "/DeviceGray", [3] = "/DeviceRGB", [4] = "/DeviceCMYK" };
	char dict[256];
	qpdf_oh image;

	(void)snprintf(dict, sizeof dict, "<< /Type /XObject /Subtype /Image /Width %u /Height %u "
	    "/ColorSpace %s /BitsPerComponent 8 %s >>", i->width, i->height, spaces[i->channels],
	    i->inverted ? "/Decode [1 0 1 0 1 0 1 0]" : "");
	image = pdf_coded(q, i->data, i->jpeg ? "/DCTDecode" : "/FlateDecode", dict);
	if (i->alpha.n != 0) {
		(void)snprintf(dict, sizeof dict, "<< /Type /XObject /Subtype /Image /Width %u "
		    "/Height %u /ColorSpace /DeviceGray /BitsPerComponent 8 >>", i->width, i->height);
		qpdf_oh_replace_key(q, qpdf_oh_get_dict(q, image), "/SMask",
		    pdf_coded(q, i->alpha, "/FlateDecode", dict));
	}
	return image;
}
