/* A key on a token: the certificate is found first, then the PIN is asked for, once. */
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "tools/coosign/key.h"
#include "tools/coosign/module.h"
#include "tools/coosign/terminal.h"

struct held {
	struct module	module;
	struct slot	slot;
	struct found	found;
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;
	struct secret	pin;		/* kept for tokens that want it again for each signature */
};

/* ---- finding ---- */

static bool
wanted_slot(const struct options *o, const struct slot *s)
{
	int64_t n;

	if (o->token != NULL && !text_is(s->label, o->token))
		return false;
	return o->slot == NULL || (text_int(text_of(o->slot), &n) && n >= 0 && (CK_SLOT_ID)n == s->id);
}

/* By its fingerprint; or any that may sign now. */
static bool
wanted_certificate(const struct options *o, const char *fingerprint, const struct found *f)
{
	if (fingerprint != NULL)
		return text_is(f->certificate.fingerprint, fingerprint);
	if (o->certificate != NULL)
		return text_starts(f->certificate.fingerprint, o->certificate);
	return key_certificate_fit(&f->certificate, clock_now()) == KEY_FIT;
}

struct search { const char *fingerprint; struct held *held; size_t tokens, seen, matches; };

static void
look_into(struct ctx *c, const struct options *o, const struct slot *s, struct search *out)
{
	struct found all[CERTIFICATES_MAX];
	CK_SESSION_HANDLE session;
	size_t n;

	if (!slot_session(s, &session))
		return;
	out->tokens++;
	n = slot_certificates(c, s, session, all);
	out->seen += n;
	for (size_t i = 0; i < n; i++) {
		struct held *h = out->held;

		if (!wanted_certificate(o, out->fingerprint, &all[i]))
			continue;
		/* The same certificate may show through several modules. */
		if (out->matches > 0 && text_eq(h->found.certificate.fingerprint,
		    all[i].certificate.fingerprint))
			continue;
		if (out->matches++ == 0) {
			h->module = *s->module;
			h->slot = *s;
			h->slot.module = &h->module;
			h->found = all[i];
			h->session = session;
		}
	}
	if (out->matches == 0 || out->held->session != session || out->held->module.f != s->module->f)
		(void)s->module->f->C_CloseSession(session);
}

static enum outcome
not_found(const struct search *s, const struct options *o)
{
	if (s->tokens == 0)
		return fail(NO_KEY, "no token is there%s: plug it in, or see coosign tokens",
		    o->module != NULL || o->token != NULL ? " that you named" : "");
	if (s->seen == 0)
		return fail(NO_KEY, "the token shows no certificate: see coosign tokens");
	if (s->fingerprint != NULL)
		return fail(NO_KEY, "no token holds the certificate %.16s... that is asked for: see "
		    "coosign tokens for those that are there", s->fingerprint);
	return fail(NO_KEY, "no certificate that fits is on the token: see coosign tokens");
}

static enum outcome
search(struct ctx *c, const struct options *o, struct search *s)
{
	struct module module[MODULES_MAX];
	struct slot slot[SLOTS_MAX];
	size_t n = modules_find(c, o->module, module);

	for (size_t i = 0; i < n; i++) {
		if (!module_open(c, &module[i])) {
			if (o->module != NULL)
				return fail(NO_KEY, "%s %s", module[i].path, module[i].why);
			continue;
		}
		size_t k = module_slots(c, &module[i], slot);

		for (size_t j = 0; j < k; j++)
			if (wanted_slot(o, &slot[j]))
				look_into(c, o, &slot[j], s);
		if (s->matches == 0 || s->held->module.f != module[i].f)
			module_close(&module[i]);
		else if (s->fingerprint != NULL)
			break;
	}
	if (s->matches == 1)
		return DONE;
	return s->matches == 0 ? not_found(s, o) : fail(NO_KEY, "several certificates may sign: choose "
	    "one with --certificate, see coosign tokens");
}

/* ---- the PIN ---- */

struct said { CK_RV rv; const char *words; };

static const char *
login_words(CK_RV rv)
{
	static const struct said row[] = {
		{ CKR_PIN_INCORRECT, "the PIN is not right; it was tried once, and is not tried again" },
		{ CKR_PIN_INVALID, "the PIN has characters that the token does not take" },
		{ CKR_PIN_LEN_RANGE, "the PIN is too short or too long for this token" },
		{ CKR_PIN_LOCKED, "the PIN is locked: the token's issuer can unlock it" },
		{ CKR_PIN_EXPIRED, "the PIN has expired: change it with the token's own program" },
		{ CKR_USER_PIN_NOT_INITIALIZED, "the token has no PIN yet" },
		{ CKR_TOKEN_NOT_PRESENT, "the token was taken out" },
		{ CKR_DEVICE_REMOVED, "the token was taken out" },
		{ CKR_FUNCTION_CANCELED, "the PIN was not given" },
	};

	for (size_t i = 0; i < COUNT(row); i++)
		if (row[i].rv == rv)
			return row[i].words;
	return NULL;
}

/* A wrong PIN more may lock the token for good: say so before, and never guess. */
static enum outcome
warn(const struct slot *s, bool from_file)
{
	if ((s->flags & CKF_USER_PIN_LOCKED) != 0)
		return fail(NO_KEY, "%s", login_words(CKR_PIN_LOCKED));
	if ((s->flags & CKF_USER_PIN_FINAL_TRY) != 0) {
		(void)fprintf(stderr, "coosign: a wrong PIN was given before: this is the LAST try, another "
		    "wrong one locks the token\n");
		if (from_file)
			return fail(NO_KEY, "a PIN from a file is not tried when it is the last try");
	} else if ((s->flags & CKF_USER_PIN_COUNT_LOW) != 0)
		(void)fprintf(stderr, "coosign: a wrong PIN was given before: few tries are left\n");
	return DONE;
}

