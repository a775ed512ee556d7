/*
 * store - files under the SHA-256 of their bytes: root/ab/cd/abcd....
 *
 * A file comes in under a random name in root/incoming, hashed while it is written, and gets its
 * name when it is whole and on the disk: no half file ever has one, and the same bytes are kept
 * once.  Nothing is changed or removed afterwards.
 *
 * Trust:   names are hashes, never the client's; hashes from the database are checked for form.
 * Memory:  texts live in the ctx.  A descriptor from store_open() is the caller's.
 * Fails:   PROBLEM_LARGE beyond the limit, PROBLEM_FULL when there is no room, PROBLEM_INTERNAL
 *          for the rest, also for a stored file that is gone or damaged.
 * Needs:   write access beneath root for what writes; root and root/incoming exist, with the
 *          set-group-id bit, so that all in them belongs to the group that reads.
 */
#ifndef FILES_STORE_H
#define FILES_STORE_H
#include "base/ctx.h"

struct digest;

/* A file that is coming in.  ${fd} may be read; what is not kept has to be dropped. */
struct incoming {
	int		fd;		/* -1 once kept or dropped */
	int64_t		size, max;
	const char	*root, *path;
	struct digest	*digest;
};

/* store_begin(c, root, max, out): a new file of at most ${max} bytes. */
int store_begin(struct ctx *, const char *, int64_t, struct incoming *) MUST_CHECK;
int store_write(struct ctx *, struct incoming *, struct text) MUST_CHECK;
/* store_keep(c, file, sha256): name it by its hash, which is returned in hexadecimal. */
int store_keep(struct ctx *, struct incoming *, struct text *) MUST_CHECK;
void store_drop(struct incoming *);

/* store_put(c, root, bytes, sha256): all of this in one. */
int store_put(struct ctx *, const char *, struct text, struct text *) MUST_CHECK;

/* store_open(c, root, sha256): a descriptor to read from, or -1. */
int store_open(struct ctx *, const char *, struct text) MUST_CHECK;
/* store_read(c, root, sha256, max, out): the bytes, compared with their hash. */
int store_read(struct ctx *, const char *, struct text, int64_t, struct text *) MUST_CHECK;

/*
 * store_path(c, name, sha256): where nginx finds it, for X-Accel-Redirect; ${name} is that of the
 * tree below config.files: "/files-internal/documents/ab/cd/abcd...".
 */
struct text store_path(struct ctx *, const char *, struct text);

/*
 * store_tidy(files, name): remove what a crash left in files/name/incoming more than an hour ago.
 * Call at start.
 */
void store_tidy(const char *, const char *);
#endif
