/*
 * Every statement this program may send, all of them to a database of its own.
 */
#include "paysim.h"

#define COLS(name, ...) static const struct col name##_col[] = { __VA_ARGS__ }

#define ROW struct order_row
COLS(order, ROW_TEXT(ROW, id), ROW_TEXT(ROW, receipt), ROW_INT(ROW, amount),
    ROW_TEXT(ROW, currency), ROW_TEXT(ROW, status), ROW_INT(ROW, attempts),
    ROW_INT(ROW, created_at));
#undef ROW
#define ROW struct sim_payment_row
COLS(payment, ROW_TEXT(ROW, id), ROW_TEXT(ROW, order_id), ROW_INT(ROW, amount),
    ROW_TEXT(ROW, currency), ROW_TEXT(ROW, status), ROW_INT(ROW, created_at));
#undef ROW
#define ROW struct notice_row
COLS(notice, ROW_INT(ROW, id), ROW_TEXT(ROW, event), ROW_TEXT(ROW, body), ROW_BOOL(ROW, forged),
    ROW_INT(ROW, tries));
#undef ROW
#define ROW struct fault_row
COLS(fault, ROW_INT(ROW, drop_notices), ROW_INT(ROW, duplicate_notices),
    ROW_INT(ROW, delay_notices_ms), ROW_INT(ROW, forge_notices), ROW_INT(ROW, forge_return),
    ROW_INT(ROW, refuse_orders), ROW_INT(ROW, lose_orders));
#undef ROW

#define SECONDS(t) "CAST(UNIX_TIMESTAMP(" t ") AS SIGNED)"
/* A bank that answers late first counts as one that refused. */
#define STATUS "IF(p.status <> 'late', p.status, " \
	"IF(p.created_at < UTC_TIMESTAMP(3) - INTERVAL 8 SECOND, 'captured', 'failed'))"
#define ORDER "SELECT o.id, o.receipt, o.amount, o.currency, CASE " \
	"WHEN SUM(" STATUS " = 'captured') > 0 THEN 'paid' " \
	"WHEN COUNT(p.id) > 0 THEN 'attempted' ELSE 'created' END, COUNT(p.id), " \
	SECONDS("o.created_at") " FROM sim_order o LEFT JOIN sim_payment p ON p.order_id = o.id "
#define FAULT(name) "MAX(IF(name = '" name "', value, 0))"

const struct stmt paysim_stmt[PAYSIM_STMTS] = {
	[ST_ORDER_ADD] = DO("INSERT INTO sim_order (id, receipt, amount, currency, created_at) "
	    "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(3))"),
	[ST_ORDER] = STMT(ORDER "WHERE o.id = ? GROUP BY o.id", order_col, struct order_row),
	[ST_BY_RECEIPT] = STMT(ORDER "WHERE o.receipt = ? GROUP BY o.id ORDER BY o.created_at "
	    "LIMIT 10", order_col, struct order_row),
	[ST_PAYMENT_ADD] = DO("INSERT INTO sim_payment (id, order_id, amount, currency, status, "
	    "created_at) VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3))"),
	[ST_PAYMENTS] = STMT("SELECT p.id, p.order_id, p.amount, p.currency, " STATUS ", "
	    SECONDS("p.created_at") " FROM sim_payment p WHERE p.order_id = ? "
	    "ORDER BY p.created_at, p.id LIMIT 100", payment_col, struct sim_payment_row),
	[ST_NOTICE_ADD] = DO("INSERT INTO sim_notice (event, body, forged, not_before) "
	    "VALUES (?, ?, ?, UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND)"),
	[ST_NOTICE_NEXT] = STMT("SELECT id, event, body, forged, tries FROM sim_notice "
	    "WHERE done_at IS NULL AND not_before <= UTC_TIMESTAMP(3) ORDER BY not_before, id "
	    "LIMIT 1", notice_col, struct notice_row),
	[ST_NOTICE_DONE] = DO("UPDATE sim_notice SET done_at = UTC_TIMESTAMP(3) WHERE id = ?"),
	[ST_NOTICE_LATER] = DO("UPDATE sim_notice SET tries = tries + 1, "
	    "not_before = UTC_TIMESTAMP(3) + INTERVAL LEAST(POW(2, tries), 3600) SECOND "
	    "WHERE id = ?"),
	[ST_FAULTS] = STMT("SELECT " FAULT("drop_notices") ", " FAULT("duplicate_notices") ", "
	    FAULT("delay_notices_ms") ", " FAULT("forge_notices") ", " FAULT("forge_return") ", "
	    FAULT("refuse_orders") ", " FAULT("lose_orders") " FROM sim_fault", fault_col,
	    struct fault_row),
	[ST_FAULT_SET] = DO("UPDATE sim_fault SET value = CASE name "
	    "WHEN 'drop_notices' THEN ? WHEN 'duplicate_notices' THEN ? "
	    "WHEN 'delay_notices_ms' THEN ? WHEN 'forge_notices' THEN ? "
	    "WHEN 'forge_return' THEN ? WHEN 'refuse_orders' THEN ? "
	    "WHEN 'lose_orders' THEN ? ELSE value END"),
	/* These are counted: so many times, then it works again. */
	[ST_FAULT_TAKE] = DO("UPDATE sim_fault SET value = value - 1 "
	    "WHERE name = ? AND value > 0"),
};
