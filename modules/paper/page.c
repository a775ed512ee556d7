#include <cairo/cairo-pdf.h>
#include <stdlib.h>
#include <time.h>

#include "paper/form.h"

struct sheet { const struct face *f; size_t page, pages; };

const char *
leaf_name(enum leaf l)
{
	static const char *const names[LEAF__MAX] = {
		[LEAF_ELECTRONIC] = "ELECTRONIC", [LEAF_ORIGINAL] = "ORIGINAL",
		[LEAF_DUPLICATE] = "DUPLICATE",
	};

	return names[l];
}

struct face_lines
lines_new(struct ctx *c, size_t most)
{
	return (struct face_lines){ ctx_alloc(c, most * sizeof(struct text)), 0, most };
}

void
lines_add(struct face_lines *l, struct text t)
{
	if (t.n == 0)
		return;
	if (l->n == l->cap)
		abort();
	l->line[l->n++] = t;
}

static void
legend(struct pen *p, const char *number, const char *words, double x, double y, double w)
{
	double n = pen_width(p, text_of(number), STYLE_LEGEND_NO) + 3;

	(void)pen_text(p, "form", text_of(number), STYLE_LEGEND_NO, x + PAD - 1, y + 2.5, -1);
	(void)pen_text(p, "form", text_of(words), STYLE_LEGEND, x + PAD - 1 + n, y + 3.1, w - n - 2 * PAD);
}

static void
label(struct pen *p, const char *words, double x, double y)
{
	(void)pen_text(p, "form", text_of(words), STYLE_LEGEND, x, y, -1);
}

/* Issuer and heading, the same on every page of every leaf. */
static void
draw_head(struct pen *p, const struct face *f)
{
	double w = RIGHT - LEFT, y = HEAD_TOP + (f->agency_local.n == 0 ? 8 : 1);
	struct text office = f->agency_address.n == 0 ? f->office :
	    text_fmt(p->c, "%.*s  ·  %.*s", TEXT_F(f->office), TEXT_F(f->agency_address));

	y += pen_fit(p, "agency", f->agency, STYLE_AGENCY, LEFT, y, w, 20) + 1.5;
	y += pen_fit(p, "agency", f->agency_local, STYLE_AGENCY_LOCAL, LEFT, y, w, 18) + 1.5;
	(void)pen_fit(p, "office", office, STYLE_ADDRESS, LEFT, y + 1, w, 11);
	pen_line(p, MIDDLE - 150, 93.5, MIDDLE + 150, 93.5, 0.35, COLOUR_BLUE);
	(void)pen_text(p, "form", T(FACE_HEADING), STYLE_TITLE, LEFT, 96, w);
	(void)pen_text(p, "form", T(FACE_SENTENCE), STYLE_SENTENCE, LEFT, 118, w);
}

static void
draw_band(struct pen *p)
{
	static const struct text words = { "DEMONSTRATION", 13 };
	double w = pen_width(p, words, STYLE_BAND) + 16;

	/* Two tabs in the border, where they cover nothing. */
	pen_fill(p, MIDDLE - w / 2, 20, w, 11, COLOUR_AMBER);
	(void)pen_text(p, "form", words, STYLE_BAND, MIDDLE - w / 2, 21.4, w);
	pen_fill(p, MIDDLE - w / 2, PAGE_H - 31, w, 11, COLOUR_AMBER);
	(void)pen_text(p, "form", words, STYLE_BAND, MIDDLE - w / 2, PAGE_H - 29.6, w);
}

static void
draw_copy(struct pen *p, const struct face *f, double x, double y, double w)
{
	pen_fill(p, x, y, w, 16, COLOUR_BLUE);
	(void)pen_text(p, "form", text_of(leaf_name(f->leaf)), STYLE_COPY, x, y + 2.2, w);
}

static struct text
page_of(struct pen *p, const struct sheet *s)
{
	return text_fmt(p->c, "Page %zu of %zu", s->page + 1, s->pages);
}

/* Beside box 1: number, code and copy. */
static void
draw_reference(struct pen *p, const struct sheet *s)
{
	double x = MIDDLE + PAD, y = HEAD_BOTTOM, pill = 92;
	const struct face *f = s->f;

	label(p, "Certificate No.", x, y + 4);
	(void)pen_fit(p, "number", f->number, STYLE_NUMBER, x, y + 12, RIGHT - MIDDLE - pill - 3 * PAD, 17);
	label(p, "Check code", x, y + 37);
	(void)pen_fit(p, "code", f->code, STYLE_CODE, x, y + 45, RIGHT - MIDDLE - pill - 3 * PAD, 14);
	draw_copy(p, f, RIGHT - PAD - pill, y + PAD, pill);
	(void)pen_text(p, "form", T("Issued in India"), STYLE_PAGE_NO, RIGHT - PAD - pill, y + 31, pill);
	(void)pen_text(p, "form", page_of(p, s), STYLE_PAGE_NO, RIGHT - PAD - pill, y + 46, pill);
}

