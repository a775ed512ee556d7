/*
 * fault - named points at which a test build can be made to die.
 *
 * FAULT("after_commit") stands where the death of the process would matter.  In a build with
 * --enable-faults a request may name such a point in the header X-Ecoo-Fault:
 *
 *	after_commit		die at the first arrival there, as by kill -9
 *	after_commit 2		at the second arrival within this request
 *	after_commit 1 rest	rest there for two seconds instead, and go on
 *	trace			go on, and say in X-Ecoo-Faults which points were passed
 *
 * and "PROGRAM --faults" lists the points of a program.  A build without it has nothing of all
 * this: no header is read, and the names are not in the objects (tests/shape/faults.sh).
 *
 * Trust:   the header is the client's: never install a build with --enable-faults.
 * Memory:  a few bytes per thread.
 * Fails:   never; that is, at once.
 * Needs:   fault_begin() at the start of each request.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H
#include "base/text.h"

#ifdef WITH_FAULTS
/* The linker gathers the names into one table. */
#define FAULT(name) do {								\
	static const char *const point_							\
	    __attribute__((used, section("fault_points"))) = (name);			\
	fault_at(point_);								\
} while (0)

/* fault_begin(words): what this thread's request asks for. */
void fault_begin(struct text);
void fault_at(const char *);
/* fault_passed(): the points passed since, with commas between; empty unless they are traced. */
struct text fault_passed(void);
/* fault_list(): print every point that is linked in, one a line. */
int fault_list(void);
#else
#define FAULT(name) ((void)0)
#endif
#endif
