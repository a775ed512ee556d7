#include <errno.h>
#include <semaphore.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "people/password.h"

#define PARALLEL	2
#define MEMORY		(19456u * 1024)
#define PASSES		2
#define WAIT_S		8

/* A hash that no password has: made once at start. */
static struct { sem_t turn; char decoy[crypto_pwhash_STRBYTES]; } shared;

int
password_start(void)
{
	char secret[32];

	if (sodium_init() < 0 || sem_init(&shared.turn, 0, PARALLEL) != 0)
		return -1;
	randombytes_buf(secret, sizeof secret);
	return crypto_pwhash_str_alg(shared.decoy, secret, sizeof secret, PASSES, MEMORY,
	    crypto_pwhash_ALG_ARGON2ID13);
}

static int
take_turn(struct ctx *c)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_S;
	while (sem_timedwait(&shared.turn, &until) != 0)
		if (errno != EINTR)
			return problem_set(c, PROBLEM_BUSY, "too many sign-ins at once");
	return 0;
}

int
password_hash(struct ctx *c, struct text password, struct text *out)
{
	char *to = ctx_alloc(c, crypto_pwhash_STRBYTES);
	int rc;

	if (take_turn(c) != 0)
		return -1;
	rc = crypto_pwhash_str_alg(to, password.p, password.n, PASSES, MEMORY,
	    crypto_pwhash_ALG_ARGON2ID13);
	(void)sem_post(&shared.turn);
	if (rc != 0)
		return problem_set(c, PROBLEM_BUSY, "no memory for a password hash");
	*out = text_of(to);
	return 0;
}

int
password_check(struct ctx *c, struct text password, struct text stored)
{
	const char *hash = stored.n == 0 ? shared.decoy : text_c(c, stored);
	bool right;

	if (take_turn(c) != 0)
		return -1;
	right = crypto_pwhash_str_verify(hash, password.p, password.n) == 0;
	(void)sem_post(&shared.turn);
	return right && stored.n > 0;
}
