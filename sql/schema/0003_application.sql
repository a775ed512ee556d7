-- An application: its content is one JSON document, saved whole under a compare-and-set on
-- version; what is signed is the canonical form of that document with the documents' hashes.

CREATE TABLE counter (
	name VARCHAR(16) CHARACTER SET ascii NOT NULL,		-- application, certificate, receipt
	agency VARCHAR(6) CHARACTER SET ascii NOT NULL,
	fy INT NOT NULL,					-- 2026: from 1 April 2026, Indian time
	n BIGINT NOT NULL,
	PRIMARY KEY (name, agency, fy)
);

CREATE TABLE application (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	number VARCHAR(24) CHARACTER SET ascii NULL UNIQUE,	-- given on submission
	iec CHAR(10) CHARACTER SET ascii NOT NULL,
	agency VARCHAR(6) CHARACTER SET ascii NOT NULL,
	office_id BIGINT NOT NULL,
	rule_set VARCHAR(16) CHARACTER SET ascii NOT NULL,
	state VARCHAR(16) CHARACTER SET ascii NOT NULL,
	version BIGINT NOT NULL DEFAULT 1,
	paid BOOLEAN NOT NULL DEFAULT FALSE,
	content LONGTEXT NOT NULL CHECK (JSON_VALID(content)),
	exporter LONGTEXT NOT NULL CHECK (JSON_VALID(exporter)),	-- snapshot of the IEC record
	consignee VARCHAR(200) NOT NULL DEFAULT '',		-- for lists
	importing_country CHAR(2) CHARACTER SET ascii NOT NULL DEFAULT '',
	items INT NOT NULL DEFAULT 0,
	signed_text LONGTEXT NULL,				-- frozen while it is signed and after
	signed_sha256 CHAR(64) CHARACTER SET ascii NULL,
	signature_id BIGINT NULL,
	lock_person BIGINT NULL,
	lock_until DATETIME(3) NULL,
	created_by BIGINT NOT NULL,
	created_at DATETIME(3) NOT NULL,
	updated_at DATETIME(3) NOT NULL,
	submitted_at DATETIME(3) NULL,
	approved_at DATETIME(3) NULL,
	KEY (iec, id),
	KEY (office_id, state, submitted_at, id),
	FOREIGN KEY (iec) REFERENCES firm (iec),
	FOREIGN KEY (office_id) REFERENCES office (id),
	FOREIGN KEY (rule_set) REFERENCES rule_set (code)
);

CREATE TABLE application_invoice (
	application_id BIGINT NOT NULL,
	norm VARCHAR(64) NOT NULL,		-- upper case, no blanks: for finding, not for showing
	iec CHAR(10) CHARACTER SET ascii NOT NULL,
	PRIMARY KEY (application_id, norm),
	KEY (iec, norm),
	FOREIGN KEY (application_id) REFERENCES application (id)
);

CREATE TABLE document (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	kind VARCHAR(24) CHARACTER SET ascii NOT NULL,
	name VARCHAR(255) NOT NULL,
	media_type VARCHAR(64) CHARACTER SET ascii NOT NULL,
	size BIGINT NOT NULL,
	sha256 CHAR(64) CHARACTER SET ascii NOT NULL,
	pages INT NOT NULL,
	uploaded_by BIGINT NOT NULL,
	uploaded_at DATETIME(3) NOT NULL,
	removed_at DATETIME(3) NULL,
	KEY (application_id),
	FOREIGN KEY (application_id) REFERENCES application (id)
);

-- Signed bytes and the CMS over them, for ever.
CREATE TABLE application_signature (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	signed_text LONGTEXT NOT NULL,
	sha256 CHAR(64) CHARACTER SET ascii NOT NULL,
	cms MEDIUMBLOB NOT NULL,
	person_id BIGINT NOT NULL,
	signer VARCHAR(200) NOT NULL,
	fingerprint CHAR(64) CHARACTER SET ascii NOT NULL,
	signed_at DATETIME(3) NOT NULL,
	KEY (application_id),
	FOREIGN KEY (application_id) REFERENCES application (id)
);

-- One-time jobs for the signer program.  The token is in the address; here stands its hash.
CREATE TABLE signing_job (
	token_hash BINARY(32) NOT NULL PRIMARY KEY,
	kind VARCHAR(16) CHARACTER SET ascii NOT NULL,		-- application, certificate
	subject_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	dsc_id BIGINT NOT NULL,
	sha256 CHAR(64) CHARACTER SET ascii NOT NULL,		-- of the document
	expires_at DATETIME(3) NOT NULL,
	used_at DATETIME(3) NULL,
	KEY (kind, subject_id),
	FOREIGN KEY (dsc_id) REFERENCES dsc (id)
);

-- What people see as history.
CREATE TABLE application_event (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	at DATETIME(3) NOT NULL,
	what VARCHAR(24) CHARACTER SET ascii NOT NULL,
	person_id BIGINT NULL,
	by_name VARCHAR(120) NOT NULL,
	text VARCHAR(2000) NOT NULL DEFAULT '',
	KEY (application_id, id),
	FOREIGN KEY (application_id) REFERENCES application (id)
);

-- What officers decided, with their reasons: query, rejection, approval.
CREATE TABLE decision (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	kind VARCHAR(12) CHARACTER SET ascii NOT NULL,
	person_id BIGINT NOT NULL,
	by_name VARCHAR(120) NOT NULL,
	text VARCHAR(2000) NOT NULL,
	detail LONGTEXT NOT NULL CHECK (JSON_VALID(detail)),
	at DATETIME(3) NOT NULL,
	KEY (application_id, kind, id),
	FOREIGN KEY (application_id) REFERENCES application (id)
);
