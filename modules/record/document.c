/*
 * Documents of an application: the list, the file, its pages.
 */
#include <unistd.h>

#include "files/inspect.h"
#include "files/store.h"
#include "record/stmts.h"
#include "web/filename.h"

#define PAGE_WIDTH 1400		/* pixels: legible when zoomed in */

#define ROW struct document
const struct col document_col[8] = {
	ROW_INT(ROW, id), ROW_TEXT(ROW, kind), ROW_TEXT(ROW, name), ROW_TEXT(ROW, media_type),
	ROW_INT(ROW, size), ROW_TEXT(ROW, sha256), ROW_INT(ROW, pages), ROW_TIME(ROW, uploaded_at),
};
#undef ROW

int
record_documents(struct call *k, int64_t id, struct list *out)
{
	return db_list(k->c, k->d, RECORD_DOCUMENTS, ARGS(A_INT(id)), out);
}

struct attached *
record_attached(struct ctx *c, const struct list *l)
{
	struct attached *a = ctx_alloc(c, (l->n + 1) * sizeof *a);
	const struct document *d = l->row;

	for (size_t i = 0; i < l->n; i++)
		a[i] = (struct attached){ d[i].kind, d[i].name, d[i].sha256, d[i].size };
	return a;
}

struct json_object *
document_json(struct call *k, const struct document *d)
{
	return row_json(k->c, &k->program->stmt[RECORD_DOCUMENT], d);
}

static int
find(struct call *k, int64_t application, int64_t document, struct document *out)
{
	struct record r;

	if (record_read(k, application, &r) != 0)
		return -1;
	return db_need(k->c, k->d, RECORD_DOCUMENT, ARGS(A_INT(application), A_INT(document)), out);
}

int
record_file(struct call *k, int64_t application, int64_t document)
{
	struct document d;

	if (find(k, application, document, &d) != 0)
		return -1;
	reply_header(k->out, "Content-Disposition", filename_header(k->c, d.name));
	return reply_sendfile(k->out, text_c(k->c, d.media_type),
	    store_path(k->c, "documents", d.sha256));
}

int
record_page(struct call *k, int64_t application, int64_t document, int64_t page)
{
	struct document d;
	struct text png;
	int64_t pages;
	int fd, rc;

	if (find(k, application, document, &d) != 0)
		return -1;
	if (page > d.pages)
		return problem_set(k->c, PROBLEM_MISSING, "no such page");
	if ((fd = store_open(k->c, text_c(k->c, text_fmt(k->c, "%s/documents", k->conf->files)),
	    d.sha256)) < 0)
		return -1;
	rc = inspect_page(k->c, k->conf->inspect_socket, fd, page, PAGE_WIDTH, &png, &pages);
	(void)close(fd);
	if (rc != 0)
		return -1;
	reply_header(k->out, "Cache-Control", T("private, max-age=3600"));
	return reply_bytes(k->out, "image/png", png);
}
