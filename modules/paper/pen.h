/*
 * pen - text and lines on a cairo page; private to the layer.
 *
 * A style is a row of a table: family, size, weight, colour, alignment.  A text that cannot be set
 * is recorded as a fault that names its box, and drawing goes on, so that all faults are told at
 * once.
 *
 * Trust:   texts are people's.
 * Memory:  the caller's, from pen_open() to pen_close().
 * Fails:   PROBLEM_INPUT, recorded in the ctx.
 * Needs:   paper_start().
 */
#ifndef PAPER_PEN_H
#define PAPER_PEN_H
#include <pango/pangocairo.h>

#include "paper/page.h"

/* id, family, points, weight, colour, alignment, letter spacing in 1/1000 em */
#define STYLES(X)									\
	X(AGENCY,	SANS, 15.0, BOLD,   BLUE,  CENTER, 20)				\
	X(AGENCY_LOCAL,	SANS, 11.0, NORMAL, BLUE,  CENTER, 0)				\
	X(ADDRESS,	SANS, 7.2,  NORMAL, GREY,  CENTER, 10)				\
	X(TITLE,	SANS, 15.5, BOLD,   INK,   CENTER, 30)				\
	X(SENTENCE,	SANS, 7.0,  NORMAL, GREY,  CENTER, 0)				\
	X(LEGEND_NO,	SANS, 6.6,  BOLD,   BLUE,  LEFT,   0)				\
	X(LEGEND,	SANS, 5.9,  NORMAL, BLUE,  LEFT,   0)				\
	X(LEGEND_MID,	SANS, 5.9,  NORMAL, BLUE,  CENTER, 0)				\
	X(STRONG,	SANS, 8.8,  BOLD,   INK,   LEFT,   0)				\
	X(BODY,		SANS, 8.2,  NORMAL, INK,   LEFT,   0)				\
	X(BODY_STRONG,	SANS, 8.2,  BOLD,   INK,   LEFT,   0)				\
	X(OFFICIAL,	SANS, 8.0,  BOLD,   INK,   LEFT,   0)				\
	X(CELL,		SANS, 7.4,  NORMAL, INK,   LEFT,   0)				\
	X(CELL_STRONG,	SANS, 7.4,  BOLD,   INK,   LEFT,   0)				\
	X(CELL_MID,	SANS, 7.4,  NORMAL, INK,   CENTER, 0)				\
	X(CELL_RIGHT,	SANS, 7.4,  NORMAL, INK,   RIGHT,  0)				\
	X(NUMBER,	MONO, 12.6, BOLD,   INK,   LEFT,   0)				\
	X(CODE,		MONO, 9.0,  BOLD,   INK,   LEFT,   60)				\
	X(LINK,		MONO, 6.0,  NORMAL, INK,   LEFT,   0)				\
	X(COPY,		SANS, 9.2,  BOLD,   PAPER, CENTER, 90)				\
	X(SMALL,	SANS, 6.2,  NORMAL, GREY,  LEFT,   0)				\
	X(SMALL_RIGHT,	SANS, 6.2,  NORMAL, GREY,  RIGHT,  0)				\
	X(PAGE_NO,	SANS, 7.4,  BOLD,   BLUE,  CENTER, 0)				\
	X(FOOT_NUMBER,	MONO, 7.0,  NORMAL, INK,   RIGHT,  0)				\
	X(BAND,		SANS, 6.2,  BOLD,   PAPER, CENTER, 120)				\
	X(MARK,		SANS, 8.0,  BOLD,   BLUE,  CENTER, 20)				\
	X(WATERMARK,	SANS, 47.0, BOLD,   FAINT, CENTER, 20)

enum style {
#define X(id, ...) STYLE_##id,
	STYLES(X)
#undef X
	STYLE__MAX
};

enum colour { COLOUR_INK, COLOUR_BLUE, COLOUR_GREY, COLOUR_HAIR, COLOUR_TINT, COLOUR_FAINT,
    COLOUR_AMBER, COLOUR_PAPER, COLOUR__MAX };

struct pen {
	struct ctx	*c;
	cairo_surface_t	*surface;
	cairo_t		*cr;
	PangoLayout	*layout;
	PangoFontDescription *font[4];
	bool		failed;
	bool		ready;		/* ${layout} holds a text in this style, scale and width */
	enum style	style;
	double		scale, width;
};

/*
 * There is one pen at a time in a program: pen_open() waits for the other threads' to be closed.
 * cairo 1.16 and FreeType share faces between threads with races of their own (two threads that
 * draw at the same time crash within seconds), and one font map is enough.
 */
/* pen_start(c): make the font map; once, in main. */
int pen_start(struct ctx *) MUST_CHECK;
/* pen_open(p, c, surface): takes ${surface} over; pen_close() finishes it and gives its status. */
void pen_open(struct pen *, struct ctx *, cairo_surface_t *);
cairo_status_t pen_close(struct pen *);
/* pen_warm(p): make pango look all fonts up. */
void pen_warm(struct pen *);

void pen_colour(struct pen *, enum colour);
/* pen_height(p, box, text, style, scale, w): of the text when set ${w} wide. */
double pen_height(struct pen *, const char *, struct text, enum style, double, double);
double pen_width(struct pen *, struct text, enum style);
/* pen_text(p, box, text, style, x, y, w): set it; the height it took. */
double pen_text(struct pen *, const char *, struct text, enum style, double, double, double);
double pen_scaled(struct pen *, const char *, struct text, enum style, double, double, double, double);
/* pen_fit(p, box, text, style, x, y, w, h): smaller, if need be, to stay in ${h}. */
double pen_fit(struct pen *, const char *, struct text, enum style, double, double, double, double);
/* pen_lines(p, box, lines, first, rest, x, y, w, h): the first line in a style of its own. */
double pen_lines(struct pen *, const char *, struct face_lines, enum style, enum style, double, double,
    double, double);
/* pen_fault(p, box, code, reason, text) */
void pen_fault(struct pen *, const char *, const char *, const char *, struct text);

void pen_line(struct pen *, double, double, double, double, double, enum colour);
void pen_rect(struct pen *, double, double, double, double, double, enum colour);
void pen_fill(struct pen *, double, double, double, double, enum colour);
#endif
