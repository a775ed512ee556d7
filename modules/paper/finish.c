/* Border, QR code, stamp and signature enter the drawn page as finished objects: nothing is encoded again. */
#include <stdio.h>

#include "paper/form.h"
#include "paper/image_private.h"

/* A picture as large as fits into the place, in its middle; PDF counts from the bottom. */
static void
place(struct heap *ops, const char *name, const struct image *i, double x, double y, double w, double h)
{
	double s = w / i->width < h / i->height ? w / i->width : h / i->height;
	double dw = s * i->width, dh = s * i->height;

	heap_fmt(ops, "q %.3f 0 0 %.3f %.3f %.3f cm %s Do Q\n", dw, dh, x + (w - dw) / 2,
	    PAGE_H - y - h + (h - dh) / 2, name);
}

static int
add_code(struct ctx *c, qpdf_data q, qpdf_oh page, struct heap *ops, struct text address)
{
	struct text squares;
	unsigned side;
	char dict[128];

	if (code_operators(c, address, &squares, &side) != 0)
		return -1;
	(void)snprintf(dict, sizeof dict, "<< /Type /XObject /Subtype /Form /BBox [0 0 %u %u] >>", side, side);
	pdf_name_object(q, page, "/Code", pdf_stream(q, squares, dict));
	heap_fmt(ops, "q %.5f 0 0 %.5f %.3f %.3f cm /Code Do Q\n", CODE_SIZE / side, CODE_SIZE / side, CODE_X,
	    PAGE_H - CODE_Y - CODE_SIZE);
	return 0;
}

static void
add_ink(qpdf_data q, qpdf_oh page, struct heap *ops, const struct face *f)
{
	if (f->signature != NULL) {
		pdf_name_object(q, page, "/Signature", image_object(q, f->signature));
		place(ops, "/Signature", f->signature, SIGNATURE_X, SIGNATURE_Y, SIGNATURE_W, SIGNATURE_H);
	}
	if (f->stamp != NULL) {
		pdf_name_object(q, page, "/Stamp", image_object(q, f->stamp));
		place(ops, "/Stamp", f->stamp, STAMP_X, STAMP_Y, STAMP_SIZE, STAMP_SIZE);
	}
}

/* Border and rosette lie under the text of each page; both forms are shared. */
static void
add_background(qpdf_data q, size_t i, qpdf_oh *form)
{
	qpdf_oh page = qpdf_get_page_n(q, i);

	if (i < 2) {
		char dict[128];

		(void)snprintf(dict, sizeof dict, "<< /Type /XObject /Subtype /Form /BBox [0 0 %.3f %.3f] >>",
		    PAGE_W, PAGE_H);
		*form = qpdf_make_indirect_object(q, pdf_coded(q, ornament_background(i == 0),
		    "/FlateDecode", dict));
	}
	pdf_name_object(q, page, "/Border", *form);
}

int
finish(struct ctx *c, const struct face *f, struct text drawn, struct drawn *out)
{
	AUTO_PDF q = pdf_new();
	struct heap *ops = heap_new(c);
	qpdf_oh page, form = 0;

	if (pdf_read(c, q, drawn) != 0)
		return -1;
	page = qpdf_get_page_n(q, 0);
	if (f->address.n != 0 && add_code(c, q, page, ops, f->address) != 0)
		return -1;
	if (f->leaf == LEAF_ELECTRONIC)
		add_ink(q, page, ops, f);
	if (ops->failed)
		return problem_set(c, PROBLEM_BUSY, "no memory for a page");
	for (size_t i = 0; i < out->pages; i++) {
		add_background(q, i, &form);
		pdf_draw(q, qpdf_get_page_n(q, i), T("/Border Do\n"), i == 0 ? heap_text(ops) : T(""));
	}
	qpdf_oh_replace_key(q, qpdf_get_root(q), "/Lang", qpdf_oh_new_string(q, "en-IN"));
	return pdf_write(c, q, &out->pdf);
}
