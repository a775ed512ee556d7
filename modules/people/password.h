/*
 * password - Argon2id (m = 19 MiB, t = 2, p = 1: OWASP), one at a time.
 *
 * A hash costs 19 MiB and some 30 ms of a core, so that sign-in could be used to exhaust both: one
 * runs at once in a process, a few callers wait their turn, and who finds no room or would wait too
 * long is told to try again.  On a quiet machine the next follows at once.  If others had the
 * processor meanwhile, it begins after four times as long as they had it, at most half a second: a
 * flood of sign-ins gets what is left over, and the less there is, the less of it.  The scheduler has
 * to let others go first: CPUWeight=idle in the unit (Nice= counts only within a session or a unit,
 * sched(7)).
 *
 * Trust:   the password is the client's.
 * Memory:  libsodium's own, released before return.
 * Fails:   PROBLEM_BUSY when there is no room, or the wait is too long.
 * Needs:   password_start() once, before the first thread.
 */
#ifndef PEOPLE_PASSWORD_H
#define PEOPLE_PASSWORD_H
#include "base/ctx.h"

/* password_start(callers): so many may hash or wait at once, the others are refused at once. */
int password_start(unsigned) MUST_CHECK;
/* password_hash(c, password, out): the "$argon2id$..." text to store. */
int password_hash(struct ctx *, struct text, struct text *) MUST_CHECK;
/*
 * password_check(c, password, stored): 1 right, 0 wrong, -1 busy.  An empty ${stored} (nobody of
 * that name) is checked against a decoy, so that it takes as long.
 */
int password_check(struct ctx *, struct text, struct text) MUST_CHECK;
#endif
