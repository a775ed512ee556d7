/*
 * options - the command line.
 *
 * Trust:   a "coosign:" address may have been made by any web page; everything else is typed.
 * Memory:  borrows from argv and the ctx.
 * Fails:   MISUSED, with a sentence.
 * Needs:   nothing.
 */
#ifndef COOSIGN_OPTIONS_H
#define COOSIGN_OPTIONS_H
#include "tools/coosign/outcome.h"

#define ALLOW_MAX	8

struct options {
	const char	*command;	/* "job", "sign", "tokens", "help", "version" */
	const char	*url;
	const char	*p12, *module, *slot, *token, *certificate, *pin_file;
	const char	*in, *out, *cacert;
	const char	*allow[ALLOW_MAX];
	size_t		nallow;
	bool		yes;
	bool		from_link;	/* called by a browser: the window closes when we end */
};

enum outcome options_read(struct ctx *, int, char **, struct options *) MUST_CHECK;
void options_help(void);
#endif
