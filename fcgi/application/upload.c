/*
 * Documents: streamed to a nameless file while hashed, judged by inspect, then kept.
 */
#include <inttypes.h>
#include <unistd.h>

#include "fcgi/application/application.h"
#include "files/inspect.h"
#include "files/store.h"
#include "host/audit.h"
#include "host/once.h"
#include "web/filename.h"
#include "web/multipart.h"

#define DOCUMENTS_MAX 30
#define DOCUMENTS_BYTES (32 * MIB)	/* all together: they are printed with a copy */

struct upload {
	struct record r;
	struct text kind, name, sha256;
	int64_t size;
	struct verdict verdict;
};

static const char *
root(struct call *k)
{
	return text_c(k->c, text_fmt(k->c, "%s/documents", k->conf->files));
}

static int
kind_is_known(struct call *k, const struct record *r, struct text kind)
{
	struct list kinds;
	const struct view_kind *v;

	if (db_list(k->c, k->d, VIEW_KINDS, ARGS(A_TEXT(r->rule_set)), &kinds) != 0)
		return -1;
	v = kinds.row;
	for (size_t i = 0; i < kinds.n; i++)
		if (text_eq(v[i].kind, kind))
			return 0;
	return problem_field(k->c, "kind", "unknown", "There is no such kind of document.");
}

/* Looked at twice: before a file is taken in, and when the row of the application is ours. */
static int
has_room(struct call *k, const struct upload *u)
{
	struct list docs;
	int64_t bytes = u->size;

	if (record_documents(k, u->r.id, &docs) != 0)
		return -1;
	for (size_t i = 0; i < docs.n; i++)
		bytes += ((const struct document *)docs.row)[i].size;
	if (docs.n >= DOCUMENTS_MAX)
		return problem_say(k->c, PROBLEM_LARGE, "There are thirty documents already.");
	return bytes <= (int64_t)DOCUMENTS_BYTES ? 0 : problem_say(k->c, PROBLEM_LARGE,
	    "The documents of one application may have 32 MB together.");
}

static int
may_upload(struct call *k, const struct upload_form *in, struct upload *u)
{
	if (record_read(k, in->id, &u->r) != 0 || kind_is_known(k, &u->r, in->kind) != 0)
		return -1;
	if (!state_editable(record_state(&u->r)))
		return problem_say(k->c, PROBLEM_STATE, "It is not open for editing.");
	u->kind = in->kind;
	u->size = 0;
	return has_room(k, u);
}

static int
write_chunk(void *file, struct ctx *c, struct text bytes)
{
	return store_write(c, file, bytes);
}

/* On every way out but success the incoming file is dropped. */
static int
receive(struct call *k, struct upload *u)
{
	struct incoming file;
	struct part part;
	int64_t max;

	if (!text_int(text_of(k->conf->document_max), &max))
		return problem_set(k->c, PROBLEM_INTERNAL, "document_max is not a number");
	if (store_begin(k->c, root(k), max, &file) != 0)
		return -1;
	if (multipart_file(k->c, k->q, write_chunk, &file, &part) != 0 ||
	    filename_check(k->c, part.filename) != 0 ||
	    inspect_file(k->c, k->conf->inspect_socket, file.fd, &u->verdict) != 0 ||
	    store_keep(k->c, &file, &u->sha256) != 0) {
		store_drop(&file);
		return -1;
	}
	u->size = file.size;
	u->name = filename_clean(k->c, part.filename);
	return 0;
}

static int
note(struct call *k, void *arg)
{
	struct upload *u = arg;
	struct document d;
	int64_t id;

	if (db_guard(k->c, k->d, ST_TOUCH, ARGS(A_INT(u->r.id))) != 0 || has_room(k, u) != 0 ||
	    (id = db_insert(k->c, k->d, ST_DOCUMENT_ADD, ARGS(A_INT(u->r.id), A_TEXT(u->kind),
	    A_TEXT(u->name), A_TEXT(u->verdict.media_type), A_INT(u->size), A_TEXT(u->sha256),
	    A_INT(u->verdict.pages), A_INT(k->who->person)))) < 0 ||
	    audit_add(k, "document_added", text_fmt(k->c, "application/%" PRId64, u->r.id),
	    u->sha256) != 0 ||
	    db_need(k->c, k->d, RECORD_DOCUMENT, ARGS(A_INT(u->r.id), A_INT(id)), &d) != 0)
		return -1;
	return reply_json(k->c, k->out, 201, document_json(k, &d));
}

int
on_upload(struct call *k, const void *form)
{
	struct upload u;

	if (may_upload(k, form, &u) != 0 || receive(k, &u) != 0)
		return -1;
	return call_tx(k, note, &u);
}

int
on_document(struct call *k, const void *form)
{
	const struct document_form *in = form;

	return record_file(k, in->id, in->document);
}

int
on_page(struct call *k, const void *form)
{
	const struct document_form *in = form;

	return record_page(k, in->id, in->document, in->page);
}

static int
drop(struct call *k, void *arg)
{
	const struct document_form *in = arg;
	struct record r;

	if (record_read(k, in->id, &r) != 0 ||
	    db_guard(k->c, k->d, ST_TOUCH, ARGS(A_INT(r.id))) != 0)
		return -1;
	if (db_run(k->c, k->d, ST_DOCUMENT_DROP, ARGS(A_INT(in->document), A_INT(r.id))) != 1)
		return problem_set(k->c, PROBLEM_MISSING, "no such document");
	if (audit_add(k, "document_removed", text_fmt(k->c, "application/%" PRId64, r.id),
	    text_fmt(k->c, "document/%" PRId64, in->document)) != 0)
		return -1;
	return reply_empty(k->out, 204);
}

int
on_document_drop(struct call *k, const void *form)
{
	struct document_form in = *(const struct document_form *)form;

	return call_tx(k, drop, &in);
}
