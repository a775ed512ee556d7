/*
 * param - untrusted input into a typed struct through a const table, or every reason why not.
 *
 * A value comes from the path ({id}), the query, or the JSON body, as its row says; which names
 * are allowed is the table too: unknown, repeated, missing and malformed names are all reported.
 *
 * Trust:   names and values are the client's; what lands in the struct has passed its checker.
 * Memory:  text members borrow from the request or live in its ctx.
 * Fails:   PROBLEM_INPUT with every fault listed.
 * Needs:   nothing.
 */
#ifndef WEB_PARAM_H
#define WEB_PARAM_H
#include "web/json.h"

struct pair { struct text name, value; };

enum param_from { FROM_BODY, FROM_QUERY, FROM_PATH };

/* One value as it came: text from a path or query, or a JSON value. */
struct value { bool json; struct text t; struct json_object *o; };

struct param {
	const char *name;
	const char *type;		/* for the API description */
	const char *(*check)(struct ctx *, const struct param *, struct value, void *);
	size_t	off;			/* where the typed value goes */
	int64_t	min, max;		/* of the value, or of its length in bytes */
	bool	required;
	enum param_from from;
	const char *const *choice;	/* NULL-terminated; check_choice() */
};

#define REQUIRED true
#define OPTIONAL false

/*
 * A checker stores the typed value and returns NULL, or returns the fault's code.  The codes and
 * their words: param_reason().
 */
const char *check_int(struct ctx *, const struct param *, struct value, void *);
const char *check_bool(struct ctx *, const struct param *, struct value, void *);
const char *check_text(struct ctx *, const struct param *, struct value, void *);	/* one line */
const char *check_lines(struct ctx *, const struct param *, struct value, void *);	/* may hold \n */
const char *check_secret(struct ctx *, const struct param *, struct value, void *);	/* untrimmed */
const char *check_choice(struct ctx *, const struct param *, struct value, void *);
const char *check_document(struct ctx *, const struct param *, struct value, void *);	/* JSON object */
const char *check_words(struct ctx *, const struct param *, struct value, void *);	/* ["a","b"] as JSON */

const char *param_reason(const char *code);

/* The checker and the member must agree on the type, or this does not compile. */
#define PARAM_TYPED(s, m, t, fn) _Generic(((s *)0)->m, t: (fn))
#define PARAM_(s, m, t, word, fn, lo, hi, req, where, ch)				\
	{ #m, (word), PARAM_TYPED(s, m, t, fn), offsetof(s, m), (lo), (hi), (req), (where), (ch) }
#define PARAM_INT(s, m, lo, hi, req) \
	PARAM_(s, m, int64_t, "integer", check_int, lo, hi, req, FROM_BODY, NULL)
#define PARAM_BOOL(s, m, req) \
	PARAM_(s, m, bool, "boolean", check_bool, 0, 0, req, FROM_BODY, NULL)
#define PARAM_TEXT(s, m, lo, hi, req) \
	PARAM_(s, m, struct text, "string", check_text, lo, hi, req, FROM_BODY, NULL)
#define PARAM_LINES(s, m, lo, hi, req) \
	PARAM_(s, m, struct text, "string", check_lines, lo, hi, req, FROM_BODY, NULL)
#define PARAM_SECRET(s, m, lo, hi, req) \
	PARAM_(s, m, struct text, "string", check_secret, lo, hi, req, FROM_BODY, NULL)
#define PARAM_CHOICE(s, m, list, req) \
	PARAM_(s, m, struct text, "string", check_choice, 0, 64, req, FROM_BODY, list)
#define PARAM_DOCUMENT(s, m, hi, req) \
	PARAM_(s, m, struct text, "object", check_document, 2, hi, req, FROM_BODY, NULL)
#define PARAM_WORDS(s, m, hi, req) \
	PARAM_(s, m, struct text, "array", check_words, 0, hi, req, FROM_BODY, NULL)
#define PATH_INT(s, m) \
	PARAM_(s, m, int64_t, "integer", check_int, 1, INT64_MAX, true, FROM_PATH, NULL)
#define PATH_TEXT(s, m, lo, hi) \
	PARAM_(s, m, struct text, "string", check_text, lo, hi, true, FROM_PATH, NULL)
#define QUERY_INT(s, m, lo, hi, req) \
	PARAM_(s, m, int64_t, "integer", check_int, lo, hi, req, FROM_QUERY, NULL)
#define QUERY_TEXT(s, m, lo, hi, req) \
	PARAM_(s, m, struct text, "string", check_text, lo, hi, req, FROM_QUERY, NULL)
#define QUERY_CHOICE(s, m, list, req) \
	PARAM_(s, m, struct text, "string", check_choice, 0, 64, req, FROM_QUERY, list)

struct form { const struct param *param; size_t n, size; };
#define FORM(table, s)	{ (table), COUNT(table), sizeof(s) }
#define NO_FORM		{ NULL, 0, 0 }

/* What there is to bind: pairs of the path and the query, and the body's object or NULL. */
struct given {
	const struct pair *path, *query;
	size_t npath, nquery;
	struct json_object *body;
};

/* param_bind(c, form, input, out): 0, or -1 with PROBLEM_INPUT. */
int param_bind(struct ctx *, const struct form *, const struct given *, void *) MUST_CHECK;

/* query_read(c, text, pairs, cap, n): split and percent-decode a=b&c=d; -1 with PROBLEM_SYNTAX. */
int query_read(struct ctx *, struct text, struct pair *, size_t, size_t *) MUST_CHECK;
#endif
