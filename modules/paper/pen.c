#include <string.h>

#include "paper/pen.h"

#define SMALLEST	0.62	/* of the style's size: 5 pt for body text */
#define LEADING		0.88f	/* Noto's own line height is made for screens */
#define PACK		0.9	/* the same between lines set one by one */

/*
 * Everything is laid out at one size and scaled when drawn: outlines are not hinted, so it looks the
 * same, and pango, which starts two short-lived threads to look a font up at a size, does so for
 * four fonts only, all of them in pen_warm().
 */
#define BASE		10.0

enum font { FONT_SANS_NORMAL, FONT_SANS_BOLD, FONT_MONO_NORMAL, FONT_MONO_BOLD };

static const char *const fonts[] = {
	[FONT_SANS_NORMAL] = "Noto Sans,Noto Sans Devanagari,Noto Naskh Arabic 10",
	[FONT_SANS_BOLD]   = "Noto Sans,Noto Sans Devanagari,Noto Naskh Arabic Bold 10",
	[FONT_MONO_NORMAL] = "Noto Sans Mono,Noto Sans 10",
	[FONT_MONO_BOLD]   = "Noto Sans Mono,Noto Sans Bold 10",
};

static const struct {
	enum font	font;
	double		size;
	enum colour	colour;
	PangoAlignment	align;
	int		spacing;
} styles[STYLE__MAX] = {
#define X(id, family, size, weight, colour, align, spacing)				\
	[STYLE_##id] = { FONT_##family##_##weight, size, COLOUR_##colour,		\
	    PANGO_ALIGN_##align, spacing },
	STYLES(X)
#undef X
};

static const struct { double r, g, b; } colours[COLOUR__MAX] = {
	[COLOUR_INK]	= { 0.08, 0.09, 0.11 },
	[COLOUR_BLUE]	= { 0x1b / 255.0, 0x4d / 255.0, 0x89 / 255.0 },
	[COLOUR_GREY]	= { 0.34, 0.38, 0.43 },
	[COLOUR_HAIR]	= { 0.58, 0.68, 0.80 },
	[COLOUR_TINT]	= { 0.945, 0.96, 0.98 },
	[COLOUR_FAINT]	= { 0.87, 0.89, 0.92 },
	[COLOUR_AMBER]	= { 0.71, 0.33, 0.04 },
	[COLOUR_PAPER]	= { 1.0, 1.0, 1.0 },
};

/* The one font map, and who may use it. */
static PangoFontMap *map;
static GMutex one;

int
pen_start(struct ctx *c)
{
	if (map == NULL && (map = pango_cairo_font_map_new()) == NULL)
		return problem_set(c, PROBLEM_INTERNAL, "pango has no font map");
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);	/* points are points */
	return 0;
}

static PangoLayout *
layout_new(cairo_t *cr)
{
	PangoContext *context = pango_font_map_create_context(map);
	cairo_font_options_t *options = cairo_font_options_create();
	PangoLayout *layout;

	/* No glyph is moved to a pixel. */
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_update_context(cr, context);
	pango_context_set_round_glyph_positions(context, FALSE);
	layout = pango_layout_new(context);
	g_object_unref(context);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_line_spacing(layout, LEADING);
	return layout;
}

void
pen_open(struct pen *p, struct ctx *c, cairo_surface_t *surface)
{
	g_mutex_lock(&one);
	*p = (struct pen){ .c = c, .surface = surface, .cr = cairo_create(surface) };
	p->layout = layout_new(p->cr);
	for (size_t i = 0; i < COUNT(p->font); i++)
		p->font[i] = pango_font_description_from_string(fonts[i]);
}

/* The fonts of a PDF are written when it is finished: that belongs inside the lock. */
cairo_status_t
pen_close(struct pen *p)
{
	cairo_status_t status;

	for (size_t i = 0; i < COUNT(p->font); i++)
		pango_font_description_free(p->font[i]);
	g_object_unref(p->layout);
	cairo_destroy(p->cr);
	cairo_surface_finish(p->surface);
	status = cairo_surface_status(p->surface);
	cairo_surface_destroy(p->surface);
	g_mutex_unlock(&one);
	return status;
}

void
pen_colour(struct pen *p, enum colour k)
{
	cairo_set_source_rgb(p->cr, colours[k].r, colours[k].g, colours[k].b);
}

void
pen_fault(struct pen *p, const char *box, const char *code, const char *reason, struct text t)
{
	const struct problem *q = &p->c->problem;
	const struct fault *last = q->nfault == 0 ? NULL : &q->fault[q->nfault - 1];

	p->failed = true;
	/* A text is measured before it is drawn: its fault is told once. */
	if (last != NULL && strcmp(last->field, box) == 0 && text_is(t, last->a))
		return;
	(void)problem_fault(p->c, (struct fault){ box, code, reason, text_c(p->c, t), NULL });
}

/* Without ligatures: a name is then found by whoever searches or copies it, letter by letter. */
static void
space_out(struct pen *p, int thousandths)
{
	PangoAttrList *list = pango_attr_list_new();

	pango_attr_list_insert(list, pango_attr_font_features_new("liga=0, clig=0"));
	if (thousandths != 0)
		pango_attr_list_insert(list,
		    pango_attr_letter_spacing_new((int)(BASE * PANGO_SCALE * thousandths / 1000)));
	pango_layout_set_attributes(p->layout, list);
	pango_attr_list_unref(list);
}

