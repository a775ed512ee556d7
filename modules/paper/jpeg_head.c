#include "base/ctx.h"
#include "paper/jpeg_head.h"

#define APP1	0xe1		/* EXIF, XMP */
#define APP14	0xee
#define APP14_BYTES 12		/* of Adobe's */
#define COMMENT	0xfe
#define SCAN	0xda

#define ORIENTATION 274

struct segment { uint8_t marker; struct text bytes; };

/* TEM and RST0 to RST7 are a mark and nothing else; libjpeg looks over them wherever they stand. */
static bool
is_bare(uint8_t marker)
{
	return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

/* SOF0 to SOF15, without DHT, JPG and DAC, which share the range. */
static bool
is_frame(uint8_t marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
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

static bool
next(struct cursor *k, struct segment *out)
{
	uint16_t n;

	out->marker = next_marker(k);
	n = out->marker == 0 ? 0 : take_be16(k);
	out->bytes = take_bytes(k, n < 2 ? 0 : n - 2u);		/* its own two bytes are counted */
	return out->marker != 0 && out->marker != SCAN && !k->bad;
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

static unsigned
turns_of(struct text app1)
{
	static const unsigned turns[] = { [3] = 2, [6] = 1, [8] = 3 };
	uint32_t value = text_starts(app1, "Exif") ? orientation(text_sub(app1, 6, app1.n)) : 0;

	return value < COUNT(turns) ? turns[value] : 0;
}

struct jpeg_head
jpeg_head_of(struct text bytes)
{
	struct cursor k = cursor_of(bytes);
	struct jpeg_head h = { .frame = T("") };
	struct segment s;

	if (take_be16(&k) != 0xffd8)
		return h;
	while (next(&k, &s)) {
		if (s.marker == APP1 && h.turns == 0)
			h.turns = turns_of(s.bytes);
		if (s.marker == APP1 || s.marker == COMMENT)
			h.metadata += s.bytes.n;
		if (s.marker == APP14 && s.bytes.n >= APP14_BYTES && text_starts(s.bytes, "Adobe"))
			h.adobe = true;
		if (is_frame(s.marker))
			h.frame = s.bytes;
	}
	return h;
}
