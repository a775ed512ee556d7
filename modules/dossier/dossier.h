/*
 * dossier - the content of an application as JSON: read into typed structs, written canonically.
 *
 * Reading is driven by const tables, one row per member, whose C type is checked when it is
 * compiled.  Every fault is reported at once, with its JSON path.  A draft may leave anything out;
 * what is there must have the right type, be within its length, be UTF-8, and hold no control
 * character (addresses, marks, descriptions and the process may hold line ends).
 *
 * Of a member that is given twice the last one counts: store what was written from the tree, never
 * the bytes that came.
 *
 * What is signed is the canonical form of RFC 8785 of one object that holds the application, the
 * exporter's record, the content and the SHA-256 of every document.
 *
 * Trust:   all text is hostile; depth, counts and lengths are bounded.
 * Memory:  results live in the ctx; texts borrow from JSON trees that the ctx releases.
 * Fails:   PROBLEM_SYNTAX for text that is not JSON, PROBLEM_INPUT with every fault otherwise.
 * Needs:   json-c.
 */
#ifndef DOSSIER_DOSSIER_H
#define DOSSIER_DOSSIER_H
#include <json-c/json.h>

#include "rules/application.h"

#define DOSSIER_MAX (256 * KIB)

/* dossier_read(c, json, out): the content document.  0, or -1 with the problem set. */
int dossier_read(struct ctx *, struct text, struct content *) MUST_CHECK;

/* dossier_firm(c, json, out): the exporter's record. */
int dossier_firm(struct ctx *, struct text, struct firm *) MUST_CHECK;

/*
 * dossier_canonical(c, tree, out): RFC 8785 for trees of objects, arrays, text, booleans, null and
 * whole numbers below 2^53.  -1 with PROBLEM_INPUT for any other number.
 */
int dossier_canonical(struct ctx *, struct json_object *, struct text *) MUST_CHECK;

/* What is signed besides the content. */
struct dossier {
	int64_t	id;			/* of the application */
	struct text agency;		/* code */
	struct text office;		/* name */
	struct text rule_set;
	struct text exporter;		/* JSON document */
	struct text content;		/* JSON document */
	const struct attached *documents;
	size_t ndocuments;
	struct text declaration_text;
};

#define DOSSIER_FORMAT "ecoo-application/1"

/* dossier_signed(c, dossier, out): the exact bytes that the exporter signs. */
int dossier_signed(struct ctx *, const struct dossier *, struct text *) MUST_CHECK;
#endif
