#include <stdlib.h>

#include "fcgi/login/login.h"
#include "people/password.h"

static const struct param sign_in_param[] = {
	PARAM_TEXT(struct sign_in, email, 3, 254, REQUIRED),
	PARAM_SECRET(struct sign_in, password, 1, 1024, REQUIRED),
};

static const struct route routes[] = {
	{ METHOD_GET, "/api/session", WHO_ANYONE, GUARD_NONE, NO_FORM, login_who,
	    "Who is signed in" },
	{ METHOD_POST, "/api/session", WHO_ANYONE, GUARD_ORIGIN,
	    FORM(sign_in_param, struct sign_in), login_sign_in, "Sign in" },
	{ METHOD_DELETE, "/api/session", WHO_ANYONE, GUARD_ORIGIN, NO_FORM, login_sign_out,
	    "Sign out" },
};

/* Half of the threads stay free for who is signed in already, whatever comes. */
static int
start(const struct config *conf)
{
	unsigned threads = (unsigned)atoi(conf->threads);

	return password_start(threads > 1 ? threads / 2 : 1);
}

static const struct program login = {
	.name = "login", .route = routes, .nroute = COUNT(routes),
	.stmt = login_stmt, .nstmt = LOGIN_STMTS,
	.body_max = 8 * KIB, .memory_max = 256 * KIB, .start = start,
};

int
main(int argc, char **argv)
{
	return host_run(&login, argc, argv);
}
