/*
 * assemble - leaves and attachments in one file.
 *
 * A paper copy is the leaf, then the invoice and the packing list, each of whose pages is marked
 * with the copy's name and the certificate number in its foot.  Attachments may be PDF, JPEG, PNG
 * or TIFF, told apart by their first bytes.  What a PDF could do besides being printed (scripts,
 * actions, forms, embedded files) stays behind: only pages are copied, without their annotations.
 *
 * Trust:   attachments are uploads.
 * Memory:  results live in the ctx; qpdf's memory is released before return, on every path.
 * Fails:   PROBLEM_FILE: encrypted, malformed, not one of the four, or more than ASSEMBLE_PAGES.
 * Needs:   nothing.
 */
#ifndef PAPER_ASSEMBLE_H
#define PAPER_ASSEMBLE_H
#include "base/ctx.h"

#define ASSEMBLE_PAGES	500

/**
 * assemble_copy(c, leaf, attachment, n, copy, number, out):
 * ${leaf}, a PDF of ours, as it is, then the ${n} attachments marked "${copy} - ${number}".
 */
int assemble_copy(struct ctx *, struct text, const struct text *, size_t, const char *, struct text,
    struct text *) MUST_CHECK;

/* assemble_pages(c, pdf, n): how many pages; what is damaged below them only assemble_copy() finds. */
int assemble_pages(struct ctx *, struct text, size_t *) MUST_CHECK;
#endif
