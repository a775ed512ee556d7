/* The header of a JPEG: size, channels, orientation.  The picture itself is never decoded here. */
#include "paper/image_private.h"
#include "paper/segment.h"

/* SOF0 to SOF15, without DHT, JPG and DAC, which share the range. */
static bool
is_frame(uint8_t marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool
read_frame(struct text segment, struct image *out)
{
	struct cursor k = cursor_of(segment);
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
	struct cursor k = cursor_of(bytes);
	struct segment s;

	*turns = 0;
	out->jpeg = true;
	out->data = bytes;
	if (take_be16(&k) != 0xffd8)
		k.bad = true;
	while (segment_next(&k, &s) && !is_frame(s.marker)) {
		*turns = segment_turns(s, *turns);
		if (s.marker == JPEG_APP14 && text_starts(s.bytes, "Adobe"))
			out->inverted = true;
	}
	if (!k.bad && is_frame(s.marker) && read_frame(s.bytes, out)) {
		out->inverted = out->inverted && out->channels == 4;
		return 0;
	}
	return problem_say(c, PROBLEM_FILE, "The picture is damaged, or larger than is accepted.");
}
