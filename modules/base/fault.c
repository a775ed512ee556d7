#include "base/fault.h"

#ifdef WITH_FAULTS
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define REST_S	2

extern const char *const __start_fault_points[] __attribute__((weak));
extern const char *const __stop_fault_points[] __attribute__((weak));

static _Thread_local struct {
	char name[40], passed[512];
	int64_t arrivals;		/* until it happens */
	bool rests, traces;
} wanted;

static struct text
word(struct text *rest)
{
	size_t n = text_find(*rest, ' ');
	struct text w = text_sub(*rest, 0, n);

	*rest = text_sub(*rest, n < rest->n ? n + 1 : n, rest->n);
	return w;
}

void
fault_begin(struct text words)
{
	struct text name = word(&words), arrivals = word(&words);

	memset(&wanted, 0, sizeof wanted);
	wanted.traces = text_is(name, "trace");
	(void)snprintf(wanted.name, sizeof wanted.name, "%.*s", TEXT_F(name));
	if (!text_int(arrivals, &wanted.arrivals))
		wanted.arrivals = 1;
	wanted.rests = text_is(words, "rest");
}

static void
trace(const char *name)
{
	size_t n = strlen(wanted.passed);

	(void)snprintf(wanted.passed + n, sizeof wanted.passed - n, "%s%s", n > 0 ? "," : "", name);
}

void
fault_at(const char *name)
{
	struct timespec rest = { REST_S, 0 };

	if (wanted.traces)
		trace(name);
	if (strcmp(name, wanted.name) != 0 || --wanted.arrivals != 0)
		return;
	if (!wanted.rests)
		_exit(9);
	(void)nanosleep(&rest, NULL);
}

struct text
fault_passed(void)
{
	return text_of(wanted.passed);
}

int
fault_list(void)
{
	for (const char *const *p = __start_fault_points; p < __stop_fault_points; p++)
		(void)puts(*p);
	return 0;
}
#endif
