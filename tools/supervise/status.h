/*
 * status - what supervise is doing, in a file for people and scripts.
 *
 * run/status has one line per program: name, state, pid (0: none), the second it was started,
 * and how often it died unasked.  It is replaced whole, never seen half written.
 *
 * Trust:   written by root alone.
 * Memory:  none kept.
 * Fails:   -1; the next change tries again.
 * Needs:   write access to run/ of the directory.
 */
#ifndef SUPERVISE_STATUS_H
#define SUPERVISE_STATUS_H
#include "table.h"

int status_write(const char *, const struct table *);

/* status_show(dir): print it.  0: all is running, 1: something is not, 3: no supervise here. */
int status_show(const char *);
#endif
