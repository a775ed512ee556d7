#include "base/ctx.h"
#include "paper/segment.h"

#define ORIENTATION 274

/* TEM and RST0 to RST7 are a mark and nothing else; libjpeg looks over them wherever they stand. */
static bool
is_bare(uint8_t marker)
{
	return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

static uint8_t
next_marker(struct cursor *k)
{
	uint8_t marker;

	do {
		if (take_u8(k) != 0xff)
			return 0;
		do
			marker = take_u8(k);
		while (marker == 0xff);
	} while (is_bare(marker));
	return marker;
}

bool
segment_next(struct cursor *k, struct segment *out)
{
	uint16_t n;

	out->marker = next_marker(k);
	n = out->marker == 0 ? 0 : take_be16(k);
	out->bytes = take_bytes(k, n < 2 ? 0 : n - 2u);		/* its own two bytes are counted */
	return out->marker != 0 && !k->bad;
}

static uint32_t
number(struct cursor *k, unsigned n, bool little)
{
	uint32_t x = 0;

	for (unsigned i = 0; i < n; i++)
		x = little ? x | (uint32_t)take_u8(k) << 8 * i : x << 8 | take_u8(k);
	return x;
}

/* The value of the orientation in the first directory of a TIFF; 0 without one. */
static uint32_t
orientation(struct text tiff)
{
	struct cursor k = cursor_of(tiff);
	bool little = text_is(take_bytes(&k, 2), "II");
	uint32_t n;

	(void)number(&k, 2, little);
	k = cursor_of(text_sub(tiff, number(&k, 4, little), tiff.n));
	n = number(&k, 2, little);
	for (uint32_t i = 0; i < n && !k.bad; i++) {
		uint32_t tag = number(&k, 2, little), value;

		(void)take_bytes(&k, 6);
		value = number(&k, 2, little);
		(void)take_bytes(&k, 2);
		if (tag == ORIENTATION)
			return value;
	}
	return 0;
}

unsigned
segment_turns(struct segment s, unsigned turns)
{
	static const unsigned how[] = { [3] = 2, [6] = 1, [8] = 3 };
	uint32_t value;

	if (turns != 0 || s.marker != JPEG_APP1 || !text_starts(s.bytes, "Exif"))
		return turns;
	value = orientation(text_sub(s.bytes, 6, s.bytes.n));
	return value < COUNT(how) ? how[value] : 0;
}
