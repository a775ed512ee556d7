/*
 * inspect - asking the inspect program what a file is, or for a picture of one of its pages.
 *
 * The file goes there as a descriptor; nothing here looks into it.
 *
 * The protocol, over a SOCK_SEQPACKET unix socket, one question a connection:
 *   question  struct inspect_question, and with it (SCM_RIGHTS) the file, readable, never writable,
 *             and for a page a second descriptor: an empty memfd that the PNG is written to;
 *   answer    struct inspect_answer.  A connection closed without one means that examining the
 *             file took more time or memory than it is given.
 *
 * Trust:   the answer is a claim of a program that hostile files may have taken over: its texts
 *          are bounded, its media type is one of ours, the PNG is bytes to pass on.
 * Memory:  texts live in the ctx; a picture is mapped and released with the request.
 * Fails:   PROBLEM_FILE with a sentence for the client when the file is refused; PROBLEM_BUSY when
 *          the program is down or has too much to do.
 * Needs:   membership of the socket's group; read access to the file's path if the descriptor can
 *          be written to (it is opened again, for reading).
 */
#ifndef FILES_INSPECT_H
#define FILES_INSPECT_H
#include "base/ctx.h"

#define INSPECT_VERSION	 1
#define INSPECT_PAGES	 500			/* that a file may have */
#define INSPECT_WIDTH	 1600			/* that a page can be drawn at */
#define INSPECT_PNG	 (24 * (int64_t)MIB)
#define INSPECT_SECONDS	 10			/* for a question, from first to last */

enum { INSPECT_JUDGE, INSPECT_DRAW };
enum { INSPECT_GOOD, INSPECT_REFUSED, INSPECT_FAILED };

struct inspect_question { uint32_t version, what, page, width; };
struct inspect_answer {
	uint32_t version, result, pages, spare;
	char	 type[32], reason[208];		/* NUL-terminated */
};

struct verdict {
	bool		accepted;
	struct text	media_type;	/* application/pdf, image/jpeg, image/png, image/tiff */
	int64_t		pages;
	struct text	reason;		/* if refused: a sentence for the client */
};

/* inspect_file(c, socket, fd, out): 0 if the file is accepted. */
int inspect_file(struct ctx *, const char *, int, struct verdict *) MUST_CHECK;

/* inspect_page(c, socket, fd, page, width, png, pages): page 1 .. pages, at most that wide. */
int inspect_page(struct ctx *, const char *, int, int64_t, int64_t, struct text *, int64_t *)
    MUST_CHECK;
#endif
