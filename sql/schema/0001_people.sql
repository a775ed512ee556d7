-- Who there is: firms under an IEC, agencies with offices, persons, their sessions and tokens.
-- Times are UTC.  Images of stamps and signatures are versions with a date, never overwritten, so
-- that a reprint shows what was in force on the day of issue (domain 3.1).

CREATE TABLE firm (
	iec CHAR(10) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	name VARCHAR(200) NOT NULL,
	pan CHAR(10) CHARACTER SET ascii NOT NULL,
	gstin CHAR(15) CHARACTER SET ascii NULL,
	address LONGTEXT NOT NULL CHECK (JSON_VALID(address)),	-- list of lines
	city VARCHAR(100) NOT NULL,
	state VARCHAR(60) NOT NULL,
	pin VARCHAR(10) NOT NULL,
	email VARCHAR(254) NOT NULL,
	phone VARCHAR(32) NOT NULL
);

CREATE TABLE agency (
	code VARCHAR(6) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	name VARCHAR(200) NOT NULL,
	name_local VARCHAR(200) NOT NULL DEFAULT '',
	address LONGTEXT NOT NULL CHECK (JSON_VALID(address)),
	city VARCHAR(100) NOT NULL,
	gstin CHAR(15) CHARACTER SET ascii NULL,	-- none: not registered, or exempt
	email VARCHAR(254) NOT NULL,
	phone VARCHAR(32) NOT NULL,
	website VARCHAR(200) NOT NULL DEFAULT '',
	delisted_on DATE NULL
);

CREATE TABLE office (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	agency VARCHAR(6) CHARACTER SET ascii NOT NULL,
	name VARCHAR(100) NOT NULL,
	city VARCHAR(100) NOT NULL,
	address LONGTEXT NOT NULL CHECK (JSON_VALID(address)),
	active BOOLEAN NOT NULL DEFAULT TRUE,
	UNIQUE KEY (agency, name),
	FOREIGN KEY (agency) REFERENCES agency (code)
);

-- kind: exporter, officer, administrator (of an agency), operator (of the portal).
-- role: admin, signatory, filer for exporters; otherwise the kind again.
CREATE TABLE person (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	email VARCHAR(254) NOT NULL UNIQUE,
	name VARCHAR(120) NOT NULL,
	designation VARCHAR(120) NOT NULL DEFAULT '',
	kind VARCHAR(16) CHARACTER SET ascii NOT NULL,
	role VARCHAR(16) CHARACTER SET ascii NOT NULL,
	iec CHAR(10) CHARACTER SET ascii NULL,
	agency VARCHAR(6) CHARACTER SET ascii NULL,
	password_hash VARCHAR(160) CHARACTER SET ascii NOT NULL,
	active BOOLEAN NOT NULL DEFAULT TRUE,
	FOREIGN KEY (iec) REFERENCES firm (iec),
	FOREIGN KEY (agency) REFERENCES agency (code),
	CHECK ((kind = 'exporter') = (iec IS NOT NULL)),
	CHECK ((kind IN ('officer', 'administrator')) = (agency IS NOT NULL))
);

CREATE TABLE officer_office (
	person_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	PRIMARY KEY (person_id, office_id),
	FOREIGN KEY (person_id) REFERENCES person (id),
	FOREIGN KEY (office_id) REFERENCES office (id)
);

-- A delay per address that somebody tried, whether it exists or not: the answer tells nothing.
CREATE TABLE sign_in_delay (
	subject BINARY(32) NOT NULL PRIMARY KEY,	-- SHA-256 of the address in lower case
	fails INT NOT NULL,
	retry_at DATETIME(3) NOT NULL
);

-- Only the SHA-256 of a session token is kept: reading this table gives nobody a session.
CREATE TABLE session (
	token_hash BINARY(32) NOT NULL PRIMARY KEY,
	person_id BIGINT NOT NULL,
	created_at DATETIME(3) NOT NULL,
	seen_at DATETIME(3) NOT NULL,
	expires_at DATETIME(3) NOT NULL,
	KEY (expires_at),
	FOREIGN KEY (person_id) REFERENCES person (id)
);

-- A registered digital signature certificate.  The private key never comes here.
CREATE TABLE dsc (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	person_id BIGINT NOT NULL,
	fingerprint CHAR(64) CHARACTER SET ascii NOT NULL UNIQUE,	-- SHA-256 of the DER
	der BLOB NOT NULL,
	subject VARCHAR(200) NOT NULL,
	not_after DATETIME NOT NULL,
	active BOOLEAN NOT NULL DEFAULT TRUE,
	KEY (person_id),
	FOREIGN KEY (person_id) REFERENCES person (id)
);

CREATE TABLE image (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	office_id BIGINT NULL,		-- a stamp belongs to an office,
	person_id BIGINT NULL,		-- a signature to an officer
	png MEDIUMBLOB NOT NULL,
	valid_from DATETIME NOT NULL,
	KEY (office_id, valid_from),
	KEY (person_id, valid_from),
	FOREIGN KEY (office_id) REFERENCES office (id),
	FOREIGN KEY (person_id) REFERENCES person (id),
	CHECK ((office_id IS NULL) <> (person_id IS NULL))
);

CREATE VIEW who AS
	SELECT p.id AS person, p.name, p.email, p.designation, p.kind, p.role,
	    p.iec, f.name AS firm, p.agency, a.name AS agency_name
	FROM person p LEFT JOIN firm f ON f.iec = p.iec LEFT JOIN agency a ON a.code = p.agency
	WHERE p.active;

-- A program may ask about a token that it was handed; it cannot list sessions.
-- Idle for 60 minutes, or 8 hours after signing in, a session is over.
CREATE FUNCTION session_person(token BINARY(32)) RETURNS BIGINT
	READS SQL DATA SQL SECURITY DEFINER
	RETURN (SELECT person_id FROM session WHERE token_hash = token
	    AND expires_at > UTC_TIMESTAMP(3) AND seen_at > UTC_TIMESTAMP(3) - INTERVAL 60 MINUTE);

-- Keep a session alive; at most one write a minute.
DELIMITER $$
CREATE FUNCTION session_seen(token BINARY(32)) RETURNS BIGINT
	MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	UPDATE session SET seen_at = UTC_TIMESTAMP(3)
	WHERE token_hash = token AND seen_at < UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE;
	RETURN ROW_COUNT();
END$$
DELIMITER ;
