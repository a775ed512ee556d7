/*
 * Handing out: the three leaves, pages as pictures, previews.
 */
#include <pthread.h>
#include <sys/mman.h>
#include <time.h>
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
#define HEAVY_BYTES	(8 * MIB)
#define TURN_WAIT_S	8

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

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

struct attachments { struct text bytes[ATTACHED_MAX]; size_t n; };

static int
read_attached(struct call *k, const struct list *docs, struct attachments *a)
{
	const struct document *d = docs->row;

	a->n = 0;
	for (size_t i = 0; i < docs->n && a->n < ATTACHED_MAX; i++)
		if (is_printed(d[i].kind) && store_read(k->c, documents_root(k), d[i].sha256,
		    UPLOAD_MAX, &a->bytes[a->n++]) != 0)
			return -1;
	return 0;
}

/* Large documents take several times their size while they are printed, and pictures far more. */
static int
weigh(struct call *k, const struct list *docs, bool *heavy)
{
	const struct document *d = docs->row;
	int64_t bytes = 0;

	*heavy = false;
	for (size_t i = 0; i < docs->n; i++) {
		bytes += is_printed(d[i].kind) ? d[i].size : 0;
		*heavy = *heavy || bytes > (int64_t)HEAVY_BYTES ||
		    !text_is(d[i].media_type, "application/pdf");
	}
	return bytes <= (int64_t)ATTACHED_BYTES ? 0 : problem_say(k->c, PROBLEM_LARGE,
	    "The documents are too large to be printed with the copy.");
}

/* One heavy copy at a time. */
static int
wait_turn(struct call *k)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += TURN_WAIT_S;
	return pthread_mutex_timedlock(&turn, &until) == 0 ? 0 :
	    problem_set(k->c, PROBLEM_BUSY, "too many heavy copies at once");
}

static int
assemble(struct call *k, const struct certificate *cert, struct text leaf, const char *name,
    struct text *out)
{
	struct attachments *a = ctx_alloc(k->c, sizeof *a);
	struct list docs;
	bool heavy;
	int rc;

	if (record_documents(k, cert->application_id, &docs) != 0 ||
	    weigh(k, &docs, &heavy) != 0 || (heavy && wait_turn(k) != 0))
		return -1;
	rc = read_attached(k, &docs, a) != 0 ? -1 :
	    assemble_copy(k->c, leaf, a->bytes, a->n, name, cert->number, out);
	if (heavy)
		(void)pthread_mutex_unlock(&turn);
	return rc;
}

/* Drawn from the face that was issued, so that it says what the electronic leaf says. */
static int
paper_leaf(struct call *k, const struct certificate *cert, enum leaf leaf, struct text *out)
{
	struct drawn drawn;
	struct face face;

	if (face_read(k->c, cert->face, &face) != 0)
		return -1;
	face.leaf = leaf;
	face.code = cert->check_code;
	face.address = verify_address(k, cert->number, cert->check_code);
	face.demo = config_yes(k->conf->demo);
	face.time = k->c->now;
	return page_draw(k->c, &face, &drawn) != 0 ? -1 :
	    assemble(k, cert, drawn.pdf, leaf_name(leaf), out);
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
