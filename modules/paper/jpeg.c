/* The header of a JPEG: size, channels, orientation.  The picture itself is never decoded here. */
#include "paper/image_private.h"

static uint32_t
number(struct cursor *k, unsigned n, bool little)
{
	uint32_t x = 0;

	for (unsigned i = 0; i < n; i++)
		x = little ? x | (uint32_t)take_u8(k) << 8 * i : x << 8 | take_u8(k);
	return x;
}

/* EXIF tag 274 of the first directory, as quarter turns clockwise; mirrored ones are left alone. */
static int
exif_turns(struct text app1)
{
	static const int turns[] = { [3] = 2, [6] = 1, [8] = 3 };
	struct text tiff = text_sub(app1, 6, app1.n);
	struct cursor k = cursor_of(tiff);
	bool little;
	uint32_t n;

	if (!text_starts(app1, "Exif"))
		return 0;
	little = text_is(take_bytes(&k, 2), "II");
	(void)number(&k, 2, little);
	k = cursor_of(text_sub(tiff, number(&k, 4, little), tiff.n));
	n = number(&k, 2, little);
	for (uint32_t i = 0; i < n && !k.bad; i++) {
		uint32_t tag = number(&k, 2, little), value;

		(void)take_bytes(&k, 6);
		value = number(&k, 2, little);
		(void)take_bytes(&k, 2);
		if (tag == 274)
			return value < COUNT(turns) ? turns[value] : 0;
	}
	return 0;
}

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
image_jpeg(struct ctx *c, struct text bytes, struct image *out, int *turns)
{
	struct cursor k = cursor_of(bytes);

	*turns = 0;
	out->jpeg = true;
	out->data = bytes;
	if (take_be16(&k) != 0xffd8)
		k.bad = true;
	while (!k.bad && take_u8(&k) == 0xff) {
		uint8_t marker;
		struct text segment;
		uint16_t n;

		do
			marker = take_u8(&k);
		while (marker == 0xff);
		n = take_be16(&k);
		segment = take_bytes(&k, n < 2 ? 0 : n - 2u);
		if (n < 2 || k.bad)
			break;
		if (marker == 0xe1)
			*turns = exif_turns(segment);
		else if (marker == 0xee && text_starts(segment, "Adobe"))
			out->inverted = true;
		else if (is_frame(marker)) {
			if (!read_frame(segment, out))
				break;
			out->inverted = out->inverted && out->channels == 4;
			return 0;
		}
	}
	return problem_say(c, PROBLEM_FILE, "The picture is damaged, or larger than is accepted.");
}
