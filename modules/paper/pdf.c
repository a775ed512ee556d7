#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paper/pdf.h"

static void
heap_free(void *object)
{
	struct heap *h = object;

	free(h->p);
	h->p = NULL;
}

struct heap *
heap_new(struct ctx *c)
{
	struct heap *h = ctx_alloc(c, sizeof *h);

	ctx_defer(c, heap_free, h);
	return h;
}

/* Doubling; an allocation that fails leaves the heap failed, to be asked once at the end. */
void
heap_add(struct heap *h, const void *p, size_t n)
{
	if (h->failed || n == 0)
		return;
	if (n > h->cap - h->n) {
		size_t cap = h->cap * 2 > h->n + n ? h->cap * 2 : h->n + n + 4096;
		unsigned char *more = realloc(h->p, cap);

		if (more == NULL) {
			h->failed = true;
			return;
		}
		h->p = more;
		h->cap = cap;
	}
	(void)memcpy(h->p + h->n, p, n);
	h->n += n;
}

void
heap_fmt(struct heap *h, const char *fmt, ...)
{
	char line[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof line)
		h->failed = true;
	else
		heap_add(h, line, (size_t)n);
}

struct text
heap_text(const struct heap *h)
{
	return (struct text){ (const char *)h->p, h->n };
}

qpdf_data
pdf_new(void)
{
	qpdf_data q = qpdf_init();

	qpdf_silence_errors(q);
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_set_attempt_recovery(q, QPDF_FALSE);
	return q;
}

int
pdf_check(struct ctx *c, qpdf_data q, const char *what)
{
	if (qpdf_has_error(q))
		return problem_set(c, PROBLEM_INTERNAL, "%s: %s", what,
		    qpdf_get_error_full_text(q, qpdf_get_error(q)));
	return 0;
}

int
pdf_read(struct ctx *c, qpdf_data q, struct text bytes)
{
	QPDF_ERROR_CODE bad = qpdf_read_memory(q, "file", bytes.p, bytes.n, "");

	if (bad & QPDF_ERRORS) {
		qpdf_error e = qpdf_get_error(q);
		bool locked = qpdf_get_error_code(q, e) == qpdf_e_password;

		(void)problem_say(c, PROBLEM_FILE, locked ?
		    "The PDF is protected by a password. Save it without one." :
		    "The PDF is damaged and cannot be read.");
		return -1;
	}
	if (qpdf_is_encrypted(q))
		return problem_say(c, PROBLEM_FILE, "The PDF is encrypted. Save it without protection.");
	if (qpdf_get_num_pages(q) < 1 || qpdf_has_error(q))
		return problem_say(c, PROBLEM_FILE, "The PDF has no page that can be read.");
	return 0;
}

int
pdf_write(struct ctx *c, qpdf_data q, struct text *out)
{
	struct heap *h = heap_new(c);

	if (pdf_check(c, q, "making a PDF") != 0)
		return -1;
	(void)qpdf_init_write_memory(q);
	qpdf_set_object_stream_mode(q, qpdf_o_disable);
	qpdf_set_deterministic_ID(q, QPDF_TRUE);
	qpdf_set_minimum_pdf_version(q, "1.7");
	if ((qpdf_write(q) & QPDF_ERRORS) != 0 || qpdf_has_error(q))
		return problem_set(c, PROBLEM_INTERNAL, "writing a PDF: %s",
		    qpdf_get_error_full_text(q, qpdf_get_error(q)));
	heap_add(h, qpdf_get_buffer(q), qpdf_get_buffer_length(q));
	if (h->failed)
		return problem_set(c, PROBLEM_BUSY, "no memory for a PDF");
	*out = heap_text(h);
	return 0;
}

static qpdf_oh
stream(qpdf_data q, struct text data, qpdf_oh filter, const char *dict)
{
	qpdf_oh s = qpdf_oh_new_stream(q), d = qpdf_oh_get_dict(q, s), from = qpdf_oh_parse(q, dict);

	qpdf_oh_begin_dict_key_iter(q, from);
	while (qpdf_oh_dict_more_keys(q)) {
		const char *key = qpdf_oh_dict_next_key(q);

		qpdf_oh_replace_key(q, d, key, qpdf_oh_get_key(q, from, key));
	}
	qpdf_oh_replace_stream_data(q, s, (const unsigned char *)data.p, data.n, filter,
	    qpdf_oh_new_null(q));
	return s;
}

qpdf_oh
pdf_stream(qpdf_data q, struct text data, const char *dict)
{
	return stream(q, data, qpdf_oh_new_null(q), dict);
}

qpdf_oh
pdf_coded(qpdf_data q, struct text data, const char *filter, const char *dict)
{
	return stream(q, data, qpdf_oh_new_name(q, filter), dict);
}

static qpdf_oh
member(qpdf_data q, qpdf_oh in, const char *key)
{
	qpdf_oh d = qpdf_oh_get_key(q, in, key);

	if (!qpdf_oh_is_dictionary(q, d)) {
		d = qpdf_oh_new_dictionary(q);
		qpdf_oh_replace_key(q, in, key, d);
	}
	return d;
}

void
pdf_name_object(qpdf_data q, qpdf_oh page, const char *name, qpdf_oh object)
{
	qpdf_oh_replace_key(q, member(q, member(q, page, "/Resources"), "/XObject"), name, object);
}

/* What is there already is bracketed: it may leave its own matrix and clip behind. */
void
pdf_draw(qpdf_data q, qpdf_oh page, struct text under, struct text over)
{
	qpdf_oh had = qpdf_oh_get_key(q, page, "/Contents"), all = qpdf_oh_new_array(q);

	if (under.n != 0)
		qpdf_oh_append_item(q, all, pdf_stream(q, under, "<< >>"));
	qpdf_oh_append_item(q, all, pdf_stream(q, T("q\n"), "<< >>"));
	if (qpdf_oh_is_array(q, had))
		for (int i = 0; i < qpdf_oh_get_array_n_items(q, had); i++)
			qpdf_oh_append_item(q, all, qpdf_oh_get_array_item(q, had, i));
	else if (qpdf_oh_is_stream(q, had))
		qpdf_oh_append_item(q, all, had);
	qpdf_oh_append_item(q, all, pdf_stream(q, T("\nQ\n"), "<< >>"));
	if (over.n != 0)
		qpdf_oh_append_item(q, all, pdf_stream(q, over, "<< >>"));
	qpdf_oh_replace_key(q, page, "/Contents", all);
}
