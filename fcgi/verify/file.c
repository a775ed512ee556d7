/*
 * A file against the one that was issued.  It is kept in memory for as long as the request lasts:
 * this program writes nothing.
 *
 * identical   every byte is the issued file's
 * extended    what was signed is there unchanged, and something was added or put in the hole of the
 *             signature: what a reader shows may differ from what was issued
 * different   it names a certificate of ours, but is not it
 * unknown     nothing in it leads to a certificate of ours
 */
#include <stdlib.h>
#include <string.h>

#include "base/codec.h"
#include "base/digest.h"
#include "base/journal.h"
#include "fcgi/verify/verify.h"
#include "paper/pades.h"
#include "web/multipart.h"

#define FILE_MAX	(12 * MIB)
#define FIRST		(256 * KIB)
#define CANDIDATES	4
#define LOOKS_MAX	1000		/* a hostile file may be full of what looks like numbers */
#define WRITTEN_MAX	24		/* "NP-ABCDEF-26-0000123-K" and room */

struct buffer { char *p; size_t n, cap; };

static void
release(void *arg)
{
	struct buffer *b = arg;

	free(b->p);
}

static int
grow(struct ctx *c, struct buffer *b, size_t n)
{
	size_t cap = b->cap == 0 ? FIRST : b->cap;
	char *p;

	while (cap < n)
		cap *= 2;
	if (cap == b->cap)
		return 0;
	if ((p = realloc(b->p, cap)) == NULL)
		return problem_set(c, PROBLEM_BUSY, "no memory for a file");
	b->p = p;
	b->cap = cap;
	return 0;
}

static int
take(void *arg, struct ctx *c, struct text t)
{
	struct buffer *b = arg;

	if (t.n > FILE_MAX - b->n)
		return problem_set(c, PROBLEM_LARGE, "file");
	if (grow(c, b, b->n + t.n) != 0)
		return -1;
	(void)memcpy(b->p + b->n, t.p, t.n);
	b->n += t.n;
	return 0;
}

/* Numbers that the file or the client names, each once. */
struct candidates { struct text number[CANDIDATES]; size_t n; };

static void
add(struct ctx *c, struct candidates *list, struct text t)
{
	struct number number;

	if (list->n == CANDIDATES || number_read(c, t, &number) != NUMBER_OK)
		return;
	for (size_t i = 0; i < list->n; i++)
		if (text_eq(list->number[i], number.text))
			return;
	list->number[list->n++] = number.text;
}

static size_t
written_length(struct text t)
{
	size_t n = 0;

	while (n < t.n && n < WRITTEN_MAX && (t.p[n] == '-' || (t.p[n] >= '0' && t.p[n] <= '9') ||
	    (t.p[n] >= 'A' && t.p[n] <= 'Z')))
		n++;
	return n;
}

/* The number is the keyword that every certificate's file carries, as plain text. */
static void
scan(struct ctx *c, struct text file, struct candidates *list)
{
	for (int i = 0; i < LOOKS_MAX && list->n < CANDIDATES; i++) {
		const char *at = file.n == 0 ? NULL : memmem(file.p, file.n, "NP-", 3);

		if (at == NULL)
			return;
		file = text_sub(file, (size_t)(at - file.p), file.n);
		add(c, list, text_sub(file, 0, written_length(file)));
		file = text_sub(file, 3, file.n);
	}
}

/* Is what was issued in there, with something behind it? */
static bool
extends(struct ctx *c, struct text file, const struct public_row *r)
{
	return file.n > (size_t)r->size &&
	    text_eq(sha256_hex(c, text_sub(file, 0, (size_t)r->size)), r->sha256);
}

/* What the signature in the file covers leads to the certificate, whatever else was changed. */
static int
find_signed(struct call *k, struct text file, struct public_row *row)
{
	unsigned char part[SHA256_BYTES];

	if (pades_range_hash(k->c, file, NULL, part) != 0) {
		problem_clear(&k->c->problem);	/* a file without a signature is an answer, too */
		return 0;
	}
	return db_one(k->c, k->d, ST_RANGE, ARGS(A_TEXT(hex_text(k->c, part, sizeof part))), row);
}

/* Return 1 with ${row} filled, 0 if the file leads to none of ours, -1. */
static int
find(struct call *k, struct text file, struct text given, struct public_row *row,
    const char **answer)
{
	struct candidates list = { .n = 0 };
	int rc;

	*answer = "extended";
	if ((rc = find_signed(k, file, row)) != 0)
		return rc;
	scan(k->c, file, &list);
	add(k->c, &list, given);
	*answer = "different";
	for (size_t i = 0; i < list.n; i++) {
		if ((rc = db_one(k->c, k->d, ST_NUMBER, ARGS(A_TEXT(list.number[i])), row)) < 0)
			return -1;
		if (rc == 0)
			continue;
		if (extends(k->c, file, row))
			*answer = "extended";
		return 1;
	}
	*answer = "unknown";
	return 0;
}

static const struct { const char *answer, *advice; } advice[] = {
	{ "identical", "Every byte is as issued." },
	{ "extended", "The signed part is as issued, but something was added to the file: what a "
	    "viewer shows may differ. Rely on the particulars given here." },
	{ "different", "This is not the file that was issued under this number. It may be a copy "
	    "for printing, a scan, or a forgery: compare every particular." },
	{ "unknown", "Nothing in this file leads to a certificate issued here. Type the number "
	    "that is printed on it." },
};

static int
reply(struct call *k, const char *answer, struct text sha256, const struct public_row *r)
{
	struct json_object *o = json_new(k->c), *facts = NULL;

	json_set_text(o, "answer", text_of(answer));
	json_set_text(o, "number", r == NULL ? (struct text){ NULL, 0 } : r->number);
	json_set_text(o, "state", r == NULL ? (struct text){ NULL, 0 } : r->state);
	json_set_text(o, "sha256", sha256);
	if (r == NULL) {
		json_set_null(o, "certificate");
	} else {
		verify_facts(k, r, facts = json_new(k->c));
		json_add(o, "certificate", facts);
	}
	for (size_t i = 0; i < COUNT(advice); i++)
		if (strcmp(advice[i].answer, answer) == 0)
			json_set_text(o, "advice", text_of(advice[i].advice));
	JOURNAL("verify_file", J("answer", text_of(answer)), J("id", text_of(k->c->id)));
	return reply_json(k->c, k->out, 200, o);
}

int
on_file(struct call *k, const void *form)
{
	const struct ask *in = form;
	struct buffer *b = ctx_alloc(k->c, sizeof *b);
	const char *answer = "identical";
	struct public_row row;
	struct part part;
	struct text file, sha256;
	int rc;

	ctx_defer(k->c, release, b);
	if (multipart_file(k->c, k->q, take, b, &part) != 0)
		return -1;
	if (!text_is(part.name, "file"))
		return problem_field(k->c, "file", "missing", "Send the PDF as the part \"file\".");
	file = (struct text){ b->p == NULL ? "" : b->p, b->n };
	sha256 = sha256_hex(k->c, file);
	rc = db_one(k->c, k->d, ST_SHA256, ARGS(A_TEXT(sha256)), &row);
	if (rc == 0)
		rc = find(k, file, in->number, &row, &answer);
	return rc < 0 ? -1 : reply(k, answer, sha256, rc == 1 ? &row : NULL);
}
