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

struct digest { crypto_hash_sha256_state state; };

struct digest *
digest_begin(struct ctx *c)
{
	struct digest *d = ctx_alloc(c, sizeof *d);

	(void)crypto_hash_sha256_init(&d->state);
	return d;
}

void
digest_add(struct digest *d, struct text t)
{
	(void)crypto_hash_sha256_update(&d->state, (const unsigned char *)t.p, t.n);
}

struct text
digest_end(struct ctx *c, struct digest *d)
{
	unsigned char out[SHA256_BYTES];

	(void)crypto_hash_sha256_final(&d->state, out);
	return hex_text(c, out, sizeof out);
}
