/*
 * A signature file, DER or PEM, from anybody.  What is accepted is the document's, by the certificate
 * that is named, and is accepted again as it was written.
 *
 * Time stands still at a day on which the certificates of tests/fuzz/seeds/keys are good.
 */
#include "base/digest.h"
#include "keys/cms.h"
#include "tests/fuzz/der.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 16 * MIB;

#define AT INT64_C(1798761600)		/* 1 January 2027 */

static unsigned char document[SHA256_BYTES], other[SHA256_BYTES];

void
fuzz_start(void)
{
	sha256(document, fuzz_read(TOP "/tests/fuzz/seeds/keys/document"));
	sha256(other, T("another document"));
	MUST(trust_start(TOP "/tests/fuzz/seeds/keys/root.pem") == 0);
}

size_t
LLVMFuzzerCustomMutator(uint8_t *p, size_t n, size_t room, unsigned seed)
{
	return der_mutate(p, n, room, seed);
}

void
fuzz(struct ctx *c, struct text in)
{
	struct signer s, again;

	if (cms_verify(c, in, document, AT, &s) != 0) {
		MUST(c->problem.kind == PROBLEM_SIGNATURE && c->problem.detail != NULL);
		return;
	}
	MUST(s.certificate.n > 0 && s.fingerprint.n == 64 && text_utf8(s.subject));
	MUST(cms_verify(c, s.cms, document, AT, &again) == 0);
	MUST(text_eq(s.fingerprint, again.fingerprint) && text_eq(s.cms, again.cms));
	MUST(cms_verify(c, in, other, AT, &again) != 0);
}
