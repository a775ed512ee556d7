/*
 * Every statement this program may send.
 */
#include "fcgi/payment/payment.h"

#define COLS(name, ...) static const struct col name##_col[] = { __VA_ARGS__ }

#define ROW struct owed_row
COLS(owed, ROW_INT(ROW, id), ROW_TEXT(ROW, agency), ROW_TEXT(ROW, rule_set), ROW_TEXT(ROW, state),
    ROW_BOOL(ROW, paid), ROW_TEXT0(ROW, agency_gstin), ROW_TEXT0(ROW, gstin),
    ROW_TEXT(ROW, firm_state));
#undef ROW
#define ROW struct payment_row
COLS(payment, ROW_INT(ROW, id), ROW_INT(ROW, application_id), ROW_TEXT0(ROW, application_number),
    ROW_TEXT(ROW, state), ROW_INT(ROW, fee_paise), ROW_INT(ROW, cgst_paise),
    ROW_INT(ROW, sgst_paise), ROW_INT(ROW, igst_paise), ROW_INT(ROW, total_paise),
    ROW_TEXT(ROW, sac), ROW_TEXT(ROW, place_of_supply), ROW_TEXT0(ROW, checkout_url),
    ROW_TEXT0(ROW, receipt_number), ROW_TIME(ROW, created_at), ROW_TIME0(ROW, paid_at),
    ROW_TEXT(ROW, agency), ROW_TEXT(ROW, agency_name));
#undef ROW
#define ROW struct due_row
COLS(due, ROW_INT(ROW, id), ROW_INT(ROW, application_id), ROW_TEXT(ROW, iec),
    ROW_TEXT(ROW, agency), ROW_TEXT(ROW, state), ROW_INT(ROW, version), ROW_INT(ROW, fee_paise),
    ROW_INT(ROW, cgst_paise), ROW_INT(ROW, sgst_paise), ROW_INT(ROW, igst_paise),
    ROW_INT(ROW, total_paise), ROW_TEXT(ROW, sac), ROW_TEXT(ROW, place_of_supply));
#undef ROW
#define ROW struct parties_row
COLS(parties, ROW_TEXT(ROW, agency_name), ROW_JSON(ROW, agency_address), ROW_TEXT(ROW, agency_city),
    ROW_TEXT0(ROW, agency_gstin), ROW_TEXT(ROW, firm), ROW_TEXT0(ROW, gstin),
    ROW_JSON(ROW, address), ROW_TEXT(ROW, city), ROW_TEXT(ROW, firm_state), ROW_TEXT(ROW, pin));
#undef ROW
COLS(fee, ROW_INT(struct fee_row, fee_paise), ROW_INT(struct fee_row, gst_bp),
    ROW_TEXT(struct fee_row, sac));
COLS(id, ROW_INT(struct id_row, id));
COLS(order, ROW_INT(struct order_row, id), ROW_INT(struct order_row, total_paise));
COLS(standing, ROW_TEXT0(struct standing_row, number), ROW_TEXT(struct standing_row, state),
    ROW_INT(struct standing_row, version), ROW_BOOL(struct standing_row, paid));
COLS(receipt, ROW_TEXT(struct receipt_row, document));
COLS(mail, ROW_TEXT(struct mail_row, email));

/* The address is shown while it is of use. */
#define SHOW "SELECT p.id, p.application_id, a.number, p.state, p.fee_paise, p.cgst_paise, "	\
	"p.sgst_paise, p.igst_paise, p.total_paise, p.sac, p.place_of_supply, "			\
	"IF(p.state = 'open', p.checkout_url, NULL), p.receipt_number, p.created_at, p.paid_at, "\
	"p.agency, g.name FROM payment p JOIN application a ON a.id = p.application_id "	\
	"JOIN agency g ON g.code = p.agency WHERE p.iec = ? "

