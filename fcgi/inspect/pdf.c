/*
 * PDF: read by two independent programs that have to agree.  qpdf, without repairing anything,
 * walks every object that can be reached; poppler draws.
 */
#include <poppler.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/inspect/examine.h"

#define OBJECTS_MAX	2000000u
#define SIDE_MAX	14400.0		/* points: what the format allows */

#define PRINT_AGAIN	" Print it to a new PDF and upload that."

/* What makes a document act, or carry what nobody has looked at.  A value of NULL is any. */
static const struct { const char *key, *value, *why; } refused[] = {
	{ "/S", "/JavaScript", "The PDF holds a script." PRINT_AGAIN },
	{ "/JS", NULL, "The PDF holds a script." PRINT_AGAIN },
	{ "/JavaScript", NULL, "The PDF holds a script." PRINT_AGAIN },
	{ "/S", "/Launch", "The PDF starts other programs." PRINT_AGAIN },
	{ "/S", "/ImportData", "The PDF fetches data when it is opened." PRINT_AGAIN },
	{ "/S", "/SubmitForm", "The PDF sends data to somebody." PRINT_AGAIN },
	{ "/S", "/GoToE", "The PDF carries other files inside. Upload them one by one." },
	{ "/EF", NULL, "The PDF carries other files inside. Upload them one by one." },
	{ "/EmbeddedFiles", NULL, "The PDF carries other files inside. Upload them one by one." },
	{ "/Type", "/EmbeddedFile", "The PDF carries other files inside. Upload them one by one." },
	{ "/Subtype", "/RichMedia", "The PDF holds film or sound." PRINT_AGAIN },
	{ "/Subtype", "/Movie", "The PDF holds film or sound." PRINT_AGAIN },
	{ "/Subtype", "/Sound", "The PDF holds film or sound." PRINT_AGAIN },
	{ "/Subtype", "/3D", "The PDF holds a model in three dimensions." PRINT_AGAIN },
	{ "/XFA", NULL, "The PDF is an interactive form." PRINT_AGAIN },
};

struct walk {
	qpdf_data   q;
	qpdf_oh	   *stack;
	size_t	    n, cap, seen_objects;
	GHashTable *seen;
	const char *why;
};

static void
push(struct walk *w, qpdf_oh o)
{
	if (w->n == w->cap) {
		w->cap = w->cap * 2 + 256;
		w->stack = realloc(w->stack, w->cap * sizeof *w->stack);
		if (w->stack == NULL)
			abort();
	}
	w->stack[w->n++] = o;
}

/* An object is entered once, however often it is pointed at; number and generation may be any int. */
static bool
is_new(struct walk *w, qpdf_oh o)
{
	guint64 *name;

	if (!qpdf_oh_is_indirect(w->q, o))
		return true;
	name = g_new(guint64, 1);
	*name = (guint64)(guint32)qpdf_oh_get_object_id(w->q, o) << 32 |
	    (guint32)qpdf_oh_get_generation(w->q, o);
	return g_hash_table_add(w->seen, name);
}

static void
judge_member(struct walk *w, const char *key, qpdf_oh value)
{
	for (size_t i = 0; i < COUNT(refused); i++)
		if (strcmp(key, refused[i].key) == 0 && (refused[i].value == NULL ||
		    (qpdf_oh_is_name(w->q, value) &&
		    strcmp(qpdf_oh_get_name(w->q, value), refused[i].value) == 0)))
			w->why = refused[i].why;
}

/* qpdf has one iterator: nothing else may iterate meanwhile, and nothing here does. */
static void
enter_dict(struct walk *w, qpdf_oh dict)
{
	qpdf_oh_begin_dict_key_iter(w->q, dict);
	while (w->why == NULL && qpdf_oh_dict_more_keys(w->q)) {
		const char *key = qpdf_oh_dict_next_key(w->q);
		qpdf_oh value = qpdf_oh_get_key(w->q, dict, key);

		judge_member(w, key, value);
		push(w, value);
	}
}

static void
enter_array(struct walk *w, qpdf_oh array)
{
	int n = qpdf_oh_get_array_n_items(w->q, array);

	for (int i = 0; i < n; i++)
		push(w, qpdf_oh_get_array_item(w->q, array, i));
}

static void
enter(struct walk *w, qpdf_oh o)
{
	if (++w->seen_objects > OBJECTS_MAX)
		w->why = "The PDF is too complicated to be checked." PRINT_AGAIN;
	else if (!is_new(w, o))
		;
	else if (qpdf_oh_is_stream(w->q, o))
		enter_dict(w, qpdf_oh_get_dict(w->q, o));
	else if (qpdf_oh_is_dictionary(w->q, o))
		enter_dict(w, o);
	else if (qpdf_oh_is_array(w->q, o))
		enter_array(w, o);
	qpdf_oh_release(w->q, o);
}

static const char *
walk_objects(qpdf_data q)
{
	struct walk w = { .q = q,
	    .seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL) };

	push(&w, qpdf_get_trailer(q));
	while (w.n > 0 && w.why == NULL)
		enter(&w, w.stack[--w.n]);
	g_hash_table_destroy(w.seen);
	free(w.stack);
	return w.why;
}

#define LOCKED "The PDF is protected by a password or against changes. Save it without protection " \
	"and upload it again."

