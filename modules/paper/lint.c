#include <stdlib.h>
#include <string.h>

#include "paper/form.h"
#include "paper/lint.h"

/* ---- text of a page, from its operators ---- */

/*
 * cairo writes Latin text as strings of WinAnsi characters, with kerning between the pieces, and
 * everything else by glyph number.  The strings, without spaces, are enough to find what we look for.
 */
static void
take_string(struct cursor *k, struct heap *to)
{
	for (int depth = 1; depth > 0 && k->left > 0; ) {
		uint8_t b = take_u8(k);

		if (b == '\\') {
			b = take_u8(k);
			if (b >= '0' && b <= '7') {
				(void)take_u8(k);
				(void)take_u8(k);
				continue;
			}
		} else if (b == '(')
			depth++;
		else if (b == ')' && --depth == 0)
			break;
		if (b != ' ')
			heap_add(to, &b, 1);
	}
}

static struct text
strings(struct ctx *c, struct text content)
{
	struct heap *h = heap_new(c);
	struct cursor k = cursor_of(content);

	while (k.left > 0)
		if (take_u8(&k) == '(')
			take_string(&k, h);
	return heap_text(h);
}

static bool
shows(struct ctx *c, struct text page, struct text what)
{
	char *p = ctx_alloc(c, what.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < what.n; i++)
		if (what.p[i] != ' ')
			p[n++] = what.p[i];
	return n == 0 || (page.n >= n && memmem(page.p, page.n, p, n) != NULL);
}

static bool
ascii(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] < ' ' || t.p[i] > '~')
			return false;
	return true;
}

/* ---- a page against the face ---- */

struct look { struct ctx *c; qpdf_data q; const struct face *f; const struct drawn *d; };

static int
wrong(const struct look *l, size_t page, const char *what)
{
	return problem_set(l->c, PROBLEM_INTERNAL, "lint: page %zu: %s", page + 1, what);
}

static int
check_text(const struct look *l, size_t i, struct text shown)
{
	const struct face *f = l->f;
	struct text first[] = { f->code, f->agency, f->exporter.n == 0 ? T("") : f->exporter.line[0],
	    f->consignee.n == 0 ? T("") : f->consignee.line[0], f->declared.signatory, f->issued.officer };

	if (!shows(l->c, shown, T(FACE_HEADING)))
		return wrong(l, i, "the heading is not there");
	if (!shows(l->c, shown, T(FACE_SENTENCE)))
		return wrong(l, i, "the sentence on duty is not there");
	if (!shows(l->c, shown, f->number))
		return wrong(l, i, "the number is not there");
	if (!shows(l->c, shown, text_of(leaf_name(f->leaf))))
		return wrong(l, i, "the copy's name is not there");
	if (!shows(l->c, shown, text_fmt(l->c, "Page %zu of %zu", i + 1, l->d->pages)))
		return wrong(l, i, "the page number is not there");
	for (size_t k = 0; i == 0 && k < COUNT(first); k++)
		if (ascii(first[k]) && !shows(l->c, shown, first[k]))
			return wrong(l, i, "code, agency, a party or a signatory is not there");
	return 0;
}

static qpdf_oh
object(const struct look *l, const char *name)
{
	qpdf_oh page = qpdf_get_page_n(l->q, 0);
	qpdf_oh all = qpdf_oh_get_key(l->q, qpdf_oh_get_key(l->q, page, "/Resources"), "/XObject");

	return qpdf_oh_get_key(l->q, all, name);
}

/* Stamp and signature stand on the electronic leaf, and on no other. */
static int
check_ink(const struct look *l)
{
	bool electronic = l->f->leaf == LEAF_ELECTRONIC;
	bool stamp = qpdf_oh_is_stream(l->q, object(l, "/Stamp"));
	bool signature = qpdf_oh_is_stream(l->q, object(l, "/Signature"));

	if (stamp != (electronic && l->f->stamp != NULL))
		return wrong(l, 0, stamp ? "a stamp where ink belongs" : "no stamp");
	if (signature != (electronic && l->f->signature != NULL))
		return wrong(l, 0, signature ? "a signature where ink belongs" : "no signature");
	return 0;
}

static int
stream_data(const struct look *l, qpdf_oh stream, struct text *out)
{
	struct heap *h = heap_new(l->c);
	unsigned char *p = NULL;
	QPDF_BOOL decoded = QPDF_FALSE;
	size_t n = 0;

	if (qpdf_oh_get_stream_data(l->q, stream, qpdf_dl_generalized, &decoded, &p, &n) & QPDF_ERRORS)
		return wrong(l, 0, "a stream cannot be read");
	heap_add(h, p, n);
	free(p);
	*out = heap_text(h);
	return h->failed ? wrong(l, 0, "no memory") : 0;
}

/* The squares that are in the file are those of the address, encoded anew. */
static int
check_code(const struct look *l)
{
	struct text there, expected;
	qpdf_oh code = object(l, "/Code");
	unsigned side;

	if (l->f->address.n == 0)
		return 0;
	if (!qpdf_oh_is_stream(l->q, code))
		return wrong(l, 0, "no QR code");
	if (stream_data(l, code, &there) != 0 || code_operators(l->c, l->f->address, &expected, &side) != 0)
		return -1;
	return text_eq(text_trim(there), text_trim(expected)) ? 0 : wrong(l, 0, "the QR code says something else");
}

static int
check_page(const struct look *l, size_t i)
{
	struct heap *h = heap_new(l->c);
	unsigned char *p = NULL;
	size_t n = 0;
	qpdf_oh page = qpdf_get_page_n(l->q, i);

	if (qpdf_oh_has_key(l->q, page, "/AA") || qpdf_oh_has_key(l->q, page, "/Annots"))
		return wrong(l, i, "something to click on");
	if (qpdf_oh_get_page_content_data(l->q, page, &p, &n) & QPDF_ERRORS)
		return wrong(l, i, "the content cannot be read");
	heap_add(h, p, n);
	free(p);
	return h->failed ? wrong(l, i, "no memory") : check_text(l, i, strings(l->c, heap_text(h)));
}

static int
check_catalog(const struct look *l)
{
	static const char *const never[] = { "/OpenAction", "/AA", "/Names", "/AcroForm", "/AF", "/Perms" };

	for (size_t i = 0; i < COUNT(never); i++)
		if (qpdf_oh_has_key(l->q, qpdf_get_root(l->q), never[i]))
			return wrong(l, 0, "the catalog has more than pages");
	return 0;
}

int
lint_leaf(struct ctx *c, const struct drawn *d, const struct face *f)
{
	AUTO_PDF q = pdf_new();
	struct look l = { c, q, f, d };

	if (pdf_read(c, q, d->pdf) != 0 || qpdf_more_warnings(q))
		return wrong(&l, 0, "the file cannot be read");
	if ((size_t)qpdf_get_num_pages(q) != d->pages || d->pages > 1 + f->nitem + f->invoices.n)
		return wrong(&l, 0, "not as many pages as were drawn");
	for (size_t i = 0; i < d->pages; i++)
		if (check_page(&l, i) != 0)
			return -1;
	if (check_catalog(&l) != 0 || check_ink(&l) != 0 || check_code(&l) != 0)
		return -1;
	return pdf_check(c, q, "lint");
}
