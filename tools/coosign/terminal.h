/*
 * terminal - what the person is shown and asked.
 *
 * Trust:   what is shown may come from a portal or a token: control characters, and those that turn
 *          the direction of writing, are replaced, so that no text can rewrite another.
 * Memory:  a secret is the caller's, who wipes it.
 * Fails:   a question without a terminal is answered no.
 * Needs:   standard input as terminal, for questions.
 */
#ifndef COOSIGN_TERMINAL_H
#define COOSIGN_TERMINAL_H
#include <stdio.h>

#include "tools/coosign/outcome.h"

#define SECRET_MAX	256

struct secret { size_t n; unsigned char byte[SECRET_MAX]; };

/* terminal_print(f, t): cleaned. */
void terminal_print(FILE *, struct text);
/* terminal_line(label, t): "  label      text", cleaned. */
void terminal_line(const char *, struct text);

bool terminal_there(void);
/* terminal_yes(question): "question [y/N] "; only y or yes is yes. */
bool terminal_yes(const char *);
/* terminal_wait(): until Enter, so that a window does not close too early. */
void terminal_wait(void);

/* secret_get(pin file or NULL, prompt, out): from the file's first line, or typed without echo. */
enum outcome secret_get(const char *, const char *, struct secret *) MUST_CHECK;
void secret_wipe(struct secret *);
#endif