/* The same on a continuation page, in one line. */
static void
draw_strip(struct pen *p, const struct sheet *s)
{
	double y = HEAD_BOTTOM, pill = 92;
	const struct face *f = s->f;

	pen_rect(p, LEFT, y, RIGHT - LEFT, STRIP_H, 0.8, COLOUR_BLUE);
	label(p, "Certificate No.", LEFT + PAD, y + 4);
	(void)pen_fit(p, "number", f->number, STYLE_NUMBER, LEFT + PAD, y + 12, 170, 17);
	label(p, "Check code", LEFT + 190, y + 4);
	(void)pen_fit(p, "code", f->code, STYLE_CODE, LEFT + 190, y + 13, 90, 14);
	(void)pen_text(p, "form", T("Issued in India"), STYLE_PAGE_NO, LEFT + 290, y + 5, 110);
	(void)pen_text(p, "form", page_of(p, s), STYLE_PAGE_NO, LEFT + 290, y + 17, 110);
	draw_copy(p, f, RIGHT - PAD - pill, y + 8, pill);
}

/* Boxes 1 to 3: a legend and lines. */
static void
draw_parties(struct pen *p, const struct face *f)
{
	static const char *const words[] = {
		"Goods consigned from (exporter's business name, address, country)",
		"Goods consigned to (consignee's name, address, country)",
		"Means of transport and route (as far as known)",
	};
	static const char *const number[] = { "1", "2", "3" };
	static const char *const box[] = { "exporter", "consignee", "transport" };
	const struct face_lines *lines[] = { &f->exporter, &f->consignee, &f->transport };
	static const double y[] = { HEAD_BOTTOM, CONSIGNEE_Y, TRANSPORT_Y, GOODS_Y };

	for (size_t i = 0; i < COUNT(words); i++) {
		double h = y[i + 1] - y[i];

		legend(p, number[i], words[i], LEFT, y[i], MIDDLE - LEFT);
		if (lines[i]->n != 0)
			(void)pen_lines(p, box[i], *lines[i], i < 2 ? STYLE_STRONG : STYLE_BODY, STYLE_BODY,
			    LEFT + PAD, y[i] + 13, MIDDLE - LEFT - 2 * PAD, h - 16);
		if (i > 0)
			pen_line(p, LEFT, y[i], MIDDLE, y[i], 0.5, COLOUR_BLUE);
	}
}

/* Box 4; the QR code itself is added by finish(). */
static void
draw_official(struct pen *p, const struct face *f)
{
	double x = MIDDLE + PAD, w = CODE_X - MIDDLE - 2 * PAD;

	legend(p, "4", "For official use", MIDDLE, CONSIGNEE_Y, w);
	if (f->official.n != 0)
		(void)pen_lines(p, "official", f->official, STYLE_OFFICIAL, STYLE_BODY, x, CONSIGNEE_Y + 13, w, 122);
	if (f->address.n == 0)
		return;
	(void)pen_text(p, "form", T("Scan to verify"), STYLE_LEGEND_MID, CODE_X, CODE_Y + CODE_SIZE + 1, CODE_SIZE);
	label(p, "Verify this certificate at", x, GOODS_Y - 27);
	(void)pen_fit(p, "address", f->address, STYLE_LINK, x, GOODS_Y - 19, RIGHT - MIDDLE - 2 * PAD, 17);
}

static void
draw_upper(struct pen *p, const struct sheet *s)
{
	draw_reference(p, s);
	draw_parties(p, s->f);
	pen_line(p, MIDDLE, CONSIGNEE_Y, RIGHT, CONSIGNEE_Y, 0.5, COLOUR_BLUE);
	pen_line(p, MIDDLE, HEAD_BOTTOM, MIDDLE, GOODS_Y, 0.5, COLOUR_BLUE);
	draw_official(p, s->f);
	pen_rect(p, LEFT, HEAD_BOTTOM, RIGHT - LEFT, GOODS_Y - HEAD_BOTTOM, 0.8, COLOUR_BLUE);
}

