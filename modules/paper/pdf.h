/*
 * pdf - qpdf's C interface with our error type; private to the layer.
 *
 * A qpdf_data owns every object made from it; AUTO_PDF releases it on every path.  Errors of single
 * calls are remembered by qpdf: pdf_check() asks once, after a sequence.
 *
 * Trust:   pdf_read() takes anybody's bytes and does not repair what is broken.
 * Memory:  the bytes given to pdf_read() must outlive the qpdf_data.  Results live in the ctx.
 * Fails:   PROBLEM_FILE for input, PROBLEM_INTERNAL for what we make ourselves.
 * Needs:   nothing.
 */
#ifndef PAPER_PDF_H
#define PAPER_PDF_H
#include <qpdf/qpdf-c.h>

#include "base/ctx.h"

static inline void
pdf_close(qpdf_data *q)
{
	if (*q != NULL)
		qpdf_cleanup(q);
}
#define AUTO_PDF __attribute__((cleanup(pdf_close))) qpdf_data

qpdf_data pdf_new(void);
/* pdf_read(c, q, bytes): refuses what is encrypted, damaged or without pages. */
int pdf_read(struct ctx *, qpdf_data, struct text) MUST_CHECK;
/* pdf_write(c, q, out): the same objects give the same bytes. */
int pdf_write(struct ctx *, qpdf_data, struct text *) MUST_CHECK;
int pdf_check(struct ctx *, qpdf_data, const char *) MUST_CHECK;

/* pdf_stream(q, data, dict): a new stream of plain bytes, its dictionary parsed from ${dict}. */
qpdf_oh pdf_stream(qpdf_data, struct text, const char *);
/* pdf_coded(q, data, filter, dict): one whose bytes are encoded already. */
qpdf_oh pdf_coded(qpdf_data, struct text, const char *, const char *);
/* pdf_name_object(q, page, name, object): enter an XObject among the page's resources. */
void pdf_name_object(qpdf_data, qpdf_oh, const char *, qpdf_oh);
/* pdf_draw(q, page, under, over): operators before and after the content, in the page's own space. */
void pdf_draw(qpdf_data, qpdf_oh, struct text, struct text);

/* Bytes that grow outside the arena and die with the request. */
struct heap { unsigned char *p; size_t n, cap; bool failed; };
struct heap *heap_new(struct ctx *);
void heap_add(struct heap *, const void *, size_t);
void heap_fmt(struct heap *, const char *, ...) PRINTF(2, 3);
struct text heap_text(const struct heap *);
#endif
