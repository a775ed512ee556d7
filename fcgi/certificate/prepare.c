/*
 * From an approved application to a leaf that is ready to be signed; and the way back.
 */
#include <inttypes.h>

#include "base/clock.h"
#include "base/codec.h"
#include "base/fault.h"
#include "base/random.h"
#include "fcgi/certificate/certificate.h"
#include "files/store.h"
#include "host/audit.h"
#include "host/once.h"
#include "paper/lint.h"
#include "paper/pades.h"
#include "rules/number.h"

#define CODE_CHARS 10

const char *
certificates_root(struct call *k)
{
	return text_c(k->c, text_fmt(k->c, "%s/certificates", k->conf->files));
}

const char *
documents_root(struct call *k)
{
	return text_c(k->c, text_fmt(k->c, "%s/documents", k->conf->files));
}

int
must_not_halt(struct call *k)
{
	struct setting_row halted;

	if (db_need(k->c, k->d, ST_HALTED, NO_ARGS, &halted) != 0)
		return -1;
	return text_is(halted.value, "no") ? 0 : problem_set(k->c, PROBLEM_HALTED, "halted");
}

/* Looked up first, and then by their keys: mostly there are none, and nobody is to wait for that. */
int
sweep(struct call *k)
{
	const struct overdue_row *o;
	struct list late;

	if (db_list(k->c, k->d, ST_OVERDUE, NO_ARGS, &late) != 0)
		return -1;
	o = late.row;
	for (size_t i = 0; i < late.n; i++)
		if (db_run(k->c, k->d, ST_BACK, ARGS(A_INT(o[i].id), A_INT(o[i].version))) < 0)
			return -1;
	return 0;
}

int
certificate_read(struct call *k, struct text number, struct certificate *out)
{
	struct number n;

	if (number_read(k->c, number, &n) != NUMBER_OK)
		return problem_set(k->c, PROBLEM_MISSING, "not a number");
	return db_need(k->c, k->d, ST_READ, ARGS(A_TEXT(n.compact), A_INT(k->who->person)), out);
}

struct text
certificate_now(const struct certificate *cert)
{
	return cert->ended.n > 0 ? cert->ended : cert->state;
}

int
draw_prepared(struct call *k, const struct record *r, const struct certificate *cert,
    struct ready *out)
{
	struct stamped s = { cert->number, cert->check_code, k->who, T("") };
	struct pades_note note = { .name = k->who->name, .reason = T("Certificate of origin"),
		.location = r->office_city, .time = k->c->now };
	struct prepared prepared;
	struct drawn drawn;
	struct face face;

	if (face_make(k, r, &s, &face) != 0 || page_draw(k->c, &face, &drawn) != 0 ||
	    lint_leaf(k->c, &drawn, &face) != 0 ||
	    pades_prepare(k->c, drawn.pdf, &note, &prepared) != 0)
		return -1;
	FAULT("drawn");
	if (store_put(k->c, certificates_root(k), prepared.pdf, &out->file) != 0)
		return -1;
	FAULT("stored");
	out->face = face_write(k->c, &face);
	out->sha256 = hex_text(k->c, prepared.sha256, sizeof prepared.sha256);
	out->pages = (int64_t)drawn.pages;
	return 0;
}

/* The number stays with its application: whoever comes second finds it there. */
static int
allot(struct call *k, const struct record *r)
{
	int year = clock_financial_year(k->c->now);
	int64_t serial = db_insert(k->c, k->d, ST_COUNT, ARGS(A_TEXT(r->agency), A_INT(year)));
	char code[CODE_CHARS + 1];
	struct number n;

	if (serial < 0)
		return -1;
	n = number_make(k->c, r->agency, year, serial);
	random_code(code, CODE_CHARS);
	return db_guard(k->c, k->d, ST_ADD, ARGS(A_TEXT(n.text), A_TEXT(n.compact),
	    A_TEXT(text_copy(k->c, text_of(code))), A_INT(year), A_INT(serial),
	    A_INT(r->id))) != 0 ||
	    record_event(k, r->id, "numbered", n.text) != 0 ||
	    audit_add(k, "certificate_numbered", n.text, T("")) != 0 ? -1 : 0;
}

struct making { int64_t application_id; struct record r; struct certificate cert; struct ready ready; };

static int
find_or_allot(struct call *k, void *arg)
{
	struct making *m = arg;
	struct arg id = A_INT(m->application_id);
	int rc;

	if (record_read(k, m->application_id, &m->r) != 0 || must_not_halt(k) != 0)
		return -1;
	if (record_state(&m->r) != APPLICATION_APPROVED)
		return problem_say(k->c, PROBLEM_STATE, "It is not approved.");
	if ((rc = db_one(k->c, k->d, ST_OF, &id, 1, &m->cert)) != 0)
		return rc == 1 ? 0 : -1;
	return allot(k, &m->r) != 0 || db_need(k->c, k->d, ST_OF, &id, 1, &m->cert) != 0 ? -1 : 0;
}

static int
reply_prepared(struct call *k, const struct certificate *cert, int64_t pages)
{
	struct json_object *o = json_new(k->c);

	json_set_text(o, "number", cert->number);
	json_set_text(o, "state", cert->state);
	json_set_int(o, "pages", pages);
	return reply_json(k->c, k->out, 201, o);
}

static int
note_prepared(struct call *k, void *arg)
{
	struct making *m = arg;
	const struct ready *p = &m->ready;

	if (text_is(m->cert.state, "prepared") &&
	    db_guard(k->c, k->d, ST_PREPARED, ARGS(A_TEXT(p->face), A_INT(p->pages),
	    A_TEXT(p->file), A_TEXT(p->sha256), A_INT(m->cert.id), A_INT(m->cert.version))) != 0)
		return -1;
	return reply_prepared(k, &m->cert, p->pages);
}

/* Drawing stands outside the transactions: it takes longer than a lock should. */
int
on_create(struct call *k, const void *form)
{
	struct making m = { .application_id = ((const struct new_form *)form)->application_id };
	int rc = call_replay(k);

	if (rc != 0)
		return rc == 1 ? 0 : -1;
	if (sweep(k) != 0 || call_tx(k, find_or_allot, &m) != 0 ||
	    draw_prepared(k, &m.r, &m.cert, &m.ready) != 0)
		return -1;
	return call_once(k, note_prepared, &m);
}
