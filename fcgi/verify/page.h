/*
 * page - HTML from a template, filled strictly: everything that is put in is escaped.
 *
 *	{{name}} {{part.name}}		a text of the model
 *	{{#if name}} .. {{else}} .. {{/if}}	there and neither empty nor false
 *	{{#each name}} .. {{/each}}	for every row of a list: {{.member}}, or {{.}} for a text
 *
 * A comment before the document is left out.  The template is read once, before the jail; a word
 * that the model does not have, or a part that is not closed, ends the program.
 *
 * Trust:   the template is ours; the model holds hostile text.
 * Memory:  the template for the life of the process, the page in the ctx.
 * Fails:   page_load() says a sentence; filling cannot fail.
 * Needs:   read access at start.
 */
#ifndef VERIFY_PAGE_H
#define VERIFY_PAGE_H
#include "web/json.h"

struct page;

/* page_load(path, known): ${known} says which names the model may have. */
struct page *page_load(const char *, bool (*)(struct text)) MUST_CHECK;
void page_free(struct page *);		/* NULL is allowed */
struct text page_fill(struct ctx *, const struct page *, struct json_object *);
#endif
