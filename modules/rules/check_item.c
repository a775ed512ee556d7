#include "rules/check_private.h"

#define BEYOND "beyond"

/* Six digits or eight, of a chapter that exists: 77 is kept free, 99 is for services. */
static bool
hs_ok(struct text t)
{
	int64_t n;
	int chapter;

	if ((t.n != 6 && t.n != 8) || t.p[0] == '-' || !text_int(t, &n))
		return false;
	chapter = (t.p[0] - '0') * 10 + t.p[1] - '0';
	return chapter >= 1 && chapter <= 98 && chapter != 77;
}

static void
item_goods(struct check *k, size_t i, const struct item *it)
{
	if (it->hs.n == 0)
		needed(k, field_of(k, "items", i, "hs"), "The HS code");
	else if (!hs_ok(it->hs))
		found(k, field_of(k, "items", i, "hs"), "hs-malformed", it->hs, NOTHING);
	if (it->description.n == 0)
		needed(k, field_of(k, "items", i, "description"), "The description of the goods");
	if (it->marks.n == 0)
		found(k, field_of(k, "items", i, "marks"), "marks-missing", NOTHING, NOTHING);
}

/* 0 packages: in the same case as the line above.  Goods in bulk have nothing to count. */
static void
item_packages(struct check *k, size_t i, const struct item *it)
{
	const struct code *kind = code_find(&packages, it->package_kind);
	bool counted = kind == NULL || kind->plural != NULL;

	known(k, field_of(k, "items", i, "package_kind"), &packages, it->package_kind,
	    "package-unknown");
	if (it->package_kind.n == 0 && it->packages != 0)
		needed(k, field_of(k, "items", i, "package_kind"), "The kind of package");
	if (counted && it->packages == ABSENT)
		needed(k, field_of(k, "items", i, "packages"), "The number of packages");
	if (counted && it->packages == 0 && i == 0)
		found(k, field_of(k, "items", i, "packages"), "packages-zero", NOTHING, NOTHING);
}

static void
item_weights(struct check *k, size_t i, const struct item *it)
{
	const char *gross = field_of(k, "items", i, "gross_kg");

	if (it->gross_kg.n == ABSENT)
		needed(k, gross, "The gross weight");
	positive(k, gross, &it->gross_kg, WEIGHT_PLACES);
	positive(k, field_of(k, "items", i, "net_kg"), &it->net_kg, WEIGHT_PLACES);
	if (it->gross_kg.n >= 0 && it->net_kg.n > it->gross_kg.n)
		found(k, gross, "net-exceeds-gross", it->net_kg.typed, it->gross_kg.typed);
}

static void
quantity(struct check *k, const char *list, size_t i, const struct amount *n, struct text uqc)
{
	positive(k, field_of(k, list, i, "quantity"), n, QUANTITY_PLACES);
	known(k, field_of(k, list, i, "uqc"), &units, uqc, "unit-unknown");
	if (n->n != ABSENT && uqc.n == 0)
		needed(k, field_of(k, list, i, "uqc"), "The unit of the quantity");
}

void
rule_items(struct check *k)
{
	static void (*const rules[])(struct check *, size_t, const struct item *) = {
		item_goods, item_packages, item_weights,
	};
	const struct item *it = k->content->items;

	for (size_t i = 0; i < k->content->nitems; i++) {
		for (size_t r = 0; r < COUNT(rules); r++)
			rules[r](k, i, &it[i]);
		quantity(k, "items", i, &it[i].quantity, it[i].uqc);
	}
}

/* HBP 2.93(a)(II): none of the ten, alone or together, is enough for imported inputs. */
static void
item_operations(struct check *k, size_t i, const struct item *it)
{
	const char *field = field_of(k, "items", i, "operations");
	struct text done = { "", 0 };

	for (size_t n = 0; n < it->operations.n; n++) {
		struct text op = it->operations.p[n];

		if (text_is(op, BEYOND))
			return;
		known(k, field, &operations, op, "operation-unknown");
		done = text_fmt(k->c, "%.*s%s(%.*s)", TEXT_F(done), n == 0 ? "" : ", ", TEXT_F(op));
	}
	if (it->operations.n == 0)
		found(k, field, "operations-missing", NOTHING, NOTHING);
	else
		found(k, field, "insufficient-operation", done, NOTHING);
}

/* An imported input of an item that is said to be wholly Indian. */
static void
contradiction(struct check *k, size_t i)
{
	for (size_t n = 0; n < k->content->ninputs; n++) {
		const struct input *in = &k->content->inputs[n];

		/* An input without an item may belong to another one. */
		if (imported(in) && in->item > 0 && input_is_for(in, i)) {
			found(k, field_of(k, "items", i, "origin"), "origin-contradicts",
			    code_name(&countries, in->origin), in->description);
			return;
		}
	}
}

void
rule_origin(struct check *k)
{
	bool processed = false;

	for (size_t i = 0; i < k->content->nitems; i++) {
		const struct item *it = &k->content->items[i];

		if (text_is(it->origin, "processed")) {
			item_operations(k, i, it);
			processed = true;
		} else if (text_is(it->origin, "wholly"))
			contradiction(k, i);
		else
			needed(k, field_of(k, "items", i, "origin"), "The origin of the inputs");
	}
	if (processed && k->content->process.n == 0)
		needed(k, "process", "How the goods were made");
}

/* Imports that belong to no item in particular must have been processed in one of them. */
static bool
some_processed(const struct content *c)
{
	for (size_t i = 0; i < c->nitems; i++)
		if (text_is(c->items[i].origin, "processed"))
			return true;
	return false;
}

static void
input(struct check *k, size_t i, const struct input *in)
{
	if (in->description.n == 0)
		needed(k, field_of(k, "inputs", i, "description"), "The description of the input");
	if (in->origin.n == 0)
		needed(k, field_of(k, "inputs", i, "origin"), "The country of origin of the input");
	if (in->quantity.n == ABSENT && k->a->rules->inputs_required)
		needed(k, field_of(k, "inputs", i, "quantity"), "The quantity of the input");
	if (in->item > 0 && (uint64_t)in->item > k->content->nitems)
		found(k, field_of(k, "inputs", i, "item"), "input-item",
		    text_fmt(k->c, "%lld", (long long)in->item), NOTHING);
	if (in->hs.n > 0 && !hs_ok(in->hs))
		found(k, field_of(k, "inputs", i, "hs"), "hs-malformed", in->hs, NOTHING);
	known(k, field_of(k, "inputs", i, "origin"), &countries, in->origin, "country-unknown");
	quantity(k, "inputs", i, &in->quantity, in->uqc);
	positive(k, field_of(k, "inputs", i, "value_inr"), &in->value_inr, MONEY_PLACES);
	if (imported(in) && in->item <= 0 && k->content->nitems > 0 && !some_processed(k->content))
		found(k, field_of(k, "inputs", i, "origin"), "origin-contradicts",
		    code_name(&countries, in->origin), in->description);
}

void
rule_inputs(struct check *k)
{
	if (k->a->rules->inputs_required && k->content->ninputs == 0)
		found(k, "inputs", "inputs-missing", NOTHING, NOTHING);
	for (size_t i = 0; i < k->content->ninputs; i++)
		input(k, i, &k->content->inputs[i]);
}
