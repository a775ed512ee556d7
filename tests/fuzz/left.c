#include <stdio.h>
#include <jpeglib.h>
#include <png.h>
#include <poppler.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <tiffio.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/left.h"

#define MOST 4096

/* libpng wants what was made for a picture given back with it, the kernel how much it was. */
static struct { void *p; void (*give_back)(void *); png_infop info; size_t size; } left[MOST];
static size_t n;
static bool noting;

static void *
keep(void *p, void (*give_back)(void *))
{
	MUST(n < MOST);
	if (noting && p != NULL) {
		left[n].p = p;
		left[n].info = NULL;
		left[n++].give_back = give_back;
	}
	return p;
}

static void
forget(const void *p)
{
	for (size_t i = n; p != NULL && i > 0; i--)
		if (left[i - 1].p == p) {
			left[i - 1] = left[--n];
			return;
		}
}

void
left_begin(void)
{
	noting = true;
}

void
left_behind(void)
{
	noting = false;
	while (n > 0) {
		n--;
		left[n].give_back(left[n].p);
	}
}

/* ---- what the linker puts in the place of the product's calls ---- */

#define WRAP(type, name, ...)				\
	type __real_##name(__VA_ARGS__);		\
	type __wrap_##name(__VA_ARGS__);		\
	type __wrap_##name(__VA_ARGS__)

WRAP(void *, malloc, size_t size)
{
	return keep(__real_malloc(size), free);
}

WRAP(void *, calloc, size_t count, size_t size)
{
	return keep(__real_calloc(count, size), free);
}

WRAP(void *, realloc, void *p, size_t size)
{
	forget(p);
	return keep(__real_realloc(p, size), free);
}

WRAP(void, free, void *p)
{
	forget(p);
	__real_free(p);
}

static void
end_mapping(void *p)
{
	(void)munmap(p, left[n].size);
}

WRAP(void *, mmap, void *at, size_t size, int how, int kind, int fd, off_t from)
{
	void *p = __real_mmap(at, size, how, kind, fd, from);

	if (p == MAP_FAILED)
		return p;
	(void)keep(p, end_mapping);
	if (noting)
		left[n - 1].size = size;
	return p;
}

static void
end_jpeg(void *j)
{
	jpeg_destroy_decompress(j);
}

WRAP(void, jpeg_CreateDecompress, j_decompress_ptr j, int version, size_t size)
{
	__real_jpeg_CreateDecompress(j, version, size);
	(void)keep(j, end_jpeg);
}

static void
end_read(void *p)
{
	png_structp png = p;

	png_destroy_read_struct(&png, &left[n].info, NULL);
}

static void
end_write(void *p)
{
	png_structp png = p;

	png_destroy_write_struct(&png, &left[n].info);
}

WRAP(png_structp, png_create_read_struct, png_const_charp version, png_voidp with, png_error_ptr error,
    png_error_ptr warning)
{
	return keep(__real_png_create_read_struct(version, with, error, warning), end_read);
}

WRAP(png_structp, png_create_write_struct, png_const_charp version, png_voidp with, png_error_ptr error,
    png_error_ptr warning)
{
	return keep(__real_png_create_write_struct(version, with, error, warning), end_write);
}

WRAP(png_infop, png_create_info_struct, png_const_structrp png)
{
	png_infop info = __real_png_create_info_struct(png);

	for (size_t i = 0; i < n; i++)
		if (left[i].p == png)
			left[i].info = info;
	return info;
}

static void
end_tiff(void *t)
{
	TIFFClose(t);
}

WRAP(TIFF *, TIFFClientOpenExt, const char *name, const char *mode, thandle_t h, TIFFReadWriteProc get,
    TIFFReadWriteProc put, TIFFSeekProc seek, TIFFCloseProc leave, TIFFSizeProc size, TIFFMapFileProc map,
    TIFFUnmapFileProc unmap, TIFFOpenOptions *o)
{
	return keep(__real_TIFFClientOpenExt(name, mode, h, get, put, seek, leave, size, map, unmap, o),
	    end_tiff);
}

static void
end_qpdf(void *q)
{
	qpdf_data p = q;

	qpdf_cleanup(&p);
}

WRAP(qpdf_data, qpdf_init, void)
{
	return keep(__real_qpdf_init(), end_qpdf);
}

WRAP(PopplerDocument *, poppler_document_new_from_bytes, GBytes *bytes, const char *password,
    GError **error)
{
	PopplerDocument *d = __real_poppler_document_new_from_bytes(bytes, password, error);

	g_bytes_unref(bytes);
	return keep(d, g_object_unref);
}

WRAP(PopplerPage *, poppler_document_get_page, PopplerDocument *d, int number)
{
	return keep(__real_poppler_document_get_page(d, number), g_object_unref);
}

static void
end_surface(void *s)
{
	cairo_surface_destroy(s);
}

WRAP(cairo_surface_t *, cairo_image_surface_create, cairo_format_t format, int width, int height)
{
	return keep(__real_cairo_image_surface_create(format, width, height), end_surface);
}
