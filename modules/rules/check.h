/*
 * check - everything that would send an application back, found before it is submitted.
 *
 * Errors block the submission; warnings are shown to the exporter and to the officer.  The rules
 * are a table of short functions; they come from HBP 2.93 and from what chambers say they return
 * applications for (docs of the subject, sections 5 and 22).
 *
 * Trust:   the content is the exporter's; texts are quoted in reasons, cut to a readable length.
 * Memory:  the strings of a finding live in the ctx.
 * Fails:   never; what does not fit into ${cap} findings is left out, warnings before errors.
 * Needs:   nothing.
 */
#ifndef RULES_CHECK_H
#define RULES_CHECK_H
#include "rules/application.h"

#define FINDINGS_MAX FAULTS_MAX

struct finding { struct fault fault; bool warning; };

struct application {
	const struct content *content;
	const struct firm *firm;
	const struct attached *attached;
	size_t nattached;
	const struct rule_set *rules;
	int64_t today;			/* days since 1970, Indian date */
};

/* check_application(c, application, out, cap): how many findings were written to ${out}. */
size_t check_application(struct ctx *, const struct application *, struct finding *, size_t);

/* check_errors(findings, n): how many of them block. */
size_t check_errors(const struct finding *, size_t);
#endif
