#include <inttypes.h>

#include "record/stmts.h"

#define ROW struct record
const struct col record_col[27] = {
	ROW_INT(ROW, id), ROW_TEXT0(ROW, number), ROW_TEXT(ROW, iec), ROW_TEXT(ROW, agency),
	ROW_TEXT(ROW, agency_name), ROW_TEXT0(ROW, agency_gstin), ROW_INT(ROW, office_id),
	ROW_TEXT(ROW, office), ROW_TEXT(ROW, office_city), ROW_TEXT(ROW, rule_set),
	ROW_TEXT(ROW, state), ROW_INT(ROW, version), ROW_BOOL(ROW, paid), ROW_JSON(ROW, content),
	ROW_JSON(ROW, exporter), ROW_TEXT(ROW, consignee), ROW_TEXT(ROW, importing_country),
	ROW_INT(ROW, items), ROW_TEXT0(ROW, signed_sha256), ROW_INT(ROW, signature_id),
	ROW_INT(ROW, lock_person), ROW_BOOL(ROW, lock_holds), ROW_TIME0(ROW, lock_until),
	ROW_TIME(ROW, created_at), ROW_TIME(ROW, updated_at), ROW_TIME0(ROW, submitted_at),
	ROW_TIME0(ROW, approved_at),
};
#undef ROW

int
record_read(struct call *k, int64_t id, struct record *out)
{
	return db_need(k->c, k->d, RECORD_READ, ARGS(A_INT(id), A_INT(k->who->person)), out);
}

enum application_state
record_state(const struct record *r)
{
	enum application_state s = APPLICATION_DRAFT;

	(void)!state_read(r->state, &s);
	return s;
}

int
record_may(struct call *k, const struct record *r, enum application_state to, enum mover by)
{
	if (state_may(record_state(r), to, by))
		return 0;
	return problem_say(k->c, PROBLEM_STATE, text_c(k->c, text_fmt(k->c,
	    "The application is %.*s: this cannot be done to it now.", TEXT_F(r->state))));
}

int
record_version(struct call *k, const struct record *r, int64_t version)
{
	return r->version == version ? 0 : problem_set(k->c, PROBLEM_VERSION,
	    "version %" PRId64 ", not %" PRId64, r->version, version);
}

int
record_event(struct call *k, int64_t id, const char *what, struct text words)
{
	return db_run(k->c, k->d, RECORD_EVENT_ADD, ARGS(A_INT(id), A_TEXT(text_of(what)),
	    A_INT(k->who->person), A_TEXT(k->who->name), A_TEXT(words))) < 0 ? -1 : 0;
}

int
record_mail(struct call *k, struct text once, struct text to, struct text subject,
    const struct text *line, size_t n)
{
	struct json_object *o = json_new(k->c), *lines = json_list(k->c);

	json_set_text(o, "to", to);
	json_set_text(o, "subject", subject);
	for (size_t i = 0; i < n; i++)
		(void)json_object_array_add(lines,
		    json_object_new_string_len(line[i].p, (int)line[i].n));
	json_add(o, "lines", lines);
	return db_run(k->c, k->d, RECORD_JOB_ADD, ARGS(A_TEXT(T("mail")), A_TEXT(once),
	    A_TEXT(json_write(k->c, o)))) < 0 ? -1 : 0;
}
