#include <string.h>

#include "web/multipart.h"

#define WINDOW		(16 * KIB)
#define HEAD_MAX	(4 * KIB)	/* all header lines of a part */
#define FIELD_MAX	(1 * KIB)
#define BOUNDARY_MAX	70		/* RFC 2046 5.1.1 */

struct reader {
	struct ctx	*c;
	const struct multipart_source *source;
	char		 delimiter[4 + BOUNDARY_MAX];	/* CR LF - - boundary */
	size_t		 ndelimiter;
	char		*p;
	size_t		 n;			/* bytes in the window */
	bool		 ended;
};

static int
malformed(struct reader *r, const char *why)
{
	return problem_set(r->c, PROBLEM_SYNTAX, "multipart: %s", why);
}

static int
fill(struct reader *r)
{
	while (!r->ended && r->n < WINDOW) {
		ssize_t got = r->source->read(r->source->from, r->p + r->n, WINDOW - r->n);

		if (got < 0)
			return malformed(r, "the body was cut short");
		r->ended = got == 0;
		r->n += (size_t)got;
	}
	return 0;
}

static void
consume(struct reader *r, size_t n)
{
	memmove(r->p, r->p + n, r->n - n);
	r->n -= n;
}

static bool
take(struct reader *r, const char *bytes, size_t n)
{
	if (r->n < n || memcmp(r->p, bytes, n) != 0)
		return false;
	consume(r, n);
	return true;
}

/* RFC 9110 5.6.2 */
static bool
is_token(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] <= ' ' || t.p[i] >= 0x7f || strchr("\"(),/:;<=>?@[\\]{}", t.p[i]) != NULL)
			return false;
	return t.n > 0;
}

/*
 * The next "; name=value" of a header, which must be there.  In a quoted value a backslash is a
 * backslash, as browsers send it, and the quote ends the value.
 */
static bool
take_param(struct text *t, struct pair *out)
{
	struct text rest;
	size_t eq, end;

	if (t->n == 0 || t->p[0] != ';')
		return false;
	rest = text_trim(text_sub(*t, 1, t->n));
	eq = text_find(rest, '=');
	out->name = text_sub(rest, 0, eq);
	rest = text_sub(rest, eq + 1, rest.n);
	if (rest.n > 0 && rest.p[0] == '"') {
		rest = text_sub(rest, 1, rest.n);
		if ((end = text_find(rest, '"')) == rest.n)
			return false;
		out->value = text_sub(rest, 0, end);
		*t = text_trim(text_sub(rest, end + 1, rest.n));
		return is_token(out->name);
	}
	end = text_find(rest, ';');
	out->value = text_trim(text_sub(rest, 0, end));
	*t = text_sub(rest, end, rest.n);
	return is_token(out->name) && is_token(out->value);
}

static bool
is_boundary(struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		char b = t.p[i];

		if (!((b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') ||
		    (b != '\0' && strchr("'()+_,-./:=? ", b) != NULL)))
			return false;
	}
	return t.n > 0 && t.n <= BOUNDARY_MAX && t.p[t.n - 1] != ' ';
}

static int
read_boundary(struct reader *r, struct text type)
{
	struct text rest = text_sub(type, text_find(type, ';'), type.n), boundary = { "", 0 };
	struct pair p;

	if (!text_is_nocase(text_trim(text_sub(type, 0, type.n - rest.n)), "multipart/form-data"))
		return problem_say(r->c, PROBLEM_TYPE, "Send the file as multipart/form-data.");
	while (rest.n > 0) {
		if (!take_param(&rest, &p))
			return malformed(r, "content type");
		if (!text_is_nocase(p.name, "boundary"))
			continue;
		if (boundary.n > 0 || !is_boundary(p.value))
			return malformed(r, "boundary");
		boundary = p.value;
	}
	if (boundary.n == 0)
		return malformed(r, "no boundary");
	memcpy(r->delimiter, "\r\n--", 4);
	memcpy(r->delimiter + 4, boundary.p, boundary.n);
	r->ndelimiter = 4 + boundary.n;
	return 0;
}

