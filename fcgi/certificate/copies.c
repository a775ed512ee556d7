/*
 * Handing out: the three leaves, pages as pictures, previews.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "fcgi/certificate/certificate.h"
#include "files/inspect.h"
#include "files/store.h"
#include "paper/assemble.h"
#include "web/filename.h"

#define PAGE_WIDTH	1400
#define UPLOAD_MAX	(12 * MIB)
#define ATTACHED_MAX	40
#define ATTACHED_BYTES	(48 * MIB)	/* a bound for memory: uploads have a lower one */

static int
reply_page(struct call *k, int fd, int64_t page, int64_t pages)
{
	struct text png;
	int64_t drawn;
	int rc = inspect_page(k->c, k->conf->inspect_socket, fd, page, PAGE_WIDTH, &png, &drawn);

	(void)close(fd);
	if (rc != 0)
		return -1;
	reply_header(k->out, "Page-Count", text_fmt(k->c, "%lld", (long long)pages));
	return reply_bytes(k->out, "image/png", png);
}

static struct text
leaf_file(const struct certificate *cert)
{
	return cert->sha256.n > 0 ? cert->sha256 : cert->prepared_file;
}

int
on_page(struct call *k, const void *form)
{
	const struct number_form *in = form;
	struct certificate cert;
	int fd;

	if (certificate_read(k, in->number, &cert) != 0)
		return -1;
	if (leaf_file(&cert).n == 0 || in->page > cert.pages)
		return problem_set(k->c, PROBLEM_MISSING, "no such page");
	if ((fd = store_open(k->c, certificates_root(k), leaf_file(&cert))) < 0)
		return -1;
	return reply_page(k, fd, in->page, cert.pages);
}

/* The kinds that are printed with the paper leaves (domain 7.2). */
static bool
is_printed(struct text kind)
{
	return text_is(kind, "invoice") || text_is(kind, "packing_list");
}

static int
read_attached(struct call *k, int64_t application, struct text *out, size_t *n)
{
	struct list docs;
	const struct document *d;
	int64_t bytes = 0;

	*n = 0;
	if (record_documents(k, application, &docs) != 0)
		return -1;
	d = docs.row;
	for (size_t i = 0; i < docs.n && *n < ATTACHED_MAX; i++)
		if (is_printed(d[i].kind)) {
			if ((bytes += d[i].size) > (int64_t)ATTACHED_BYTES)
				return problem_say(k->c, PROBLEM_LARGE,
				    "The documents are too large to be printed with the copy.");
			if (store_read(k->c, documents_root(k), d[i].sha256, UPLOAD_MAX,
			    &out[(*n)++]) != 0)
				return -1;
		}
	return 0;
}

/* Drawn from the face that was issued, so that it says what the electronic leaf says. */
static int
paper_leaf(struct call *k, const struct certificate *cert, enum leaf leaf, struct text *out)
{
	struct text attached[ATTACHED_MAX];
	struct drawn drawn;
	struct face face;
	size_t n;

	if (face_read(k->c, cert->face, &face) != 0)
		return -1;
	face.leaf = leaf;
	face.code = cert->check_code;
	face.address = verify_address(k, cert->number, cert->check_code);
	face.demo = config_yes(k->conf->demo);
	face.time = k->c->now;
	if (page_draw(k->c, &face, &drawn) != 0 ||
	    read_attached(k, cert->application_id, attached, &n) != 0)
		return -1;
	return assemble_copy(k->c, drawn.pdf, attached, n, leaf_name(leaf), cert->number, out);
}

static enum leaf
leaf_of(struct text copy)
{
	if (text_is(copy, "original"))
		return LEAF_ORIGINAL;
	return text_is(copy, "duplicate") ? LEAF_DUPLICATE : LEAF_ELECTRONIC;
}

int
on_pdf(struct call *k, const void *form)
{
	const struct number_form *in = form;
	enum leaf leaf = leaf_of(in->copy);
	struct certificate cert;
	struct text pdf;

	if (certificate_read(k, in->number, &cert) != 0)
		return -1;
	if (cert.sha256.n == 0)
		return problem_say(k->c, PROBLEM_STATE, "It is not issued yet.");
	reply_header(k->out, "Content-Disposition", filename_header(k->c,
	    text_fmt(k->c, "%.*s-%s.pdf", TEXT_F(cert.number), leaf_name(leaf))));
	if (leaf == LEAF_ELECTRONIC)
		return reply_sendfile(k->out, "application/pdf",
		    store_path(k->c, "certificates", cert.sha256));
	if (paper_leaf(k, &cert, leaf, &pdf) != 0)
		return -1;
	return reply_bytes(k->out, "application/pdf", pdf);
}

static int
draw_preview(struct call *k, int64_t id, struct drawn *out)
{
	struct stamped s = { T(""), T(""), NULL, T(FACE_PREVIEW) };
	struct record r;
	struct face face;

	return record_read(k, id, &r) != 0 || face_make(k, &r, &s, &face) != 0 ||
	    page_draw(k->c, &face, out) != 0 ? -1 : 0;
}

int
on_preview(struct call *k, const void *form)
{
	const struct preview_form *in = form;
	struct drawn d;

	if (draw_preview(k, in->id, &d) != 0)
		return -1;
	reply_header(k->out, "Content-Disposition", T("inline; filename=\"preview.pdf\""));
	return reply_bytes(k->out, "application/pdf", d.pdf);
}

/* The inspect program takes files: this one has no name. */
static int
file_of(struct ctx *c, struct text bytes)
{
	int fd = memfd_create("preview", MFD_CLOEXEC);

	for (size_t at = 0; fd >= 0 && at < bytes.n; ) {
		ssize_t n = write(fd, bytes.p + at, bytes.n - at);

		if (n <= 0) {
			(void)close(fd);
			return problem_set(c, PROBLEM_BUSY, "no memory for a preview");
		}
		at += (size_t)n;
	}
	return fd >= 0 ? fd : problem_set(c, PROBLEM_BUSY, "no memory for a preview");
}

int
on_preview_page(struct call *k, const void *form)
{
	const struct preview_form *in = form;
	struct drawn d;
	int fd;

	if (draw_preview(k, in->id, &d) != 0)
		return -1;
	if ((size_t)in->page > d.pages)
		return problem_set(k->c, PROBLEM_MISSING, "no such page");
	if ((fd = file_of(k->c, d.pdf)) < 0)
		return -1;
	return reply_page(k, fd, in->page, (int64_t)d.pages);
}
