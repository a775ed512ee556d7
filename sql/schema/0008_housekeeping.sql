-- What is over is removed by the database itself, once an hour: no program needs the right to.
-- Nothing of lasting worth is touched.  An answer under an Idempotency-Key is kept for thirty days.
-- Needs event_scheduler = ON.

DELIMITER $$
CREATE EVENT housekeeping ON SCHEDULE EVERY 1 HOUR
	COMMENT 'sessions, sign-in delays, signer jobs and repeated answers that are over'
DO BEGIN
	DELETE FROM session WHERE expires_at < UTC_TIMESTAMP(3) LIMIT 10000;
	DELETE FROM session WHERE seen_at < UTC_TIMESTAMP(3) - INTERVAL 60 MINUTE LIMIT 10000;
	DELETE FROM sign_in_delay WHERE retry_at < UTC_TIMESTAMP(3) - INTERVAL 1 DAY LIMIT 10000;
	DELETE FROM signing_job WHERE expires_at < UTC_TIMESTAMP(3) - INTERVAL 30 DAY LIMIT 10000;
	DELETE FROM idempotency WHERE at < UTC_TIMESTAMP(3) - INTERVAL 30 DAY LIMIT 10000;
END$$
DELIMITER ;
