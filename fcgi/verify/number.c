/*
 * By number: the finding, and its answer as JSON.
 */
#include "base/journal.h"
#include "base/random.h"
#include "fcgi/verify/verify.h"

#define CODE_N 10

/* Codes are typed from paper: blanks and dashes do not count, nor does case. */
static struct text
read_code(struct ctx *c, struct text t)
{
	char out[CODE_N + 1];
	size_t n = 0;

	for (size_t i = 0; i < t.n && n < sizeof out; i++)
		if (t.p[i] != ' ' && t.p[i] != '-')
			out[n++] = t.p[i];
	return text_upper(c, (struct text){ out, n });
}

static void
note(struct call *k, const char *what, const struct finding *f)
{
	JOURNAL(what, J("number", f->number.text), J("from", k->q->remote),
	    J("id", text_of(k->c->id)));
}

/* With a code the face is asked for as well, and let go unless the code is right. */
static int
find_face(struct call *k, struct finding *f)
{
	struct face_row face;

	f->code_right = secret_eq(f->code, f->row.check_code);
	if (!f->code_right) {
		note(k, "verify_code_wrong", f);
		return 0;
	}
	if (db_need(k->c, k->d, ST_FACE, ARGS(A_TEXT(f->row.number)), &face) != 0)
		return -1;
	f->face = face.face;
	return 0;
}

int
verify_find(struct call *k, const struct ask *in, struct finding *f)
{
	int rc;

	*f = (struct finding){ .code = read_code(k->c, in->code) };
	f->verdict = number_read(k->c, in->number, &f->number);
	if (f->verdict != NUMBER_OK)
		return 0;
	rc = db_one(k->c, k->d, ST_NUMBER, ARGS(A_TEXT(f->number.text)), &f->row);
	if (rc < 0)
		return -1;
	f->found = rc == 1;
	if (!f->found)
		note(k, "verify_unknown", f);	/* many of them: somebody is trying numbers */
	return f->found && f->code.n > 0 ? find_face(k, f) : 0;
}

void
verify_facts(struct call *k, const struct public_row *r, struct json_object *o)
{
	struct json_object *agency = json_new(k->c);

	json_set_text(o, "number", r->number);
	json_set_text(o, "state", r->state);
	json_set_text(o, "applicant", r->applicant);
	json_set_text(o, "goods", r->goods);
	json_set_text(o, "origin_country", r->origin_country);
	json_set_text(o, "destination_country", r->destination_country);
	json_set_text(agency, "code", r->agency);
	json_set_text(agency, "name", r->agency_name);
	json_set_text(agency, "email", r->agency_email);
	json_set_text(agency, "phone", r->agency_phone);
	json_set_text(agency, "website", r->agency_website);
	json_add(o, "agency", agency);
	json_set_text(o, "office", r->office);
	json_set_text(o, "issued_at", r->issued_at);
	json_set_text(o, "ended_at", r->ended_at);
	json_set_text(o, "reason", r->reason);
	json_set_text(o, "replaced_by", r->replaced_by);
}

static int
refuse(struct call *k, enum number_verdict verdict)
{
	if (verdict == NUMBER_MISTYPED)
		return problem_field(k->c, "number", "mistyped", "The last character does not fit "
		    "the rest: one or more characters are wrong. Type it again from the paper.");
	return problem_field(k->c, "number", "malformed", "A certificate number looks like "
	    "NP-NCE-26-0000123-K.");
}

int
on_number(struct call *k, const void *form)
{
	const struct ask *in = form;
	struct json_object *o = json_new(k->c);
	struct finding f;

	if (verify_find(k, in, &f) != 0)
		return -1;
	if (f.verdict != NUMBER_OK)
		return refuse(k, f.verdict);
	if (!f.found)
		return problem_say(k->c, PROBLEM_MISSING, "No certificate with this number was "
		    "issued here. Do not rely on the paper; tell the agency it names.");
	json_set_bool(o, "found", true);
	verify_facts(k, &f.row, o);
	if (f.code.n == 0)
		json_set_null(o, "code_right");
	else
		json_set_bool(o, "code_right", f.code_right);
	json_embed(k->c, o, "face", f.face);
	json_set_text(o, "sha256", f.code_right ? f.row.sha256 : (struct text){ NULL, 0 });
	json_set_text(o, "advice", T("Compare every particular with your paper: a number can be "
	    "copied onto another one."));
	return reply_json(k->c, k->out, 200, o);
}
