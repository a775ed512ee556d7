#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "files/inspect.h"

static int
busy(struct ctx *c, const char *what)
{
	return problem_set(c, PROBLEM_BUSY, "inspect: %s: %s", what, strerrordesc_np(errno));
}

static int
dial(struct ctx *c, const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct timeval limit = { .tv_sec = INSPECT_SECONDS };
	int s;

	if (strlen(path) >= sizeof to.sun_path)
		return problem_set(c, PROBLEM_INTERNAL, "inspect: the path is too long");
	(void)strcpy(to.sun_path, path);
	if ((s = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0)) < 0)
		return busy(c, "socket");
	if (setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0 &&
	    setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0 &&
	    connect(s, (const struct sockaddr *)&to, sizeof to) == 0)
		return s;
	(void)busy(c, "connect");
	(void)close(s);
	return -1;
}

/* The program on the other side may be anybody's by now: it gets nothing it could write to. */
static int
readable(struct ctx *c, int fd)
{
	int flags = fcntl(fd, F_GETFL);
	char path[40];
	int copy;

	if (flags >= 0 && (flags & O_ACCMODE) == O_RDONLY)
		copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	else {
		(void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		copy = open(path, O_RDONLY | O_CLOEXEC);
	}
	return copy >= 0 ? copy : problem_set(c, PROBLEM_INTERNAL, "inspect: reopen: %s",
	    strerrordesc_np(errno));
}

static int
ask(struct ctx *c, int s, const struct inspect_question *q, const int *fd, size_t n)
{
	struct iovec iov = { (void *)(uintptr_t)q, sizeof *q };
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(2 * sizeof(int))] = { 0 };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = room,
	    .msg_controllen = CMSG_SPACE(n * sizeof(int)) };
	struct cmsghdr *h = CMSG_FIRSTHDR(&m);

	h->cmsg_level = SOL_SOCKET;
	h->cmsg_type = SCM_RIGHTS;
	h->cmsg_len = CMSG_LEN(n * sizeof(int));
	memcpy(CMSG_DATA(h), fd, n * sizeof(int));
	return sendmsg(s, &m, MSG_NOSIGNAL) == (ssize_t)sizeof *q ? 0 : busy(c, "question");
}

static int
hear(struct ctx *c, int s, struct inspect_answer *a)
{
	ssize_t n = recv(s, a, sizeof *a, 0);

	if (n < 0 && errno != ECONNRESET)
		return busy(c, "answer");
	if (n <= 0)
		return problem_say(c, PROBLEM_FILE, "The file could not be examined in the time and "
		    "memory there is for one. Make it smaller or simpler, or print it to a new PDF.");
	a->type[sizeof a->type - 1] = a->reason[sizeof a->reason - 1] = '\0';
	if (n != (ssize_t)sizeof *a || a->version != INSPECT_VERSION || a->result == INSPECT_FAILED)
		return problem_set(c, PROBLEM_BUSY, "inspect: answer %zd %u %.100s", n, a->result,
		    a->reason);
	return 0;
}

static int
talk(struct ctx *c, const char *path, const struct inspect_question *q, const int *fd, size_t n,
    struct inspect_answer *a)
{
	int s = dial(c, path), rc;

	if (s < 0)
		return -1;
	rc = ask(c, s, q, fd, n) != 0 || hear(c, s, a) != 0 ? -1 : 0;
	(void)close(s);
	return rc;
}

static int
known_type(struct ctx *c, const char *type, struct text *out)
{
	static const char *const types[] = {
		"application/pdf", "image/jpeg", "image/png", "image/tiff",
	};

	for (size_t i = 0; i < COUNT(types); i++)
		if (strcmp(type, types[i]) == 0) {
			*out = text_of(types[i]);
			return 0;
		}
	return problem_set(c, PROBLEM_INTERNAL, "inspect: an unknown type");
}

static int
judge(struct ctx *c, const struct inspect_answer *a, struct verdict *out)
{
	if (a->result == INSPECT_REFUSED) {
		out->reason = text_of(text_c(c, text_of(a->reason)));
		return problem_say(c, PROBLEM_FILE, out->reason.p);
	}
	if (a->pages < 1 || a->pages > INSPECT_PAGES)
		return problem_set(c, PROBLEM_INTERNAL, "inspect: %u pages", a->pages);
	out->pages = a->pages;
	out->accepted = known_type(c, a->type, &out->media_type) == 0;
	return out->accepted ? 0 : -1;
}

int
inspect_file(struct ctx *c, const char *socket_path, int file, struct verdict *out)
{
	struct inspect_question q = { INSPECT_VERSION, INSPECT_JUDGE, 0, 0 };
	struct inspect_answer a;
	int fd = readable(c, file), rc;

	*out = (struct verdict){ .media_type = T(""), .reason = T("") };
	if (fd < 0)
		return -1;
	rc = talk(c, socket_path, &q, &fd, 1, &a);
	(void)close(fd);
	return rc == 0 ? judge(c, &a, out) : -1;
}

static void
unmap(void *text)
{
	struct text *t = text;

	(void)munmap((void *)(uintptr_t)t->p, t->n);
}

/* It cannot shrink (sealed), so that reading the map is safe whatever the writer does. */
static int
map_picture(struct ctx *c, int fd, struct text *out)
{
	struct text *kept = ctx_alloc(c, sizeof *kept);
	struct stat st;
	void *p;

	if (fstat(fd, &st) != 0 || st.st_size < 8 || st.st_size > INSPECT_PNG)
		return problem_set(c, PROBLEM_INTERNAL, "inspect: no picture");
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return busy(c, "mmap");
	*out = *kept = (struct text){ p, (size_t)st.st_size };
	ctx_defer(c, unmap, kept);
	return 0;
}

static int
draw(struct ctx *c, const char *socket_path, int file, int canvas,
    const struct inspect_question *q, struct text *png, int64_t *pages)
{
	struct inspect_answer a;
	struct verdict v;

	if (fcntl(canvas, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
		return busy(c, "seal");
	if (talk(c, socket_path, q, (int[]){ file, canvas }, 2, &a) != 0 || judge(c, &a, &v) != 0)
		return -1;
	*pages = v.pages;
	return map_picture(c, canvas, png);
}

int
inspect_page(struct ctx *c, const char *socket_path, int file, int64_t page, int64_t width,
    struct text *png, int64_t *pages)
{
	struct inspect_question q = { INSPECT_VERSION, INSPECT_DRAW, (uint32_t)page,
	    (uint32_t)(width < INSPECT_WIDTH ? width : INSPECT_WIDTH) };
	int fd, canvas, rc;

	if (page < 1 || page > INSPECT_PAGES || width < 1)
		return problem_set(c, PROBLEM_MISSING, "inspect: page %lld", (long long)page);
	if ((fd = readable(c, file)) < 0)
		return -1;
	if ((canvas = memfd_create("page", MFD_CLOEXEC | MFD_ALLOW_SEALING)) < 0)
		rc = busy(c, "memfd");
	else {
		rc = draw(c, socket_path, fd, canvas, &q, png, pages);
		(void)close(canvas);
	}
	(void)close(fd);
	return rc;
}
