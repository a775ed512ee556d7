/* A JPEG goes into the PDF as it is, never decoded here.  Scans from elsewhere are made into one. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>

#include "paper/image_private.h"
#include "paper/jpeg_head.h"

static bool
read_frame(struct text frame, struct image *out)
{
	struct cursor k = cursor_of(frame);
	uint8_t bits = take_u8(&k);

	out->height = take_be16(&k);
	out->width = take_be16(&k);
	out->channels = take_u8(&k);
	return !k.bad && bits == 8 && out->width > 0 && out->height > 0 &&
	    (uint64_t)out->width * out->height <= IMAGE_PIXELS &&
	    (out->channels == 1 || out->channels == 3 || out->channels == 4);
}

int
image_jpeg(struct ctx *c, struct text bytes, struct image *out, unsigned *turns)
{
	struct jpeg_head h = jpeg_head_of(bytes);

	*turns = h.turns;
	out->jpeg = true;
	out->data = bytes;
	if (!read_frame(h.frame, out))
		return problem_say(c, PROBLEM_FILE, "The picture is damaged, or larger than is accepted.");
	out->inverted = h.adobe && out->channels == 4;
	return 0;
}

/* ---- made here ---- */

#define QUALITY 85		/* of 100: small print stays sharp */

struct packing {
	struct jpeg_compress_struct j;
	struct jpeg_error_mgr error;
	struct jpeg_destination_mgr to;
	jmp_buf	     out;
	struct heap *heap;
	JOCTET	     buffer[16384];
};

static _Noreturn void
fail(j_common_ptr j)
{
	struct packing *p = j->client_data;

	longjmp(p->out, 1);
}

static void
take_buffer(j_compress_ptr j)
{
	struct packing *p = j->client_data;

	p->to.next_output_byte = p->buffer;
	p->to.free_in_buffer = sizeof p->buffer;
}

static boolean
empty_buffer(j_compress_ptr j)
{
	struct packing *p = j->client_data;

	heap_add(p->heap, p->buffer, sizeof p->buffer);
	take_buffer(j);
	return TRUE;
}

static void
end_buffer(j_compress_ptr j)
{
	struct packing *p = j->client_data;

	heap_add(p->heap, p->buffer, sizeof p->buffer - p->to.free_in_buffer);
}

static bool
is_grey(const struct image *i, const unsigned char *rgba)
{
	size_t n = (size_t)i->width * i->height;

	while (n > 0 && rgba[0] == rgba[1] && rgba[1] == rgba[2]) {
		rgba += 4;
		n--;
	}
	return n == 0;
}

static void
set_up(struct packing *p, const struct image *i)
{
	p->j.err = jpeg_std_error(&p->error);
	p->error.error_exit = fail;
	p->j.client_data = p;
	jpeg_create_compress(&p->j);
	p->j.dest = &p->to;
	p->to = (struct jpeg_destination_mgr){ .init_destination = take_buffer,
	    .empty_output_buffer = empty_buffer, .term_destination = end_buffer };
	p->j.image_width = i->width;
	p->j.image_height = i->height;
	p->j.input_components = 4;
	p->j.in_color_space = JCS_EXT_RGBX;
	jpeg_set_defaults(&p->j);
	if (i->channels == 1)
		jpeg_set_colorspace(&p->j, JCS_GRAYSCALE);
	jpeg_set_quality(&p->j, QUALITY, TRUE);
}

static bool
pack(struct packing *p, const struct image *i, const unsigned char *rgba)
{
	if (setjmp(p->out) != 0) {
		jpeg_destroy_compress(&p->j);
		return false;
	}
	set_up(p, i);
	jpeg_start_compress(&p->j, TRUE);
	while (p->j.next_scanline < i->height) {
		JSAMPROW row = (JSAMPROW)(uintptr_t)(rgba + (size_t)p->j.next_scanline * i->width * 4);

		(void)jpeg_write_scanlines(&p->j, &row, 1);
	}
	jpeg_finish_compress(&p->j);
	jpeg_destroy_compress(&p->j);
	return !p->heap->failed;
}

int
image_photograph(struct ctx *c, struct image *out, const unsigned char *rgba)
{
	struct packing p = { .heap = heap_new(c) };

	out->jpeg = true;
	out->channels = is_grey(out, rgba) ? 1 : 3;
	if (!pack(&p, out, rgba))
		return problem_set(c, PROBLEM_BUSY, "no memory for a picture");
	out->data = heap_text(p.heap);
	return 0;
}
