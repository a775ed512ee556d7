/*
 * test_keys_world - a certifying authority, people with certificates good and bad, and the openssl
 * program as the outside judge, all in a directory of the test's own.
 *
 * Files there: root.pem foreign.pem all.pem (root, CRL), doc, other, and NAME.key and NAME.pem of
 * rsa ec third late (under the intermediates middle, and brief, which lasts a day) cipher
 * (keyEncipherment only) bare (no keyUsage) weak (RSA-1024) p521 stranger (another root) revoked
 * authority (may itself certify).
 */
#ifndef TEST_KEYS_WORLD_H
#define TEST_KEYS_WORLD_H
#include "keys/cms.h"

struct ctx *world_ctx(void);			/* one for all, emptied */
/* world_start(), world_stop(): for cmocka's groups. */
int world_start(void **);
int world_stop(void **);
/* world_run(fmt, ...): a shell command in the directory; its status.  What it said is kept. */
int world_run(const char *, ...) PRINTF(1, 2);
const char *world_said(void);
/* world_must(fmt, ...): as world_run(), and the test fails if it fails. */
void world_must(const char *, ...) PRINTF(1, 2);
struct text world_read(struct ctx *, const char *);
void world_write(const char *, struct text);
const char *world_path(struct ctx *, const char *);
/* world_der(c, name): NAME.pem as DER; world_hash(c, name): SHA-256 of a file. */
struct text world_der(struct ctx *, const char *);
const unsigned char *world_hash(struct ctx *, const char *);
/* world_sign(c, name, hash): the key's bare signature over a digest of 32 bytes. */
struct text world_sign(struct ctx *, const char *, const unsigned char *);
#endif
