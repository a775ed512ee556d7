/*
 * key - a private key with its certificate: on a token (PKCS#11), or in a file (PKCS#12).
 *
 * Trust:   a module is a program library that its owner installed; it runs in this process.
 * Memory:  the certificate lives in the ctx; the key stays on its token, or in OpenSSL, which wipes
 *          it in close().  PINs are wiped when they have been used.
 * Fails:   NO_KEY, with a sentence that says what the holder can do.  A PIN is tried once.
 * Needs:   nothing.
 */
#ifndef COOSIGN_KEY_H
#define COOSIGN_KEY_H
#include "keys/cms.h"
#include "tools/coosign/options.h"

#define SIGNATURE_MAX	((size_t)512)

struct key {
	struct key_certificate certificate;
	struct text	where;		/* "token ePass2003", "file x.p12" */
	/* Over a SHA-256: RSA PKCS#1 v1.5, or ECDSA as DER. */
	enum outcome	(*sign)(struct key *, const unsigned char *, unsigned char *, size_t *);
	void		(*close)(struct key *);
	void		*held;
};

/*
 * key_open(c, options, fingerprint, out): the key of that certificate; without a fingerprint (NULL)
 * that of the only one that may sign.  Asks for the PIN.
 */
enum outcome key_open(struct ctx *, const struct options *, const char *, struct key *) MUST_CHECK;

/* key_sign_cms(c, key, document SHA-256, signature, cms): signs the attributes and checks the result. */
enum outcome key_sign_cms(struct ctx *, struct key *, const unsigned char *, struct text *,
    struct text *) MUST_CHECK;

/* The two kinds. */
enum outcome p12_open(struct ctx *, const struct options *, struct key *) MUST_CHECK;
enum outcome token_open(struct ctx *, const struct options *, const char *, struct key *) MUST_CHECK;
#endif
