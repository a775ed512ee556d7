/*
 * examine - what one kind of file has to answer: is it whole and harmless, and how does a page of
 * it look.
 *
 * Everything declared here runs in a process of its own for one question, in a jail without files,
 * sockets or children, within bounds of time and memory: a parser that is taken over, runs wild or
 * dies takes nothing with it.  So memory is not given back, and what is out of bounds may abort.
 *
 * Trust:   every byte of the file is hostile.
 * Memory:  the file is mapped; pictures are allocated and left to the end of the process.
 * Fails:   with a sentence for the person who uploads, saying what to do.
 * Needs:   fonts, for PDFs that do not carry their own.
 */
#ifndef INSPECT_EXAMINE_H
#define INSPECT_EXAMINE_H
#include "base/text.h"
#include "fcgi/inspect/picture.h"
#include "files/inspect.h"
#include "paper/image.h"

#define DAMAGED "The file is damaged or not complete. Save it again and upload the new copy."

/* What goes with a picture and nobody sees, but all receive; packed, it can take a thousand times the room. */
#define METADATA_MAX	(128 * KIB)
#define TALKATIVE "The picture carries more metadata (place, camera, comments) than is accepted. " \
	"Save a copy without it."

struct kind {
	const char *type;
	const char *begins;	/* as nothing else does; NULL if libmagic has to tell it from its kin */
	/* The number of pages, or 0 with the reason. */
	unsigned (*judge)(struct text, const char **);
	/* Page 1 .. n into a picture at most that wide; false with the reason. */
	bool (*draw)(struct text, unsigned, unsigned, struct picture *, const char **);
};

unsigned pdf_judge(struct text, const char **);
bool pdf_draw(struct text, unsigned, unsigned, struct picture *, const char **);
unsigned jpeg_judge(struct text, const char **);
bool jpeg_draw(struct text, unsigned, unsigned, struct picture *, const char **);
unsigned png_judge(struct text, const char **);
bool png_draw(struct text, unsigned, unsigned, struct picture *, const char **);
unsigned tiff_judge(struct text, const char **);
bool tiff_draw(struct text, unsigned, unsigned, struct picture *, const char **);

/*
 * pdf_start(): judge and draw a page of our own, so that what qpdf, poppler, cairo and fontconfig
 * make at their first use is made once, and not by every child.
 */
bool pdf_start(void);

/* examine_start(): load libmagic's tables, look at a first page; once, before the jail.  0 or -1. */
int examine_start(void) MUST_CHECK;

/* examine_answer(s): one question from the connected socket, and its answer. */
void examine_answer(int);
#endif
