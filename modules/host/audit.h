/*
 * audit - what happened, in a chain that shows gaps (reliability 6).
 *
 * One chain per writer, a program's thread, so that no hot row arises.  A row's hash covers the row
 * and the hash before it.  Two processes that overlap in a restart meet on the key, and the
 * transaction is tried again.  Rows name people by number only.
 *
 * Trust:   ours.
 * Memory:  the ctx.
 * Fails:   as db_run().
 * Needs:   a transaction; INSERT on audit and SELECT of its writer, seq, hash.
 */
#ifndef HOST_AUDIT_H
#define HOST_AUDIT_H
#include "host/program.h"

/* audit_add(k, what, object, detail): inside the transaction of the act. */
int audit_add(struct call *, const char *, struct text, struct text) MUST_CHECK;

/* audit_hash(c, prev, line): the chain's rule, for writers and checkers. */
struct text audit_hash(struct ctx *, struct text, struct text);
#endif
