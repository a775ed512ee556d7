/* An older kernel, or one that lies: what Landlock and seccomp answer, as the test wants it. */
#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/walls/inside.h"

/* By ABI: the rights on files that it knows, the size of its attribute. */
static const struct { uint64_t fs; size_t size; } known[] = {
	[1] = { 0x1fff, 8 }, [2] = { 0x3fff, 8 }, [3] = { 0x7fff, 8 }, [4] = { 0x7fff, 16 },
	[5] = { 0xffff, 16 },
};

static long
fail(int error)
{
	errno = error;
	return -1;
}

static int
lies(const char *what)
{
	const char *lie = getenv("WALLS_LIE");

	return lie != NULL && strcmp(lie, what) == 0;
}

/* 0: the kernel itself may answer; otherwise ${*rc} is what the old one would say. */
static int
old_kernel(const long *arg, long *rc)
{
	static const char nothing[64];
	const char *attr = (const char *)arg[0], *wanted = getenv("WALLS_ABI");
	size_t abi = wanted == NULL ? 0 : (size_t)atoi(wanted), size = (size_t)arg[1];
	uint64_t fs;

	if (wanted == NULL)
		return 0;
	if (abi < 1 || abi >= sizeof known / sizeof known[0])
		*rc = fail(EOPNOTSUPP);
	else if (arg[2] == LANDLOCK_CREATE_RULESET_VERSION)
		*rc = (long)abi;
	else if (size > known[abi].size && memcmp(attr + known[abi].size, nothing,
	    size - known[abi].size) != 0)
		*rc = fail(E2BIG);
	else if (memcpy(&fs, attr, sizeof fs), (fs & ~known[abi].fs) != 0)
		*rc = fail(EINVAL);
	else
		return 0;
	return 1;
}

long
syscall(long number, ...)
{
	static long (*next)(long, ...);
	long arg[6], rc;
	va_list list;

	va_start(list, number);
	for (size_t i = 0; i < 6; i++)
		arg[i] = va_arg(list, long);
	va_end(list);
	if (number == SYS_landlock_create_ruleset && old_kernel(arg, &rc))
		return rc;
	if (number == SYS_landlock_restrict_self && lies("landlock"))
		return 0;
	if (next == NULL)
		next = (long (*)(long, ...))walls_next("syscall");
	return next(number, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
}

int
seccomp_load(const scmp_filter_ctx f)
{
	return lies("seccomp") ? 0 : ((int (*)(const scmp_filter_ctx))walls_next("seccomp_load"))(f);
}
