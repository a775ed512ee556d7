-- The audit chain: one per writer, insert-only by grant.  hash = SHA-256 over the row and the hash
-- before it, so that a changed or missing row shows; `ecoo audit` and the tests walk it.

CREATE TABLE audit (
	writer VARCHAR(40) CHARACTER SET ascii NOT NULL,	-- program/thread
	seq BIGINT NOT NULL,
	at DATETIME(3) NOT NULL,
	person_id BIGINT NOT NULL,		-- 0: nobody, the system
	what VARCHAR(40) CHARACTER SET ascii NOT NULL,
	object VARCHAR(60) CHARACTER SET ascii NOT NULL,
	detail VARCHAR(400) NOT NULL,
	request CHAR(32) CHARACTER SET ascii NOT NULL,
	hash BINARY(32) NOT NULL,
	PRIMARY KEY (writer, seq)
);

-- Same actor and key: the same answer again (reliability 5.4).
CREATE TABLE idempotency (
	person_id BIGINT NOT NULL,
	name VARCHAR(64) CHARACTER SET ascii NOT NULL,
	request_hash BINARY(32) NOT NULL,
	status INT NOT NULL,
	body LONGTEXT NOT NULL,
	at DATETIME(3) NOT NULL,
	PRIMARY KEY (person_id, name),
	KEY (at)
);
