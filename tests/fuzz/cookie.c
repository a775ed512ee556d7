/* A Cookie header: a session is found where one is, and nowhere else. */
#include "base/codec.h"
#include "base/digest.h"
#include "people/session.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 1 * MIB;

void
fuzz_start(void)
{
}

/* The hash that came out is that of 64 hexadecimal digits which stand behind the cookie's name. */
static bool
stands_there(struct ctx *c, struct text header, struct text hash)
{
	const char *at = header.p;
	unsigned char token[32];

	while ((at = memmem(at, header.n - (size_t)(at - header.p), SESSION_COOKIE "=",
	    sizeof SESSION_COOKIE)) != NULL) {
		at += sizeof SESSION_COOKIE;
		if (hex_decode(text_sub(header, (size_t)(at - header.p), 64), token, sizeof token) &&
		    text_eq(sha256_text(c, (struct text){ (char *)token, sizeof token }), hash))
			return true;
	}
	return false;
}

void
fuzz(struct ctx *c, struct text in)
{
	struct text hash = session_token(c, in), cookie, made = session_make(c, &cookie);

	MUST(hash.n == 0 || hash.n == SHA256_BYTES);
	if (in.n > 0 && hash.n > 0)
		MUST(stands_there(c, in, hash));
	MUST(text_eq(session_token(c, cookie), made));
	/* The first that can be read counts: one of ours in front is found whatever follows. */
	MUST(text_eq(session_token(c, text_fmt(c, "%.*s; %.*s", TEXT_F(cookie), TEXT_F(in))), made));
}
