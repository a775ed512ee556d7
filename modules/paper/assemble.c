#include <cairo/cairo-pdf.h>
#include <stdio.h>
#include <stdlib.h>

#include "paper/assemble.h"
#include "paper/form.h"
#include "paper/image.h"

#define MARK_H		13.0
#define FILES		40	/* attachments of one copy: more than an application has */
#define DAMAGED		"The PDF is damaged and cannot be read."

/* A source is read where its bytes are, and must stay open until the whole is written. */
struct source { qpdf_data q; };

static void
close_sources(struct source (*s)[FILES + 2])
{
	for (size_t i = 0; i < FILES + 2; i++)
		pdf_close(&(*s)[i].q);
}

/* Annotations that are print: the others, and whatever any of them would do, stay behind. */
static bool
prints(qpdf_data q, qpdf_oh annotation)
{
	static const char *const kinds[] = { "/Widget", "/FreeText", "/Stamp", "/Ink", "/Line", "/Square",
	    "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline", "/StrikeOut" };
	qpdf_oh kind = qpdf_oh_get_key_if_dict(q, annotation, "/Subtype");

	if (!qpdf_oh_is_dictionary(q, annotation) || !qpdf_oh_has_key(q, annotation, "/AP"))
		return false;
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (qpdf_oh_is_name_and_equals(q, kind, kinds[i]))
			return true;
	return false;
}

static void
disarm(qpdf_data q, qpdf_oh page)
{
	static const char *const page_keys[] = { "/AA", "/B", "/Metadata", "/PieceInfo", "/StructParents",
	    "/Thumb", "/Trans", "/Dur" };
	static const char *const keys[] = { "/A", "/AA", "/Parent", "/Popup", "/IRT", "/P", "/Kids",
	    "/StructParent", "/Dest" };
	qpdf_oh had = qpdf_oh_get_key(q, page, "/Annots"), keep = qpdf_oh_new_array(q);

	for (int i = 0; qpdf_oh_is_array(q, had) && i < qpdf_oh_get_array_n_items(q, had); i++) {
		qpdf_oh a = qpdf_oh_get_array_item(q, had, i);

		if (!prints(q, a))
			continue;
		for (size_t k = 0; k < COUNT(keys); k++)
			qpdf_oh_remove_key(q, a, keys[k]);
		qpdf_oh_append_item(q, keep, a);
	}
	qpdf_oh_replace_key(q, page, "/Annots", keep);
	for (size_t k = 0; k < COUNT(page_keys); k++)
		qpdf_oh_remove_key(q, page, page_keys[k]);
}

/* Open an attachment, whatever it is, with its pages ready to be copied. */
static int
open_source(struct ctx *c, struct text bytes, struct source *s)
{
	struct text pdf = bytes;

	if (!text_starts(bytes, "%PDF-") && image_pages(c, bytes, &pdf) != 0)
		return -1;
	s->q = pdf_new();
	if (pdf_read(c, s->q, pdf) != 0)
		return -1;
	(void)qpdf_push_inherited_attributes_to_page(s->q);
	for (int i = 0; i < qpdf_get_num_pages(s->q); i++)
		disarm(s->q, qpdf_get_page_n(s->q, (size_t)i));
	if (qpdf_has_error(s->q))
		return problem_say(c, PROBLEM_FILE, DAMAGED);
	return 0;
}

static cairo_status_t
collect(void *to, const unsigned char *p, unsigned n)
{
	struct heap *h = to;

	heap_add(h, p, n);
	return h->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

/* The mark as a page of its own, just as large: "ORIGINAL - NP-..." on white, ruled. */
static int
draw_mark(struct ctx *c, struct text words, struct text *pdf, double *width)
{
	struct heap *h = heap_new(c);
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(collect, h, PAGE_W, MARK_H);
	cairo_status_t status;
	struct pen p;

	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
	pen_open(&p, c, s);
	*width = pen_width(&p, words, STYLE_MARK) + 16;
	cairo_pdf_surface_set_size(s, *width, MARK_H);
	pen_fill(&p, 0, 0, *width, MARK_H, COLOUR_PAPER);
	pen_rect(&p, 0.4, 0.4, *width - 0.8, MARK_H - 0.8, 0.6, COLOUR_BLUE);
	(void)pen_text(&p, "mark", words, STYLE_MARK, 0, 1.1, *width);
	status = pen_close(&p);
	if (p.failed || status != CAIRO_STATUS_SUCCESS)
		return problem_set(c, PROBLEM_INTERNAL, "mark of a copy");
	*pdf = heap_text(h);
	return 0;
}

/* The marked page's content as a form in ${q}; ${s} keeps its resources alive. */
static int
mark_form(struct ctx *c, qpdf_data q, struct text pdf, struct source *s, double width, qpdf_oh *out)
{
	struct heap *h = heap_new(c);
	unsigned char *content = NULL;
	size_t n = 0;
	qpdf_oh page;
	char dict[128];

	s->q = pdf_new();
	if (pdf_read(c, s->q, pdf) != 0)
		return -1;
	page = qpdf_get_page_n(s->q, 0);
	if (qpdf_oh_get_page_content_data(s->q, page, &content, &n) & QPDF_ERRORS)
		return pdf_check(c, s->q, "mark of a copy");
	heap_add(h, content, n);
	free(content);
	(void)snprintf(dict, sizeof dict, "<< /Type /XObject /Subtype /Form /BBox [0 0 %.3f %.3f] >>", width,
	    MARK_H);
	*out = qpdf_make_indirect_object(q, pdf_stream(q, heap_text(h), dict));
	qpdf_oh_replace_key(q, qpdf_oh_get_dict(q, *out), "/Resources", qpdf_oh_copy_foreign_object(q, s->q,
	    qpdf_make_indirect_object(s->q, qpdf_oh_get_key(s->q, page, "/Resources"))));
	return pdf_check(c, q, "mark of a copy");
}

/* The visible part of a page: crop box, else media box. */
static void
visible(qpdf_data q, qpdf_oh page, double box[4])
{
	static const double a4[4] = { 0, 0, PAGE_W, PAGE_H };
	qpdf_oh a = qpdf_oh_get_key(q, page, "/CropBox");

	if (!qpdf_oh_is_array(q, a))
		a = qpdf_oh_get_key(q, page, "/MediaBox");
	for (int i = 0; i < 4; i++)
		box[i] = qpdf_oh_is_array(q, a) && qpdf_oh_get_array_n_items(q, a) == 4 ?
		    qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, a, i)) : a4[i];
}

