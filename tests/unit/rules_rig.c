#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "dossier/dossier.h"
#include "rules_rig.h"

struct ctx c;
static unsigned char block[8 * 1024 * 1024];

static const struct text required[] = { { "invoice", 7 }, { "packing_list", 12 } };
static const struct rule_set base = {
	.code = { "NP-BASE", 7 }, .documents = { required, 2 }, .inputs_required = true,
};
static const struct attached papers[] = {
	{ .kind = { "invoice", 7 }, .name = { "invoice.pdf", 11 } },
	{ .kind = { "packing_list", 12 }, .name = { "packing.pdf", 11 } },
};

struct content content;
struct firm firm;
struct finding findings[FINDINGS_MAX];

struct application
application(size_t i)
{
	struct sample s;
	int64_t today;

	ctx_begin(&c);
	s = sample(&c, i);
	assert_int_equal(dossier_read(&c, s.content, &content), 0);
	assert_int_equal(dossier_firm(&c, s.exporter, &firm), 0);
	assert_true(clock_date(T("2026-11-12"), &today));
	return (struct application){ &content, &firm, papers, COUNT(papers), &base, today };
}

size_t
check(const struct application *a)
{
	return check_application(&c, a, findings, FINDINGS_MAX);
}

const struct finding *
find(size_t n, const char *field, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(findings[i].fault.code, code) == 0 &&
		    strcmp(findings[i].fault.field, field) == 0)
			return &findings[i];
	return NULL;
}

void
show(size_t n)
{
	for (size_t i = 0; i < n; i++)
		print_message("%s %s %s: %s\n", findings[i].warning ? "warning" : "error",
		    findings[i].fault.field, findings[i].fault.code, findings[i].fault.reason);
}

int
open_block(void **state)
{
	(void)state;
	ctx_open(&c, block, sizeof block);
	return 0;
}

int
close_block(void **state)
{
	(void)state;
	ctx_begin(&c);		/* releases the trees of the last test */
	return 0;
}
