/*
 * codec - bytes as text: hexadecimal and base64 (RFC 4648).
 *
 * Trust:   decoders take hostile text and are strict: no blanks, no missing padding.
 * Memory:  encoders write into the caller's buffer, or allocate in the ctx.
 * Fails:   decoders return false / n = 0 for malformed text, without a problem.
 * Needs:   nothing.
 */
#ifndef BASE_CODEC_H
#define BASE_CODEC_H
#include "base/ctx.h"

/* hex_encode(out, p, n): 2n lower-case digits and a NUL. */
void hex_encode(char *, const void *, size_t);
struct text hex_text(struct ctx *, const void *, size_t);
/* hex_decode(t, out, n): exactly ${n} bytes; false otherwise. */
bool hex_decode(struct text, void *, size_t) MUST_CHECK;

struct text base64_text(struct ctx *, struct text);
/* base64url_text(c, p, n): without padding, for addresses. */
struct text base64url_text(struct ctx *, const void *, size_t);
/* base64_decode(c, t, out): false if malformed. */
bool base64_decode(struct ctx *, struct text, struct text *) MUST_CHECK;
#endif
