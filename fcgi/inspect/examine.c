#include <errno.h>
#include <fcntl.h>
#include <magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/inspect/examine.h"

#define LOOK		(1 * MIB)		/* what libmagic is shown */
#define FILE_MAX	((off_t)(64 * MIB))
#define NARROWEST	16u

static const struct kind kinds[] = {
	{ "application/pdf", "%PDF-", pdf_judge, pdf_draw },
	{ "image/jpeg", "\xff\xd8\xff", jpeg_judge, jpeg_draw },
	{ "image/png", NULL, png_judge, png_draw },		/* not one that moves */
	{ "image/tiff", NULL, tiff_judge, tiff_draw },	/* not a camera's raw data */
};

/* Filled once, before the first question. */
static magic_t tables;

int
examine_start(void)
{
	tables = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF |
	    MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_CSV);
	if (tables == NULL || magic_load(tables, NULL) != 0) {
		(void)fprintf(stderr, "libmagic: %s\n", tables == NULL ? "no memory" :
		    magic_error(tables));
		return -1;
	}
	if (pdf_start())
		return 0;
	(void)fprintf(stderr, "a page of our own cannot be drawn\n");
	return -1;
}

struct question { struct inspect_question q; int file, canvas; };

/* At most two descriptors come with it; the kernel drops what does not fit. */
static bool
hear(int s, struct question *out)
{
	struct iovec iov = { &out->q, sizeof out->q };
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(2 * sizeof(int))];
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = room,
	    .msg_controllen = sizeof room };
	int fd[2] = { -1, -1 };
	struct cmsghdr *h;
	size_t n;

	if (recvmsg(s, &m, MSG_CMSG_CLOEXEC) != (ssize_t)sizeof out->q ||
	    (m.msg_flags & (MSG_CTRUNC | MSG_TRUNC)) != 0 || (h = CMSG_FIRSTHDR(&m)) == NULL ||
	    h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS)
		return false;
	n = (h->cmsg_len - CMSG_LEN(0)) / sizeof fd[0];
	memcpy(fd, CMSG_DATA(h), n * sizeof fd[0]);
	out->file = fd[0];
	out->canvas = fd[1];
	return out->q.version == INSPECT_VERSION && (out->q.what == INSPECT_JUDGE ? n == 1 :
	    out->q.what == INSPECT_DRAW && n == 2 && out->q.page > 0);
}

static int
answer(struct inspect_answer *a, uint32_t result, const char *reason)
{
	a->result = result;
	(void)snprintf(a->reason, sizeof a->reason, "%s", reason);
	return -1;
}

static int
map_file(int fd, struct text *out, struct inspect_answer *a)
{
	struct stat st;
	void *p;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return answer(a, INSPECT_FAILED, "not a file");
	if (st.st_size == 0)
		return answer(a, INSPECT_REFUSED, "The file is empty.");
	if (st.st_size > FILE_MAX)
		return answer(a, INSPECT_REFUSED, "The file is too large to be examined.");
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return answer(a, INSPECT_FAILED, "mmap");
	*out = (struct text){ p, (size_t)st.st_size };
	return 0;
}

/*
 * An archive is found from its end, so that any file can be one as well: its last record says how
 * far the end is.
 */
static bool
is_archive_too(struct text t)
{
	struct text tail = text_sub(t, t.n < 65557 ? 0 : t.n - 65557, t.n);

	for (size_t i = 0; i + 22 <= tail.n; i++)
		if (memcmp(tail.p + i, "PK\005\006", 4) == 0 && ((unsigned char)tail.p[i + 20] |
		    (size_t)(unsigned char)tail.p[i + 21] << 8) == tail.n - i - 22)
			return true;
	return false;
}

/* The signature alone is easily had: the rest of the file is judged by its kind. */
static const struct kind *
find_kind(struct text t, struct inspect_answer *a)
{
	const char *type;

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].begins != NULL && text_starts(t, kinds[i].begins))
			return &kinds[i];
	type = magic_buffer(tables, t.p, t.n < LOOK ? t.n : LOOK);
	for (size_t i = 0; type != NULL && i < COUNT(kinds); i++)
		if (strcmp(type, kinds[i].type) == 0)
			return &kinds[i];
	(void)answer(a, INSPECT_REFUSED, "");
	(void)snprintf(a->reason, sizeof a->reason, "The file is not a PDF, JPEG, PNG or TIFF, "
	    "whatever its name says: its content looks like %.60s.", type == NULL ? "nothing known" :
	    type);
	return NULL;
}

static int
judge(const struct kind *k, struct text t, struct inspect_answer *a)
{
	const char *why = DAMAGED;

	if (is_archive_too(t))
		return answer(a, INSPECT_REFUSED, "The file is an archive as well. Upload the document "
		    "by itself.");
	if ((a->pages = k->judge(t, &why)) == 0)
		return answer(a, INSPECT_REFUSED, why);
	return 0;
}

static int
draw(const struct kind *k, struct text t, const struct question *q, struct inspect_answer *a)
{
	unsigned width = q->q.width < NARROWEST ? NARROWEST :
	    q->q.width > INSPECT_WIDTH ? INSPECT_WIDTH : q->q.width;
	struct picture p;
	const char *why = DAMAGED;

	if (q->q.page > INSPECT_PAGES || !k->draw(t, q->q.page, width, &p, &why))
		return answer(a, INSPECT_REFUSED, why);
	if (!picture_write(&p, q->canvas))
		return answer(a, INSPECT_FAILED, "the picture cannot be written");
	a->pages = q->q.page;
	return 0;
}

static int
examine(const struct question *q, struct inspect_answer *a)
{
	const struct kind *k;
	struct text t;

	if (map_file(q->file, &t, a) != 0 || (k = find_kind(t, a)) == NULL)
		return -1;
	(void)snprintf(a->type, sizeof a->type, "%s", k->type);
	return q->q.what == INSPECT_JUDGE ? judge(k, t, a) : draw(k, t, q, a);
}

void
examine_answer(int s)
{
	struct inspect_answer a = { .version = INSPECT_VERSION, .result = INSPECT_GOOD };
	struct question q;

	if (hear(s, &q))
		(void)examine(&q, &a);
	else
		(void)answer(&a, INSPECT_FAILED, "the question is not understood");
	(void)send(s, &a, sizeof a, MSG_NOSIGNAL);
}
