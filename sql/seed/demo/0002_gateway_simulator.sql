-- The gateway simulator plays a stranger: a database and an account of its own, and not one right in
-- the portal's.  Only where a demonstration is wanted.
CREATE DATABASE IF NOT EXISTS ecoo_paysim CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER IF NOT EXISTS ecoo_paysim@localhost IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM ecoo_paysim@localhost;

CREATE TABLE IF NOT EXISTS ecoo_paysim.sim_order (
	id VARCHAR(40) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	receipt VARCHAR(40) CHARACTER SET ascii NOT NULL,
	amount BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii NOT NULL,
	created_at DATETIME(3) NOT NULL,
	KEY (receipt)
);
CREATE TABLE IF NOT EXISTS ecoo_paysim.sim_payment (
	id VARCHAR(40) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	order_id VARCHAR(40) CHARACTER SET ascii NOT NULL,
	amount BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii NOT NULL,
	status VARCHAR(12) CHARACTER SET ascii NOT NULL,	-- failed, captured, late
	created_at DATETIME(3) NOT NULL,
	KEY (order_id)
);
-- Notices to send, and those that were sent.
CREATE TABLE IF NOT EXISTS ecoo_paysim.sim_notice (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	event VARCHAR(40) CHARACTER SET ascii NOT NULL,
	body LONGTEXT NOT NULL CHECK (JSON_VALID(body)),
	forged BOOLEAN NOT NULL,
	tries INT NOT NULL DEFAULT 0,
	not_before DATETIME(3) NOT NULL,
	done_at DATETIME(3) NULL,
	KEY (done_at, not_before)
);
-- What goes wrong on purpose, until it is switched off: 0 is off.
CREATE TABLE IF NOT EXISTS ecoo_paysim.sim_fault (
	name VARCHAR(24) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	value BIGINT NOT NULL
);
INSERT IGNORE INTO ecoo_paysim.sim_fault VALUES
	('drop_notices', 0), ('duplicate_notices', 0), ('delay_notices_ms', 0), ('forge_notices', 0),
	('forge_return', 0), ('refuse_orders', 0), ('lose_orders', 0);

GRANT SELECT, INSERT ON ecoo_paysim.sim_order TO ecoo_paysim@localhost;
GRANT SELECT, INSERT ON ecoo_paysim.sim_payment TO ecoo_paysim@localhost;
GRANT SELECT, INSERT, UPDATE (tries, not_before, done_at) ON ecoo_paysim.sim_notice TO ecoo_paysim@localhost;
GRANT SELECT, UPDATE (value) ON ecoo_paysim.sim_fault TO ecoo_paysim@localhost;
