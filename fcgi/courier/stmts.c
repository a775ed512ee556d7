/*
 * Every statement this program may send.
 */
#include "fcgi/courier/courier.h"

#define COLS(name, ...) static const struct col name##_col[] = { __VA_ARGS__ }

#define ROW struct job_row
COLS(job, ROW_INT(ROW, id), ROW_TEXT(ROW, kind), ROW_TEXT(ROW, once), ROW_TEXT(ROW, payload),
    ROW_INT(ROW, version), ROW_INT(ROW, tries));
#undef ROW
#define ROW struct payment_row
COLS(payment, ROW_INT(ROW, id), ROW_TEXT(ROW, state), ROW_INT(ROW, total_paise),
    ROW_TEXT0(ROW, gateway_order), ROW_INT(ROW, created));
#undef ROW
COLS(count, ROW_INT(struct count_row, n));

const struct stmt courier_stmt[COURIER_STMTS] = {
	[ST_NEXT] = STMT("SELECT id, kind, once, payload, version, tries FROM job "
	    "WHERE state = 'ready' AND not_before <= UTC_TIMESTAMP(3) AND (kind = 'mail') = ? "
	    "ORDER BY not_before, id LIMIT 1", job_col, struct job_row),
	/* Longer than the longest act: four conversations of 10 seconds. */
	[ST_LEASE] = DO("UPDATE job SET state = 'leased', version = version + 1, "
	    "tries = tries + 1, lease_until = UTC_TIMESTAMP(3) + INTERVAL 60 SECOND "
	    "WHERE id = ? AND version = ? AND state = 'ready'"),
	[ST_CLOSE] = DO("UPDATE job SET state = ?, version = version + 1, lease_until = NULL, "
	    "not_before = UTC_TIMESTAMP(3) + INTERVAL ? SECOND, last_error = ? "
	    "WHERE id = ? AND version = ? AND state = 'leased'"),
	/* Of a courier that died; its tries count, so that what kills couriers ends. */
	[ST_RECLAIM] = DO("UPDATE job SET state = IF(tries > 40, 'failed', 'ready'), "
	    "version = version + 1, lease_until = NULL, last_error = 'the lease ran out' "
	    "WHERE state = 'leased' AND lease_until < UTC_TIMESTAMP(3)"),
	[ST_PAYMENT] = STMT("SELECT id, state, total_paise, gateway_order, "
	    "CAST(UNIX_TIMESTAMP(created_at) AS SIGNED) FROM payment WHERE id = ?", payment_col,
	    struct payment_row),
	[ST_OPENED] = STMT("SELECT payment_opened(?, ?, ?)", count_col, struct count_row),
	[ST_REFUSED] = STMT("SELECT payment_refused(?)", count_col, struct count_row),
};