/* At the foot of the page as it is seen, which may be turned. */
static void
mark_page(struct ctx *c, qpdf_data q, qpdf_oh page, qpdf_oh form, double width)
{
	double b[4], w, h, u, v = 9;
	int turn = (int)(qpdf_oh_get_int_value(q, qpdf_oh_get_key(q, page, "/Rotate")) / 90 % 4 + 4) % 4;

	visible(q, page, b);
	w = b[2] - b[0];
	h = b[3] - b[1];
	u = ((turn % 2 == 0 ? w : h) - width) / 2;
	const double m[4][6] = {
		{ 1, 0, 0, 1, b[0] + u, b[1] + v }, { 0, 1, -1, 0, b[2] - v, b[1] + u },
		{ -1, 0, 0, -1, b[2] - u, b[3] - v }, { 0, -1, 1, 0, b[0] + v, b[3] - u },
	};
	struct text ops = text_fmt(c, "q %.0f %.0f %.0f %.0f %.3f %.3f cm /CopyMark Do Q\n", m[turn][0],
	    m[turn][1], m[turn][2], m[turn][3], m[turn][4], m[turn][5]);

	pdf_name_object(q, page, "/CopyMark", form);
	pdf_draw(q, page, T(""), ops);
}

static int
append(struct ctx *c, qpdf_data q, struct source *s, qpdf_oh mark, double width)
{
	for (int i = 0; i < qpdf_get_num_pages(s->q); i++) {
		int n = qpdf_get_num_pages(q);

		if (n >= ASSEMBLE_PAGES)
			return problem_say(c, PROBLEM_FILE, "The copy would have too many pages.");
		if (qpdf_add_page(q, s->q, qpdf_get_page_n(s->q, (size_t)i), QPDF_FALSE) & QPDF_ERRORS)
			return problem_say(c, PROBLEM_FILE, DAMAGED);
		mark_page(c, q, qpdf_get_page_n(q, (size_t)n), mark, width);
	}
	return 0;
}

/* What lies below the pages is read only now: what is wrong with it is the attachments' fault. */
static int
write_copy(struct ctx *c, qpdf_data q, bool attached, struct text *out)
{
	int rc = pdf_write(c, q, out);

	if (rc != 0 && attached && c->problem.kind == PROBLEM_INTERNAL) {
		c->problem.kind = PROBLEM_FILE;		/* the log keeps what qpdf said */
		c->problem.detail = DAMAGED;
	}
	return rc;
}

int
assemble_copy(struct ctx *c, struct text leaf, const struct text *attachment, size_t n, const char *copy,
    struct text number, struct text *out)
{
	struct source source[FILES + 2] __attribute__((cleanup(close_sources))) = { { NULL } };
	struct text words = text_fmt(c, "%s - %.*s", copy, TEXT_F(number)), pdf;
	qpdf_oh mark = 0;
	qpdf_data q;
	double width = 0;

	if (n > FILES)
		return problem_say(c, PROBLEM_FILE, "The copy would have too many attachments.");
	q = source[0].q = pdf_new();
	if (pdf_read(c, q, leaf) != 0 || draw_mark(c, words, &pdf, &width) != 0 ||
	    mark_form(c, q, pdf, &source[1], width, &mark) != 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (open_source(c, attachment[i], &source[i + 2]) != 0 ||
		    append(c, q, &source[i + 2], mark, width) != 0)
			return -1;
	return write_copy(c, q, n > 0, out);
}

int
assemble_pages(struct ctx *c, struct text bytes, size_t *n)
{
	struct source source[FILES + 2] __attribute__((cleanup(close_sources))) = { { NULL } };

	if (open_source(c, bytes, &source[0]) != 0)
		return -1;
	*n = (size_t)qpdf_get_num_pages(source[0].q);
	return *n > ASSEMBLE_PAGES ? problem_say(c, PROBLEM_FILE, "The file has too many pages.") : 0;
}
