/*
 * once - writes that a client may repeat without harm (reliability 5.4).
 *
 * The answer is stored under (person, Idempotency-Key) in the same transaction as the effect.  The
 * same key and request get the same answer again; the same key with another request is refused.
 *
 * Trust:   the key is the client's: 16 to 64 letters, digits and dashes.
 * Memory:  the ctx.
 * Fails:   PROBLEM_KEY, and as the function it wraps.
 * Needs:   INSERT and SELECT on idempotency.
 */
#ifndef HOST_ONCE_H
#define HOST_ONCE_H
#include "host/program.h"

/* call_once(k, act, arg): ${act} runs inside a transaction and fills k->out with JSON. */
int call_once(struct call *, int (*)(struct call *, void *), void *) MUST_CHECK;

/*
 * call_replay(k): 1 with the stored answer in k->out if this request was answered before, 0 if it
 * was not.  For handlers that do work before their transaction; call_once() does it by itself.
 */
int call_replay(struct call *) MUST_CHECK;

/* call_tx(k, act, arg): the same without a key, for writes that guard themselves. */
int call_tx(struct call *, int (*)(struct call *, void *), void *) MUST_CHECK;
#endif
