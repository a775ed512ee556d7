#include "fcgi/verify/verify.h"

#define FILE_MAX (12 * MIB)

/* A page for people takes whatever they typed and says what is wrong with it in words. */
static const char *
check_typed(struct ctx *c, const struct param *p, struct value v, void *to)
{
	struct text t = text_sub(v.t, 0, (size_t)p->max);

	(void)c;
	*(struct text *)to = text_utf8(t) ? t : T("");
	return NULL;
}
#define TYPED(m, from) \
	PARAM_(struct ask, m, struct text, "string", check_typed, 0, 80, false, from, NULL)

static const struct param number_param[] = {
	PATH_TEXT(struct ask, number, 1, 80),
	QUERY_TEXT(struct ask, code, 0, 40, OPTIONAL),
};
static const struct param page_param[] = {
	TYPED(number, FROM_PATH), TYPED(code, FROM_QUERY), TYPED(lang, FROM_QUERY),
};
static const struct param file_param[] = { QUERY_TEXT(struct ask, number, 1, 80, OPTIONAL) };

static const struct route routes[] = {
	{ METHOD_GET, "/api/verify/{number}", WHO_ANYONE, GUARD_NONE,
	    FORM(number_param, struct ask), on_number, "Is this certificate good?" },
	{ METHOD_POST, "/api/verify", WHO_ANYONE, GUARD_NONE | BODY_STREAM,
	    FORM(file_param, struct ask), on_file, "Is this file the certificate that was issued?" },
	{ METHOD_GET, "/verify/{number}", WHO_ANYONE, GUARD_NONE, FORM(page_param, struct ask),
	    on_page, "The same answer as a page" },
};

static const struct program verify = {
	.name = "verify", .route = routes, .nroute = COUNT(routes),
	.stmt = verify_stmt, .nstmt = VERIFY_STMTS, .no_sessions = true,
	.body_max = 1 * KIB, .upload_max = FILE_MAX, .memory_max = 16 * MIB, .start = verify_start,
};

int
main(int argc, char **argv)
{
	return host_run(&verify, argc, argv);
}
