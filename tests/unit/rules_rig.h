/*
 * rules_rig - one application under check, which a test spoils and looks at.
 *
 * Trust:   our own samples.
 * Memory:  all of it here, for one test at a time; a fresh copy with each call of application().
 * Fails:   the test stops.
 * Needs:   rules_sample.
 */
#ifndef UNIT_RULES_RIG_H
#define UNIT_RULES_RIG_H
#include "rules/check.h"
#include "rules_sample.h"

extern struct ctx c;
extern struct content content;
extern struct firm firm;
extern struct finding findings[FINDINGS_MAX];

/* A fresh copy of the i-th sample on 12 November 2026, with an invoice and a packing list. */
struct application application(size_t i);

/* check(a): its findings, errors first; how many. */
size_t check(const struct application *);

/* find(n, field, code): of the first n findings, or NULL. */
const struct finding *find(size_t n, const char *field, const char *code);

/* show(n): prints the first n findings. */
void show(size_t n);

/* cmocka's setup and teardown of a group. */
int open_block(void **), close_block(void **);
#endif
