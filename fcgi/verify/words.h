/*
 * words - what the page of an answer says, in English and Hindi.
 *
 * Trust:   constant.
 * Memory:  constant; words_json() in the ctx.
 * Fails:   never.
 * Needs:   nothing.
 */
#ifndef VERIFY_WORDS_H
#define VERIFY_WORDS_H
#include "web/json.h"

enum language { ENGLISH, HINDI, LANGUAGES };

/* language_of(asked, header): ${asked} is ?lang=, ${header} Accept-Language. */
enum language language_of(struct text, struct text);
const char *language_code(enum language);
/* words_known(name): is there such a word? */
bool words_known(struct text);
/* words_json(c, language): {"title": "...", ...}. */
struct json_object *words_json(struct ctx *, enum language);
/* words_date(c, language, rfc3339): "24 Nov 2026", the day in India; empty for the empty text. */
struct text words_date(struct ctx *, enum language, struct text);
/* words_moment(c, language, t): "24 Nov 2026, 14:30 IST". */
struct text words_moment(struct ctx *, enum language, int64_t);
#endif
