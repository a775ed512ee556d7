/*
 * A query or an urlencoded body in the first line, a JSON body behind it, and both through a form
 * with every kind of member.
 */
#include "tests/fuzz/fuzz.h"
#include "web/param.h"

const size_t fuzz_memory = 1 * MIB;	/* of payment, which has the least */

#define PAIRS 16

struct sample {
	int64_t id, count, page;
	bool yes;
	struct text name, note, secret, kind, content, words, state, q;
};

static const char *const kinds[] = { "invoice", "packing_list", NULL };

static const struct param params[] = {
	PARAM_INT(struct sample, count, -5, 500, OPTIONAL),
	PARAM_BOOL(struct sample, yes, OPTIONAL),
	PARAM_TEXT(struct sample, name, 1, 40, REQUIRED),
	PARAM_LINES(struct sample, note, 0, 200, OPTIONAL),
	PARAM_SECRET(struct sample, secret, 8, 100, OPTIONAL),
	PARAM_CHOICE(struct sample, kind, kinds, OPTIONAL),
	PARAM_DOCUMENT(struct sample, content, 4096, OPTIONAL),
	PARAM_WORDS(struct sample, words, 400, OPTIONAL),
	QUERY_INT(struct sample, page, 1, 100, OPTIONAL),
	QUERY_TEXT(struct sample, q, 0, 60, OPTIONAL),
	QUERY_CHOICE(struct sample, state, kinds, OPTIONAL),
};
static const struct form form = FORM(params, struct sample);

void
fuzz_start(void)
{
}

static struct text
encoded(struct ctx *c, const struct pair *p, size_t n)
{
	struct text out = T("");

	for (size_t i = 0; i < n; i++) {
		struct text part[2] = { p[i].name, p[i].value };

		for (int k = 0; k < 2; k++) {
			char *to = ctx_alloc(c, part[k].n * 3 + 1);

			for (size_t j = 0; j < part[k].n; j++) {
				static const char hex[] = "0123456789ABCDEF";
				unsigned char b = (unsigned char)part[k].p[j];

				to[j * 3] = '%';
				to[j * 3 + 1] = hex[b >> 4];
				to[j * 3 + 2] = hex[b & 15];
			}
			out = text_fmt(c, "%.*s%s%s", TEXT_F(out), k == 1 ? "=" : i > 0 ? "&" : "", to);
		}
	}
	return out;
}

/* Pairs written and read again are the same pairs. */
static void
again(struct ctx *c, const struct pair *p, size_t n)
{
	struct pair q[PAIRS];
	struct mark m = ctx_mark(c);
	size_t k;

	MUST(query_read(c, encoded(c, p, n), q, PAIRS, &k) == 0 && k == n);
	for (size_t i = 0; i < n; i++)
		MUST(text_eq(p[i].name, q[i].name) && text_eq(p[i].value, q[i].value));
	ctx_rewind(c, m);
}

static void
bound(const struct sample *s)
{
	MUST(s->count >= -5 && s->count <= 500 && s->page >= 0 && s->page <= 100);
	MUST(s->name.n >= 1 && s->name.n <= 40 && s->note.n <= 200 && s->q.n <= 60);
	MUST(s->content.n <= 4096 && s->words.n <= 400);
	MUST(text_utf8(s->name) && text_utf8(s->note) && text_utf8(s->secret) && text_utf8(s->q));
	MUST(text_find(s->name, '\n') == s->name.n && text_find(s->note, '\0') == s->note.n);
	MUST(s->kind.n == 0 || text_is(s->kind, kinds[0]) || text_is(s->kind, kinds[1]));
}

void
fuzz(struct ctx *c, struct text in)
{
	struct pair query[PAIRS];
	struct given given = { .query = query };
	struct sample s = { .id = 0 };
	struct text line = fuzz_line(&in);

	if (query_read(c, line, query, PAIRS, &given.nquery) != 0) {
		MUST(c->problem.kind == PROBLEM_SYNTAX);
		return;
	}
	again(c, query, given.nquery);
	if (in.n > 64 * KIB || (in.n > 0 && json_read(c, in, &given.body) != 0) ||
	    !json_object_is_type(given.body, given.body == NULL ? json_type_null : json_type_object))
		return;
	if (param_bind(c, &form, &given, &s) == 0)
		bound(&s);
	else
		MUST(c->problem.kind == PROBLEM_INPUT && c->problem.nfault > 0);
	MUST(json_problem(c).n > 0);
}
