#include <fcntl.h>
#include <sanitizer/lsan_interface.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerInitialize(int *, char ***);
int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

const char *__lsan_default_suppressions(void);
ssize_t __wrap_getrandom(void *, size_t, unsigned);

static struct ctx c;
static uint64_t chance;
static bool leaking;			/* ECOO_FUZZ_LEAK: to see that a leak would be seen */
static void *volatile lost;

/*
 * Not ours: fontconfig keeps what it knows; libfcgi forgets 48 bytes with a connection whose
 * management record it cannot read.
 */
const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig.so\nleak:libfcgi.so\n";
}

void
fuzz_broken(const char *claim, const char *file, int line)
{
	(void)dprintf(STDERR_FILENO, "%s:%d: does not hold: %s\n", file, line, claim);
	abort();
}

/* The same for each input, so that what breaks a target breaks it again; and not a call to the kernel. */
ssize_t
__wrap_getrandom(void *out, size_t n, unsigned flags)
{
	(void)flags;
	for (size_t i = 0; i < n; i++) {
		chance = chance * UINT64_C(6364136223846793005) + 1442695040888963407;
		((unsigned char *)out)[i] = (unsigned char)(chance >> 56);
	}
	return (ssize_t)n;
}

int
LLVMFuzzerInitialize(int *n, char ***word)
{
	void *block = mmap(NULL, fuzz_memory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)n;
	(void)word;
	leaking = getenv("ECOO_FUZZ_LEAK") != NULL;
	MUST(block != MAP_FAILED);
	ctx_open(&c, block, fuzz_memory);
	__lsan_disable();		/* what is made at the start stays */
	fuzz_start();
	__lsan_enable();
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	chance = 0;
	ctx_begin(&c);
	fuzz(&c, (struct text){ (const char *)p, n });
	ctx_rewind(&c, (struct mark){ 0, NULL });
	if (leaking)
		lost = malloc(n + 1);
	lost = NULL;
	return 0;
}

struct text
fuzz_line(struct text *in)
{
	struct text line = text_sub(*in, 0, text_find(*in, '\n'));

	*in = text_sub(*in, line.n + 1, in->n);
	return line;
}

unsigned char
fuzz_byte(struct text *in)
{
	unsigned char b = in->n == 0 ? 0 : (unsigned char)in->p[0];

	*in = text_sub(*in, 1, in->n);
	return b;
}

int
fuzz_file(struct text bytes)
{
	int fd = memfd_create("input", MFD_CLOEXEC);

	MUST(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	return fd;
}

struct text
fuzz_read(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	off_t n = lseek(fd, 0, SEEK_END);
	void *p = mmap(NULL, (size_t)n, PROT_READ, MAP_PRIVATE, fd, 0);

	MUST(fd >= 0 && n > 0 && p != MAP_FAILED && close(fd) == 0);
	return (struct text){ p, (size_t)n };
}
