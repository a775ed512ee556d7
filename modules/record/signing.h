/*
 * signing - one-time jobs for the signer program (coosign), for applications and certificates.
 *
 * The person's page asks for a job and gets an address with a secret in it; whoever holds the
 * address may read what is to be signed and hand in one signature, which counts only if it was made
 * by the key of the certificate that the job names.  The table keeps the SHA-256 of the secret.  A
 * new job for the same thing ends the older ones.
 *
 * Trust:   token and signature are anybody's.
 * Memory:  the ctx.
 * Fails:   PROBLEM_GONE for an address that was used, ran out or never was; PROBLEM_SIGNATURE.
 * Needs:   SIGN_STMT_ROWS(first) in the program's table and the number ${signing_first}.
 */
#ifndef RECORD_SIGNING_H
#define RECORD_SIGNING_H
#include "record/stmts.h"

enum { SIGN_DSC, SIGN_ADD, SIGN_END, SIGN_FIND, SIGN_USE, SIGN_WHO, SIGN_STMTS };

/* The number of a program's first statement of these: each program defines it. */
extern const unsigned signing_first;

struct dsc { int64_t id; struct text fingerprint, der, subject; };
struct signing_job {
	int64_t		subject_id, person_id;
	struct text	sha256;			/* of the document, in hexadecimal */
	struct text	expires_at;
	struct text	fingerprint, der, subject;
};

extern const struct col sign_dsc_col[4], sign_job_col[7];

#define SIGN_STMT_ROWS(first)								\
	[(first) + SIGN_DSC] = { "SELECT id, fingerprint, der, subject FROM dsc "	\
	    "WHERE person_id = ? AND active AND not_after > UTC_TIMESTAMP() "		\
	    "ORDER BY not_after DESC, id DESC LIMIT 1", sign_dsc_col, 4, sizeof(struct dsc) },\
	[(first) + SIGN_ADD] = DO("INSERT INTO signing_job (token_hash, kind, subject_id, "\
	    "person_id, dsc_id, sha256, expires_at) VALUES (?, ?, ?, ?, ?, ?, "		\
	    "UTC_TIMESTAMP(3) + INTERVAL 10 MINUTE)"),					\
	[(first) + SIGN_END] = DO("UPDATE signing_job SET expires_at = UTC_TIMESTAMP(3) "\
	    "WHERE kind = ? AND subject_id = ? AND used_at IS NULL "			\
	    "AND expires_at > UTC_TIMESTAMP(3)"),					\
	[(first) + SIGN_FIND] = { "SELECT j.subject_id, j.person_id, j.sha256, j.expires_at, "\
	    "d.fingerprint, d.der, d.subject FROM signing_job j JOIN dsc d ON d.id = j.dsc_id "\
	    "WHERE j.token_hash = ? AND j.kind = ? AND j.used_at IS NULL "		\
	    "AND j.expires_at > UTC_TIMESTAMP(3) AND d.active", sign_job_col, 7,	\
	    sizeof(struct signing_job) },						\
	[(first) + SIGN_USE] = DO("UPDATE signing_job SET used_at = UTC_TIMESTAMP(3) "	\
	    "WHERE token_hash = ? AND used_at IS NULL AND expires_at > UTC_TIMESTAMP(3)"),\
	[(first) + SIGN_WHO] = HOST_WHO_STMT("who WHERE person = ?")

/* signing_start(k, kind, subject, sha256): inside a transaction; k->out gets the new job.  ${kind}
 * is "application" or "certificate". */
int signing_start(struct call *, const char *, int64_t, struct text) MUST_CHECK;

/* signing_end(k, kind, subject): no open job is left. */
int signing_end(struct call *, const char *, int64_t) MUST_CHECK;

/* signing_find(k, kind, token, out): and from here on k->who is the job's person. */
int signing_find(struct call *, const char *, struct text, struct signing_job *) MUST_CHECK;

/* What the signer program shows and signs. */
struct signing_words { struct text title, subject; int64_t size; };
int signing_show(struct call *, const char *, const struct signing_job *,
    const struct signing_words *) MUST_CHECK;

/* signing_cms(k, job, signature, out): the CMS over the job's document, from base64; verified. */
int signing_cms(struct call *, const struct signing_job *, struct text, struct text *) MUST_CHECK;

/* signing_use(k, token): inside the transaction of its effect; PROBLEM_GONE the second time. */
int signing_use(struct call *, struct text) MUST_CHECK;
#endif
