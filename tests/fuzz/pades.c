/*
 * The place of a signature in a file from anybody: what is found is in the file, and what is put there
 * is found again.
 */
#include "base/codec.h"
#include "base/digest.h"
#include "paper/pades.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 16 * MIB;

static const char cms[] = "\x30\x05\x04\x03new";

void
fuzz_start(void)
{
}

/* The hash, over the two ranges put together. */
static void
covered(struct ctx *c, struct text in, const struct pades_range *r, const unsigned char *hash)
{
	char *p = ctx_alloc(c, in.n + 1);
	unsigned char own[SHA256_BYTES];

	MUST(r->at[0] == 0 && r->at[1] < r->at[2] && r->at[2] + r->at[3] <= in.n);
	memcpy(p, in.p, r->at[1]);
	memcpy(p + r->at[1], in.p + r->at[2], r->at[3]);
	sha256(own, (struct text){ p, r->at[1] + r->at[3] });
	MUST(memcmp(own, hash, sizeof own) == 0);
}

void
fuzz(struct ctx *c, struct text in)
{
	struct pades_found found, again;
	struct text out;

	if (pades_extract(c, in, &found) != 0) {
		MUST(c->problem.kind == PROBLEM_FILE);
		return;
	}
	covered(c, in, &found.range, found.sha256);
	MUST(2 * found.cms.n <= found.range.at[2] - found.range.at[1] - 2);
	MUST(found.appended == (found.range.at[2] + found.range.at[3] != in.n));
	if (pades_embed(c, in, (struct text){ cms, sizeof cms - 1 }, &out) != 0)
		return;
	MUST(out.n == in.n && pades_extract(c, out, &again) == 0);
	MUST(text_eq(again.cms, (struct text){ cms, sizeof cms - 1 }));
	MUST(memcmp(again.sha256, found.sha256, sizeof found.sha256) == 0);
}
