/*
 * child - the listening socket of a program, and the program itself as a process.
 *
 * A program gets its socket on descriptor 0, its log on 1 and 2, a clean environment, its own
 * user and groups, and nothing else.  The socket stays open here, so that connections made while
 * the program is down wait for its successor.
 *
 * Trust:   the table is the operator's.
 * Memory:  none kept.
 * Fails:   -1, after a line in the log.
 * Needs:   root, to change users.
 */
#ifndef SUPERVISE_CHILD_H
#define SUPERVISE_CHILD_H
#include "table.h"

/* child_listen(e): open its socket, if it has one; a stale one is replaced. */
int child_listen(struct entry *);

/* child_start(e, log directory): fork and exec; e->pid is set. */
int child_start(struct entry *, const char *);

/* child_answers(path): somebody accepts on this unix socket. */
bool child_answers(const char *);
#endif
