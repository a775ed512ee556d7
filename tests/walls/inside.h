/*
 * inside - what a program can do from where it stands, tried by the program itself.
 *
 * An object that is loaded (LD_PRELOAD) into the very programs that are installed.  They start as
 * always: their user, their database account, their jail, its self-test.  Then they wait, and the
 * call they wait with is ours: before it waits it tries every act of a list and prints what
 * became of each.  So nothing of the product is changed for it, and nothing is imitated.
 *
 *	WALLS_ACTS=FILE		the list: NAME, VERB and ARGUMENT a line, with tabs between
 *				FILE-child: the same for what inspect starts for each question
 *	WALLS_NOW=yes		try them at once, in any program: the walls that need no jail
 *	WALLS_ABI=N		a kernel with this Landlock, 0: with none
 *	WALLS_LIE=WHAT		landlock or seccomp says yes and does nothing
 *
 * What comes out, on standard output: "wall WHO NAME RESULT" for each act, then "walls WHO".
 * RESULT is done, denied (by the database), the name of an errno, or what the database says.
 *
 * Trust:   a test's own words.
 * Memory:  the lists, for good.
 * Fails:   ends the program.
 * Needs:   to be loaded before the jail: the list is read then.
 */
#ifndef WALLS_INSIDE_H
#define WALLS_INSIDE_H
#include <stddef.h>

/* What comes after ours in the order of loading. */
void *walls_next(const char *name);

/* act_try(verb, argument, room, size): what became of it, in words. */
const char *act_try(const char *, const char *, char *, size_t);
#endif
