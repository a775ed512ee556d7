#include "base/clock.h"
#include "dossier/dossier.h"
#include "host/audit.h"
#include "record/view.h"
#include "rules/fee.h"

const struct col view_event_col[4] = {
	ROW_TIME(struct view_event, at), ROW_TEXT(struct view_event, what),
	ROW_TEXT(struct view_event, by_name), ROW_TEXT(struct view_event, text),
};
const struct col view_decision_col[4] = {
	ROW_TEXT(struct view_decision, kind), ROW_TEXT(struct view_decision, by_name),
	ROW_TEXT(struct view_decision, text), ROW_TIME(struct view_decision, at),
};
const struct col view_signature_col[4] = {
	ROW_TEXT(struct view_signature, signer), ROW_TIME(struct view_signature, signed_at),
	ROW_TEXT(struct view_signature, sha256), ROW_TEXT(struct view_signature, fingerprint),
};
const struct col view_payment_col[3] = {
	ROW_INT(struct view_payment, id), ROW_TEXT(struct view_payment, state),
	ROW_TEXT0(struct view_payment, receipt_number),
};
const struct col view_certificate_col[2] = {
	ROW_TEXT(struct view_certificate, number), ROW_TEXT(struct view_certificate, state),
};
const struct col view_kind_col[2] = {
	ROW_TEXT(struct view_kind, kind), ROW_BOOL(struct view_kind, required),
};
const struct col view_feature_col[1] = { ROW_TEXT(struct view_feature, feature) };
const struct col view_fee_col[3] = {
	ROW_INT(struct view_fee, fee_paise), ROW_INT(struct view_fee, gst_bp),
	ROW_TEXT(struct view_fee, sac),
};
const struct col view_void_col[1] = { ROW_TEXT0(struct view_void, number) };

static struct json_object *
pair(struct ctx *c, const char *key, struct text code, struct text name)
{
	struct json_object *o = json_new(c);

	json_set_text(o, key, code);
	json_set_text(o, "name", name);
	return o;
}

static void
add_row(struct call *k, struct json_object *o, const char *key, unsigned id, int found,
    const void *row)
{
	if (found == 1)
		json_add(o, key, row_json(k->c, &k->program->stmt[id], row));
	else
		json_set_null(o, key);
}

/* Who stands in the application, and where it stands. */
static struct json_object *
head(struct call *k, const struct record *r)
{
	struct ctx *c = k->c;
	struct json_object *o = json_new(c), *office;

	json_set_int(o, "id", r->id);
	json_set_text(o, "number", r->number);
	json_set_text(o, "state", r->state);
	json_set_text(o, "waiting", text_of(waiting_name(state_waiting(record_state(r)))));
	json_set_bool(o, "editable", state_editable(record_state(r)));
	json_set_int(o, "version", r->version);
	json_set_bool(o, "paid", r->paid);
	json_add(o, "agency", pair(c, "code", r->agency, r->agency_name));
	office = json_new(c);
	json_set_int(office, "id", r->office_id);
	json_set_text(office, "name", r->office);
	json_set_text(office, "city", r->office_city);
	json_add(o, "office", office);
	json_set_text(o, "rule_set", r->rule_set);
	json_embed(c, o, "exporter", r->exporter);
	json_embed(c, o, "content", r->content);
	json_set_text(o, "created_at", r->created_at);
	json_set_text(o, "updated_at", r->updated_at);
	json_set_text(o, "submitted_at", r->submitted_at);
	json_set_text(o, "approved_at", r->approved_at);
	return o;
}

static int
add_documents(struct call *k, const struct record *r, struct json_object *o)
{
	struct json_object *needed = json_list(k->c), *kinds = json_list(k->c);
	struct list docs, rows;
	const struct view_kind *v;

	if (record_documents(k, r->id, &docs) != 0 ||
	    db_list(k->c, k->d, VIEW_KINDS, ARGS(A_TEXT(r->rule_set)), &rows) != 0)
		return -1;
	v = rows.row;
	for (size_t i = 0; i < rows.n; i++) {
		(void)json_object_array_add(kinds,
		    json_object_new_string_len(v[i].kind.p, (int)v[i].kind.n));
		if (v[i].required)
			(void)json_object_array_add(needed,
			    json_object_new_string_len(v[i].kind.p, (int)v[i].kind.n));
	}
	json_add(o, "documents", rows_json(k->c, &k->program->stmt[RECORD_DOCUMENTS], &docs));
	json_add(o, "required_documents", needed);
	json_add(o, "document_kinds", kinds);
	return 0;
}

