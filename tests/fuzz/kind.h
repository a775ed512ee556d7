/*
 * kind - one kind of file as inspect judges and draws it; and what it accepts the certificate's printer
 * has to take as well (paper/assemble.h), because by then it is too late to refuse.
 *
 * Trust, Memory, Fails, Needs: see fuzz.h.
 */
#ifndef FUZZ_KIND_H
#define FUZZ_KIND_H
#include "fcgi/inspect/examine.h"
#include "tests/fuzz/fuzz.h"

/* kind_try(c, bytes, judge, draw) */
void kind_try(struct ctx *, struct text, unsigned (*)(struct text, const char **),
    bool (*)(struct text, unsigned, unsigned, struct picture *, const char **));
#endif
