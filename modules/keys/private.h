/*
 * private - what the files of this layer share.  Not for others.
 */
#ifndef KEYS_PRIVATE_H
#define KEYS_PRIVATE_H
#include <openssl/cms.h>
#include <openssl/x509.h>

#include "keys/certificate.h"

/* key_own_*(c, object): released with the request; NULL passes through. */
X509 *key_own_x509(struct ctx *, X509 *);
CMS_ContentInfo *key_own_cms(struct ctx *, CMS_ContentInfo *);

/* key_x509(c, der): the certificate; NULL with the problem set. */
X509 *key_x509(struct ctx *, struct text);

/* key_facts(c, x, out): the facts of one that is parsed already. */
int key_facts(struct ctx *, X509 *, struct key_certificate *) MUST_CHECK;

/* key_der(c, length of i2d, bytes of i2d): moved into the ctx, OpenSSL's copy freed. */
struct text key_der(struct ctx *, int, unsigned char *);

/* trust_judge(x, others, at): does a chain lead to a root?  ${others} may be NULL. */
enum key_fault trust_judge(X509 *, STACK_OF(X509) *, int64_t);

/* key_refuse(c, fault): the problem, with its words. */
int key_refuse(struct ctx *, enum key_fault);
#endif
