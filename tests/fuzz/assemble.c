/*
 * Attachments as they go into a paper copy: what is counted is what is appended, and the copy is a PDF
 * that can be read.  The first byte says how many times the file is attached, and whether the copy is made
 * ready to be sealed as well: one in four is, since that takes its time and has a target of its own.
 */
#include "paper/assemble.h"
#include "paper/pades.h"
#include "paper/paper.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 128 * MIB;	/* of certificate */

static struct text leaf;
static size_t pages;

void
fuzz_start(void)
{
	static unsigned char block[MIB];
	struct ctx c;

	ctx_open(&c, block, sizeof block);
	MUST(paper_start(&c, TOP "/modules/paper/fonts.conf", NULL) == 0);
	leaf = fuzz_read(TOP "/tests/samples/hostile/benign.pdf");
	MUST(assemble_pages(&c, leaf, &pages) == 0);
}

void
fuzz(struct ctx *c, struct text in)
{
	struct pades_note note = { .name = T("Officer"), .time = 1796083245 };
	struct text list[2] = { in, in }, out;
	unsigned way = fuzz_byte(&in);
	size_t n, all, copies = 1 + way % 2;
	struct prepared p;

	list[0] = list[1] = in;
	if (assemble_pages(c, in, &n) != 0) {
		MUST(c->problem.kind == PROBLEM_FILE || c->problem.kind == PROBLEM_BUSY);
		return;
	}
	if (assemble_copy(c, leaf, list, copies, "ORIGINAL", T("NP-NCE-26-0000123-K"), &out) != 0) {
		MUST(c->problem.kind == PROBLEM_FILE);
		return;
	}
	MUST(assemble_pages(c, out, &all) == 0 && all == pages + n * copies);
	if (way % 8 >= 6)
		MUST(pades_prepare(c, out, &note, &p) == 0 && p.range.at[2] + p.range.at[3] == p.pdf.n);
}
