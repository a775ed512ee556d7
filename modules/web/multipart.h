/*
 * multipart - one uploaded file out of a multipart/form-data body, while it streams in.
 *
 * RFC 7578, strictly: CR LF line ends, no preamble or epilogue, no nested parts, no folded or long
 * headers, every name once.  Exactly one part is a file (it has a file name); a few short parts
 * without one may stand beside it, as browsers send for the other fields of a form.
 *
 * Trust:   every byte is the client's.
 * Memory:  one window of 16 KiB, whatever the size of the file; names and fields live in the ctx.
 * Fails:   PROBLEM_TYPE for another content type, PROBLEM_SYNTAX for what does not follow the
 *          rules or is cut short, PROBLEM_LARGE for a long field, PROBLEM_INPUT if no file was
 *          chosen, and whatever the sink says.  The sink may have had bytes by then.
 * Needs:   nothing.
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H
#include "web/request.h"

#define MULTIPART_FIELDS 8

struct part {
	struct text	name;		/* of the form's field */
	struct text	filename;	/* as sent: for filename_clean() */
	struct text	type;		/* as claimed: for nothing but the log */
	int64_t		size;
	struct pair	field[MULTIPART_FIELDS];
	size_t		nfield;
};

/* Takes the file's next bytes; 0, or -1 with the problem set, which ends the parsing. */
typedef int multipart_sink(void *, struct ctx *, struct text);

/* multipart_file(c, q, sink, to, part): the file of the request's body. */
int multipart_file(struct ctx *, const struct request *, multipart_sink *, void *, struct part *)
    MUST_CHECK;

/* Where bytes come from: as request_chunk(), 0 at the end and -1 if cut short. */
struct multipart_source { ssize_t (*read)(void *, void *, size_t); void *from; };

/* multipart_parse(c, content_type, source, sink, to, part): the same, from anywhere. */
int multipart_parse(struct ctx *, struct text, const struct multipart_source *, multipart_sink *,
    void *, struct part *) MUST_CHECK;
#endif
