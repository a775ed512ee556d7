#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "rules/check_private.h"

#define QUOTE_MAX 60

/* The words of every finding; {a} and {b} are its values.  The codes are the translations' keys. */
static const struct { const char *code, *words; } reasons[] = {
	{ "missing",		"{a} is needed." },
	{ "document-missing",	"A document is needed: {a}." },
	{ "country-unknown",	"{a} is not the code of a country." },
	{ "importing-india",	"The importing country is India: this certificate is for exports." },
	{ "consignee-in-india",	"The consignee is in India: this certificate is for exports." },
	{ "mode-unknown",	"{a} is not a means of transport." },
	{ "port-malformed",	"{a} is not a UN/LOCODE: five letters, such as INMAA." },
	{ "not-a-date",		"{a} is not a date." },
	{ "date-in-future",	"The date {a} is in the future." },
	{ "currency-unknown",	"{a} is not the code of a currency." },
	{ "incoterm-unknown",	"{a} is not a delivery term of Incoterms 2020." },
	{ "not-a-number",	"{a} is not a number with at most {b} decimals." },
	{ "not-positive",	"This has to be more than zero." },
	{ "repeated",		"{a} is given twice." },
	{ "hs-malformed",	"{a} is not an HS code: 8 digits, or the first 6 of them." },
	{ "marks-missing",	"Marks are needed. If the packages have none, write N/M." },
	{ "packages-zero",	"The first item needs a number of packages; 0 means \"in the same "
				"case as the line above\"." },
	{ "package-unknown",	"{a} is not the code of a kind of package." },
	{ "unit-unknown",	"{a} is not a unit quantity code." },
	{ "net-exceeds-gross",	"Net weight ({a} kg) is more than gross weight ({b} kg)." },
	{ "origin-contradicts",	"The item is stated to be wholly Indian, but an input of it comes "
				"from {a}: {b}." },
	{ "operations-missing",	"Imported inputs were used: say what was done to them in India." },
	{ "operation-unknown",	"{a} is not one of the operations." },
	{ "insufficient-operation",
				"Imported inputs were only put through operation {a} of HBP "
				"2.93(a)(II), which does not make the goods Indian." },
	{ "inputs-missing",	"The inputs used, with quantity and origin, are needed." },
	{ "input-item",		"There is no item {a}." },
	{ "iec-malformed",	"{a} is not an IEC." },
	/* From here on warnings. */
	{ "proforma",		"{a} looks like a proforma: the commercial invoice is needed." },
	{ "abbreviation",	"Write the name of the country in full instead of {a}." },
	{ "goods-vague",	"\"{a}\" may be too little for customs: say what the goods are." },
	{ "country-repeated",	"{a} stands in the address, and is printed below it once more." },
	{ "countries-differ",	"The consignee is in {b}, but the importing country is {a}." },
	{ "left-before-invoice","The goods leave on {a}, before the date of the invoice ({b})." },
	{ "retrospective",	"The goods left on {a}: box 4 will say ISSUED RETROSPECTIVELY." },
	{ "to-order",		"The name says \"to order\", but \"to order\" is not ticked." },
	{ "loading-abroad",	"The port of loading {a} is not in India." },
	{ "hs-short",		"{a} has 6 digits: Indian tariff lines have 8." },
	{ "item-without-input",	"No input is stated for this item." },
	{ "input-not-stated",	"The item is stated to have imported inputs, but none is listed." },
	{ "duty-unstated",	"Say whether duty was paid on this import." },
	{ "marks-count",	"The marks count up to {a}, but there are {b} packages." },
	{ "marks-origin",	"The marks or the description name another origin: {a}." },
	{ "gstin-mistyped",	"The GSTIN {a} of the exporter does not check." },
};

/* Errors first: if the list is full, warnings are what is left out. */
static const struct { rule *run; bool warning; } rules[] = {
	{ rule_needed,	     false },
	{ rule_importing,    false },
	{ rule_consignee,    false },
	{ rule_transport,    false },
	{ rule_invoices,     false },
	{ rule_items,	     false },
	{ rule_origin,	     false },
	{ rule_inputs,	     false },
	{ rule_documents,    false },
	{ rule_exporter,     false },
	{ warn_proforma,     true },
	{ warn_abbreviations, true },
	{ warn_goods,	     true },
	{ warn_address,	     true },
	{ warn_destination,  true },
	{ warn_dates,	     true },
	{ warn_to_order,     true },
	{ warn_loading,	     true },
	{ warn_tariff,	     true },
	{ warn_inputs,	     true },
	{ warn_marks,	     true },
	{ warn_exporter,     true },
};

