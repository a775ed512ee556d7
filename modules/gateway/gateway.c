#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/codec.h"
#include "base/random.h"
#include "gateway/gateway.h"

#define SECRET_MIN 16

static int
read_lines(FILE *f, struct gateway_secrets *out)
{
	char line[sizeof out->line[0]];

	while (out->n < GATEWAY_SECRETS && fgets(line, sizeof line, f) != NULL) {
		struct text t = text_trim(text_of(line));

		if (t.n == 0)
			continue;
		if (t.n < SECRET_MIN)
			return -1;
		(void)memcpy(out->line[out->n], t.p, t.n);
		out->line[out->n++][t.n] = '\0';
	}
	sodium_memzero(line, sizeof line);
	return out->n > 0 ? 0 : -1;
}

int
gateway_secrets_read(const char *path, struct gateway_secrets *out)
{
	FILE *f = fopen(path, "re");
	int rc;

	*out = (struct gateway_secrets){ .n = 0 };
	if (f == NULL) {
		(void)fprintf(stderr, "gateway_secret_file: cannot read %s\n", path);
		return -1;
	}
	(void)setvbuf(f, NULL, _IONBF, 0);	/* no copy stays behind in a buffer */
	rc = read_lines(f, out);
	(void)fclose(f);
	if (rc != 0)
		(void)fprintf(stderr, "gateway_secret_file: %s needs one to %d lines of %d to %zu "
		    "characters\n", path, GATEWAY_SECRETS, SECRET_MIN, sizeof out->line[0] - 2);
	out->key = text_of(out->line[0]);
	out->notice = text_of(out->line[out->n > 1 ? 1 : 0]);
	return rc;
}

struct text
gateway_sign(struct ctx *c, struct text secret, struct text t)
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];

	(void)crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret.p, secret.n);
	(void)crypto_auth_hmacsha256_update(&state, (const unsigned char *)t.p, t.n);
	(void)crypto_auth_hmacsha256_final(&state, mac);
	sodium_memzero(&state, sizeof state);
	return hex_text(c, mac, sizeof mac);
}

struct text
gateway_return_text(struct ctx *c, struct text order, struct text payment)
{
	return text_fmt(c, "%.*s|%.*s", TEXT_F(order), TEXT_F(payment));
}

bool
gateway_return_ok(struct ctx *c, const struct gateway_secrets *s, struct text order,
    struct text payment, struct text signature)
{
	return secret_eq(gateway_sign(c, s->key, gateway_return_text(c, order, payment)), signature);
}

bool
gateway_notice_ok(struct ctx *c, const struct gateway_secrets *s, struct text body,
    struct text signature)
{
	bool ok = false;

	for (size_t i = s->n > 1 ? 1 : 0; i < s->n; i++)
		ok |= secret_eq(gateway_sign(c, text_of(s->line[i]), body), signature);
	return ok;
}

bool
gateway_id_ok(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!((t.p[i] >= '0' && t.p[i] <= '9') || t.p[i] == '_' ||
		    ((t.p[i] | 0x20) >= 'a' && (t.p[i] | 0x20) <= 'z')))
			return false;
	return t.n >= 1 && t.n <= 64;
}
