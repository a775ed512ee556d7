#include <inttypes.h>

#include "base/digest.h"
#include "fcgi/login/login.h"
#include "host/audit.h"
#include "host/once.h"
#include "host/rows.h"
#include "people/password.h"

static struct text
lower(struct ctx *c, struct text t)
{
	char *p = ctx_alloc(c, t.n + 1);

	for (size_t i = 0; i < t.n; i++)
		p[i] = t.p[i] >= 'A' && t.p[i] <= 'Z' ? (char)(t.p[i] + 32) : t.p[i];
	return (struct text){ p, t.n };
}

static struct json_object *
named(struct ctx *c, const char *key, struct text code, struct text name)
{
	struct json_object *o;

	if (code.n == 0)
		return NULL;
	o = json_new(c);
	json_set_text(o, key, code);
	json_set_text(o, "name", name);
	return o;
}

static void
add_or_null(struct json_object *o, const char *key, struct json_object *value)
{
	if (value == NULL)
		json_set_null(o, key);
	else
		json_add(o, key, value);
}

static int
reply_who(struct call *k, int status, const struct who *w)
{
	struct ctx *c = k->c;
	struct json_object *o = json_new(c), *p = json_new(c);
	struct list offices;

	if (db_list(c, k->d, ST_OFFICES, ARGS(A_INT(w->person)), &offices) != 0)
		return -1;
	json_set_int(p, "id", w->person);
	json_set_text(p, "name", w->name);
	json_set_text(p, "email", w->email);
	json_set_text(p, "designation", w->designation);
	json_add(o, "person", p);
	json_set_text(o, "kind", w->kind);
	json_set_text(o, "role", w->role);
	add_or_null(o, "firm", named(c, "iec", w->iec, w->firm));
	add_or_null(o, "agency", named(c, "code", w->agency, w->agency_name));
	json_add(o, "offices", rows_json(c, &login_stmt[ST_OFFICES], &offices));
	json_set_bool(o, "demo", config_yes(k->conf->demo));
	return reply_json(c, k->out, status, o);
}

int
login_who(struct call *k, const void *form)
{
	struct json_object *o;

	(void)form;
	if (k->who->person != 0)
		return reply_who(k, 200, k->who);
	o = json_new(k->c);
	json_set_null(o, "person");
	json_set_bool(o, "demo", config_yes(k->conf->demo));
	return reply_json(k->c, k->out, 200, o);
}

static int
refuse_early(struct call *k, struct text subject)
{
	struct delay_row delay;
	int rc = db_one(k->c, k->d, ST_DELAY, ARGS(A_TEXT(subject)), &delay);

	if (rc < 0)
		return -1;
	if (rc == 1 && delay.seconds > 0)
		return problem_say(k->c, PROBLEM_RATE, text_c(k->c, text_fmt(k->c,
		    "Too many tries for this address. Try again in %" PRId64 " seconds.",
		    delay.seconds)));
	return 0;
}

struct entry { struct text subject; int64_t person; };

/* A session is always a new one: whatever token the browser had is not taken over. */
static int
enter(struct call *k, void *arg)
{
	struct entry *e = arg;
	struct who *who = ctx_alloc(k->c, sizeof *who);
	struct text cookie, hash = session_make(k->c, &cookie);

	if (db_run(k->c, k->d, ST_DELAY_CLEAR, ARGS(A_TEXT(e->subject))) < 0 ||
	    (k->token.n > 0 &&
	    db_run(k->c, k->d, ST_SESSION_END, ARGS(A_TEXT(k->token))) < 0) ||
	    db_run(k->c, k->d, ST_SESSION_ADD, ARGS(A_TEXT(hash), A_INT(e->person))) < 0 ||
	    db_need(k->c, k->d, ST_WHO, ARGS(A_INT(e->person)), who) != 0)
		return -1;
	k->who = who;				/* the audit row is this person's */
	if (audit_add(k, "signed_in", text_fmt(k->c, "person/%" PRId64, e->person), T("")) != 0)
		return -1;
	reply_header(k->out, "Set-Cookie", cookie);
	return reply_who(k, 201, who);
}

int
login_sign_in(struct call *k, const void *form)
{
	const struct sign_in *in = form;
	struct text email = lower(k->c, in->email);
	struct entry e = { .subject = sha256_text(k->c, email) };
	struct person_row p = { 0, { "", 0 } };
	int right;

	if (refuse_early(k, e.subject) != 0 ||
	    db_one(k->c, k->d, ST_PERSON, ARGS(A_TEXT(email), A_TEXT(email)), &p) < 0 ||
	    (right = password_check(k->c, in->password, p.password_hash)) < 0)
		return -1;
	if (!right) {
		if (db_run(k->c, k->d, ST_DELAY_ADD, ARGS(A_TEXT(e.subject))) < 0)
			return -1;
		return problem_set(k->c, PROBLEM_REFUSED, "sign-in refused");
	}
	e.person = p.id;
	return call_tx(k, enter, &e);
}

static int
leave(struct call *k, void *arg)
{
	(void)arg;
	if (db_run(k->c, k->d, ST_SESSION_END, ARGS(A_TEXT(k->token))) < 0 ||
	    audit_add(k, "signed_out", text_fmt(k->c, "person/%" PRId64, k->who->person),
	    T("")) != 0)
		return -1;
	return reply_empty(k->out, 204);
}

int
login_sign_out(struct call *k, const void *form)
{
	(void)form;
	if (k->who->person != 0 && call_tx(k, leave, NULL) != 0)
		return -1;
	reply_header(k->out, "Set-Cookie", session_drop());
	reply_header(k->out, "Clear-Site-Data", T("\"cache\""));
	return reply_empty(k->out, 204);
}
