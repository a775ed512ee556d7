/* A JPEG goes into the PDF as it is.  The picture itself is never decoded here. */
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
