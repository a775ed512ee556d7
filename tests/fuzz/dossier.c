/*
 * The content of an application and a firm's record: read, checked against all rules, and written
 * canonically, which is a fixed point.
 */
#include "dossier/dossier.h"
#include "dossier/member.h"
#include "rules/check.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 16 * MIB;	/* of application, review and verify */

static const struct rule_set rules = { .code = { "NP-BASE", 7 }, .inputs_required = true };

void
fuzz_start(void)
{
}

static void
canonical(struct ctx *c, struct text in)
{
	struct json_object *o, *p;
	struct text once, twice;

	if (document_read(c, in, DOSSIER_MAX, &o) != 0 || dossier_canonical(c, o, &once) != 0)
		return;
	MUST(text_utf8(once));
	MUST(document_read(c, once, SIZE_MAX, &p) == 0 && dossier_canonical(c, p, &twice) == 0);
	MUST(text_eq(once, twice));
}

static void
checked(struct ctx *c, const struct content *content, const struct firm *firm)
{
	static const struct attached none = { .size = 0 };
	static struct finding found[FINDINGS_MAX];
	struct application a = { content, firm, &none, 0, &rules, 20782 };
	size_t n = check_application(c, &a, found, COUNT(found));

	MUST(n <= COUNT(found) && check_errors(found, n) <= n);
	for (size_t i = 0; i < n; i++)
		MUST(found[i].fault.field != NULL && found[i].fault.code != NULL &&
		    text_utf8(text_of(found[i].fault.reason)));
}

void
fuzz(struct ctx *c, struct text in)
{
	struct content content = { .nitems = 0 };
	struct firm firm = { .iec = T("") };
	struct dossier d = { .id = 1, .agency = T("NCE"), .office = T("Chennai"), .rule_set = rules.code,
		.exporter = in, .content = in, .declaration_text = T("We declare.") };
	struct text bytes;
	int firm_read = dossier_firm(c, in, &firm), read;

	MUST((firm_read == 0) == (c->problem.kind == PROBLEM_NONE));
	problem_clear(&c->problem);
	read = dossier_read(c, in, &content);
	MUST((read == 0) == (c->problem.kind == PROBLEM_NONE));
	problem_clear(&c->problem);
	checked(c, &content, &firm);
	canonical(c, in);
	problem_clear(&c->problem);
	if (dossier_signed(c, &d, &bytes) == 0)
		MUST(text_utf8(bytes));
}