/* What the fee would be today: the payment keeps what it was when it was asked for. */
static int
add_fee(struct call *k, const struct record *r, struct json_object *o)
{
	struct view_fee row;
	struct firm firm;
	struct fee f;
	struct json_object *fee;
	int rc = db_one(k->c, k->d, VIEW_FEE, ARGS(A_TEXT(r->rule_set),
	    A_TEXT(clock_ist_date(k->c, k->c->now))), &row);

	if (rc < 0 || dossier_firm(k->c, r->exporter, &firm) != 0)
		return -1;
	if (rc == 0) {
		json_set_null(o, "fee");
		return 0;
	}
	f = fee_split(row.fee_paise, (int)row.gst_bp,
	    r->agency_gstin.n == 0 ? NULL : gst_state(r->agency_gstin),
	    firm.gstin.n > 0 ? gst_state(firm.gstin) : gst_state_named(firm.state), false);
	fee = json_new(k->c);
	json_set_int(fee, "fee_paise", f.fee);
	json_set_int(fee, "cgst_paise", f.cgst);
	json_set_int(fee, "sgst_paise", f.sgst);
	json_set_int(fee, "igst_paise", f.igst);
	json_set_int(fee, "total_paise", f.total);
	json_set_text(fee, "sac", row.sac);
	json_add(o, "fee", fee);
	return 0;
}

/* The latest query and rejection: what the exporter has to read. */
static int
add_decisions(struct call *k, const struct record *r, struct json_object *o)
{
	static const struct { const char *key, *kind; } shown[] = {
		{ "query", "query" }, { "rejection", "rejection" },
	};
	struct list rows;
	const struct view_decision *d;

	if (db_list(k->c, k->d, VIEW_DECISIONS, ARGS(A_INT(r->id)), &rows) != 0)
		return -1;
	d = rows.row;
	for (size_t j = 0; j < COUNT(shown); j++) {
		size_t i = 0;

		while (i < rows.n && !text_is(d[i].kind, shown[j].kind))
			i++;
		add_row(k, o, shown[j].key, VIEW_DECISIONS, i < rows.n, &d[i]);
	}
	return 0;
}

static int
add_events(struct call *k, const struct record *r, struct json_object *o)
{
	struct list rows;

	if (db_list(k->c, k->d, VIEW_EVENTS, ARGS(A_INT(r->id)), &rows) != 0)
		return -1;
	json_add(o, "events", rows_json(k->c, &k->program->stmt[VIEW_EVENTS], &rows));
	return 0;
}

static int
add_links(struct call *k, const struct record *r, struct json_object *o)
{
	struct view_signature sig;
	struct view_payment pay;
	struct view_certificate cert;
	int signed_, paid, made;

	if ((signed_ = db_one(k->c, k->d, VIEW_SIGNATURE, ARGS(A_INT(r->signature_id)), &sig)) < 0 ||
	    (paid = db_one(k->c, k->d, VIEW_PAYMENT, ARGS(A_INT(r->id)), &pay)) < 0 ||
	    (made = db_one(k->c, k->d, VIEW_CERTIFICATE, ARGS(A_INT(r->id)), &cert)) < 0)
		return -1;
	add_row(k, o, "signature", VIEW_SIGNATURE, signed_, &sig);
	add_row(k, o, "payment", VIEW_PAYMENT, paid, &pay);
	add_row(k, o, "certificate", VIEW_CERTIFICATE, made, &cert);
	return 0;
}

int
record_json(struct call *k, const struct record *r, struct json_object **out)
{
	struct json_object *o = *out = head(k, r);

	return add_documents(k, r, o) != 0 || add_fee(k, r, o) != 0 ||
	    add_decisions(k, r, o) != 0 || add_links(k, r, o) != 0 ||
	    add_events(k, r, o) != 0 ? -1 : 0;
}

int
record_void(struct call *k, const struct record *r)
{
	struct view_void used;

	if (db_need(k->c, k->d, VIEW_VOID, ARGS(A_INT(r->id)), &used) != 0)
		return -1;
	return used.number.n > 0 && (record_event(k, r->id, "number_void", used.number) != 0 ||
	    audit_add(k, "certificate_void", used.number, T("")) != 0) ? -1 : 0;
}
