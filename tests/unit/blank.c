#include <stdio.h>
#include <jpeglib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "tests/unit/blank.h"

static unsigned char *
put_be32(unsigned char *to, uint32_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		*to++ = (unsigned char)(v >> shift);
	return to;
}

static unsigned char *
put_le(unsigned char *to, unsigned n, uint32_t v)
{
	for (; n > 0; n--, v >>= 8)
		*to++ = (unsigned char)v;
	return to;
}

/* A chunk whose ${n} bytes stand at ${to} + 8 already. */
static unsigned char *
chunk(unsigned char *to, const char *type, size_t n)
{
	(void)put_be32(to, (uint32_t)n);
	(void)memcpy(to + 4, type, 4);
	return put_be32(to + 8 + n, (uint32_t)crc32(0, to + 4, (uInt)(n + 4)));
}

static unsigned char *
png(unsigned width, unsigned height, size_t *n)
{
	size_t raw = (size_t)((width + 7) / 8 + 1) * height;
	uLongf packed = compressBound((uLong)raw);
	unsigned char *rows = malloc(raw), *out = malloc(packed + 100), *at = out;

	(void)memset(rows, 0xff, raw);
	for (unsigned y = 0; y < height; y++)
		rows[(size_t)y * ((width + 7) / 8 + 1)] = 0;	/* no filter */
	(void)memcpy(at, "\x89PNG\r\n\x1a\n", 8);
	at += 8;
	(void)put_be32(put_be32(at + 8, width), height);
	(void)memcpy(at + 16, "\x01\0\0\0\0", 5);		/* one bit, grey */
	at = chunk(at, "IHDR", 13);
	(void)compress2(at + 8, &packed, rows, (uLong)raw, 1);
	at = chunk(chunk(at, "IDAT", packed), "IEND", 0);
	free(rows);
	*n = (size_t)(at - out);
	return out;
}

static unsigned char *
jpeg(unsigned width, unsigned height, size_t *n)
{
	struct jpeg_compress_struct j;
	struct jpeg_error_mgr e;
	unsigned char *out = NULL, *row = malloc(width);
	unsigned long size = 0;

	(void)memset(row, 0xff, width);
	j.err = jpeg_std_error(&e);
	jpeg_create_compress(&j);
	jpeg_mem_dest(&j, &out, &size);
	j.image_width = width;
	j.image_height = height;
	j.input_components = 1;
	j.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&j);
	jpeg_start_compress(&j, TRUE);
	while (j.next_scanline < height)
		(void)jpeg_write_scanlines(&j, &row, 1);
	jpeg_finish_compress(&j);
	jpeg_destroy_compress(&j);
	free(row);
	*n = size;
	return out;
}

static unsigned char *
tiff(unsigned width, unsigned height, size_t *n)
{
	size_t raw = (size_t)((width + 7) / 8) * height;
	const uint32_t entry[][3] = {	/* tag, type, value */
		{ 256, 4, width }, { 257, 4, height }, { 258, 3, 1 }, { 259, 3, 1 }, { 262, 3, 1 },
		{ 273, 4, 200 }, { 277, 3, 1 }, { 278, 4, height }, { 279, 4, (uint32_t)raw },
	};
	unsigned char *out = calloc(1, 200 + raw), *at;

	at = put_le(put_le(put_le(out, 4, 0x002a4949), 4, 8), 2, sizeof entry / sizeof *entry);
	for (size_t i = 0; i < sizeof entry / sizeof *entry; i++)
		at = put_le(put_le(put_le(put_le(at, 2, entry[i][0]), 2, entry[i][1]), 4, 1), 4, entry[i][2]);
	(void)memset(out + 200, 0xff, raw);
	*n = 200 + raw;
	return out;
}

const struct blank blank[3] = { { "PNG", png }, { "JPEG", jpeg }, { "TIFF", tiff } };
