/*
 * sandbox - give up the file system, the network and other programs, then prove it.
 *
 * Two layers: Landlock for files (any ABI; 2, Linux 5.19, for a program that writes), a seccomp
 * filter for sockets, new programs, new processes, signals to others, what an older Landlock does
 * not see of files cut short, and the calls that reach into other processes or the kernel.  Both,
 * and no_new_privs, bind the calling thread and what it starts afterwards: enter before the first
 * pthread_create().  Descriptors that are open stay open;
 * connecting to a unix socket by its path is not governed here but by the socket's mode.
 *
 * Trust:   the paths are the operator's.
 * Memory:  none.
 * Fails:   -1 with errno if any part is refused, also on a kernel without Landlock, after saying
 *          which on standard error: the caller must end.
 * Needs:   seccomp and the three landlock calls in the unit's SystemCallFilter.
 */
#ifndef HOST_SANDBOX_H
#define HOST_SANDBOX_H
#include "base/text.h"

#define SANDBOX_DIRS 8

/* What is left.  Unused places of an array are NULL. */
struct sandbox {
	bool	fonts;			/* read fonts and fontconfig's files */
	bool	network;		/* internet sockets, name service, root certificates */
	bool	forks;			/* new processes, signals to them; never new programs */
	bool	mute;			/* no sockets but those it has or is given */
	const char *read[SANDBOX_DIRS];	/* read files beneath */
	const char *write[SANDBOX_DIRS];/* make, read, write and remove files beneath */
	const char *keep[SANDBOX_DIRS];	/* link files in beneath and read them; change none */
};

/* sandbox_enter(box): once, for the process, its threads and its children. */
int sandbox_enter(const struct sandbox *) MUST_CHECK;

/*
 * sandbox_no_forks(): for the child of a program that entered with forks, before it does what it
 * was made for: no processes and no signals but to itself, as in a jail without them.
 */
int sandbox_no_forks(void) MUST_CHECK;

/*
 * sandbox_no_threads(): refuse further threads too, in every thread.  Call after the workers have
 * started; not in a program that lays out text, since pango looks fonts up in a thread.
 */
int sandbox_no_threads(void) MUST_CHECK;

/*
 * sandbox_selftest(): try what must fail.  0, or a bit for each act that succeeded; a program that
 * kept the network or forks masks that bit out.
 */
#define SANDBOX_READS	1	/* a file of the system */
#define SANDBOX_WRITES	2	/* a new file in /tmp */
#define SANDBOX_LISTS	4	/* a directory */
#define SANDBOX_TALKS	8	/* an internet socket */
#define SANDBOX_RUNS	16	/* a program */
#define SANDBOX_FORKS	32	/* a process */
#define SANDBOX_PRIES	64	/* into another process */
int sandbox_selftest(void) MUST_CHECK;
#endif
