/*
 * digest - SHA-256.
 *
 * Trust:   any bytes.
 * Memory:  the caller's.
 * Fails:   never.
 * Needs:   libsodium.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H
#include "base/ctx.h"

#define SHA256_BYTES 32

void sha256(void *out, struct text);
/* sha256_hex(c, t): 64 lower-case hexadecimal digits. */
struct text sha256_hex(struct ctx *, struct text);
/* sha256_text(c, t): the 32 bytes, as a database argument. */
struct text sha256_text(struct ctx *, struct text);

/* The same over pieces, with its state in the ctx; digest_end() gives 64 hexadecimal digits. */
struct digest;
struct digest *digest_begin(struct ctx *);
void digest_add(struct digest *, struct text);
struct text digest_end(struct ctx *, struct digest *);
#endif