static const char *
read_structure(struct text t, unsigned *pages)
{
	qpdf_data q = qpdf_init();
	int n;

	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_silence_errors(q);
	qpdf_set_attempt_recovery(q, QPDF_FALSE);
	if (qpdf_read_memory(q, "upload", t.p, t.n, NULL) & QPDF_ERRORS)
		return qpdf_get_error_code(q, qpdf_get_error(q)) == qpdf_e_password ? LOCKED : DAMAGED;
	if (qpdf_is_encrypted(q))
		return LOCKED;
	n = qpdf_get_num_pages(q);
	if (n < 1 || qpdf_has_error(q))
		return DAMAGED;
	if (n > INSPECT_PAGES)
		return "The PDF has more than 500 pages.";
	*pages = (unsigned)n;
	return walk_objects(q);
}

/* The last end marker is the end of the file, but for blanks. */
static bool
has_tail(struct text t)
{
	size_t at = t.n;

	while (at > 0 && (t.p[at - 1] == '\0' || strchr("\r\n\t\f ", t.p[at - 1]) != NULL))
		at--;
	return at < 5 || memcmp(t.p + at - 5, "%%EOF", 5) != 0;
}

static PopplerDocument *
open_pdf(struct text t)
{
	GBytes *bytes = g_bytes_new_static(t.p, t.n);

	return poppler_document_new_from_bytes(bytes, NULL, NULL);
}

unsigned
pdf_judge(struct text t, const char **why)
{
	unsigned pages = 0;
	PopplerDocument *d;

	if (!text_starts(t, "%PDF-")) {
		*why = "There is something else in front of the PDF." PRINT_AGAIN;
		return 0;
	}
	if ((*why = read_structure(t, &pages)) != NULL)
		return 0;
	if (has_tail(t)) {
		*why = "There is something else behind the end of the PDF." PRINT_AGAIN;
		return 0;
	}
	d = open_pdf(t);
	if (d == NULL || poppler_document_get_n_pages(d) != (int)pages) {
		*why = DAMAGED;
		return 0;
	}
	return pages;
}

static void
paint(PopplerPage *page, cairo_surface_t *s, double scale)
{
	cairo_t *cr = cairo_create(s);

	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, scale, scale);
	poppler_page_render(page, cr);
	cairo_destroy(cr);
	cairo_surface_flush(s);
}

static void
take_surface(cairo_surface_t *s, struct picture *out)
{
	const unsigned char *data = cairo_image_surface_get_data(s);
	int stride = cairo_image_surface_get_stride(s);
	unsigned char *to;

	out->width = (unsigned)cairo_image_surface_get_width(s);
	out->height = (unsigned)cairo_image_surface_get_height(s);
	out->rgb = to = malloc((size_t)out->width * out->height * 3);
	if (to == NULL)
		abort();
	for (unsigned y = 0; y < out->height; y++, data += stride)
		for (unsigned x = 0; x < out->width; x++, to += 3) {
			uint32_t pixel;

			memcpy(&pixel, data + (size_t)x * 4, sizeof pixel);
			to[0] = (unsigned char)(pixel >> 16);
			to[1] = (unsigned char)(pixel >> 8);
			to[2] = (unsigned char)pixel;
		}
}

bool
pdf_draw(struct text t, unsigned number, unsigned width, struct picture *out, const char **why)
{
	PopplerDocument *d = open_pdf(t);
	bool there = d != NULL && (int)number <= poppler_document_get_n_pages(d);
	PopplerPage *page = there ? poppler_document_get_page(d, (int)number - 1) : NULL;
	double w = 0, h = 0, scale;
	cairo_surface_t *s;

	*why = DAMAGED;
	if (page == NULL)
		return false;
	poppler_page_get_size(page, &w, &h);
	if (!(w >= 1 && h >= 1 && w <= SIDE_MAX && h <= SIDE_MAX))
		return false;
	scale = h > 4 * w ? 4 * width / h : width / w;
	s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1 + (int)(w * scale - 0.5),
	    1 + (int)(h * scale - 0.5));
	paint(page, s, scale);
	if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS ||
	    cairo_image_surface_get_data(s) == NULL)
		return false;
	take_surface(s, out);
	return true;
}

/* A word on a page.  Its table says where each object is: qpdf repairs nothing. */
static const char sheet[] =
	"%PDF-1.4\n"
	"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 64 64]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
	"4 0 obj<</Length 25>>stream\n"
	"BT/F 9 Tf 9 9 Td(Aa)Tj ET\n"
	"endstream\n"
	"endobj\n"
	"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
	"xref\n"
	"0 6\n"
	"0000000000 65535 f \n"
	"0000000009 00000 n \n"
	"0000000052 00000 n \n"
	"0000000101 00000 n \n"
	"0000000208 00000 n \n"
	"0000000279 00000 n \n"
	"trailer<</Size 6/Root 1 0 R>>\n"
	"startxref\n"
	"340\n"
	"%%EOF\n";

/* The document stays open: with its last one poppler forgets what it has made. */
bool
pdf_start(void)
{
	static PopplerDocument *kept;
	struct text t = T(sheet);
	struct picture p;
	const char *why;

	kept = open_pdf(t);
	return kept != NULL && pdf_judge(t, &why) == 1 && pdf_draw(t, 1, 64, &p, &why);
}
