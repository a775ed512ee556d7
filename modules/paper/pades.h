/*
 * pades - the place of a signature in a PDF: made, hashed, filled, found again.
 *
 * PAdES baseline, one revision: pades_prepare() adds an invisible signature field, with /DocMDP that
 * permits no change, and writes the file once with a hole of PADES_HOLE bytes for the CMS.  The key's
 * holder signs the SHA-256 of all but the hole; pades_embed() fills it in place.  Making and judging the
 * CMS is the work of modules/keys.
 *
 * The same input gives the same prepared bytes, so that what was shown, stored and signed can be
 * compared.
 *
 * Trust:   a file given to pades_extract() may be anybody's; one given to pades_embed() is ours, but
 *          its /ByteRange is checked all the same.
 * Memory:  results live in the ctx; qpdf's memory is released before return, on every path.
 * Fails:   PROBLEM_FILE (not a PDF that can be signed; no signature; /ByteRange that leaves out more
 *          than the hole), PROBLEM_SIGNATURE (a CMS larger than the hole).
 * Needs:   nothing.
 */
#ifndef PAPER_PADES_H
#define PAPER_PADES_H
#include "base/ctx.h"

#define PADES_HOLE	((size_t)16384)		/* bytes of CMS: P-256 1.5 K, RSA chains with time stamp 12 K */

struct pades_note {
	struct text	name;		/* of the signer */
	struct text	reason, location;
	int64_t		time;		/* claimed; /M */
};

/* What is signed: [start, length, start, length], as in the file. */
struct pades_range { size_t at[4]; };

struct prepared {
	struct text	pdf;		/* with the hole open */
	struct pades_range range;
	unsigned char	sha256[32];	/* of both ranges */
};

/* pades_prepare(c, pdf, note, out) */
int pades_prepare(struct ctx *, struct text, const struct pades_note *, struct prepared *) MUST_CHECK;

/* pades_embed(c, prepared, cms, out): the final file; ${cms} is DER. */
int pades_embed(struct ctx *, struct text, struct text, struct text *) MUST_CHECK;

/* pades_range_hash(c, pdf, range, sha256): of the last signature; either result may be NULL. */
int pades_range_hash(struct ctx *, struct text, struct pades_range *, unsigned char *) MUST_CHECK;

struct pades_found {
	struct text	cms;		/* DER; n = 0 while the hole is open */
	struct pades_range range;
	unsigned char	sha256[32];
	bool		appended;	/* bytes follow the signed ones: somebody added to the file */
};

/* pades_extract(c, pdf, out) */
int pades_extract(struct ctx *, struct text, struct pades_found *) MUST_CHECK;
#endif
