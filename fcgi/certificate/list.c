/*
 * Lists, one certificate, its end, and the operator's switch.
 */
#include "fcgi/certificate/certificate.h"
#include "host/audit.h"
#include "host/once.h"

#define PAGE 30

/* Of each of one's offices the newest, and of these the newest. */
static int
list_offices(struct call *k, int64_t before, struct list *out)
{
	struct arg me = A_INT(k->who->person);
	const struct office_row *office;
	struct list offices, *part;

	if (db_list(k->c, k->d, ST_MY_OFFICES, &me, 1, &offices) != 0)
		return -1;
	office = offices.row;
	part = ctx_alloc(k->c, offices.n * sizeof *part + 1);
	for (size_t i = 0; i < offices.n; i++)
		if (db_list(k->c, k->d, ST_LIST_OFFICE, ARGS(me, A_INT(office[i].id),
		    A_INT(before), A_INT(PAGE + 1)), &part[i]) != 0)
			return -1;
	*out = rows_newest(k->c, &certificate_stmt[ST_LIST_OFFICE], part, offices.n, PAGE + 1);
	return 0;
}

int
on_list(struct call *k, const void *form)
{
	const struct list_form *in = form;
	int64_t before = in->after > 0 ? in->after : INT64_MAX;
	unsigned id = k->who->may == WHO_OFFICER ? ST_LIST_OFFICE :
	    k->who->may == WHO_ADMINISTRATOR ? ST_LIST_AGENCY : ST_LIST_FIRM;
	struct list l;

	if (id == ST_LIST_OFFICE ? list_offices(k, before, &l) != 0 : db_list(k->c, k->d, id,
	    ARGS(A_INT(k->who->person), A_INT(before), A_INT(PAGE + 1)), &l) != 0)
		return -1;
	return reply_list(k, id, &l, PAGE);
}

int
on_tray(struct call *k, const void *form)
{
	struct json_object *o = json_new(k->c);
	struct setting_row halted;
	struct list l;

	(void)form;
	if (sweep(k) != 0 || db_need(k->c, k->d, ST_HALTED, NO_ARGS, &halted) != 0 ||
	    db_list(k->c, k->d, ST_TRAY, ARGS(A_INT(k->who->person)), &l) != 0)
		return -1;
	json_add(o, "items", rows_json(k->c, &certificate_stmt[ST_TRAY], &l));
	json_set_null(o, "next");
	json_set_bool(o, "halted", !text_is(halted.value, "no"));
	return reply_json(k->c, k->out, 200, o);
}

int
on_halted(struct call *k, const void *form)
{
	struct json_object *o = json_new(k->c);
	struct setting_row halted;

	(void)form;
	if (db_need(k->c, k->d, ST_HALTED, NO_ARGS, &halted) != 0)
		return -1;
	json_set_bool(o, "halted", !text_is(halted.value, "no"));
	return reply_json(k->c, k->out, 200, o);
}

static int
switch_issuing(struct call *k, void *arg)
{
	const struct halt_form *in = arg;
	struct json_object *o = json_new(k->c);
	struct text word = in->halted ? T("yes") : T("no");

	if (db_run(k->c, k->d, ST_HALT, ARGS(A_TEXT(word))) < 0 ||
	    audit_add(k, "issuing_halted", word, T("")) != 0)
		return -1;
	json_set_bool(o, "halted", in->halted);
	return reply_json(k->c, k->out, 200, o);
}

int
on_halt(struct call *k, const void *form)
{
	struct halt_form in = *(const struct halt_form *)form;

	return call_tx(k, switch_issuing, &in);
}

static struct json_object *
agency_json(struct ctx *c, const struct certificate *cert)
{
	struct json_object *o = json_new(c);

	json_set_text(o, "code", cert->agency);
	json_set_text(o, "name", cert->agency_name);
	return o;
}

int
on_show(struct call *k, const void *form)
{
	const struct number_form *in = form;
	struct json_object *o = json_new(k->c);
	struct certificate cert;

	if (certificate_read(k, in->number, &cert) != 0)
		return -1;
	json_set_text(o, "number", cert.number);
	json_set_text(o, "state", certificate_now(&cert));
	json_set_int(o, "application_id", cert.application_id);
	json_set_text(o, "check_code", cert.check_code);
	json_set_text(o, "verify_url", verify_address(k, cert.number, cert.check_code));
	json_embed(k->c, o, "face", cert.face);
	json_set_int(o, "pages", cert.pages);
	json_set_text(o, "sha256", cert.sha256);
	json_set_text(o, "issued_at", cert.issued_at);
	json_set_text(o, "issued_by_name", cert.issued_by_name);
	json_set_text(o, "office", cert.office);
	json_add(o, "agency", agency_json(k->c, &cert));
	json_set_text(o, "ended_at", cert.ended_at);
	json_set_text(o, "reason", cert.reason);
	json_set_text(o, "replaced_by", cert.replaced_by);
	return reply_json(k->c, k->out, 200, o);
}

struct ending { struct text number, reason; struct certificate cert; };

static int
tell_exporter(struct call *k, const struct ending *e)
{
	struct mail_row to;
	struct text line[] = {
		text_fmt(k->c, "The certificate of origin %.*s was cancelled by the issuing agency.",
		    TEXT_F(e->cert.number)), T("The reason:"), e->reason,
		T(""),
		text_fmt(k->c, "जारीकर्ता एजेंसी ने उत्पत्ति प्रमाणपत्र %.*s रद्द कर दिया है।",
		    TEXT_F(e->cert.number)),
	};
	int rc = db_one(k->c, k->d, ST_MAIL_TO, ARGS(A_INT(e->cert.application_id)), &to);

	if (rc != 1)
		return rc;
	return record_mail(k, text_fmt(k->c, "mail/cancelled/%.*s", TEXT_F(e->cert.number)),
	    to.email.n > 0 ? to.email : to.iec_email, text_fmt(k->c, "Certificate of origin %.*s "
	    "cancelled", TEXT_F(e->cert.number)), line, COUNT(line));
}

/* The key of certificate_status lets a certificate end once. */
static int
cancel(struct call *k, void *arg)
{
	struct ending *e = arg;
	struct json_object *o = json_new(k->c);

	if (certificate_read(k, e->number, &e->cert) != 0)
		return -1;
	if (e->cert.sha256.n == 0 || e->cert.ended.n > 0)
		return problem_say(k->c, PROBLEM_STATE, "Only a certificate that is valid can be "
		    "cancelled.");
	if (db_run(k->c, k->d, ST_STATUS_ADD, ARGS(A_TEXT(e->cert.number),
	    A_INT(k->who->person), A_TEXT(e->reason))) < 0 ||
	    db_guard(k->c, k->d, ST_APPLICATION, ARGS(A_TEXT(T("cancelled")),
	    A_INT(e->cert.application_id), A_TEXT(T("issued")))) != 0 ||
	    record_event(k, e->cert.application_id, "cancelled", e->reason) != 0 ||
	    tell_exporter(k, e) != 0 ||
	    audit_add(k, "certificate_cancelled", e->cert.number, T("")) != 0)
		return -1;
	json_set_text(o, "state", T("cancelled"));
	return reply_json(k->c, k->out, 200, o);
}

int
on_cancel(struct call *k, const void *form)
{
	const struct reason_form *in = form;
	struct ending e = { .number = in->number, .reason = in->reason };

	return call_once(k, cancel, &e);
}
