/*
 * coosign - sign for an eCoO portal with your own certificate; "coosign --help" is the manual.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "config.h"
#include "tools/coosign/http.h"
#include "tools/coosign/job.h"
#include "tools/coosign/terminal.h"
#include "tools/coosign/tokens.h"

#define MEMORY	(8 * MIB)

static enum outcome
help(struct ctx *c, const struct options *o)
{
	(void)c;
	(void)o;
	options_help();
	return DONE;
}

static enum outcome
version(struct ctx *c, const struct options *o)
{
	(void)c;
	(void)o;
	(void)printf("coosign %s\n", PACKAGE_VERSION);
	return DONE;
}

static const struct {
	const char *name;
	enum outcome (*does)(struct ctx *, const struct options *);
} command[] = {
	{ "job", job_run }, { "sign", file_sign }, { "tokens", tokens_list },
	{ "help", help }, { "h", help }, { "version", version },
};

static enum outcome
run(struct ctx *c, int n, char **word)
{
	struct options o;
	enum outcome how = options_read(c, n, word, &o);

	if (how != DONE)
		return how;
	how = MISUSED;
	for (size_t i = 0; i < COUNT(command); i++)
		if (strcmp(o.command, command[i].name) == 0)
			how = command[i].does(c, &o);
	if (o.from_link)
		terminal_wait();
	return how;
}

/* What is in memory may be a PIN: no core, and nobody else looks in (a leak checker would). */
static void
keep_to_ourselves(void)
{
	const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
#ifndef WITH_ASAN
	(void)prctl(PR_SET_DUMPABLE, 0);
#endif
}

int
main(int n, char **word)
{
	void *block = malloc(MEMORY);
	enum outcome how;
	struct ctx c;

	keep_to_ourselves();
	if (block == NULL || !http_start())
		return fail(FAILED, "no memory");
	ctx_open(&c, block, MEMORY);
	how = run(&c, n, word);
	ctx_begin(&c);			/* wipes */
	free(block);
	return fflush(stdout) == 0 ? (int)how : FAILED;
}