/* Most texts are measured and then drawn: what is laid out already need not be again. */
static bool
laid_out(struct pen *p, struct text t, enum style s, double scale, double w)
{
	bool same = p->ready && p->style == s && p->scale == scale && p->width == w &&
	    text_is(t, pango_layout_get_text(p->layout));

	p->style = s;
	p->scale = scale;
	p->width = w;
	return same;
}

static double
points(enum style s, double scale)
{
	return styles[s].size * scale / BASE;
}

/* Lay ${t} out; false when it cannot be set. */
static bool
prepare(struct pen *p, const char *box, struct text t, enum style s, double scale, double w)
{
	if (laid_out(p, t, s, scale, w))
		return true;
	p->ready = false;
	if (!text_utf8(t) || text_find(t, '\0') != t.n) {
		pen_fault(p, box, "not-text", "This text is damaged.", T(""));
		return false;
	}
	pango_layout_set_font_description(p->layout, p->font[styles[s].font]);
	space_out(p, styles[s].spacing);
	pango_layout_set_alignment(p->layout, styles[s].align);
	pango_layout_set_width(p->layout, w < 0 ? -1 : (int)(w / points(s, scale) * PANGO_SCALE));
	pango_layout_set_text(p->layout, t.n == 0 ? "" : t.p, (int)t.n);
	if (pango_layout_get_unknown_glyphs_count(p->layout) != 0) {
		pen_fault(p, box, "unknown-character",
		    "This text has a character that cannot be printed.", t);
		return false;
	}
	return p->ready = true;
}

static double
height(struct pen *p)
{
	PangoRectangle all;

	pango_layout_get_extents(p->layout, NULL, &all);
	return (double)all.height / PANGO_SCALE * points(p->style, p->scale);
}

double
pen_height(struct pen *p, const char *box, struct text t, enum style s, double scale, double w)
{
	return t.n != 0 && prepare(p, box, t, s, scale, w) ? height(p) : 0;
}

double
pen_width(struct pen *p, struct text t, enum style s)
{
	PangoRectangle all;

	if (!prepare(p, "", t, s, 1, -1))
		return 0;
	pango_layout_get_extents(p->layout, NULL, &all);
	return (double)all.width / PANGO_SCALE * points(s, 1);
}

double
pen_scaled(struct pen *p, const char *box, struct text t, enum style s, double scale, double x, double y,
    double w)
{
	if (t.n == 0 || !prepare(p, box, t, s, scale, w))
		return 0;
	pen_colour(p, styles[s].colour);
	cairo_save(p->cr);
	cairo_translate(p->cr, x, y);
	cairo_scale(p->cr, points(s, scale), points(s, scale));
	cairo_move_to(p->cr, 0, 0);
	pango_cairo_show_layout(p->cr, p->layout);
	cairo_restore(p->cr);
	return height(p);
}

double
pen_text(struct pen *p, const char *box, struct text t, enum style s, double x, double y, double w)
{
	return pen_scaled(p, box, t, s, 1, x, y, w);
}

double
pen_fit(struct pen *p, const char *box, struct text t, enum style s, double x, double y, double w,
    double h)
{
	return pen_lines(p, box, (struct face_lines){ &t, 1, 1 }, s, s, x, y, w, h);
}

static double
lines_height(struct pen *p, const char *box, struct face_lines l, enum style first, enum style rest,
    double scale, double w)
{
	double sum = 0;

	for (size_t i = 0; i < l.n && !p->failed; i++)
		sum += PACK * pen_height(p, box, l.line[i], i == 0 ? first : rest, scale, w);
	return sum;
}

double
pen_lines(struct pen *p, const char *box, struct face_lines l, enum style first, enum style rest,
    double x, double y, double w, double h)
{
	double scale = 1, at = y;

	while (lines_height(p, box, l, first, rest, scale, w) > h) {
		if ((scale -= 0.04) < SMALLEST) {
			pen_fault(p, box, "too-long", "This text does not fit into its box.",
			    l.line[0]);
			return 0;
		}
	}
	for (size_t i = 0; i < l.n; i++)
		at += PACK * pen_scaled(p, box, l.line[i], i == 0 ? first : rest, scale, x, at, w);
	return at - y;
}

void
pen_line(struct pen *p, double x, double y, double to_x, double to_y, double width, enum colour k)
{
	pen_colour(p, k);
	cairo_set_line_width(p->cr, width);
	cairo_move_to(p->cr, x, y);
	cairo_line_to(p->cr, to_x, to_y);
	cairo_stroke(p->cr);
}

void
pen_rect(struct pen *p, double x, double y, double w, double h, double width, enum colour k)
{
	pen_colour(p, k);
	cairo_set_line_width(p->cr, width);
	cairo_rectangle(p->cr, x, y, w, h);
	cairo_stroke(p->cr);
}

void
pen_fill(struct pen *p, double x, double y, double w, double h, enum colour k)
{
	pen_colour(p, k);
	cairo_rectangle(p->cr, x, y, w, h);
	cairo_fill(p->cr);
}

/* One word of each script a font may be there for: what has no glyphs costs nothing. */
void
pen_warm(struct pen *p)
{
	static const char words[] = "Origin 123 Αθήνα Москва ירושלים المنشأ मूल মূল ਮੂਲ મૂળ ମୂଳ மூலம் మూలం ಮೂಲ "
	    "മൂലം ต้น 原产地 かな 원산지";

	for (size_t i = 0; i < COUNT(p->font); i++) {
		pango_layout_set_font_description(p->layout, p->font[i]);
		pango_layout_set_text(p->layout, words, -1);
		pango_cairo_show_layout(p->cr, p->layout);
	}
}
