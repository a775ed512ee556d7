#include <unistd.h>

#include "paper/assemble.h"
#include "tests/fuzz/kind.h"
#include "tests/fuzz/left.h"

#define WIDTH 40

static void
drawn(const struct picture *p)
{
	int fd = fuzz_file(T(""));

	MUST(p->rgb != NULL && p->width >= 1 && p->width <= WIDTH + 1 && p->height >= 1);
	MUST(p->height <= 4 * WIDTH + 4);
	MUST(picture_write(p, fd));
	(void)close(fd);
}

void
kind_try(struct ctx *c, struct text in, unsigned (*judge)(struct text, const char **),
    bool (*draw)(struct text, unsigned, unsigned, struct picture *, const char **))
{
	const char *why = NULL;
	struct picture p = { 0, 0, NULL };
	unsigned pages;
	size_t printed;

	left_begin();
	pages = judge(in, &why);
	MUST(pages <= INSPECT_PAGES && (pages > 0 || why != NULL));
	left_behind();
	if (pages == 0 && in.n % 4 != 0)	/* only who was taken over has drawn what was refused */
		return;
	left_begin();
	if (draw(in, pages > 0 ? pages : 1, WIDTH, &p, &why))
		drawn(&p);
	left_behind();
	if (pages > 0)
		MUST(assemble_pages(c, in, &printed) == 0 && printed == pages);
}