/* The foot of boxes 11 and 12: who, under the line; where and when. */
static void
draw_signatory(struct pen *p, const char *box, const char *line, struct text name, struct text designation,
    struct text place, struct text date, double x, double w)
{
	struct text when = date.n == 0 ? place : place.n == 0 ? date :
	    text_fmt(p->c, "%.*s, %.*s", TEXT_F(place), TEXT_F(date));

	pen_line(p, x + PAD, INK_Y, x + w - PAD, INK_Y, 0.4, COLOUR_INK);
	label(p, line, x + PAD, INK_Y + 1.5);
	(void)pen_fit(p, box, name, STYLE_BODY_STRONG, x + PAD, INK_Y + 10, w - 2 * PAD, 12);
	(void)pen_fit(p, box, designation, STYLE_CELL, x + PAD, INK_Y + 20.5, w - 2 * PAD, 11);
	label(p, "Place and date", x + PAD, SIGN_BOTTOM - 22);
	(void)pen_fit(p, box, when, STYLE_BODY, x + PAD, SIGN_BOTTOM - 14.5, w - 2 * PAD, 12);
}

static void
draw_certification(struct pen *p, const struct face *f)
{
	double w = MIDDLE - LEFT, y = SIGN_Y + 13;

	legend(p, "11", "Certification", LEFT, SIGN_Y, w);
	y += pen_text(p, "form", T("It is hereby certified, on the basis of control carried out, that the "
	    "declaration by the exporter is correct."), STYLE_BODY, LEFT + PAD, y, w - 2 * PAD);
	(void)pen_fit(p, "agency", f->agency, STYLE_CELL_STRONG, LEFT + PAD, y + 2, w - STAMP_SIZE - 3 * PAD, 10);
	draw_signatory(p, "officer", "Signature and stamp of the certifying authority", f->issued.officer,
	    f->issued.designation, f->issued.place, f->issued.date, LEFT, w);
}

/* A sentence with an answer on a line of its own, ruled, and the name of the answer. */
static double
draw_answer(struct pen *p, const char *box, struct text sentence, struct text answer, const char *name,
    double y, double w)
{
	double x = MIDDLE + PAD;

	y += pen_text(p, "form", sentence, STYLE_BODY, x, y, w);
	(void)pen_fit(p, box, answer, STYLE_BODY_STRONG, x, y + 0.5, w - 74, 12);
	label(p, name, x + w - 68, y + 3);
	pen_line(p, x, y + 11.5, x + w - 72, y + 11.5, 0.3, COLOUR_GREY);
	return y + 13;
}

static void
draw_declaration(struct pen *p, const struct face *f)
{
	double w = RIGHT - MIDDLE, y = SIGN_Y + 13;

	legend(p, "12", "Declaration by the exporter", MIDDLE, SIGN_Y, w);
	y = draw_answer(p, "form", T("The undersigned hereby declares that the above details and statements are "
	    "correct; that all the goods were produced in"), f->produced_in, "(country of origin)", y, w - 2 * PAD);
	(void)draw_answer(p, "importing_country", T("and that they meet the origin requirements for exports to"),
	    f->importing_country, "(importing country)", y, w - 2 * PAD);
	if (f->leaf == LEAF_ELECTRONIC && f->declared.signed_at.n != 0)
		(void)pen_fit(p, "signed_at", text_fmt(p->c, "Electronically signed  %.*s",
		    TEXT_F(f->declared.signed_at)), STYLE_CELL_STRONG, MIDDLE + PAD, INK_Y - 11.5, w - 2 * PAD, 11);
	draw_signatory(p, "declaration", "Signature of authorised signatory", f->declared.signatory,
	    f->declared.designation, f->declared.place, f->declared.date, MIDDLE, w);
}

static void
draw_signing(struct pen *p, const struct face *f)
{
	draw_certification(p, f);
	draw_declaration(p, f);
	pen_line(p, MIDDLE, SIGN_Y, MIDDLE, SIGN_BOTTOM, 0.5, COLOUR_BLUE);
	pen_rect(p, LEFT, SIGN_Y, RIGHT - LEFT, SIGN_BOTTOM - SIGN_Y, 0.8, COLOUR_BLUE);
}

