/*
 * json - reading bodies and writing replies with json-c, released with the request.
 *
 * Trust:   json_read() takes hostile text: strict grammar, UTF-8, bounded depth.
 * Memory:  trees are released when the request ends; written text lives in the ctx.
 * Fails:   PROBLEM_SYNTAX for text that is not JSON.
 * Needs:   nothing.
 */
#ifndef WEB_JSON_H
#define WEB_JSON_H
#include <json-c/json.h>

#include "base/ctx.h"

/* json_read(c, text, out): 0, or -1 with PROBLEM_SYNTAX.  ${out} may be NULL for "null". */
int json_read(struct ctx *, struct text, struct json_object **) MUST_CHECK;

struct json_object *json_new(struct ctx *);		/* {} */
struct json_object *json_list(struct ctx *);		/* [] */

/* Add a member.  A text with p == NULL becomes null. */
void json_set_text(struct json_object *, const char *, struct text);
void json_set_int(struct json_object *, const char *, int64_t);
void json_set_bool(struct json_object *, const char *, bool);
void json_set_null(struct json_object *, const char *);
/* json_add(o, key, value), json_push(list, value): take a tree made by json_new() or json_list(). */
void json_add(struct json_object *, const char *, struct json_object *);
void json_push(struct json_object *, struct json_object *);
/* json_embed(c, o, key, text): a stored JSON document as a member; null if it does not parse. */
void json_embed(struct ctx *, struct json_object *, const char *, struct text);

/* json_write(c, o): compact text in ${c}. */
struct text json_write(struct ctx *, struct json_object *);

/* json_member(o, key): the text of a string member, or the empty text. */
struct text json_member(struct json_object *, const char *);

/* json_problem(c): the RFC 9457 body for c->problem. */
struct text json_problem(struct ctx *);
#endif
