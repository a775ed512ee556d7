/*
 * test_paper_samples - the sample shipments as faces, for the tests of the paper layer.
 */
#ifndef TEST_PAPER_SAMPLES_H
#define TEST_PAPER_SAMPLES_H
#include "paper/page.h"

/* sample_file(c, name): the bytes of a file under tests/samples; fails the test if absent. */
struct text sample_file(struct ctx *, const char *);
/* sample_face(c, id, leaf, face): from data/shipments.json; stamps and signatures are loaded once. */
void sample_face(struct ctx *, const char *, enum leaf, struct face *);
/* sample_start(c): fonts; sample_ctx(): a ctx of its own, cleared. */
void sample_start(struct ctx *);
struct ctx *sample_ctx(void);
/* sample_write(c, name, bytes): put a file into the test's own directory; its path. */
const char *sample_write(struct ctx *, const char *, struct text);
/* sample_run(c, out, fmt, ...): the output of a shell command, its status; 127 if it is absent. */
int sample_run(struct ctx *, struct text *, const char *, ...) PRINTF(3, 4);
/* sample_has(program): installed here? */
bool sample_has(const char *);
#endif
