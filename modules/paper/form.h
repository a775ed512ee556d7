/*
 * form - the geometry of the certificate and its parts; private to the layer.
 *
 * Points, the origin at the top left.  Page 1 has all boxes; continuation pages have the head, a
 * strip with number and code, and the columns of boxes 5 to 10.
 *
 * Trust, Memory, Fails, Needs: see page.h.
 */
#ifndef PAPER_FORM_H
#define PAPER_FORM_H
#include "paper/pdf.h"
#include "paper/pen.h"

#define PAGE_W		595.276
#define PAGE_H		841.890
#define LEFT		42.0
#define RIGHT		(PAGE_W - LEFT)
#define MIDDLE		(PAGE_W / 2)
#define PAD		5.0
#define HEAD_TOP	40.0
#define HEAD_BOTTOM	134.0
#define PARTY_H		76.0		/* box 1 and the reference cell */
#define CONSIGNEE_Y	(HEAD_BOTTOM + PARTY_H)
#define TRANSPORT_Y	(CONSIGNEE_Y + 82.0)
#define GOODS_Y		(TRANSPORT_Y + 70.0)
#define STRIP_H		32.0		/* number and code on continuation pages */
#define LEGEND_H	23.0		/* column heads */
#define SIGN_Y		636.0
#define SIGN_BOTTOM	784.0
#define GOODS_END	(SIGN_BOTTOM - 22.0)	/* on continuation pages */
#define FOOT_Y		789.0

/* The QR code, quiet zone included, inside box 4. */
#define CODE_SIZE	92.0
#define CODE_X		(RIGHT - PAD - CODE_SIZE)
#define CODE_Y		(CONSIGNEE_Y + PAD)

/* Where ink goes on the electronic leaf: pictures are fitted into these. */
#define STAMP_SIZE	80.0
#define STAMP_X		(MIDDLE - PAD - STAMP_SIZE)
#define STAMP_Y		(SIGN_Y + 30.0)
#define SIGNATURE_W	122.0
#define SIGNATURE_H	48.0
#define SIGNATURE_X	(LEFT + PAD + 4)
#define SIGNATURE_Y	(SIGN_Y + 44.0)
#define INK_Y		(SIGN_Y + 93.0)	/* the line one signs on */

/* ornament.c: border and rosette, deflated operators to stand under all else; made by ornament_start(). */
int ornament_start(struct ctx *) MUST_CHECK;
struct text ornament_background(bool);	/* of the first page, or of a continuation */
/* ornament_close(p, x, y, w, h): a Z through what stays empty. */
void ornament_close(struct pen *, double, double, double, double);

/* goods.c: boxes 5 to 10, spread over pages. */
struct plan;
/* goods_plan(p, face): NULL when something does not fit. */
const struct plan *goods_plan(struct pen *, const struct face *);
size_t goods_pages(const struct plan *);
void goods_draw(struct pen *, const struct face *, const struct plan *, size_t);

/* code.c: the QR code of an address as a form XObject of one unit per module, quiet zone included. */
#define CODE_QUIET	4
/* code_operators(c, address, out, side): 0, or -1 with the problem set. */
int code_operators(struct ctx *, struct text, struct text *, unsigned *) MUST_CHECK;

/* finish.c: what is added to the drawn pages as finished objects: border, QR code, stamp, signature. */
int finish(struct ctx *, const struct face *, struct text, struct drawn *) MUST_CHECK;
#endif
