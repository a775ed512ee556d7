/* JPEG: decoded to the end marker, which has to be the end of the file. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>

#include "fcgi/inspect/examine.h"
#include "paper/jpeg_head.h"

struct reading {
	struct jpeg_decompress_struct j;
	struct jpeg_error_mgr error;
	jmp_buf	    out;
	const char *why;
	struct jpeg_head head;
};

static _Noreturn void
fail(j_common_ptr j)
{
	struct reading *r = j->client_data;

	longjmp(r->out, 1);
}

/* Level -1 is a warning: data that had to be made up. */
static void
emit(j_common_ptr j, int level)
{
	if (level < 0)
		fail(j);
}

static void
say_nothing(j_common_ptr j)
{
	(void)j;
}

static void
begin(struct reading *r, struct text t)
{
	jpeg_create_decompress(&r->j);
	jpeg_mem_src(&r->j, (const unsigned char *)t.p, t.n);
	(void)jpeg_read_header(&r->j, TRUE);
	if ((uint64_t)r->j.image_width * r->j.image_height > IMAGE_PIXELS) {
		r->why = "The picture has more than 40 million pixels. Make it smaller.";
		fail((j_common_ptr)&r->j);
	}
	if (r->j.arith_code) {		/* readers of PDF do not have it, and it is printed as it is */
		r->why = "The picture is of a kind that cannot be printed. Save it again as JPEG or PNG.";
		fail((j_common_ptr)&r->j);
	}
	r->j.out_color_space = r->j.num_components == 4 ? JCS_CMYK : JCS_RGB;
}

static void
ready(struct reading *r, struct text t)
{
	r->why = DAMAGED;
	r->head = jpeg_head_of(t);
	r->j.err = jpeg_std_error(&r->error);
	r->error.error_exit = fail;
	r->error.emit_message = emit;
	r->error.output_message = say_nothing;
	r->j.client_data = r;
}

static unsigned char *
row_room(struct reading *r)
{
	unsigned char *p = calloc(r->j.output_width, 4);

	if (p == NULL)
		fail((j_common_ptr)&r->j);
	return p;
}

/* By the head, as the printer goes by it: libjpeg would heed what stands between two scans, too. */
static void
cmyk_to_rgb(const struct reading *r, unsigned char *row)
{
	bool opposite = r->head.adobe;

	for (size_t x = 0; x < r->j.output_width; x++)
		for (size_t i = 0; i < 3; i++) {
			unsigned ink = row[x * 4 + i], black = row[x * 4 + 3];

			row[x * 3 + i] = (unsigned char)(opposite ? ink * black / 255 :
			    (255 - ink) * (255 - black) / 255);
		}
}

static void
read_through(struct reading *r)
{
	unsigned char *row;

	r->j.scale_num = 1;
	r->j.scale_denom = 8;		/* all is read, little is computed */
	(void)jpeg_start_decompress(&r->j);
	row = row_room(r);
	while (r->j.output_scanline < r->j.output_height)
		(void)jpeg_read_scanlines(&r->j, &row, 1);
	(void)jpeg_finish_decompress(&r->j);
}

/* The decoder halves the picture while that leaves more than is wanted. */
static void
read_into(struct reading *r, unsigned width, unsigned turns, struct picture *out)
{
	bool sideways = turns % 2 == 1;
	unsigned across = sideways ? r->j.image_height : r->j.image_width;
	unsigned char *row;
	struct scaler s;

	r->j.scale_num = r->j.scale_denom = 1;
	while (r->j.scale_denom < 8 && across / (r->j.scale_denom * 2) >= width)
		r->j.scale_denom *= 2;
	(void)jpeg_start_decompress(&r->j);
	row = row_room(r);
	scale_begin(&s, out, r->j.output_width, r->j.output_height, width, sideways);
	while (r->j.output_scanline < r->j.output_height) {
		(void)jpeg_read_scanlines(&r->j, &row, 1);
		if (r->j.num_components == 4)
			cmyk_to_rgb(r, row);
		scale_row(&s, row);
	}
	picture_turn(out, turns);
}

unsigned
jpeg_judge(struct text t, const char **why)
{
	static struct reading r;

	ready(&r, t);
	if (setjmp(r.out) != 0) {
		*why = r.why;
		return 0;
	}
	if (r.head.metadata > METADATA_MAX) {
		*why = TALKATIVE;
		return 0;
	}
	begin(&r, t);
	read_through(&r);
	if (r.j.src->bytes_in_buffer == 0)
		return 1;
	*why = "There is something else behind the picture. Open it in a picture program and save "
	    "it again.";
	return 0;
}

bool
jpeg_draw(struct text t, unsigned page, unsigned width, struct picture *out, const char **why)
{
	static struct reading r;

	(void)page;
	ready(&r, t);
	if (setjmp(r.out) != 0) {
		*why = r.why;
		return false;
	}
	begin(&r, t);
	read_into(&r, width, r.head.turns, out);
	return true;
}
