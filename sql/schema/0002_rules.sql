-- Rules that change with time are rows with a date, not code (domain 5.3).

CREATE TABLE rule_set (
	code VARCHAR(16) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	legal_basis VARCHAR(300) NOT NULL,
	valid_from DATE NOT NULL,
	active BOOLEAN NOT NULL
);

CREATE TABLE rule_document (
	rule_set VARCHAR(16) CHARACTER SET ascii NOT NULL,
	kind VARCHAR(24) CHARACTER SET ascii NOT NULL,
	required BOOLEAN NOT NULL,
	PRIMARY KEY (rule_set, kind),
	FOREIGN KEY (rule_set) REFERENCES rule_set (code)
);

CREATE TABLE rule_feature (
	rule_set VARCHAR(16) CHARACTER SET ascii NOT NULL,
	feature VARCHAR(24) CHARACTER SET ascii NOT NULL,	-- inputs_required, back_to_back
	PRIMARY KEY (rule_set, feature),
	FOREIGN KEY (rule_set) REFERENCES rule_set (code)
);

CREATE TABLE rule_fee (
	rule_set VARCHAR(16) CHARACTER SET ascii NOT NULL,
	event VARCHAR(16) CHARACTER SET ascii NOT NULL,
	valid_from DATE NOT NULL,
	fee_paise BIGINT NOT NULL CHECK (fee_paise >= 0),
	gst_bp INT NOT NULL CHECK (gst_bp BETWEEN 0 AND 10000),	-- 1800 = 18 %
	sac VARCHAR(8) NOT NULL,
	PRIMARY KEY (rule_set, event, valid_from),
	FOREIGN KEY (rule_set) REFERENCES rule_set (code)
);

CREATE TABLE setting (
	name VARCHAR(40) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	value VARCHAR(400) NOT NULL
);

INSERT INTO rule_set VALUES
	('NP-BASE', 'HBP 2.93 as quoted in CLE-HO/POL/COO/2024 of 10.09.2024', '2024-08-28', TRUE),
	('NP-2025-01', 'HBP 2.93(c),(d),(f) as amended by PN 43/2024-25 of 27.01.2025', '2025-01-27', FALSE);
INSERT INTO rule_document VALUES
	('NP-BASE', 'invoice', TRUE), ('NP-BASE', 'packing_list', TRUE),
	('NP-BASE', 'input_statement', FALSE), ('NP-BASE', 'transport_document', FALSE),
	('NP-BASE', 'other', FALSE),
	('NP-2025-01', 'invoice', TRUE), ('NP-2025-01', 'packing_list', TRUE),
	('NP-2025-01', 'input_statement', FALSE), ('NP-2025-01', 'transport_document', FALSE),
	('NP-2025-01', 'other', FALSE);
INSERT INTO rule_feature VALUES ('NP-BASE', 'inputs_required'), ('NP-2025-01', 'back_to_back');
INSERT INTO rule_fee VALUES
	('NP-BASE', 'issue', '2024-08-28', 20000, 1800, '998599'),
	('NP-2025-01', 'issue', '2025-01-27', 20000, 1800, '998599');
-- The operator's switch: 'yes' halts issuing everywhere (DESIGN 8).
INSERT INTO setting VALUES ('issuing_halted', 'no');
