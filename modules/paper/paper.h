/*
 * paper - what the layer needs before the first page: the fonts.
 *
 * Pages are set in Noto Sans, Noto Sans Mono, Noto Sans Devanagari and Noto Naskh Arabic (Noto Sans
 * CJK too where it is installed), named in a private fonts.conf, so that a page looks the same on
 * every machine and no other file of the system is read.
 *
 * Trust:   the configuration is the operator's.
 * Memory:  fontconfig's and pango's tables, for the life of the program.
 * Fails:   PROBLEM_INTERNAL when the configuration or a required family is absent.
 * Needs:   read access to the font directories, then and later: fonts are mapped when first used.
 *          pango starts threads of its own to look fonts up, here; later only for a script that
 *          nobody expected.
 */
#ifndef PAPER_PAPER_H
#define PAPER_PAPER_H
#include "base/ctx.h"

/**
 * paper_start(c, fonts_conf, cache):
 * Call once in main, before the jail and before the threads.  ${fonts_conf} is an absolute path;
 * ${cache} is a directory for
 * fontconfig's cache, NULL for none.  Return 0, or -1 with the problem set.
 */
int paper_start(struct ctx *, const char *, const char *) MUST_CHECK;
#endif
