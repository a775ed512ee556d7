-- A receipt is a tax invoice: what it said on the day stays, whatever becomes of the firm's or the
-- agency's address afterwards.  Insert-only by grant.
CREATE TABLE receipt (
	number VARCHAR(16) CHARACTER SET ascii NOT NULL PRIMARY KEY,	-- CGST Rule 46(b): at most 16
	payment_id BIGINT NOT NULL UNIQUE,
	iec CHAR(10) CHARACTER SET ascii NOT NULL,
	document LONGTEXT NOT NULL CHECK (JSON_VALID(document)),
	at DATETIME(3) NOT NULL,
	KEY (iec),
	FOREIGN KEY (payment_id) REFERENCES payment (id)
);

-- The courier may say that the gateway made an order, or refused to, and nothing else about a
-- payment: that one was paid is not in its power.
DELIMITER $$
CREATE FUNCTION payment_opened(payment BIGINT, ordered VARCHAR(64) CHARACTER SET ascii,
    checkout VARCHAR(400)) RETURNS BIGINT
	MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	UPDATE payment SET state = 'open', version = version + 1, gateway_order = ordered,
	    checkout_url = checkout WHERE id = payment AND state = 'created';
	RETURN ROW_COUNT();
END$$
CREATE FUNCTION payment_refused(payment BIGINT) RETURNS BIGINT
	MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	UPDATE payment SET state = 'failed', version = version + 1, live_application = NULL
	    WHERE id = payment AND state = 'created';
	RETURN ROW_COUNT();
END$$
DELIMITER ;
