/*
 * job - the two things that coosign does with a key: answer a portal, and sign a file.
 *
 * A portal is not believed: the document is fetched and digested here, the signed attributes are
 * built here from the certificate at hand, and where either differs from what the portal says,
 * nothing is signed.
 *
 * Trust:   the portal's words are shown, cleaned; its numbers are recomputed.
 * Memory:  the ctx.
 * Fails:   with a sentence, and an outcome.
 * Needs:   http_start().
 */
#ifndef COOSIGN_JOB_H
#define COOSIGN_JOB_H
#include "tools/coosign/options.h"

enum outcome job_run(struct ctx *, const struct options *) MUST_CHECK;
enum outcome file_sign(struct ctx *, const struct options *) MUST_CHECK;
#endif
