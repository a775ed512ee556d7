/*
 * filename - the name a client gives a file: made fit to show, and to be given back.
 *
 * The name is never used to find or open anything: files are stored under the hash of their bytes.
 *
 * Trust:   hostile.
 * Memory:  results live in the ctx.
 * Fails:   where said.
 * Needs:   nothing.
 */
#ifndef WEB_FILENAME_H
#define WEB_FILENAME_H
#include "base/ctx.h"

#define FILENAME_MAX_BYTES 255

/**
 * filename_clean(c, name):
 * A name to show: UTF-8 in composed form (NFC; what is not UTF-8 is read as Latin-1), only the
 * last part of a path, without control, direction or invisible characters, without what other
 * systems refuse in a name, cut to 255 bytes between characters with its ending kept; "document"
 * if nothing is left.
 */
struct text filename_clean(struct ctx *, struct text);

/**
 * filename_check(c, name):
 * May an upload go by that name?  Refused with PROBLEM_FILE: control and direction characters,
 * which exist to mislead, and an ending that no accepted file has ("invoice.pdf.exe").  What the
 * file is, its content alone decides.
 */
int filename_check(struct ctx *, struct text) MUST_CHECK;

/**
 * filename_header(c, name):
 * The value of Content-Disposition that makes a browser save the file under the name
 * (RFC 6266, RFC 8187).
 */
struct text filename_header(struct ctx *, struct text);
#endif
