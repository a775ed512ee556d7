/*
 * gateway - what the portal and the payment gateway sign for each other (Razorpay's rules).
 *
 * A notice carries HMAC-SHA256 of its raw body under the notice secret; the browser that comes
 * back carries HMAC-SHA256 of "order|payment" under the key's secret.  Both are hexadecimal.
 *
 * The file of secrets holds the key's secret in its first line and the notice secret in its
 * second; further lines are notice secrets that were changed lately, since the gateway repeats old
 * notices under the old one.  A file of one line has one secret for both.
 *
 * Trust:   signed text and signature are anybody's; the secrets are the operator's.
 * Memory:  the secrets live as long as the process; signatures in the ctx.
 * Fails:   gateway_secrets_read() returns -1 after a sentence that does not show a secret.
 * Needs:   read access to the file, before the jail.
 */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H
#include "base/ctx.h"

#define GATEWAY_SECRETS 4

struct gateway_secrets {
	char		line[GATEWAY_SECRETS][128];
	size_t		n;
	struct text	key, notice;		/* to sign with */
};

/* gateway_secrets_read(path, out): 0 or -1. */
int gateway_secrets_read(const char *, struct gateway_secrets *) MUST_CHECK;

/* gateway_sign(c, secret, text): 64 hexadecimal digits. */
struct text gateway_sign(struct ctx *, struct text, struct text);

/* gateway_return_text(c, order, payment): what a browser that comes back has signed for it. */
struct text gateway_return_text(struct ctx *, struct text, struct text);

/* gateway_return_ok(c, secrets, order, payment, signature). */
bool gateway_return_ok(struct ctx *, const struct gateway_secrets *, struct text, struct text,
    struct text) MUST_CHECK;

/* gateway_notice_ok(c, secrets, body, signature): under any of the notice secrets. */
bool gateway_notice_ok(struct ctx *, const struct gateway_secrets *, struct text, struct text)
    MUST_CHECK;

/* gateway_id_ok(t): 1 to 64 letters, digits and underscores: what a gateway's id may be. */
bool gateway_id_ok(struct text) MUST_CHECK;
#endif
