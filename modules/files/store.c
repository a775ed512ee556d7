#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/codec.h"
#include "base/digest.h"
#include "base/fault.h"
#include "base/random.h"
#include "files/store.h"

#define STALE_S		3600
#define FILE_MODE	0640
#define DIR_MODE	0750

/* Errors of the disk are a matter of room or a matter of ours. */
static int
failed(struct ctx *c, const char *what)
{
	bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;

	return problem_set(c, full ? PROBLEM_FULL : PROBLEM_INTERNAL, "store: %s: %s", what,
	    strerrordesc_np(errno));
}

static const char *
name_of(struct ctx *c, const char *root, struct text sha256)
{
	return text_c(c, text_fmt(c, "%s/%.2s/%.2s/%.64s", root, sha256.p, sha256.p + 2, sha256.p));
}

static bool
is_hash(struct text t)
{
	unsigned char bytes[SHA256_BYTES];

	return hex_decode(t, bytes, sizeof bytes);
}

int
store_begin(struct ctx *c, const char *root, int64_t max, struct incoming *out)
{
	unsigned char id[16];

	random_bytes(id, sizeof id);
	*out = (struct incoming){ .fd = -1, .max = max, .root = root, .digest = digest_begin(c) };
	out->path = text_c(c, text_fmt(c, "%s/incoming/%.*s", root,
	    TEXT_F(hex_text(c, id, sizeof id))));
	out->fd = open(out->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	return out->fd < 0 ? failed(c, "open") : 0;
}

int
store_write(struct ctx *c, struct incoming *f, struct text bytes)
{
	if ((int64_t)bytes.n > f->max - f->size)
		return problem_set(c, PROBLEM_LARGE, "store: more than %lld bytes",
		    (long long)f->max);
	digest_add(f->digest, bytes);
	f->size += (int64_t)bytes.n;
	while (bytes.n > 0) {
		ssize_t n = write(f->fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed(c, "write");
		bytes = text_sub(bytes, (size_t)n, bytes.n);
	}
	return 0;
}

void
store_drop(struct incoming *f)
{
	if (f->fd < 0)
		return;
	(void)unlink(f->path);
	(void)close(f->fd);
	f->fd = -1;
}

/* A name is on the disk when its directory is. */
static int
sync_dir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 ? -1 : fsync(fd);

	if (fd >= 0)
		(void)close(fd);
	return rc;
}

static int
make_dir(const char *parent, const char *path)
{
	if (mkdir(path, DIR_MODE) == 0)
		return sync_dir(parent);
	return errno == EEXIST ? 0 : -1;
}

/* The same name is the same bytes: whoever came first is right, unless the disk lost some. */
static int
link_once(struct ctx *c, const struct incoming *f, const char *name)
{
	struct stat st;

	if (link(f->path, name) == 0)
		return 0;
	if (errno != EEXIST)
		return failed(c, "link");
	if (stat(name, &st) != 0 || st.st_size != f->size)
		return problem_set(c, PROBLEM_INTERNAL, "store: %s has another size", name);
	return 0;
}

static int
place(struct ctx *c, const struct incoming *f, struct text sha256)
{
	const char *a = text_c(c, text_fmt(c, "%s/%.2s", f->root, sha256.p));
	const char *b = text_c(c, text_fmt(c, "%s/%.2s", a, sha256.p + 2));

	if (fchmod(f->fd, FILE_MODE) != 0 || fsync(f->fd) != 0)
		return failed(c, "fsync");
	if (make_dir(f->root, a) != 0 || make_dir(a, b) != 0)
		return failed(c, "mkdir");
	FAULT("file_written");
	if (link_once(c, f, name_of(c, f->root, sha256)) != 0)
		return -1;
	FAULT("file_named");
	return sync_dir(b) == 0 ? 0 : failed(c, "fsync of the directory");
}

int
store_keep(struct ctx *c, struct incoming *f, struct text *sha256)
{
	int rc;

	*sha256 = digest_end(c, f->digest);
	rc = place(c, f, *sha256);
	store_drop(f);			/* the name in incoming, not the file */
	return rc;
}

int
store_put(struct ctx *c, const char *root, struct text bytes, struct text *sha256)
{
	struct incoming f;

	if (store_begin(c, root, (int64_t)bytes.n, &f) != 0)
		return -1;
	if (store_write(c, &f, bytes) == 0)
		return store_keep(c, &f, sha256);
	store_drop(&f);
	return -1;
}

int
store_open(struct ctx *c, const char *root, struct text sha256)
{
	int fd;

	if (!is_hash(sha256))
		return problem_set(c, PROBLEM_INTERNAL, "store: not a hash");
	fd = open(name_of(c, root, sha256), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	return fd < 0 ? failed(c, text_c(c, sha256)) : fd;
}

static int
read_all(struct ctx *c, int fd, int64_t max, struct text *out)
{
	struct stat st;
	char *p;

	if (fstat(fd, &st) != 0)
		return failed(c, "stat");
	if (st.st_size > max)
		return problem_set(c, PROBLEM_LARGE, "store: %lld bytes", (long long)st.st_size);
	p = ctx_alloc(c, (size_t)st.st_size + 1);
	for (out->n = 0; out->n < (size_t)st.st_size;) {
		ssize_t n = pread(fd, p + out->n, (size_t)st.st_size - out->n, (off_t)out->n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed(c, "read");
		out->n += (size_t)n;
	}
	out->p = p;
	return 0;
}

int
store_read(struct ctx *c, const char *root, struct text sha256, int64_t max, struct text *out)
{
	int fd = store_open(c, root, sha256), rc;

	if (fd < 0)
		return -1;
	rc = read_all(c, fd, max, out);
	(void)close(fd);
	if (rc == 0 && !text_eq(sha256_hex(c, *out), sha256))
		rc = problem_set(c, PROBLEM_INTERNAL, "store: %.64s is damaged", sha256.p);
	return rc;
}

struct text
store_path(struct ctx *c, const char *name, struct text sha256)
{
	const char *root = text_c(c, text_fmt(c, "/files-internal/%s", name));

	return is_hash(sha256) ? text_of(name_of(c, root, sha256)) : (struct text){ root, 0 };
}

void
store_tidy(const char *files, const char *name)
{
	char path[512];
	DIR *d;

	(void)snprintf(path, sizeof path, "%s/%s/incoming", files, name);
	if ((d = opendir(path)) == NULL)
		return;
	for (const struct dirent *e; (e = readdir(d)) != NULL;) {
		struct stat st;

		if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode) && st.st_mtime < time(NULL) - STALE_S)
			(void)unlinkat(dirfd(d), e->d_name, 0);
	}
	(void)closedir(d);
}
