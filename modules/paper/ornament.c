/*
 * Hairlines that a copier blurs and an eye likes.  They are the same on every certificate and cost
 * more to write than all the rest, so they are made and deflated once, in main.
 */
#include <math.h>
#include <stdlib.h>
#include <zlib.h>

#include "paper/form.h"

#define BAND		11.0	/* width of the border */
#define OUTER		20.0
#define WAVE		13.0	/* about one wave in so many points */

/* Written by paper_start(), before the threads; read only from then on. */
static struct text background[2];

/* A sine from (x,y), to the right or upwards: one curve for each half wave. */
static void
wave(struct heap *h, double x, double y, double length, double amplitude, bool up)
{
	int halves = 2 * (int)(length / WAVE + 0.5);
	double step = length / halves, k = step * 0.3642;

	heap_fmt(h, "%.2f %.2f m\n", x, y);
	for (int i = 0; i < halves; i++) {
		double side = (i % 2 == 0 ? 1.5 : -1.5) * amplitude, a = i * step + k, b = (i + 1) * step - k;
		double end = (i + 1) * step;

		if (up)
			heap_fmt(h, "%.2f %.2f %.2f %.2f %.2f %.2f c\n", x + side, y + a, x + side, y + b,
			    x, y + end);
		else
			heap_fmt(h, "%.2f %.2f %.2f %.2f %.2f %.2f c\n", x + a, y + side, x + b, y + side,
			    x + end, y);
	}
}

static void
strands(struct heap *h, double x, double y, double length, bool up)
{
	static const double strand[] = { 1, 0.55, -0.55, -1 };

	for (size_t i = 0; i < COUNT(strand); i++)
		wave(h, x, y, length, (BAND / 2 - 1.4) * strand[i], up);
	heap_fmt(h, "S\n");
}

/* r = a + b cos(k t): petals; several, turned against each other, make a rosette. */
static void
petals(struct heap *h, double x, double y, double r, int k, double phase)
{
	int n = k * 14;

	for (int i = 0; i <= n; i++) {
		double t = 2 * M_PI * i / n, d = r * (0.62 + 0.38 * cos(k * t + phase));

		heap_fmt(h, "%.2f %.2f %c\n", x + d * cos(t), y + d * sin(t), i == 0 ? 'm' : 'l');
	}
}

static void
rosette(struct heap *h, double x, double y, double r)
{
	heap_fmt(h, "0.4 w 0.895 0.915 0.94 RG\n");
	for (int i = 0; i < 6; i++)
		petals(h, x, y, r, 12, i * M_PI / 3);
	for (int i = 0; i < 4; i++)
		petals(h, x, y, r * 0.55, 8, i * M_PI / 2);
	heap_fmt(h, "S\n");
}

static void
frame(struct heap *h, double inset, double width)
{
	heap_fmt(h, "%.2f w %.2f %.2f %.2f %.2f re S\n", width, inset, inset, PAGE_W - 2 * inset,
	    PAGE_H - 2 * inset);
}

static void
corner(struct heap *h, double x, double y)
{
	double r = BAND / 2;

	heap_fmt(h, "%.2f %.2f %.2f %.2f re B\n0.35 w\n", x - r, y - r, 2 * r, 2 * r);
	petals(h, x, y, r - 0.8, 6, 0);
	petals(h, x, y, r - 0.8, 6, M_PI);
	heap_fmt(h, "S 0.5 w\n");
}

static void
border(struct heap *h)
{
	double m = OUTER + BAND / 2, start = OUTER + BAND, w = PAGE_W - 2 * start, tall = PAGE_H - 2 * start;

	heap_fmt(h, "0.106 0.302 0.537 RG 1 g 0.32 w\n");
	strands(h, start, m, w, false);
	strands(h, start, PAGE_H - m, w, false);
	strands(h, m, start, tall, true);
	strands(h, PAGE_W - m, start, tall, true);
	frame(h, OUTER, 0.9);
	frame(h, start, 0.5);
	frame(h, start + 2.2, 0.25);
	heap_fmt(h, "0.5 w\n");
	corner(h, m, m);
	corner(h, PAGE_W - m, m);
	corner(h, m, PAGE_H - m);
	corner(h, PAGE_W - m, PAGE_H - m);
}

static int
make(struct ctx *c, size_t which, double y, double r)
{
	struct heap *h = heap_new(c);
	unsigned char *packed;
	uLong n;

	border(h);
	rosette(h, PAGE_W / 2, PAGE_H - y, r);
	n = compressBound(h->n);
	packed = malloc(n);
	if (h->failed || packed == NULL || compress2(packed, &n, h->p, h->n, 9) != Z_OK) {
		free(packed);
		return problem_set(c, PROBLEM_INTERNAL, "no memory for the border");
	}
	free((void *)(uintptr_t)background[which].p);
	background[which] = (struct text){ (const char *)packed, n };
	return 0;
}

int
ornament_start(struct ctx *c)
{
	return make(c, 0, (GOODS_Y + LEGEND_H + SIGN_Y) / 2, 104) != 0 ||
	    make(c, 1, 460, 170) != 0 ? -1 : 0;
}

struct text
ornament_background(bool first)
{
	return background[first ? 0 : 1];
}

/* Where little room is left a stroke closes it, else a Z. */
void
ornament_close(struct pen *p, double x, double y, double w, double h)
{
	double inset = 6, x2 = x + w - inset;

	x += inset;
	if (h < 8)
		return;
	if (h < 28) {
		pen_line(p, x, y + h / 2, x2, y + h / 2, 0.6, COLOUR_BLUE);
		return;
	}
	y += 6;
	h -= 12;
	pen_colour(p, COLOUR_BLUE);
	cairo_set_line_width(p->cr, 0.6);
	cairo_move_to(p->cr, x, y);
	cairo_line_to(p->cr, x2, y);
	cairo_line_to(p->cr, x, y + h);
	cairo_line_to(p->cr, x2, y + h);
	cairo_stroke(p->cr);
}
