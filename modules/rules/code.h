/*
 * code - the lists of codes that an application may use, with their names in English.
 *
 * Countries (ISO 3166-1), kinds of package (UN/ECE Rec 21), units of quantity (UQC of the Indian
 * customs), currencies (ISO 4217), means of transport, Incoterms 2020, and the ten operations of
 * HBP 2.93(a)(II) that do not give origin to imported inputs.  The website's copies in static/data
 * are kept equal to these by the unit test.
 *
 * Trust:   the code looked for may be anybody's.
 * Memory:  constant tables; package_words() allocates in its ctx.
 * Fails:   a code that is not in the list gives NULL.
 * Needs:   nothing.
 */
#ifndef RULES_CODE_H
#define RULES_CODE_H
#include "base/ctx.h"

/* ${plural} is for packages: "carton", "cartons"; NULL if there is nothing to count. */
struct code { const char *code, *name, *plural; };
struct code_list { const struct code *row; size_t n; };

extern const struct code_list countries;	/* "DE", "Germany" */
extern const struct code_list packages;		/* "CT", "carton", "cartons" */
extern const struct code_list units;		/* "KGS", "Kilograms" */
extern const struct code_list currencies;	/* "EUR", "Euro" */
extern const struct code_list modes;		/* "sea", "By sea" */
extern const struct code_list incoterms;	/* "FOB", "Free On Board" */
extern const struct code_list ports;	/* "INMAA", "Chennai"; frequent ones, others are legal too */
extern const struct code_list operations;	/* "i" .. "x", with the words of the handbook */

/* code_find(list, code): the row of exactly this code, or NULL. */
const struct code *code_find(const struct code_list *, struct text);

/* code_name(list, code): its name, or the code itself when the list does not have it. */
struct text code_name(const struct code_list *, struct text);

/* package_words(c, n, code): "120 cartons", "1 carton", "in bulk, liquid". */
struct text package_words(struct ctx *, int64_t, struct text);

/* port_form(t): five letters or digits as in UN/LOCODE, the first two a known country. */
bool port_form(struct text) MUST_CHECK;
#endif
