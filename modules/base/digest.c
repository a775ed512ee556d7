#include <sodium.h>

#include "base/codec.h"
#include "base/digest.h"

void
sha256(void *out, struct text t)
{
	(void)crypto_hash_sha256(out, (const unsigned char *)t.p, t.n);
}

struct text
sha256_text(struct ctx *c, struct text t)
{
	char *out = ctx_alloc(c, SHA256_BYTES);

	sha256(out, t);
	return (struct text){ out, SHA256_BYTES };
}

struct text
sha256_hex(struct ctx *c, struct text t)
{
	return hex_text(c, sha256_text(c, t).p, SHA256_BYTES);
}
