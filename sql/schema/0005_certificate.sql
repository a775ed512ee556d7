-- Certificates.  `certificate` is the guard row of the work (prepared, signing, issued, void);
-- what was issued stands in `certificate_issue`, which nobody may update or delete, and what
-- happened to it afterwards in `certificate_status`, which only grows.

CREATE TABLE certificate (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	number VARCHAR(24) CHARACTER SET ascii NOT NULL UNIQUE,
	compact VARCHAR(24) CHARACTER SET ascii NOT NULL UNIQUE,
	check_code CHAR(10) CHARACTER SET ascii NOT NULL,
	application_id BIGINT NOT NULL UNIQUE,	-- the number stays with its application
	agency VARCHAR(6) CHARACTER SET ascii NOT NULL,
	fy INT NOT NULL,
	serial BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	iec CHAR(10) CHARACTER SET ascii NOT NULL,
	state VARCHAR(12) CHARACTER SET ascii NOT NULL,
	version BIGINT NOT NULL DEFAULT 1,
	face LONGTEXT NOT NULL CHECK (JSON_VALID(face)),
	pages INT NOT NULL DEFAULT 0,
	prepared_file CHAR(64) CHARACTER SET ascii NULL,	-- the PDF with an empty signature
	prepared_sha256 CHAR(64) CHARACTER SET ascii NULL,	-- of the bytes that are signed
	signing_by BIGINT NULL,
	signing_at DATETIME(3) NULL,
	created_at DATETIME(3) NOT NULL,
	UNIQUE KEY (agency, fy, serial),
	KEY (iec, id),
	KEY (office_id, state, id),
	KEY (state, signing_at),
	FOREIGN KEY (application_id) REFERENCES application (id)
);

CREATE TABLE certificate_issue (
	number VARCHAR(24) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	application_id BIGINT NOT NULL UNIQUE,
	check_code CHAR(10) CHARACTER SET ascii NOT NULL,
	face LONGTEXT NOT NULL CHECK (JSON_VALID(face)),
	applicant VARCHAR(200) NOT NULL,
	goods VARCHAR(400) NOT NULL,
	origin_country CHAR(2) CHARACTER SET ascii NOT NULL,
	destination_country CHAR(2) CHARACTER SET ascii NOT NULL,
	agency VARCHAR(6) CHARACTER SET ascii NOT NULL,
	agency_name VARCHAR(200) NOT NULL,
	agency_email VARCHAR(254) NOT NULL,
	agency_phone VARCHAR(32) NOT NULL,
	agency_website VARCHAR(200) NOT NULL,
	office VARCHAR(100) NOT NULL,
	pages INT NOT NULL,
	sha256 CHAR(64) CHARACTER SET ascii NOT NULL UNIQUE,	-- of the signed PDF
	range_sha256 CHAR(64) CHARACTER SET ascii NOT NULL UNIQUE,	-- of the bytes under the signature
	size BIGINT NOT NULL,
	issued_by BIGINT NOT NULL,
	issued_by_name VARCHAR(120) NOT NULL,
	fingerprint CHAR(64) CHARACTER SET ascii NOT NULL,
	issued_at DATETIME(3) NOT NULL,
	FOREIGN KEY (application_id) REFERENCES application (id)
);

CREATE TABLE certificate_status (
	number VARCHAR(24) CHARACTER SET ascii NOT NULL PRIMARY KEY,	-- one end per certificate
	state VARCHAR(12) CHARACTER SET ascii NOT NULL,			-- cancelled, replaced
	at DATETIME(3) NOT NULL,
	by_person BIGINT NULL,
	reason VARCHAR(2000) NOT NULL,
	replaced_by VARCHAR(24) CHARACTER SET ascii NULL,
	FOREIGN KEY (number) REFERENCES certificate_issue (number)
);

-- All that the verify program can see.
CREATE VIEW public_certificate AS
	SELECT i.number, i.check_code, i.face, i.applicant, i.goods, i.origin_country,
	    i.destination_country, i.agency, i.agency_name, i.agency_email, i.agency_phone,
	    i.agency_website, i.office, i.pages, i.sha256, i.range_sha256, i.size, i.issued_by_name,
	    i.fingerprint, i.issued_at, COALESCE(s.state, 'valid') AS state, s.at AS ended_at,
	    s.reason, s.replaced_by
	FROM certificate_issue i LEFT JOIN certificate_status s ON s.number = i.number;
