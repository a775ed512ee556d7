/*
 * member - a JSON tree into typed structs, by const tables that nest.
 *
 * One row per member; the C type that a row writes is checked when it is compiled.  An absent
 * member and null are the same: the row then writes its empty value.
 *
 * Trust:   the tree is anybody's.
 * Memory:  texts borrow from the tree; arrays live in the ctx.
 * Fails:   faults are collected in the ctx, with their JSON path.
 * Needs:   json-c.
 */
#ifndef DOSSIER_MEMBER_H
#define DOSSIER_MEMBER_H
#include "dossier/dossier.h"

/* Where in the document: rendered only when there is a fault to tell. */
struct path { const struct path *up; const char *name; size_t index; };

struct shape { const struct member *member; size_t n, size; };

struct member {
	const char *name;
	void	(*read)(struct ctx *, const struct member *, struct json_object *,
		    const struct path *, char *);
	size_t	off;			/* of the member in its struct */
	int64_t	max;			/* characters, value, or elements */
	size_t	extra;			/* decimals, characters of an element, where the count goes */
	int64_t	absent;			/* what an absent whole number is */
	const char *const *choice;	/* NULL-terminated, or NULL: any text */
	const struct shape *of;		/* of an object, or of the elements of a list */
};

/* These write, at base + off: */
#define READER(name) void name(struct ctx *, const struct member *, struct json_object *,	\
    const struct path *, char *)
READER(read_text);	/* struct text, one line */
READER(read_lines);	/* struct text, may hold line ends */
READER(read_texts);	/* struct texts */
READER(read_amount);	/* struct amount */
READER(read_whole);	/* int64_t from 0 */
READER(read_bool);	/* bool */
READER(read_object);	/* a struct inside */
READER(read_list);	/* a pointer to structs, and at base + extra their number */

#define TYPED(s, m, t, fn)	_Generic(((s *)0)->m, t: (fn))
#define M_TEXT(s, m, len) \
	{ #m, TYPED(s, m, struct text, read_text), offsetof(s, m), len, 0, 0, NULL, NULL }
#define M_LINES(s, m, len) \
	{ #m, TYPED(s, m, struct text, read_lines), offsetof(s, m), len, 0, 0, NULL, NULL }
#define M_CHOICE(s, m, list) \
	{ #m, TYPED(s, m, struct text, read_text), offsetof(s, m), 32, 0, 0, list, NULL }
#define M_TEXTS(s, m, count, len, list) \
	{ #m, TYPED(s, m, struct texts, read_texts), offsetof(s, m), count, len, 0, list, NULL }
#define M_AMOUNT(s, m, places) \
	{ #m, TYPED(s, m, struct amount, read_amount), offsetof(s, m), 24, places, 0, NULL, NULL }
#define M_WHOLE(s, m, hi, none) \
	{ #m, TYPED(s, m, int64_t, read_whole), offsetof(s, m), hi, 0, none, NULL, NULL }
#define M_BOOL(s, m) \
	{ #m, TYPED(s, m, bool, read_bool), offsetof(s, m), 0, 0, 0, NULL, NULL }
#define M_OBJECT(s, m, t, sh) \
	{ #m, TYPED(s, m, t, read_object), offsetof(s, m), 0, 0, 0, NULL, sh }
#define M_LIST(s, m, t, sh, count) \
	{ #m, TYPED(s, m, t *, read_list), offsetof(s, m), count,			\
	    TYPED(s, n##m, size_t, offsetof(s, n##m)), 0, NULL, sh }
#define SHAPE(table, s)		{ table, COUNT(table), sizeof(s) }

/* shape_read(c, shape, json, limit, out): 0, or -1 with PROBLEM_SYNTAX or PROBLEM_INPUT. */
int shape_read(struct ctx *, const struct shape *, struct text, size_t, void *) MUST_CHECK;

/* document_read(c, json, limit, out): an object, by base/tree.h; released with the ctx. */
int document_read(struct ctx *, struct text, size_t, struct json_object **) MUST_CHECK;
#endif
