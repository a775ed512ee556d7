/*
 * tree - JSON from outside as a tree of json-c: bodies, documents, answers of gateways and portals.
 *
 * Trust:   the text is hostile.  Strictly the grammar of RFC 8259 in UTF-8: json-c alone lets pass single
 *          quotes, NaN, numbers like 01, long forms of UTF-8, and what stands behind a NUL.
 * Memory:  the tree is released with the ctx.
 * Fails:   false; the problem is the caller's to word.
 * Needs:   nothing.
 */
#ifndef BASE_TREE_H
#define BASE_TREE_H
#include <json-c/json.h>

#include "base/ctx.h"

/*
 * tree_read(c, text, depth, out): true for JSON of at most ${depth} containers in each other and 2048 in all.
 * ${out} becomes NULL for "null", and for what is none.
 */
bool tree_read(struct ctx *, struct text, int, struct json_object **) MUST_CHECK;
#endif
