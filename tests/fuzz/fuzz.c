#include <fcntl.h>
#include <sanitizer/lsan_interface.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerInitialize(int *, char ***);
int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

const char *__lsan_default_suppressions(void);

static struct ctx c;

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
	(void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, claim);
	abort();
}

int
LLVMFuzzerInitialize(int *n, char ***word)
{
	void *block = mmap(NULL, fuzz_memory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)n;
	(void)word;
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
	ctx_begin(&c);
	fuzz(&c, (struct text){ (const char *)p, n });
	ctx_begin(&c);
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
