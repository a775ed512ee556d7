/*
 * The page where one pays: HTML, a style sheet, no script.
 */
#include <inttypes.h>

#include "paysim.h"

static struct text
escaped(struct ctx *c, struct text t)
{
	static const struct { char b; const char *as; } rows[] = {
		{ '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" },
		{ '\'', "&#39;" },
	};
	struct text out = T("");

	for (size_t i = 0; i < t.n; i++) {
		const char *as = NULL;

		for (size_t r = 0; r < COUNT(rows); r++)
			if (rows[r].b == t.p[i])
				as = rows[r].as;
		out = as != NULL ? text_fmt(c, "%.*s%s", TEXT_F(out), as) :
		    text_fmt(c, "%.*s%c", TEXT_F(out), t.p[i]);
	}
	return out;
}

static struct text
amount_text(struct ctx *c, const struct order_row *o)
{
	return text_fmt(c, "%s %" PRId64 ".%02" PRId64, text_is(o->currency, "INR") ? "₹" :
	    text_c(c, escaped(c, o->currency)), o->amount / 100, o->amount % 100);
}

static struct text
way_html(struct ctx *c, const struct way *w)
{
	return text_fmt(c, "<li><button name=\"act\" value=\"%s\" aria-describedby=\"h-%s\">%s</button>"
	    "<p id=\"h-%s\">%s</p></li>\n", w->name, w->name, w->label, w->name, w->hint);
}

static struct text
form_html(struct ctx *c, const struct order_row *o)
{
	struct text ways = T("");

	for (size_t i = 1; i < paysim_nways; i++)
		ways = text_fmt(c, "%.*s%.*s", TEXT_F(ways), TEXT_F(way_html(c, &paysim_ways[i])));
	return text_fmt(c, "<form method=\"post\" action=\"/paysim/checkout/%.*s\">\n"
	    "<p><button class=\"main\" name=\"act\" value=\"pay\">Pay %.*s</button></p>\n"
	    "<h2>Or let something go wrong</h2>\n<ul>\n%.*s</ul>\n</form>\n",
	    TEXT_F(escaped(c, o->id)), TEXT_F(amount_text(c, o)), TEXT_F(ways));
}

/* Back to the portal with what a browser would have carried. */
static int
paid_html(struct call *k, const struct order_row *o, struct text *out)
{
	const struct sim_payment_row *p;
	struct text back = T("/");
	struct list l;

	if (db_list(k->c, k->d, ST_PAYMENTS, ARGS(A_TEXT(o->id)), &l) != 0)
		return -1;
	p = l.row;
	for (size_t i = 0; i < l.n; i++)
		if (text_is(p[i].status, "captured"))
			back = paysim_back(k, o->id, p[i].id, false);
	*out = text_fmt(k->c, "<p>This order is paid.</p>\n"
	    "<p><a class=\"main\" href=\"%.*s\">Back to the portal</a></p>\n",
	    TEXT_F(escaped(k->c, back)));
	return 0;
}

static struct text
said_html(struct ctx *c, const struct way *said)
{
	return said == NULL || said->said == NULL ? (struct text){ "", 0 } :
	    text_fmt(c, "<p class=\"said\" role=\"status\">%s</p>\n", said->said);
}

int
paysim_page(struct call *k, const struct order_row *o, const struct way *said)
{
	struct ctx *c = k->c;
	struct text amount = amount_text(c, o), rest = form_html(c, o);

	if (text_is(o->status, "paid") && paid_html(k, o, &rest) != 0)
		return -1;
	return reply_bytes(k->out, "text/html; charset=utf-8", text_fmt(c,
	    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"robots\" content=\"noindex\">\n"
	    "<title>Pay %.*s - gateway simulator</title>\n"
	    "<link rel=\"stylesheet\" href=\"/css/paysim.css\">\n</head>\n<body>\n"
	    "<header><p><strong>Gateway simulator</strong> - no real money</p></header>\n"
	    "<main>\n<h1>%.*s</h1>\n<dl><div><dt>Order</dt><dd>%.*s</dd></div>"
	    "<div><dt>Reference</dt><dd>%.*s</dd></div></dl>\n%.*s%.*s</main>\n</body>\n</html>\n",
	    TEXT_F(amount), TEXT_F(amount), TEXT_F(escaped(c, o->id)),
	    TEXT_F(escaped(c, o->receipt)), TEXT_F(said_html(c, said)), TEXT_F(rest)));
}
