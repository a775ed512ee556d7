-- Money, in paise.  Ledger entries are never updated or deleted: grants forbid it.

CREATE TABLE payment (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	live_application BIGINT NULL UNIQUE,	-- = application_id while open or paid: one at a time
	iec CHAR(10) CHARACTER SET ascii NOT NULL,
	agency VARCHAR(6) CHARACTER SET ascii NOT NULL,
	state VARCHAR(12) CHARACTER SET ascii NOT NULL,	-- created open paid failed
	version BIGINT NOT NULL DEFAULT 1,
	fee_paise BIGINT NOT NULL,
	cgst_paise BIGINT NOT NULL,
	sgst_paise BIGINT NOT NULL,
	igst_paise BIGINT NOT NULL,
	total_paise BIGINT NOT NULL,
	sac VARCHAR(8) NOT NULL,
	place_of_supply VARCHAR(60) NOT NULL,
	gateway_order VARCHAR(64) CHARACTER SET ascii NULL UNIQUE,
	checkout_url VARCHAR(400) NULL,
	gateway_payment VARCHAR(64) CHARACTER SET ascii NULL UNIQUE,
	receipt_number VARCHAR(16) CHARACTER SET ascii NULL UNIQUE,
	created_by BIGINT NOT NULL,
	created_at DATETIME(3) NOT NULL,
	paid_at DATETIME(3) NULL,
	KEY (iec, id),
	KEY (state, created_at),
	CHECK (total_paise = fee_paise + cgst_paise + sgst_paise + igst_paise),
	FOREIGN KEY (application_id) REFERENCES application (id)
);

-- Every fact about a gateway payment, from whichever door, once.
CREATE TABLE payment_fact (
	gateway_payment VARCHAR(64) CHARACTER SET ascii NOT NULL,
	status VARCHAR(16) CHARACTER SET ascii NOT NULL,
	gateway_order VARCHAR(64) CHARACTER SET ascii NOT NULL,
	amount_paise BIGINT NOT NULL,
	source VARCHAR(12) CHARACTER SET ascii NOT NULL,	-- notice, return, poll
	outcome VARCHAR(16) CHARACTER SET ascii NOT NULL,	-- settled, refund_due, noted
	at DATETIME(3) NOT NULL,
	PRIMARY KEY (gateway_payment, status)
);

CREATE TABLE ledger_entry (
	payment_id BIGINT NOT NULL,
	gateway_payment VARCHAR(64) CHARACTER SET ascii NOT NULL,
	account VARCHAR(40) CHARACTER SET ascii NOT NULL,	-- gateway:NCE, fees:NCE, refunds:NCE
	amount_paise BIGINT NOT NULL,				-- + into, - out of the account
	at DATETIME(3) NOT NULL,
	PRIMARY KEY (gateway_payment, account),
	KEY (account, at),
	FOREIGN KEY (payment_id) REFERENCES payment (id)
);

-- Work for later: claim, commit, act idempotently, mark done (reliability 5.3).
CREATE TABLE job (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind VARCHAR(24) CHARACTER SET ascii NOT NULL,
	once VARCHAR(100) CHARACTER SET ascii NOT NULL UNIQUE,	-- names the act: never twice
	payload LONGTEXT NOT NULL CHECK (JSON_VALID(payload)),
	state VARCHAR(8) CHARACTER SET ascii NOT NULL DEFAULT 'ready',	-- ready, leased, done, failed
	version BIGINT NOT NULL DEFAULT 1,
	tries INT NOT NULL DEFAULT 0,
	not_before DATETIME(3) NOT NULL,
	lease_until DATETIME(3) NULL,
	last_error VARCHAR(300) NOT NULL DEFAULT '',
	created_at DATETIME(3) NOT NULL,
	KEY (state, not_before)
);
