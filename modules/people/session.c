#include "base/codec.h"
#include "base/digest.h"
#include "base/random.h"
#include "people/session.h"

#define TOKEN_BYTES	32

static const struct { const char *kind, *role; unsigned may; } may_rows[] = {
	{ "exporter", "filer", WHO_FILER },
	{ "exporter", "signatory", WHO_SIGNATORY },
	{ "exporter", "admin", WHO_FIRM_ADMIN },
	{ "officer", "officer", WHO_OFFICER },
	{ "administrator", "administrator", WHO_ADMINISTRATOR },
	{ "operator", "operator", WHO_OPERATOR },
};

static const struct { unsigned may; const char *word; } word_rows[] = {
	{ WHO_ANYONE, "anyone" }, { WHO_SIGNED_IN, "signed-in" }, { WHO_EXPORTER, "exporter" },
	{ WHO_SIGNATORY, "signatory" }, { WHO_SIGNATORY | WHO_FIRM_ADMIN, "signatory" },
	{ WHO_OFFICER, "officer" },
	{ WHO_OFFICER | WHO_EXPORTER | WHO_ADMINISTRATOR, "exporter, officer, administrator" },
	{ WHO_ADMINISTRATOR, "administrator" }, { WHO_OPERATOR, "operator" },
};

unsigned
who_may(const struct who *w)
{
	for (size_t i = 0; w->person != 0 && i < COUNT(may_rows); i++)
		if (text_is(w->kind, may_rows[i].kind) && text_is(w->role, may_rows[i].role))
			return may_rows[i].may;
	return 0;
}

const char *
who_word(unsigned may)
{
	for (size_t i = 0; i < COUNT(word_rows); i++)
		if (word_rows[i].may == may)
			return word_rows[i].word;
	return "some";
}

/* The cookie carries the token in hexadecimal. */
struct text
session_token(struct ctx *c, struct text header)
{
	struct cursor in = cursor_of(header);

	while (!at_end(&in)) {
		struct text pair = text_trim(take_word(&in, ';'));
		size_t eq = text_find(pair, '=');
		char *out;

		if (!text_is(text_sub(pair, 0, eq), SESSION_COOKIE))
			continue;
		out = ctx_alloc(c, TOKEN_BYTES);
		if (hex_decode(text_sub(pair, eq + 1, pair.n), out, TOKEN_BYTES))
			return sha256_text(c, (struct text){ out, TOKEN_BYTES });
	}
	return (struct text){ "", 0 };
}

struct text
session_make(struct ctx *c, struct text *cookie)
{
	char *token = ctx_alloc(c, TOKEN_BYTES);

	random_bytes(token, TOKEN_BYTES);
	*cookie = text_fmt(c, SESSION_COOKIE "=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax",
	    TEXT_F(hex_text(c, token, TOKEN_BYTES)));
	return sha256_text(c, (struct text){ token, TOKEN_BYTES });
}

struct text
session_drop(void)
{
	return T(SESSION_COOKIE "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
}
