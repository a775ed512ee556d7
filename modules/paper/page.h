/*
 * page - the certificate of origin, twelve boxes on A4, one template for all leaves.
 *
 * A leaf is drawn from a struct face: finished texts, nothing looked up.  Goods that do not fit flow
 * to continuation pages with the same head, number and columns, "Page x of y"; what stays empty in
 * boxes 5 to 10 is closed by a line so that nothing can be added.  The flag ${leaf} is all that tells
 * the three leaves apart: the electronic leaf carries the officer's signature and the stamp and the
 * exporter's time of electronic signature, the paper leaves blanks ruled for ink.
 *
 * The same face gives the same bytes.  A text may hold any script; it is laid out in the direction
 * of its first strong character, isolated from its neighbours.  Lines are broken at words, '\n'
 * breaks too; a text too long for its box is set smaller, down to 5 pt, and then refused.
 *
 * Trust:   texts are people's; they are laid out, never interpreted.
 * Memory:  the PDF lives in the ctx.  Any thread may draw; they take turns (pen.h).
 * Fails:   PROBLEM_INPUT with faults naming the box: a character no font has ("unknown-character"),
 *          a text that does not fit ("too-long"), text that is not UTF-8; PROBLEM_INTERNAL.
 * Needs:   paper_start().
 */
#ifndef PAPER_PAGE_H
#define PAPER_PAGE_H
#include "paper/image.h"

enum leaf { LEAF_ELECTRONIC, LEAF_ORIGINAL, LEAF_DUPLICATE, LEAF__MAX };

/* leaf_name(leaf): "ELECTRONIC", "ORIGINAL", "DUPLICATE". */
const char *leaf_name(enum leaf);

#define FACE_HEADING	"CERTIFICATE OF ORIGIN (Non-Preferential)"
#define FACE_SENTENCE	"This certificate is evidence of origin only and gives no right to any reduced rate of duty."
#define FACE_ITEMS	2000
#define FACE_PREVIEW	"PREVIEW - NOT A CERTIFICATE"

struct face_lines { struct text *line; size_t n, cap; };

/* lines_new(c, most), lines_add(l, line): built line by line; empty lines are left out; more than
 * ${most} is our bug. */
struct face_lines lines_new(struct ctx *, size_t);
void lines_add(struct face_lines *, struct text);

/* One line of boxes 5 to 9. */
struct face_item {
	struct text	number;		/* "1" */
	struct text	marks;		/* "N/M" when there are none, never blank */
	struct text	packages;	/* "40 cartons"; may be empty */
	struct text	goods;		/* description, further lines in other scripts, HS */
	struct text	criterion;	/* "INDIAN" */
	struct text	weight;		/* "444.000 kg gross\n374.400 kg net\n480 PRS" */
};

struct face {
	enum leaf	leaf;
	struct text	number;		/* NP-NGC-26-0000123-K; empty on a preview */
	struct text	code;		/* check code; empty on a preview */
	struct text	address;	/* where to verify, with the code: in the QR and below it; or empty */
	struct text	agency, agency_local, office;
	struct text	agency_address;	/* one line */
	struct face_lines exporter;	/* box 1: the first line is the name */
	struct face_lines consignee;	/* box 2: the first line is the name */
	struct face_lines transport;	/* box 3 */
	struct face_lines official;	/* box 4 */
	const struct face_item *item;	/* boxes 5 to 9 */
	size_t		nitem;
	struct face_lines invoices;	/* box 10 */
	struct text	total;		/* below the last line of goods; or empty */
	struct text	importing_country;
	struct text	produced_in;	/* "India"; the country of origin when back-to-back */
	struct {			/* box 12 */
		struct text	place, date, signatory, designation;
		struct text	signed_at;	/* "5 Nov 2026, 14:30 IST": of the electronic signature */
	} declared;
	struct {			/* box 11 */
		struct text	place, date, officer, designation;
	} issued;
	const struct image *stamp, *signature;	/* drawn on the electronic leaf; NULL if none */
	struct text	watermark;	/* FACE_PREVIEW on a preview, otherwise empty */
	bool		demo;		/* a small band says that this is a demonstration */
	int64_t		time;		/* goes into the document's properties */
};

struct drawn { struct text pdf; size_t pages; };

/* page_draw(c, face, out): Return 0, or -1 with the problem set. */
int page_draw(struct ctx *, const struct face *, struct drawn *) MUST_CHECK;
#endif
