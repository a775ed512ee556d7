#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/inspect/picture.h"

#define LONGEST		4u		/* times as high as wide */
#define EFFORT		4		/* of zlib: a page is looked at once */

static void *
room(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		abort();
	return p;
}

static unsigned
share(unsigned n, uint64_t part, uint64_t whole)
{
	uint64_t x = part >= whole ? n : n * part / whole;

	return x == 0 ? 1 : (unsigned)x;
}

void
scale_begin(struct scaler *s, struct picture *out, unsigned sw, unsigned sh, unsigned width,
    bool sideways)
{
	unsigned w = sideways ? sh : sw, h = sideways ? sw : sh;
	uint64_t part = width, whole = w;

	if ((uint64_t)h * part > (uint64_t)width * LONGEST * whole) {
		part = (uint64_t)width * LONGEST;
		whole = h;
	}
	*s = (struct scaler){ .out = out, .sw = sw, .sh = sh };
	out->width = share(sw, part, whole);
	out->height = share(sh, part, whole);
	out->rgb = room((size_t)out->width * out->height, 3);
	s->sum = room((size_t)out->width * 3, sizeof *s->sum);
	s->count = room(out->width, sizeof *s->count);
	s->column = room(sw, sizeof *s->column);
	for (unsigned x = 0; x < sw; x++)
		s->column[x] = (uint32_t)((uint64_t)x * out->width / sw);
}

static void
flush(struct scaler *s, unsigned row)
{
	unsigned char *to = s->out->rgb + (size_t)row * s->out->width * 3;

	for (size_t i = 0; i < (size_t)s->out->width * 3; i++)
		to[i] = (unsigned char)(s->sum[i] / s->count[i / 3]);
	memset(s->sum, 0, (size_t)s->out->width * 3 * sizeof *s->sum);
	memset(s->count, 0, s->out->width * sizeof *s->count);
}

void
scale_row(struct scaler *s, const unsigned char *rgb)
{
	uint64_t row = (uint64_t)s->y * s->out->height / s->sh;
	uint64_t next = (uint64_t)(s->y + 1) * s->out->height / s->sh;

	if (s->y == s->sh)
		return;
	for (unsigned x = 0; x < s->sw; x++, rgb += 3) {
		size_t to = s->column[x];

		s->sum[to * 3] += rgb[0];
		s->sum[to * 3 + 1] += rgb[1];
		s->sum[to * 3 + 2] += rgb[2];
		s->count[to]++;
	}
	s->y++;
	if (next != row)
		flush(s, (unsigned)row);
}

void
picture_turn(struct picture *p, unsigned quarters)
{
	struct picture t;

	for (; quarters % 4 != 0; quarters--) {
		t = (struct picture){ p->height, p->width,
		    room((size_t)p->width * p->height, 3) };
		for (unsigned y = 0; y < p->height; y++)
			for (unsigned x = 0; x < p->width; x++)
				memcpy(t.rgb + ((size_t)x * t.width + (p->height - 1 - y)) * 3,
				    p->rgb + ((size_t)y * p->width + x) * 3, 3);
		free(p->rgb);
		*p = t;
	}
}

static bool
is_grey(const struct picture *p)
{
	const unsigned char *b = p->rgb;

	for (size_t i = 0; i < (size_t)p->width * p->height; i++, b += 3)
		if (b[0] != b[1] || b[1] != b[2])
			return false;
	return true;
}

static void
put(png_structp png, png_bytep p, size_t n)
{
	const int *fd = png_get_io_ptr(png);

	while (n > 0) {
		ssize_t done = write(*fd, p, n);

		if (done <= 0)
			png_error(png, "write");
		p += done;
		n -= (size_t)done;
	}
}

static void
put_rows(png_structp png, png_infop info, const struct picture *p, bool grey)
{
	unsigned char *row = room(p->width, 3);

	png_set_IHDR(png, info, p->width, p->height, 8, grey ? PNG_COLOR_TYPE_GRAY :
	    PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
	png_set_compression_level(png, EFFORT);
	png_write_info(png, info);
	for (unsigned y = 0; y < p->height; y++) {
		const unsigned char *from = p->rgb + (size_t)y * p->width * 3;

		for (unsigned x = 0; grey && x < p->width; x++)
			row[x] = from[(size_t)x * 3];
		png_write_row(png, grey ? row : from);
	}
	png_write_end(png, info);
}

bool
picture_write(const struct picture *p, int fd)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png == NULL ? NULL : png_create_info_struct(png);

	if (info == NULL || setjmp(png_jmpbuf(png)) != 0)
		return false;
	png_set_write_fn(png, &fd, put, NULL);
	put_rows(png, info, p, is_grey(p));
	return true;
}
