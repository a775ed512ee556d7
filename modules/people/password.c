#include <errno.h>
#include <semaphore.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "people/password.h"

#define MEMORY		(19456u * 1024)
#define PASSES		2
#define WAIT_S		8
#define GIVE_WAY	4		/* times as long as others had the processor */
#define REST_MAX	500000		/* us */

/*
 * Who finds no room is not let in to wait.  Whose turn it is says when the next may begin.  The decoy
 * is a hash that no password has: made once at start.
 */
static struct {
	sem_t	room, turn;
	int64_t	next;
	char	decoy[crypto_pwhash_STRBYTES];
} shared;

/* Where a turn began, in us: by the clock, and of the processor that this thread had. */
struct turn { int64_t clock, had; };

static int64_t
us(clockid_t clock)
{
	struct timespec t;

	(void)clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int
password_start(unsigned callers)
{
	char secret[32];

	if (sodium_init() < 0 || sem_init(&shared.room, 0, callers) != 0 ||
	    sem_init(&shared.turn, 0, 1) != 0)
		return -1;
	randombytes_buf(secret, sizeof secret);
	return crypto_pwhash_str_alg(shared.decoy, secret, sizeof secret, PASSES, MEMORY,
	    crypto_pwhash_ALG_ARGON2ID13);
}

static void
rest_until(int64_t moment)
{
	struct timespec t = { moment / 1000000, moment % 1000000 * 1000 };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		;
}

static int
wait_turn(void)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_S;
	while (sem_timedwait(&shared.turn, &until) != 0)
		if (errno != EINTR)
			return -1;
	return 0;
}

static int
take_turn(struct ctx *c, struct turn *out)
{
	if (sem_trywait(&shared.room) != 0)
		return problem_set(c, PROBLEM_BUSY, "too many sign-ins at once");
	if (wait_turn() != 0) {
		(void)sem_post(&shared.room);
		return problem_set(c, PROBLEM_BUSY, "no turn for a sign-in");
	}
	rest_until(shared.next);
	*out = (struct turn){ us(CLOCK_MONOTONIC), us(CLOCK_THREAD_CPUTIME_ID) };
	return 0;
}

/* A hash that was kept waiting shows that the machine has other work: the next one has time. */
static void
end_turn(struct turn t)
{
	int64_t now = us(CLOCK_MONOTONIC);
	int64_t kept = now - t.clock - (us(CLOCK_THREAD_CPUTIME_ID) - t.had);
	int64_t rest = kept > 0 ? kept * GIVE_WAY : 0;

	shared.next = now + (rest < REST_MAX ? rest : REST_MAX);
	(void)sem_post(&shared.turn);
	(void)sem_post(&shared.room);
}

int
password_hash(struct ctx *c, struct text password, struct text *out)
{
	char *to = ctx_alloc(c, crypto_pwhash_STRBYTES);
	struct turn t;
	int rc;

	if (take_turn(c, &t) != 0)
		return -1;
	rc = crypto_pwhash_str_alg(to, password.p, password.n, PASSES, MEMORY,
	    crypto_pwhash_ALG_ARGON2ID13);
	end_turn(t);
	if (rc != 0)
		return problem_set(c, PROBLEM_BUSY, "no memory for a password hash");
	*out = text_of(to);
	return 0;
}

int
password_check(struct ctx *c, struct text password, struct text stored)
{
	const char *hash = stored.n == 0 ? shared.decoy : text_c(c, stored);
	struct turn t;
	bool right;

	if (take_turn(c, &t) != 0)
		return -1;
	right = crypto_pwhash_str_verify(hash, password.p, password.n) == 0;
	end_turn(t);
	return right && stored.n > 0;
}
