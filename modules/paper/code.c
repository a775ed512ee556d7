/* The QR code, as squares. */
#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "paper/form.h"

static void
draw_row(struct heap *h, const unsigned char *module, unsigned n, unsigned y)
{
	for (unsigned x = 0; x < n; ) {
		unsigned run = 0;

		while (x + run < n && (module[x + run] & 1) != 0)
			run++;
		if (run != 0)
			heap_fmt(h, "%u %u %u 1 re\n", CODE_QUIET + x, CODE_QUIET + (n - 1 - y), run);
		x += run + 1;
	}
}

int
code_operators(struct ctx *c, struct text address, struct text *out, unsigned *side)
{
	QRcode *code = QRcode_encodeData((int)address.n, (const unsigned char *)address.p, 0, QR_ECLEVEL_M);
	struct heap *h = heap_new(c);
	unsigned n;

	if (code == NULL)
		return problem_set(c, PROBLEM_INTERNAL, "QR code: %s", strerror(errno));
	n = (unsigned)code->width;
	*side = n + 2 * CODE_QUIET;
	heap_fmt(h, "1 g 0 0 %u %u re f\n0 g\n", *side, *side);
	for (unsigned y = 0; y < n; y++)
		draw_row(h, code->data + (size_t)y * n, n, y);
	heap_fmt(h, "f\n");
	QRcode_free(code);
	if (h->failed)
		return problem_set(c, PROBLEM_BUSY, "no memory for a QR code");
	*out = heap_text(h);
	return 0;
}
