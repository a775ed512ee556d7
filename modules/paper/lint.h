/*
 * lint - the last look before a leaf is signed, at the bytes themselves.
 *
 * The finished PDF is parsed again with qpdf and held against the face it was drawn from: as many
 * pages as were drawn; on each the heading, the sentence on duty, number and "Page x of y"; on the
 * first the check code, the agency, the names of both parties and the copy's name; on the electronic
 * leaf stamp and signature, on the paper leaves neither; and the QR code, read back module by
 * module, equal to the code of the address.  No script, no action, no embedded file.
 *
 * Trust:   nothing: that is its purpose.
 * Memory:  the ctx's, and qpdf's, released before return.
 * Fails:   PROBLEM_INTERNAL, with what is wrong in the log text: the certificate must not be signed.
 * Needs:   nothing.
 */
#ifndef PAPER_LINT_H
#define PAPER_LINT_H
#include "paper/page.h"

/* lint_leaf(c, drawn, face): Return 0, or -1 with the problem set. */
int lint_leaf(struct ctx *, const struct drawn *, const struct face *) MUST_CHECK;
#endif
