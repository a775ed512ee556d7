/*
 * A person's certificate, from anybody.  What is read is written as the same; a signature that its key
 * did not make is refused, over attributes that are built with it.
 */
#include "base/digest.h"
#include "keys/cms.h"
#include "tests/fuzz/der.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 16 * MIB;

#define AT INT64_C(1798761600)		/* 1 January 2027 */

void
fuzz_start(void)
{
	MUST(trust_start(TOP "/tests/fuzz/seeds/keys/root.pem") == 0);
}

size_t
LLVMFuzzerCustomMutator(uint8_t *p, size_t n, size_t room, unsigned seed)
{
	return der_mutate(p, n, room, seed);
}

static void
shown(struct text t)
{
	MUST(text_utf8(t));
	for (size_t i = 0; i < t.n; i++)
		MUST((unsigned char)t.p[i] >= ' ' && t.p[i] != 0x7f);
}

void
fuzz(struct ctx *c, struct text in)
{
	static const unsigned char document[SHA256_BYTES] = { 1 };
	struct key_certificate k, again;
	enum key_fault fit;
	struct text cms;

	if (key_certificate_read(c, in, &k) != 0) {
		MUST(c->problem.kind == PROBLEM_SIGNATURE);
		return;
	}
	shown(k.subject);
	shown(k.organisation);
	shown(k.issuer);
	shown(k.pan_hash);
	if (!text_eq(in, k.der)) {	/* PEM, say; each reading is costly */
		MUST(key_certificate_read(c, k.der, &again) == 0 && text_eq(k.der, again.der));
		MUST(text_eq(k.fingerprint, again.fingerprint) && k.kind == again.kind);
		MUST(k.bits == again.bits);
	}
	fit = key_certificate_fit(&k, AT);
	MUST(key_certificate_check(c, &k, AT) != 0 || fit == KEY_FIT);
	problem_clear(&c->problem);
	MUST(cms_finish(c, k.der, document, k.fingerprint, &cms) != 0);
}