const struct stmt payment_stmt[PAYMENT_STMTS] = {
	HOST_STMT_ROWS,
	[ST_OWED] = STMT("SELECT a.id, a.agency, a.rule_set, a.state, a.paid, g.gstin, f.gstin, "
	    "f.state FROM application a JOIN agency g ON g.code = a.agency "
	    "JOIN firm f ON f.iec = a.iec WHERE a.id = ? AND a.iec = ?", owed_col, struct owed_row),
	[ST_FEE] = STMT("SELECT fee_paise, gst_bp, sac FROM rule_fee WHERE rule_set = ? "
	    "AND event = 'issue' AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1", fee_col,
	    struct fee_row),
	[ST_LIVE] = STMT("SELECT id FROM payment WHERE live_application = ?", id_col,
	    struct id_row),
	[ST_CREATE] = DO("INSERT INTO payment (application_id, live_application, iec, agency, "
	    "state, fee_paise, cgst_paise, sgst_paise, igst_paise, total_paise, sac, "
	    "place_of_supply, created_by, created_at) VALUES (?, ?, ?, ?, 'created', ?, ?, ?, ?, "
	    "?, ?, ?, ?, UTC_TIMESTAMP(3))"),
	[ST_SHOW] = STMT(SHOW "AND p.id = ?", payment_col, struct payment_row),
	[ST_LIST] = STMT(SHOW "AND (? = 0 OR p.application_id = ?) AND (? = 0 OR p.id < ?) "
	    "ORDER BY p.id DESC LIMIT ?", payment_col, struct payment_row),
	[ST_RECEIPT] = STMT("SELECT document FROM receipt WHERE number = ? AND iec = ?",
	    receipt_col, struct receipt_row),
	[ST_ORDER] = STMT("SELECT id, total_paise FROM payment WHERE gateway_order = ?", order_col,
	    struct order_row),
	[ST_BY_ORDER] = STMT("SELECT id, application_id, iec, agency, state, version, fee_paise, "
	    "cgst_paise, sgst_paise, igst_paise, total_paise, sac, place_of_supply FROM payment "
	    "WHERE gateway_order = ?", due_col, struct due_row),
	[ST_APPLICATION] = STMT("SELECT number, state, version, paid FROM application "
	    "WHERE id = ?", standing_col, struct standing_row),
	[ST_FACT_ADD] = DO("INSERT INTO payment_fact (gateway_payment, status, gateway_order, "
	    "amount_paise, source, outcome, at) VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3))"),
	[ST_LEDGER_ADD] = DO("INSERT INTO ledger_entry (payment_id, gateway_payment, account, "
	    "amount_paise, at) VALUES (?, ?, ?, ?, UTC_TIMESTAMP(3))"),
	/* Also out of 'failed': a late authorisation is legal. */
	[ST_PAID] = DO("UPDATE payment SET state = 'paid', version = version + 1, "
	    "gateway_payment = ?, receipt_number = ?, paid_at = UTC_TIMESTAMP(3) "
	    "WHERE id = ? AND version = ? AND state <> 'paid'"),
	[ST_SUBMIT] = DO("UPDATE application SET state = 'submitted', version = version + 1, "
	    "paid = TRUE, number = COALESCE(number, ?), "
	    "submitted_at = COALESCE(submitted_at, UTC_TIMESTAMP(3)), "
	    "updated_at = UTC_TIMESTAMP(3) "
	    "WHERE id = ? AND version = ? AND state = 'payment_pending' AND NOT paid"),
	/*
	 * Taken back for a change meanwhile: it counts as paid when it is signed again.  A draft
	 * keeps its version, so that nobody's typing is refused for it.
	 */
	[ST_PAID_EARLY] = DO("UPDATE application SET paid = TRUE, "
	    "version = version + (state <> 'draft'), updated_at = UTC_TIMESTAMP(3) "
	    "WHERE id = ? AND version = ? AND state = ? AND NOT paid"),
	[ST_COUNT] = DO("INSERT INTO counter (name, agency, fy, n) VALUES (?, ?, ?, "
	    "LAST_INSERT_ID(1)) ON DUPLICATE KEY UPDATE n = LAST_INSERT_ID(n + 1)"),
	[ST_PARTIES] = STMT("SELECT g.name, g.address, g.city, g.gstin, f.name, f.gstin, f.address, "
	    "f.city, f.state, f.pin FROM agency g JOIN firm f WHERE g.code = ? AND f.iec = ?",
	    parties_col, struct parties_row),
	[ST_RECEIPT_ADD] = DO("INSERT INTO receipt (number, payment_id, iec, document, at) "
	    "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(3))"),
	[ST_EVENT_ADD] = DO("INSERT INTO application_event (application_id, at, what, person_id, "
	    "by_name, text) VALUES (?, UTC_TIMESTAMP(3), ?, NULLIF(?, 0), ?, ?)"),
	/* A job that is there already is the same act: money never fails for a letter. */
	[ST_JOB_ADD] = DO("INSERT IGNORE INTO job (kind, once, payload, not_before, created_at) "
	    "VALUES (?, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))"),
	[ST_ASK_ADD] = DO("INSERT IGNORE INTO job (kind, once, payload, not_before, created_at) "
	    "VALUES ('gateway_poll', ?, ?, UTC_TIMESTAMP(3) + INTERVAL ? SECOND, "
	    "UTC_TIMESTAMP(3))"),
	/* Who asked for the payment hears that it came. */
	[ST_MAIL_TO] = STMT("SELECT p.email FROM person p JOIN payment y ON y.created_by = p.id "
	    "WHERE y.id = ? AND p.active", mail_col, struct mail_row),
};
