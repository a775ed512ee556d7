/*
 * certificate - a person's signing certificate (DSC): what it says, and whether it may sign.
 *
 * The profile is that of the Indian CAs: RSA-2048 or P-256, keyUsage digitalSignature or
 * nonRepudiation, and in the subject's serialNumber the SHA-256 of the holder's PAN.  A token often
 * holds a second certificate of the same name for encryption, which can never sign: it is named as
 * such, because people take it for the right one.
 *
 * Roots are data: one PEM file, read before the jail.  Self-signed certificates in it are anchors;
 * others are intermediates that help to build a chain and anchor nothing; CRLs in it are honoured
 * for what they revoke.  Nothing is fetched: the programs have no network.
 *
 * Trust:   certificates are anybody's until checked; the file of roots is the operator's.
 * Memory:  what is read lives in the ctx.  The roots live as long as the process, and are only read
 *          after trust_start(): many threads may check at once.
 * Fails:   PROBLEM_SIGNATURE, with a sentence for the person.
 * Needs:   trust_start() once, before the first thread, for everything that checks a chain.
 */
#ifndef KEYS_CERTIFICATE_H
#define KEYS_CERTIFICATE_H
#include "base/ctx.h"

#define KEY_CERTIFICATE_MAX	((size_t)16384)		/* bytes of DER */

enum key_kind { KEY_OTHER, KEY_RSA, KEY_EC };

struct key_certificate {
	struct text	der;
	struct text	fingerprint;		/* SHA-256 of the DER, lower-case hexadecimal */
	struct text	subject, organisation;	/* CN, O; UTF-8 without control characters */
	struct text	issuer;			/* CN */
	struct text	pan_hash;		/* serialNumber, as it stands there */
	int64_t		not_before, not_after;	/* seconds since 1970 */
	enum key_kind	kind;
	unsigned	bits;			/* of the RSA modulus, or of the curve */
	bool		signs;			/* keyUsage has digitalSignature or nonRepudiation, no CA */
};

/* What may be wrong with one.  The code is for logs and lists, the words are for its holder. */
#define KEY_FAULTS(X)									\
	X(KEY_FIT,	 "fit",		    "The certificate may sign.")			\
	X(KEY_ENCRYPTS,	 "not-for-signing", "The certificate is not for signing: it may be the "	\
	    "encryption certificate of the same token.")						\
	X(KEY_WEAK,	 "weak-key",	    "The certificate's key is not accepted: it has to be RSA "	\
	    "of 2048 to 4096 bits, or P-256 or P-384.")					\
	X(KEY_EARLY,	 "not-yet-valid",   "The certificate is not valid yet.")			\
	X(KEY_EXPIRED,	 "expired",	    "The certificate has expired.")			\
	X(KEY_UNTRUSTED, "untrusted",	    "The certificate is not accepted: none of the "	\
	    "certifying authorities accepted here issued it.")				\
	X(KEY_REVOKED,	 "revoked",	    "The certificate was revoked by the authority that issued it.")

enum key_fault {
#define X(id, code, words) id,
	KEY_FAULTS(X)
#undef X
	KEY__MAX
};

struct key_words { const char *code, *words; };
extern const struct key_words key_words[KEY__MAX];

/* trust_start(path): read the roots; 0, or -1 after a sentence on standard error. */
int trust_start(const char *) MUST_CHECK;

/* key_certificate_read(c, der, out): PROBLEM_SIGNATURE if it is no certificate, or not only one. */
int key_certificate_read(struct ctx *, struct text, struct key_certificate *) MUST_CHECK;

/* key_certificate_fit(k, at): as far as it can be said without roots: use, key, time. */
enum key_fault key_certificate_fit(const struct key_certificate *, int64_t) MUST_CHECK;

/* key_certificate_check(c, k, at): may it sign at that time?  With its chain. */
int key_certificate_check(struct ctx *, const struct key_certificate *, int64_t) MUST_CHECK;
#endif