static enum outcome
log_in(struct ctx *c, const struct options *o, struct held *h)
{
	CK_FUNCTION_LIST *f = h->module.f;
	bool on_device = (h->slot.flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0;
	enum outcome how = warn(&h->slot, o->pin_file != NULL);
	CK_RV rv;

	if (how != DONE || (h->slot.flags & CKF_LOGIN_REQUIRED) == 0)
		return how;
	if (on_device)
		(void)printf("Type the PIN on the device.\n");
	else if ((how = secret_get(o->pin_file, text_fmt(c, "PIN of the token %.*s",
	    TEXT_F(h->slot.label)).p, &h->pin)) != DONE)
		return how;
	rv = f->C_Login(h->session, CKU_USER, on_device ? NULL : h->pin.byte, h->pin.n);
	if (rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN)
		return DONE;
	return login_words(rv) != NULL ? fail(NO_KEY, "%s", login_words(rv)) :
	    fail(NO_KEY, "the token does not let us in (0x%lx)", rv);
}

/* ---- signing ---- */

/* PKCS#11 gives r and s side by side. */
static bool
ecdsa_der(const unsigned char *raw, CK_ULONG n, unsigned char *to, size_t *length)
{
	ECDSA_SIG *s = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(raw, (int)(n / 2), NULL), *t = BN_bin2bn(raw + n / 2, (int)(n / 2), NULL);
	unsigned char *der = NULL;
	int k = -1;

	if (s != NULL && r != NULL && t != NULL && ECDSA_SIG_set0(s, r, t) == 1) {
		r = t = NULL;
		k = i2d_ECDSA_SIG(s, &der);
	}
	if (k > 0 && (size_t)k <= *length)
		(void)memcpy(to, der, *length = (size_t)k);
	OPENSSL_free(der);
	BN_free(r);
	BN_free(t);
	ECDSA_SIG_free(s);
	return k > 0;
}

/* Some cards want the PIN for each signature. */
static bool
again_if_wanted(struct held *h)
{
	CK_BBOOL always = CK_FALSE;
	CK_ATTRIBUTE a = { CKA_ALWAYS_AUTHENTICATE, &always, sizeof always };
	CK_FUNCTION_LIST *f = h->module.f;

	if (f->C_GetAttributeValue(h->session, h->key, &a, 1) != CKR_OK || always != CK_TRUE)
		return true;
	return f->C_Login(h->session, CKU_CONTEXT_SPECIFIC, h->pin.n > 0 ? h->pin.byte : NULL,
	    h->pin.n) == CKR_OK;
}

static enum outcome
sign(struct key *k, const unsigned char *hash, unsigned char *to, size_t *n)
{
	/* DigestInfo of a SHA-256: the mechanism that every token has signs this, not the hash alone. */
	unsigned char info[19 + 32] = {
		0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
		0x05, 0x00, 0x04, 0x20,
	};
	struct held *h = k->held;
	bool rsa = k->certificate.kind == KEY_RSA;
	CK_MECHANISM how = { rsa ? CKM_RSA_PKCS : CKM_ECDSA, NULL, 0 };
	unsigned char raw[SIGNATURE_MAX];
	CK_ULONG length = sizeof raw;
	CK_RV rv;

	(void)memcpy(info + 19, hash, 32);
	rv = h->module.f->C_SignInit(h->session, &how, h->key);
	if (rv == CKR_OK && !again_if_wanted(h))
		rv = CKR_PIN_INCORRECT;
	if (rv == CKR_OK)
		rv = h->module.f->C_Sign(h->session, rsa ? info : info + 19, rsa ? sizeof info : 32, raw,
		    &length);
	secret_wipe(&h->pin);
	if (rv != CKR_OK || length == 0 || length > *n)
		return fail(NO_KEY, "%.*s does not sign (0x%lx)", TEXT_F(k->where), rv);
	if (!rsa)
		return ecdsa_der(raw, length, to, n) ? DONE : fail(NO_KEY, "%.*s gave no signature",
		    TEXT_F(k->where));
	(void)memcpy(to, raw, *n = length);
	return DONE;
}

static void
put_away(struct key *k)
{
	struct held *h = k->held;

	if (h == NULL)
		return;
	secret_wipe(&h->pin);
	if (h->module.f != NULL) {
		(void)h->module.f->C_Logout(h->session);
		(void)h->module.f->C_CloseSession(h->session);
		module_close(&h->module);
	}
	k->held = NULL;
}

enum outcome
token_open(struct ctx *c, const struct options *o, const char *fingerprint, struct key *out)
{
	struct held *h = ctx_alloc(c, sizeof *h);
	struct search s = { .fingerprint = fingerprint, .held = h };
	enum outcome how = search(c, o, &s);

	out->held = h;
	if (how == DONE) {
		out->where = text_fmt(c, "the token %.*s", TEXT_F(h->slot.label));
		out->certificate = h->found.certificate;
		out->sign = sign;
		out->close = put_away;
		how = log_in(c, o, h);
	}
	if (how == DONE && !slot_object(&h->slot, h->session, CKO_PRIVATE_KEY, h->found.id, &h->key))
		how = fail(NO_KEY, "%.*s holds the certificate, but not its key", TEXT_F(out->where));
	if (how != DONE)
		put_away(out);
	return how;
}
