#include "host/program.h"

/* Match "/api/x/{id}" against "/api/x/7"; the pairs get {id} = 7. */
static bool
matches(const char *template, struct text path, struct pair *pair, size_t cap, size_t *n)
{
	struct cursor want = cursor_of(text_of(template)), have = cursor_of(path);

	*n = 0;
	while (!at_end(&want)) {
		struct text w = take_word(&want, '/'), h;

		if (at_end(&have))
			return false;
		h = take_word(&have, '/');
		if (w.n > 2 && w.p[0] == '{') {
			if (h.n == 0 || *n == cap)
				return false;
			pair[(*n)++] = (struct pair){ text_sub(w, 1, w.n - 2), h };
		} else if (!text_eq(w, h))
			return false;
	}
	return at_end(&have) && (path.n == 0 || path.p[path.n - 1] != '/');
}

const struct route *
route_find(struct ctx *c, const struct program *p, enum method method, struct text path,
    struct pair *pair, size_t cap, size_t *n)
{
	bool known = false;

	for (size_t i = 0; i < p->nroute; i++) {
		if (!matches(p->route[i].path, path, pair, cap, n))
			continue;
		if (p->route[i].method == method)
			return &p->route[i];
		known = true;
	}
	(void)problem_set(c, known ? PROBLEM_METHOD : PROBLEM_MISSING, "no route");
	return NULL;
}