static void
draw_continued(struct pen *p, const struct face *f)
{
	pen_rect(p, LEFT, GOODS_END, RIGHT - LEFT, SIGN_BOTTOM - GOODS_END, 0.8, COLOUR_BLUE);
	(void)pen_fit(p, "number", text_fmt(p->c, "This page belongs to certificate %.*s and is not valid without "
	    "page 1, which carries boxes 1 to 4, the certification (11) and the declaration (12).",
	    TEXT_F(f->number)), STYLE_CELL, LEFT + PAD, GOODS_END + 6, RIGHT - LEFT - 2 * PAD, 12);
}

static void
draw_foot(struct pen *p, const struct sheet *s)
{
	const char *words = s->f->watermark.n != 0 ? "A preview: nothing has been certified." :
	    s->f->leaf == LEAF_ELECTRONIC ?
	    "Signed electronically: compare every detail with the record at the address in box 4." :
	    "Compare every detail with the record at the address in box 4.";

	(void)pen_text(p, "form", text_of(words), STYLE_SMALL, LEFT, FOOT_Y, 330);
	(void)pen_fit(p, "number", s->f->number, STYLE_FOOT_NUMBER, RIGHT - 180, FOOT_Y - 0.8, 180, 11);
}

static void
draw_watermark(struct pen *p, struct text words)
{
	double h;

	if (words.n == 0)
		return;
	cairo_save(p->cr);
	cairo_translate(p->cr, PAGE_W / 2, PAGE_H / 2);
	cairo_rotate(p->cr, -0.9);
	h = pen_height(p, "form", words, STYLE_WATERMARK, 1, 900);
	(void)pen_text(p, "form", words, STYLE_WATERMARK, -450, -h / 2, 900);
	cairo_restore(p->cr);
}

/* Below the watermark, which must show everywhere. */
static void
draw_tints(struct pen *p, const struct sheet *s)
{
	bool first = s->page == 0;
	double x = first ? MIDDLE : LEFT;

	pen_fill(p, x, HEAD_BOTTOM, RIGHT - x, first ? PARTY_H : STRIP_H, COLOUR_TINT);
	pen_fill(p, LEFT, first ? GOODS_Y : HEAD_BOTTOM + STRIP_H, RIGHT - LEFT, LEGEND_H, COLOUR_TINT);
}

static void
draw_page(struct pen *p, const struct sheet *s, const struct plan *plan)
{
	draw_tints(p, s);
	draw_watermark(p, s->f->watermark);
	draw_head(p, s->f);
	if (s->f->demo)
		draw_band(p);
	if (s->page == 0) {
		draw_upper(p, s);
		draw_signing(p, s->f);
	} else {
		draw_strip(p, s);
		draw_continued(p, s->f);
	}
	goods_draw(p, s->f, plan, s->page);
	draw_foot(p, s);
	cairo_show_page(p->cr);
}

static cairo_status_t
collect(void *to, const unsigned char *p, unsigned n)
{
	struct heap *h = to;

	heap_add(h, p, n);
	return h->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

/* The time is the face's, not the clock's: the same face gives the same bytes. */
static void
describe(struct ctx *c, cairo_surface_t *s, const struct face *f)
{
	time_t t = (time_t)f->time;
	struct tm tm;
	char when[32];

	(void)gmtime_r(&t, &tm);
	(void)strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, when);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE,
	    text_fmt(c, "Certificate of origin (Non-Preferential) %.*s", TEXT_F(f->number)).p);
	/* Letters, digits and dashes: kept as plain text, for whoever looks for it in the bytes. */
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_KEYWORDS, text_c(c, f->number));
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, text_c(c, f->agency));
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_SUBJECT, leaf_name(f->leaf));
}

static void
draw_all(struct pen *p, const struct face *f, size_t *pages)
{
	const struct plan *plan = goods_plan(p, f);

	if (plan == NULL || p->failed)
		return;
	*pages = goods_pages(plan);
	for (size_t i = 0; i < *pages; i++)
		draw_page(p, &(struct sheet){ f, i, *pages }, plan);
}

int
page_draw(struct ctx *c, const struct face *f, struct drawn *out)
{
	struct heap *h = heap_new(c);
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(collect, h, PAGE_W, PAGE_H);
	cairo_status_t status;
	struct pen p;

	*out = (struct drawn){ .pages = 0 };
	describe(c, s, f);
	pen_open(&p, c, s);
	draw_all(&p, f, &out->pages);
	status = pen_close(&p);
	if (p.failed)
		return -1;
	if (status != CAIRO_STATUS_SUCCESS || h->failed)
		return problem_set(c, PROBLEM_INTERNAL, "drawing: %s", cairo_status_to_string(status));
	return finish(c, f, heap_text(h), out);
}
