/*
 * rules_sample - the sample shipments of tests/samples as content documents.
 *
 * Trust:   our own files.
 * Memory:  in the ctx.
 * Fails:   the test stops.
 * Needs:   the macro TOP, the source folder; json-c.
 */
#ifndef UNIT_RULES_SAMPLE_H
#define UNIT_RULES_SAMPLE_H
#include <json-c/json.h>

#include "rules/application.h"

#define SAMPLES 6

struct sample { const char *id; struct text content, exporter; bool back_to_back; };

/* sample(c, i): the i-th shipment, mapped member by member. */
struct sample sample(struct ctx *, size_t);

/* file_text(c, path): a file under the source folder. */
struct text file_text(struct ctx *, const char *);
#endif
