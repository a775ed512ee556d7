#include <inttypes.h>

#include "rules/code.h"

const struct code *
code_find(const struct code_list *list, struct text code)
{
	for (size_t i = 0; i < list->n; i++)
		if (text_is(code, list->row[i].code))
			return &list->row[i];
	return NULL;
}

struct text
code_name(const struct code_list *list, struct text code)
{
	const struct code *row = code_find(list, code);

	return row == NULL ? code : text_of(row->name);
}

struct text
package_words(struct ctx *c, int64_t n, struct text code)
{
	const struct code *row = code_find(&packages, code);

	if (row == NULL)
		return text_fmt(c, "%" PRId64 " %.*s", n, TEXT_F(code));
	if (row->plural == NULL)
		return text_of(row->name);
	return text_fmt(c, "%" PRId64 " %s", n, n == 1 ? row->name : row->plural);
}

bool
port_form(struct text t)
{
	if (t.n != 5 || code_find(&countries, text_sub(t, 0, 2)) == NULL)
		return false;
	for (size_t i = 2; i < t.n; i++)
		if (!(t.p[i] >= 'A' && t.p[i] <= 'Z') && !(t.p[i] >= '2' && t.p[i] <= '9'))
			return false;
	return true;
}
