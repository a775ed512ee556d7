/*
 * cms - detached signatures (CMS SignedData, CAdES-B), made in two steps and judged.
 *
 * The key never is where the portal is.  Both sides build the same signed attributes from a
 * certificate and the SHA-256 of a document: contentType (data), messageDigest and
 * signingCertificateV2, without a time, so that the same input gives the same bytes.  The key's
 * holder signs their SHA-256 (of the DER SET OF, tag 0x31: RFC 5652 5.4), never the document's, and
 * with the bare signature the portal completes the CMS:
 *
 *	cms_attributes_hash(c, certificate, document, hash);	both sides; they have to agree
 *	cms_finish(c, certificate, document, signature, &cms);	the portal
 *	cms_verify(c, cms, document, time, &signer);		the portal; also for files made elsewhere
 *
 * ${document} is always the SHA-256 of the document, 32 bytes.
 *
 * Trust:   certificates, signatures and CMS are anybody's.
 * Memory:  results live in the ctx; OpenSSL's objects are released with the request.
 * Fails:   PROBLEM_SIGNATURE, with a sentence that a person understands.
 * Needs:   trust_start() for cms_verify().
 */
#ifndef KEYS_CMS_H
#define KEYS_CMS_H
#include "keys/certificate.h"

#define CMS_MAX		((size_t)65536)		/* bytes of a CMS; 1,800 are usual */

/* cms_attributes_hash(c, certificate DER, document, hash): what the key signs; 32 bytes. */
int cms_attributes_hash(struct ctx *, struct text, const unsigned char *, unsigned char *) MUST_CHECK;

/*
 * cms_finish(c, certificate DER, document, signature, out): the CMS as DER.  ${signature} is RSA
 * PKCS#1 v1.5 over SHA-256, or ECDSA as DER; one that was not made by the certificate's key over
 * these very attributes is refused.  Says nothing of whether the certificate is accepted.
 */
int cms_finish(struct ctx *, struct text, const unsigned char *, struct text, struct text *) MUST_CHECK;

struct signer {
	struct text	certificate;		/* DER */
	struct text	subject, fingerprint;	/* as in struct key_certificate */
	struct text	cms;			/* DER, detached: to be stored or embedded */
};

/*
 * cms_verify(c, cms, document, at, out): ${cms} is DER or PEM, from cms_finish(), coosign sign,
 * "openssl cms -sign -binary" and their like.  Accepted is: one signer, with signed attributes and
 * the certificate inside; SHA-256; RSA PKCS#1 v1.5 or ECDSA; attached content only if it is the
 * document itself; a certificate that may sign at the time ${at}, with a chain to the roots.
 * Unsigned attributes other than a time stamp are refused; a time stamp is kept and not judged.
 */
int cms_verify(struct ctx *, struct text, const unsigned char *, int64_t, struct signer *) MUST_CHECK;
#endif
