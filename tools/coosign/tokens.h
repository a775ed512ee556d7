/*
 * tokens - the list that helps when "your DSC is not inserted" though it is: every module tried and
 * what it said, every token, every certificate, and why one cannot sign.
 *
 * Trust:   as module.h.
 * Memory:  the ctx.
 * Fails:   NO_KEY when no certificate can sign.
 * Needs:   no PIN.
 */
#ifndef COOSIGN_TOKENS_H
#define COOSIGN_TOKENS_H
#include "tools/coosign/options.h"

enum outcome tokens_list(struct ctx *, const struct options *) MUST_CHECK;
#endif