static const char *
words_of(const char *code)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (strcmp(reasons[i].code, code) == 0)
			return reasons[i].words;
	abort();	/* a rule without words is our mistake */
}

/* What fits into a sentence, cut between characters. */
static struct text
quote(struct text t)
{
	size_t n = t.n < QUOTE_MAX ? t.n : QUOTE_MAX;

	while (n < t.n && n > 0 && ((unsigned char)t.p[n] & 0xc0) == 0x80)
		n--;
	return text_sub(t, 0, n);
}

static const char *
fill(struct ctx *c, const char *words, struct text a, struct text b)
{
	size_t cap = strlen(words) + 2 * (a.n + b.n) + 1, n = 0;
	char *out = ctx_alloc(c, cap);

	for (; *words != '\0'; words++) {
		bool first = strncmp(words, "{a}", 3) == 0;

		if (!first && strncmp(words, "{b}", 3) != 0) {
			out[n++] = *words;
			continue;
		}
		struct text value = first ? a : b;

		if (value.n > 0)
			memcpy(out + n, value.p, value.n);
		n += value.n;
		words += 2;
	}
	return out;
}

void
found(struct check *k, const char *field, const char *code, struct text a, struct text b)
{
	a = quote(a);
	b = quote(b);
	if (k->n == k->cap)
		return;
	k->out[k->n++] = (struct finding){
		{ field, code, fill(k->c, words_of(code), a, b),
		    a.p == NULL ? NULL : text_c(k->c, a), b.p == NULL ? NULL : text_c(k->c, b) },
		k->warning,
	};
}

void
needed(struct check *k, const char *field, const char *label)
{
	found(k, field, "missing", text_of(label), NOTHING);
}

const char *
field_of(struct check *k, const char *list, size_t i, const char *member)
{
	return text_fmt(k->c, "%s[%zu].%s", list, i, member).p;
}

void
known(struct check *k, const char *field, const struct code_list *list, struct text t,
    const char *code)
{
	if (t.n > 0 && code_find(list, t) == NULL)
		found(k, field, code, t, NOTHING);
}

void
positive(struct check *k, const char *field, const struct amount *a, unsigned places)
{
	if (a->n == UNREADABLE)
		found(k, field, "not-a-number", a->typed, text_fmt(k->c, "%u", places));
	else if (a->n == 0)
		found(k, field, "not-positive", a->typed, NOTHING);
}

bool
date_of(struct check *k, const char *field, struct text t, int64_t *day)
{
	if (t.n == 0)
		return false;
	if (clock_date(t, day))
		return true;
	found(k, field, "not-a-date", t, NOTHING);
	return false;
}

static bool
inside_word(struct text t, size_t i)
{
	unsigned char b = i < t.n ? (unsigned char)t.p[i] : ' ';

	return b >= 0x80 || (b >= '0' && b <= '9') || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
}

bool
holds(struct text t, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; n <= t.n && i <= t.n - n; i++)
		if (strncasecmp(t.p + i, word, n) == 0 && !inside_word(t, i + n) &&
		    (i == 0 || !inside_word(t, i - 1)))
			return true;
	return false;
}

bool
imported(const struct input *input)
{
	return input->origin.n > 0 && !text_is(input->origin, "IN");
}

bool
input_is_for(const struct input *input, size_t i)
{
	return input->item <= 0 || (uint64_t)input->item == i + 1;
}

size_t
check_application(struct ctx *c, const struct application *a, struct finding *out, size_t cap)
{
	struct check k = { .c = c, .a = a, .content = a->content, .out = out, .cap = cap };

	for (size_t i = 0; i < COUNT(rules); i++) {
		k.warning = rules[i].warning;
		rules[i].run(&k);
	}
	return k.n;
}

size_t
check_errors(const struct finding *f, size_t n)
{
	size_t errors = 0;

	for (size_t i = 0; i < n; i++)
		errors += !f[i].warning;
	return errors;
}
