/*
 * openapi - the API description, made of what every program says of itself.
 *
 * usage: openapi VERSION <routes >openapi.json
 *
 * Standard input holds what each program printed for --routes, one JSON document after the other.
 * Addresses outside /api/ are pages and are left out.
 *
 * Trust:   the programs are ours; what does not look like their routes is refused.
 * Memory:  one block for the whole run.
 * Fails:   a sentence and exit 1.
 * Needs:   nothing.
 */
#ifndef OPENAPI_H
#define OPENAPI_H
#include "web/json.h"

/* operation_add(c, paths, program, route): one route as an operation of its path. */
void operation_add(struct ctx *, struct json_object *, struct text, struct json_object *);

/* The kinds of problem that operations refer to: each is one shared reply, under its slug. */
#define REFUSALS 11
extern const enum problem_kind refusals[REFUSALS];
#endif
