/* Boxes 5 to 10: rows measured first, spread over pages, then drawn. */
#include <string.h>

#include "paper/form.h"

#define ROW_PAD		3.0

enum column { ITEM, MARKS, GOODS, CRITERION, WEIGHT, INVOICES, COLUMN__MAX };

static const struct { const char *number, *legend, *box; double w; enum style style; } columns[] = {
	[ITEM]	    = { "5",  "Item\nnumber",				"items.number",	    36, STYLE_CELL_MID },
	[MARKS]	    = { "6",  "Marks and numbers\nof packages",		"items.marks",	    90, STYLE_CELL },
	[GOODS]	    = { "7",  "Number and kind of packages; description\nof goods",
								"items.description", 175, STYLE_CELL },
	[CRITERION] = { "8",  "Origin\ncriterion",			"items.origin",	    46, STYLE_CELL_MID },
	[WEIGHT]    = { "9",  "Gross weight or\nother quantity",	"items.quantity",   88, STYLE_CELL_RIGHT },
	[INVOICES]  = { "10", "Number and date\nof invoices",		"invoices",	    76.276, STYLE_CELL },
};

struct row { double h; size_t page; size_t same; };	/* same: marks as on row same - 1; 0: its own */

struct plan {
	struct row	*row;		/* the last one is the total */
	size_t		nrow;
	struct row	*invoice;
	size_t		pages;
};

static double
top(size_t page)
{
	return (page == 0 ? GOODS_Y : HEAD_BOTTOM + STRIP_H) + LEGEND_H;
}

static double
bottom(size_t page)
{
	return page == 0 ? SIGN_Y : GOODS_END;
}

static double
left(enum column k)
{
	double x = LEFT;

	for (enum column i = ITEM; i < k; i++)
		x += columns[i].w;
	return x;
}

static struct text
cell(const struct face_item *i, enum column k)
{
	switch (k) {
	case ITEM:	return i->number;
	case MARKS:	return i->marks;
	case CRITERION:	return i->criterion;
	case WEIGHT:	return i->weight;
	default:	return i->goods;
	}
}

/* Marks that are those of the line above are not printed again on the same page. */
static struct text
marks(struct pen *p, const struct face *f, const struct row *r, size_t i)
{
	if (r->same == 0)
		return f->item[i].marks;
	return text_fmt(p->c, "as item %.*s", TEXT_F(f->item[r->same - 1].number));
}

static double
row_height(struct pen *p, const struct face *f, const struct row *r, size_t i)
{
	double most = 0;

	for (enum column k = ITEM; k < INVOICES; k++) {
		struct text t = k == MARKS ? marks(p, f, r, i) : cell(&f->item[i], k);
		double w = columns[k].w - 2 * PAD, h = pen_height(p, columns[k].box, t, columns[k].style, 1, w);

		if (k == GOODS)
			h += pen_height(p, columns[k].box, f->item[i].packages, STYLE_CELL_STRONG, 1, w);
		most = h > most ? h : most;
	}
	return most + 2 * ROW_PAD;
}

static double
total_height(struct pen *p, const struct face *f)
{
	double w = columns[GOODS].w + columns[CRITERION].w + columns[WEIGHT].w - 2 * PAD;

	return f->total.n == 0 ? 0 :
	    pen_height(p, "total", f->total, STYLE_CELL_STRONG, 1, w) + 2 * ROW_PAD;
}

/* Put a row at ${y} of ${page}, or at the top of the next; false when no page could hold it. */
static bool
place(struct row *r, size_t *page, double *y)
{
	if (*y + r->h > bottom(*page)) {
		*y = top(++*page);
		if (*y + r->h > bottom(*page))
			return false;
	}
	r->page = *page;
	*y += r->h;
	return true;
}

static bool
plan_items(struct pen *p, const struct face *f, struct plan *plan)
{
	size_t page = 0;
	double y = top(0);

	for (size_t i = 0; i < f->nitem; i++) {
		struct row *r = &plan->row[i];
		struct mark m = ctx_mark(p->c);

		if (i > 0 && text_eq(f->item[i].marks, f->item[i - 1].marks))
			r->same = plan->row[i - 1].same != 0 ? plan->row[i - 1].same : i;
		r->h = row_height(p, f, r, i);
		if (r->same != 0 && y + r->h > bottom(page)) {	/* first on its page: in full */
			r->same = 0;
			r->h = row_height(p, f, r, i);
		}
		if (!p->failed)
			ctx_rewind(p->c, m);
		if (!place(r, &page, &y)) {
			pen_fault(p, columns[GOODS].box, "too-long",
			    "This line of goods is longer than a page.", f->item[i].goods);
			return false;
		}
	}
	plan->row[f->nitem].h = total_height(p, f);
	if (!place(&plan->row[f->nitem], &page, &y))
		return false;
	plan->pages = page + 1;
	return true;
}

