#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/clock.h"
#include "status.h"

static const char *const words[] = {
	[STATE_WAITING] = "waiting", [STATE_RUNNING] = "running", [STATE_RESTING] = "resting",
	[STATE_DONE] = "done", [STATE_STOPPED] = "stopped",
};

int
status_write(const char *dir, const struct table *t)
{
	char path[PATH_MAX], fresh[PATH_MAX];
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/run/status", dir);
	(void)snprintf(fresh, sizeof fresh, "%s/run/status.new", dir);
	f = fopen(fresh, "we");
	if (f == NULL)
		return -1;
	for (size_t i = 0; i < t->n; i++)
		(void)fprintf(f, "%s %s %d %" PRId64 " %u\n", t->entry[i].name,
		    words[t->entry[i].state], (int)t->entry[i].pid, t->entry[i].since,
		    t->entry[i].deaths);
	return fclose(f) == 0 ? rename(fresh, path) : -1;
}

/* The lock on the pid file tells whether its writer lives; a number in a file does not. */
static bool
is_running(const char *dir)
{
	char path[PATH_MAX];
	bool held;
	int fd;

	(void)snprintf(path, sizeof path, "%s/run/supervise.pid", dir);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;
	if (fd >= 0)
		(void)close(fd);
	return held;
}

int
status_show(const char *dir)
{
	char path[PATH_MAX], name[64], state[16];
	int64_t since;
	unsigned deaths;
	int pid, rc = 0;
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/run/status", dir);
	f = is_running(dir) ? fopen(path, "re") : NULL;
	if (f == NULL) {
		(void)printf("nothing is running here\n");
		return 3;
	}
	(void)printf("%-14s %-9s %8s %10s %9s\n", "program", "state", "pid", "for", "restarts");
	while (fscanf(f, "%63s %15s %d %" SCNd64 " %u", name, state, &pid, &since, &deaths) == 5) {
		(void)printf("%-14s %-9s %8d %8" PRId64 " s %9u\n", name, state, pid,
		    since == 0 ? 0 : clock_now() - since, deaths);
		if (strcmp(state, "running") != 0 && strcmp(state, "done") != 0)
			rc = 1;
	}
	(void)fclose(f);
	return rc;
}
