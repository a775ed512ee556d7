/*
 * The life of a request, in its written order.
 */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/journal.h"
#include "host/program.h"
#include "host/stmts.h"

#define MAX_PAIRS 16

static int
find_who(struct call *k, struct who *who)
{
	*who = (struct who){ .name = T("") };
	if (k->program->no_sessions)
		return 0;
	k->token = session_token(k->c, k->q->cookie);
	if (k->token.n == 0)
		return 0;
	if (db_one(k->c, k->d, HOST_WHO, ARGS(A_TEXT(k->token)), who) < 0)
		return -1;
	who->may = who_may(who);
	return 0;
}

/*
 * Cross-site requests are refused before roles are looked at.  Sec-Fetch-Site is sent by every
 * current browser and cannot be set by a page; where it is absent, Origin must be ours; a client
 * that sends neither is not a browser acting for somebody.
 */
static int
check_origin(struct call *k)
{
	const struct request *q = k->q;

	if (q->fetch_site.n > 0 ? text_is(q->fetch_site, "same-origin") :
	    q->origin.n == 0 || text_is(q->origin, k->conf->origin))
		return 0;
	return problem_set(k->c, PROBLEM_ORIGIN, "origin %.*s site %.*s",
	    TEXT_F(text_sub(q->origin, 0, 80)), TEXT_F(text_sub(q->fetch_site, 0, 20)));
}

static int
check_role(struct call *k, const struct route *r)
{
	if (r->who == WHO_ANYONE || (k->who->may & r->who) != 0)
		return 0;
	return problem_set(k->c, k->who->person == 0 ? PROBLEM_LOGIN : PROBLEM_DENIED, "role");
}

static int
read_body(struct call *k, const struct route *r, struct json_object **body)
{
	*body = NULL;
	if (r->method == METHOD_GET || (r->guard & BODY_STREAM) != 0)
		return 0;
	if (k->q->length > (int64_t)k->program->body_max)
		return problem_set(k->c, PROBLEM_LARGE, "body of %" PRId64, k->q->length);
	if (request_body(k->c, k->q, &k->body) != 0)
		return -1;
	if (k->body.n == 0)
		return 0;
	if (!text_is_nocase(text_sub(k->q->type, 0, 16), "application/json"))
		return problem_say(k->c, PROBLEM_TYPE, "Send application/json.");
	if (json_read(k->c, k->body, body) != 0)
		return -1;
	if (!json_object_is_type(*body, json_type_object))
		return problem_say(k->c, PROBLEM_SYNTAX, "The body has to be a JSON object.");
	return 0;
}

static int
answer(struct call *k, struct who *who)
{
	struct pair path[MAX_PAIRS], query[MAX_PAIRS];
	struct given in = { .path = path, .query = query };
	const struct route *r = route_find(k->c, k->program, k->q->method, k->q->path, path,
	    MAX_PAIRS, &in.npath);
	void *form;

	if (r == NULL)
		return -1;
	k->route = r;
	if (find_who(k, who) != 0 ||
	    ((r->guard & GUARD_NONE) == 0 && r->method != METHOD_GET && check_origin(k) != 0) ||
	    check_role(k, r) != 0 ||
	    query_read(k->c, k->q->query, query, MAX_PAIRS, &in.nquery) != 0 ||
	    read_body(k, r, &in.body) != 0)
		return -1;
	form = ctx_alloc(k->c, r->form.size + 1);
	if (param_bind(k->c, &r->form, &in, form) != 0)
		return -1;
	return r->does(k, form);
}

static int
health(struct call *k)
{
	struct json_object *o = json_new(k->c);

	json_set_bool(o, "ok", true);
	return reply_json(k->c, k->out, 200, o);
}

static void
fail(struct call *k)
{
	*k->out = (struct reply){ .file = -1, .nheader = 0 };
	(void)reply_bytes(k->out, "application/problem+json", json_problem(k->c));
	k->out->status = problem_rows[k->c->problem.kind].status;
	if (k->out->status == 503 || k->out->status == 429)
		reply_header(k->out, "Retry-After", T("2"));
}

static bool
has_header(const struct reply *out, const char *name)
{
	for (size_t i = 0; i < out->nheader; i++)
		if (strcmp(out->header[i].name, name) == 0)
			return true;
	return false;
}

/* "/api/applications" of "/api/applications/7": what comes after it may be a one-time secret. */
static struct text
path_head(struct text path)
{
	size_t n = 0;

	for (int slashes = 0; n < path.n && n < 60; n++)
		if (path.p[n] == '/' && ++slashes == 3)
			break;
	return text_sub(path, 0, n);
}

/* The route's pattern is logged, not the path. */
static void
log_line(struct call *k, int64_t began, bool sent)
{
	JOURNAL("request", J("program", text_of(k->program->name)), J("id", text_of(k->c->id)),
	    J("method", text_of(method_names[k->q->method])), J("route", k->route == NULL ?
	    path_head(k->q->path) : text_of(k->route->path)),
	    J("status", text_fmt(k->c, "%d", sent ? k->out->status : 499)),
	    J("person", text_fmt(k->c, "%" PRId64, k->who->person)),
	    J("from", k->q->remote),
	    J("ms", text_fmt(k->c, "%" PRId64, clock_ms() - began)),
	    J("cause", text_of(k->c->problem.log)));
}

void
host_serve(struct call *k, struct link *l, bool stopping)
{
	int64_t began = clock_ms();
	struct request q = { .path = T("") };
	struct reply out = { .file = -1 };
	struct who who = { .name = T("") };
	size_t max = k->program->upload_max > k->program->body_max ?
	    k->program->upload_max : k->program->body_max;
	bool sent;
	int rc;

	ctx_begin(k->c);
	k->q = &q;
	k->out = &out;
	k->who = &who;
	k->route = NULL;
	k->token = k->body = (struct text){ "", 0 };
#ifdef WITH_FAULTS
	fault_begin(link_header(l, "HTTP_X_ECOO_FAULT"));
#endif
	rc = link_read(k->c, l, max, &q);
	if (rc == 0)
		rc = text_starts(q.path, "/api/health/") ? health(k) : answer(k, &who);
	if (rc != 0)
		fail(k);
	reply_header(&out, "X-Request-Id", text_of(k->c->id));
	if (!has_header(&out, "Cache-Control"))
		reply_header(&out, "Cache-Control", T("no-store"));
	FAULT("before_reply");
#ifdef WITH_FAULTS
	if (fault_passed().n > 0)
		reply_header(&out, "X-Ecoo-Faults", fault_passed());
#endif
	sent = link_write(k->c, l, &q, &out);
	log_line(k, began, sent);
	link_finish(l, !stopping);
	ctx_rewind(k->c, (struct mark){ 0, NULL });	/* an idle thread keeps nobody's secrets */
}
