/*
 * check_private - what the rules of check_*.c share.
 *
 * Trust:   see check.h.
 * Memory:  strings live in the ctx.
 * Fails:   never.
 * Needs:   nothing.
 */
#ifndef RULES_CHECK_PRIVATE_H
#define RULES_CHECK_PRIVATE_H
#include "rules/check.h"
#include "rules/code.h"

/* One run over one application. */
struct check {
	struct ctx *c;
	const struct application *a;
	const struct content *content;
	struct finding *out;
	size_t	n, cap;
	bool	warning;	/* what the rule that runs now finds */
};

#define NOTHING ((struct text){ NULL, 0 })

/* found(k, field, code, a, b): record it; the words are in the table of check.c. */
void found(struct check *, const char *, const char *, struct text, struct text);

/* needed(k, field, label): record that a field is empty. */
void needed(struct check *, const char *, const char *);

/* field_of(k, "items", 2, "hs"): "items[2].hs". */
const char *field_of(struct check *, const char *, size_t, const char *);

/* The value must be in the list, if there is one: or ${code}. */
void known(struct check *, const char *, const struct code_list *, struct text, const char *);

/* A number, if there is one, must be readable and more than nothing. */
void positive(struct check *, const char *, const struct amount *, unsigned);

/* date_of(k, field, t, day): false, and a finding, if it is no date; false alone if absent. */
bool date_of(struct check *, const char *, struct text, int64_t *);

/* holds(t, word): ${word} stands in ${t} by itself, in any case. */
bool holds(struct text, const char *);

bool imported(const struct input *);		/* from a country that is not India */
bool input_is_for(const struct input *, size_t);	/* the item of this index, or all items */

typedef void rule(struct check *);
rule rule_needed, rule_importing, rule_consignee, rule_transport, rule_invoices, rule_documents,
    rule_exporter;
rule rule_items, rule_origin, rule_inputs;
rule warn_proforma, warn_abbreviations, warn_goods, warn_address, warn_destination, warn_dates,
    warn_to_order, warn_loading, warn_tariff, warn_inputs, warn_marks, warn_exporter;
#endif