static bool
plan_invoices(struct pen *p, const struct face *f, struct plan *plan)
{
	size_t page = 0;
	double y = top(0) + ROW_PAD;

	for (size_t i = 0; i < f->invoices.n; i++) {
		plan->invoice[i].h = pen_height(p, columns[INVOICES].box, f->invoices.line[i],
		    STYLE_CELL, 1, columns[INVOICES].w - 2 * PAD);
		if (!place(&plan->invoice[i], &page, &y)) {
			pen_fault(p, columns[INVOICES].box, "too-long",
			    "This text does not fit into its box.", f->invoices.line[i]);
			return false;
		}
	}
	if (page + 1 > plan->pages)
		plan->pages = page + 1;
	return true;
}

const struct plan *
goods_plan(struct pen *p, const struct face *f)
{
	struct plan *plan = ctx_alloc(p->c, sizeof *plan);

	if (f->nitem > FACE_ITEMS) {
		pen_fault(p, "items", "too-many", "A certificate has at most 2000 lines of goods.", T(""));
		return NULL;
	}
	plan->nrow = f->nitem + 1;
	plan->row = ctx_alloc(p->c, plan->nrow * sizeof *plan->row);
	plan->invoice = ctx_alloc(p->c, f->invoices.n * sizeof *plan->invoice);
	return plan_items(p, f, plan) && plan_invoices(p, f, plan) ? plan : NULL;
}

size_t
goods_pages(const struct plan *plan)
{
	return plan->pages;
}

/* The column heads and rules. */
static void
draw_columns(struct pen *p, size_t page)
{
	double y = top(page) - LEGEND_H, x = LEFT;

	for (enum column k = ITEM; k < COLUMN__MAX; k++) {
		double n = pen_width(p, text_of(columns[k].number), STYLE_LEGEND_NO) + 3;

		(void)pen_text(p, "form", text_of(columns[k].number), STYLE_LEGEND_NO, x + PAD - 1, y + 2.5, -1);
		(void)pen_text(p, "form", text_of(columns[k].legend), STYLE_LEGEND, x + PAD - 1 + n,
		    y + 3, -1);
		if (k > ITEM)
			pen_line(p, x, y, x, bottom(page), 0.5, COLOUR_BLUE);
		x += columns[k].w;
	}
	pen_line(p, LEFT, y + LEGEND_H, RIGHT, y + LEGEND_H, 0.5, COLOUR_BLUE);
	pen_rect(p, LEFT, y, RIGHT - LEFT, bottom(page) - y, 0.8, COLOUR_BLUE);
}

static void
draw_row(struct pen *p, const struct face *f, const struct row *r, size_t i, double y)
{
	for (enum column k = ITEM; k < INVOICES; k++) {
		struct text t = k == MARKS ? marks(p, f, r, i) : cell(&f->item[i], k);
		double x = left(k) + PAD, w = columns[k].w - 2 * PAD, at = y + ROW_PAD;

		if (k == GOODS)
			at += pen_text(p, columns[k].box, f->item[i].packages, STYLE_CELL_STRONG, x, at, w);
		(void)pen_text(p, columns[k].box, t, columns[k].style, x, at, w);
	}
	pen_line(p, LEFT + 0.5, y + r->h, left(INVOICES) - 0.5, y + r->h, 0.25, COLOUR_HAIR);
}

static double
draw_items(struct pen *p, const struct face *f, const struct plan *plan, size_t page)
{
	const struct row *total = &plan->row[f->nitem];
	double y = top(page);

	for (size_t i = 0; i < f->nitem; i++)
		if (plan->row[i].page == page) {
			struct mark m = ctx_mark(p->c);

			draw_row(p, f, &plan->row[i], i, y);
			y += plan->row[i].h;
			if (!p->failed)
				ctx_rewind(p->c, m);
		}
	if (total->page == page && total->h > 0) {
		double w = columns[GOODS].w + columns[CRITERION].w + columns[WEIGHT].w - 2 * PAD;

		(void)pen_text(p, "total", f->total, STYLE_CELL_STRONG, left(GOODS) + PAD, y + ROW_PAD, w);
		y += total->h;
		pen_line(p, LEFT + 0.5, y, left(INVOICES) - 0.5, y, 0.25, COLOUR_HAIR);
	}
	return y;
}

static double
draw_invoices(struct pen *p, const struct face *f, const struct plan *plan, size_t page)
{
	double y = top(page) + ROW_PAD;

	for (size_t i = 0; i < f->invoices.n; i++)
		if (plan->invoice[i].page == page)
			y += pen_text(p, columns[INVOICES].box, f->invoices.line[i], STYLE_CELL,
			    left(INVOICES) + PAD, y, columns[INVOICES].w - 2 * PAD);
	return y;
}

void
goods_draw(struct pen *p, const struct face *f, const struct plan *plan, size_t page)
{
	double x = left(INVOICES), y;

	draw_columns(p, page);
	y = draw_items(p, f, plan, page);
	ornament_close(p, LEFT, y, x - LEFT, bottom(page) - y);
	y = draw_invoices(p, f, plan, page);
	ornament_close(p, x, y, RIGHT - x, bottom(page) - y);
}
