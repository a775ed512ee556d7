/*
 * table - which programs there are, as a file says it.
 *
 *	program application
 *		user ecoo_application
 *		groups ecoo_documents ecoo_inspect
 *		socket stream /srv/ecoo/run/application.sock 0660 www-data
 *		threads 8
 *		exec /srv/ecoo/prog/libexec/ecoo/application
 *
 * The order of the file is the order of the start.  Further words: "wait PATH" holds the next
 * ones back until somebody answers on that unix socket, "once" is for a command that must end well
 * before the next ones start, "stop SIGNAL" names what ends it (TERM unless said), "threads" is
 * read by nginx-conf alone, "rest MS" is the longest pause before a dead one is started again (5000
 * unless said).
 *
 * Trust:   the file is the operator's: it names users and programs that root starts.
 * Memory:  the entries borrow from the file's text, which is kept in the table.
 * Fails:   with a sentence naming the line, on standard error.
 * Needs:   nothing.
 */
#ifndef SUPERVISE_TABLE_H
#define SUPERVISE_TABLE_H
#include <grp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define ENTRIES_MAX	32
#define GROUPS_MAX	8
#define WORDS_MAX	16
#define REST_MS		5000

enum state { STATE_WAITING, STATE_RUNNING, STATE_RESTING, STATE_DONE, STATE_STOPPED };

struct entry {
	const char	*name;
	uid_t		 uid;
	gid_t		 gid;
	gid_t		 groups[GROUPS_MAX];
	size_t		 ngroups;
	const char	*socket;		/* NULL: none */
	int		 type;			/* SOCK_STREAM or SOCK_SEQPACKET */
	mode_t		 mode;
	gid_t		 socket_gid;
	const char	*wait;			/* NULL: ready at once */
	bool		 once;
	int		 stop;
	int64_t		 rest;			/* milliseconds */
	char		*argv[WORDS_MAX + 1];

	/* While running. */
	enum state	 state;
	int		 fd;			/* listening socket, held all the time */
	pid_t		 pid;
	int64_t		 began, again;		/* milliseconds, clock_ms() */
	int64_t		 since;			/* seconds, for people */
	int64_t		 pause;
	int64_t		 killed;		/* when it was asked to stop, 0 if not */
	unsigned	 deaths;
};

struct table { struct entry entry[ENTRIES_MAX]; size_t n; char text[32768]; };

/* table_read(path, out): 0, or -1 after a sentence. */
int table_read(const char *, struct table *);
#endif