struct head { struct text name, filename, type; bool is_file, disposed; };

/* A second name or a second form of it would let two readers pick different ones. */
static int
read_disposition(struct reader *r, struct text value, struct head *h)
{
	struct text rest = text_sub(value, text_find(value, ';'), value.n);
	struct pair p;

	if (h->disposed || !text_is_nocase(text_trim(text_sub(value, 0, value.n - rest.n)),
	    "form-data"))
		return malformed(r, "disposition");
	h->disposed = true;
	while (rest.n > 0) {
		if (!take_param(&rest, &p))
			return malformed(r, "disposition");
		if (text_is_nocase(p.name, "name") && h->name.p == NULL)
			h->name = p.value;
		else if (text_is_nocase(p.name, "filename") && !h->is_file) {
			h->filename = p.value;
			h->is_file = true;
		} else
			return malformed(r, "a repeated or unknown parameter");
	}
	return 0;
}

static int
read_type(struct reader *r, struct text value, struct head *h)
{
	if (h->type.p != NULL)
		return malformed(r, "two types");
	if (text_is_nocase(text_sub(value, 0, 10), "multipart/"))
		return malformed(r, "nested parts");
	h->type = value;
	return 0;
}

/* RFC 7578 4.7 withdrew it; a reader that decodes and one that does not see different files. */
static int
read_encoding(struct reader *r, struct text value, struct head *h)
{
	(void)h;
	if (text_is_nocase(value, "binary") || text_is_nocase(value, "8bit") ||
	    text_is_nocase(value, "7bit"))
		return 0;
	return malformed(r, "transfer encoding");
}

static int
read_header(struct reader *r, struct text line, struct head *h)
{
	static const struct {
		const char *name;
		int (*read)(struct reader *, struct text, struct head *);
	} known[] = {
		{ "content-disposition", read_disposition },
		{ "content-type", read_type },
		{ "content-transfer-encoding", read_encoding },
	};
	size_t colon = text_find(line, ':');
	struct text name = text_sub(line, 0, colon);
	struct text value = text_trim(text_sub(line, colon + 1, line.n));

	if (colon == line.n || !is_token(name))
		return malformed(r, "header");
	for (size_t i = 0; i < line.n; i++)
		if (((unsigned char)line.p[i] < ' ' && line.p[i] != '\t') || line.p[i] == 0x7f)
			return malformed(r, "a control character in a header");
	for (size_t i = 0; i < COUNT(known); i++)
		if (text_is_nocase(name, known[i].name))
			return known[i].read(r, value, h);
	return 0;
}

/* The header lines are copied out of the window, which moves on. */
static int
read_head(struct reader *r, struct head *h)
{
	const char *end;
	struct text head, line;

	*h = (struct head){ .disposed = false };
	if (fill(r) != 0)
		return -1;
	end = memmem(r->p, r->n < HEAD_MAX ? r->n : HEAD_MAX, "\r\n\r\n", 4);
	if (end == NULL)
		return malformed(r, "the header of a part is too long or has no end");
	head = text_copy(r->c, (struct text){ r->p, (size_t)(end - r->p) + 2 });
	consume(r, head.n + 2);
	for (; head.n > 0; head = text_sub(head, line.n + 2, head.n)) {
		line = text_sub(head, 0, text_find(head, '\r'));
		if (line.n + 1 >= head.n || head.p[line.n + 1] != '\n' ||
		    read_header(r, line, h) != 0)
			return malformed(r, "header line");
	}
	return h->name.n == 0 ? malformed(r, "a part without a name") : 0;
}

