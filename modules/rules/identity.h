/*
 * identity - IEC, PAN and GSTIN: the names of a firm in India, and what they tell.
 *
 * Trust:   the readers take hostile text; they forgive case and blanks around it.
 * Memory:  results live in the ctx; the states are a constant table.
 * Fails:   the readers say what is wrong with the text; state look-ups return NULL.
 * Needs:   nothing.
 */
#ifndef RULES_IDENTITY_H
#define RULES_IDENTITY_H
#include "base/ctx.h"

/* A form that is right but whose check digit is not is most often a slip of the finger. */
enum identity_verdict { IDENTITY_OK, IDENTITY_MALFORMED, IDENTITY_MISTYPED };

/* iec_read(c, t, out): ten digits (older ones), or the firm's PAN. */
enum identity_verdict iec_read(struct ctx *, struct text, struct text *) MUST_CHECK;

/* pan_read(c, t, out): AAAAA0000A whose fourth letter names a kind of holder. */
enum identity_verdict pan_read(struct ctx *, struct text, struct text *) MUST_CHECK;

/* gstin_read(c, t, out): fifteen characters, a state that exists, and a check digit that fits. */
enum identity_verdict gstin_read(struct ctx *, struct text, struct text *) MUST_CHECK;

/* gstin_check(t): the check digit over the first fourteen characters; '\0' if not [0-9A-Z]. */
char gstin_check(struct text);

/* gstin_pan(t): the PAN inside a GSTIN that was read. */
struct text gstin_pan(struct text);

/* ${territory}: a union territory without legislature, whose half of the tax is UTGST. */
struct gst_state { const char *code, *name; bool territory; };

/* gst_state(t): by the first two digits of a GSTIN, or of a code "27". */
const struct gst_state *gst_state(struct text);
/* gst_state_named(t): by name, for a firm that is not registered; case does not matter. */
const struct gst_state *gst_state_named(struct text);
#endif