/* All up to the delimiter goes to the sink; what may be the start of one waits for more. */
static int
read_data(struct reader *r, multipart_sink *sink, void *to)
{
	for (;;) {
		const char *at;
		size_t n;

		if (fill(r) != 0)
			return -1;
		at = memmem(r->p, r->n, r->delimiter, r->ndelimiter);
		if (at == NULL && r->ended)
			return malformed(r, "no closing boundary");
		n = at != NULL ? (size_t)(at - r->p) : r->n - (r->ndelimiter - 1);
		if (n > 0 && sink(to, r->c, (struct text){ r->p, n }) != 0)
			return -1;
		consume(r, at != NULL ? n + r->ndelimiter : n);
		if (at != NULL)
			return 0;
	}
}

struct field { char *p; size_t n; };

static int
keep_field(void *to, struct ctx *c, struct text bytes)
{
	struct field *f = to;

	if (bytes.n > FIELD_MAX - f->n)
		return problem_set(c, PROBLEM_LARGE, "multipart: a long field");
	memcpy(f->p + f->n, bytes.p, bytes.n);
	f->n += bytes.n;
	return 0;
}

static int
read_field(struct reader *r, const struct head *h, struct part *out)
{
	struct field f = { .p = ctx_alloc(r->c, FIELD_MAX) };

	if (out->nfield == MULTIPART_FIELDS)
		return malformed(r, "too many parts");
	for (size_t i = 0; i < out->nfield; i++)
		if (text_eq(out->field[i].name, h->name))
			return malformed(r, "a field given twice");
	if (read_data(r, keep_field, &f) != 0)
		return -1;
	out->field[out->nfield++] = (struct pair){ h->name, { f.p, f.n } };
	return 0;
}

struct count { multipart_sink *sink; void *to; int64_t n; };

static int
pass_on(void *to, struct ctx *c, struct text bytes)
{
	struct count *count = to;

	count->n += (int64_t)bytes.n;
	return count->sink(count->to, c, bytes);
}

static int
read_file(struct reader *r, const struct head *h, struct count *to, struct part *out)
{
	if (out->name.p != NULL)
		return malformed(r, "more than one file");
	out->name = h->name;
	out->filename = h->filename;
	out->type = h->type.p == NULL ? T("") : h->type;
	if (read_data(r, pass_on, to) != 0)
		return -1;
	out->size = to->n;
	return 0;
}

/* After a delimiter: CR LF and another part, or "--", at most one line end, and nothing more. */
static int
read_parts(struct reader *r, struct count *to, struct part *out)
{
	struct head h;

	while (take(r, "\r\n", 2))
		if (read_head(r, &h) != 0 || (h.is_file ? read_file(r, &h, to, out) :
		    read_field(r, &h, out)) != 0 || fill(r) != 0)
			return -1;
	if (!take(r, "--", 2))
		return malformed(r, "bytes behind a boundary");
	(void)take(r, "\r\n", 2);
	return r->n > 0 ? malformed(r, "bytes behind the last boundary") : 0;
}

int
multipart_parse(struct ctx *c, struct text type, const struct multipart_source *source,
    multipart_sink *sink, void *arg, struct part *out)
{
	struct reader r = { .c = c, .source = source };
	struct count to = { sink, arg, 0 };

	*out = (struct part){ .nfield = 0 };
	if (read_boundary(&r, type) != 0)
		return -1;
	r.p = ctx_alloc(c, WINDOW);
	if (fill(&r) != 0)
		return -1;
	if (!take(&r, r.delimiter + 2, r.ndelimiter - 2))
		return malformed(&r, "it does not begin with the boundary");
	if (read_parts(&r, &to, out) != 0)
		return -1;
	if (out->name.p == NULL || (out->filename.n == 0 && out->size == 0))
		return problem_field(c, "file", "required", "Choose a file.");
	return 0;
}

static ssize_t
read_request(void *from, void *buffer, size_t n)
{
	return request_chunk(from, buffer, n);
}

int
multipart_file(struct ctx *c, const struct request *q, multipart_sink *sink, void *to,
    struct part *out)
{
	struct multipart_source source = { read_request, (void *)(uintptr_t)q };

	return multipart_parse(c, q->type, &source, sink, to, out);
}
