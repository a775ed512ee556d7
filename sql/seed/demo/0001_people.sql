-- The demonstration: one agency with two offices, two firms, eight people.  All of it is invented
-- (tests/samples/README.md); the password of everybody is origin-demo-2026, hashed with Argon2id.
-- Keys, stamps and signatures come from tools/demo-keys, which makes them where the demo runs.

INSERT INTO firm (iec, name, pan, gstin, address, city, state, pin, email, phone) VALUES
	('AAACP0000K', 'Palarveni Footwear Private Limited', 'AAACP0000K', '33AAACP0000K1Z5',
	    '["Plot 14-B, Vellimalai Leather Park", "Thuthipet Road"]', 'Ambur', 'Tamil Nadu',
	    '635802', 'exports@palarveni.example', '+91 4174 000 318'),
	('AAACS0000A', 'Sahyavastra Weaves Private Limited', 'AAACS0000A', '27AAACS0000A1ZG',
	    '["Gala 22-27, Vithai Compound", "Old Agra Road, Kasheli"]', 'Bhiwandi', 'Maharashtra',
	    '421302', 'docs@sahyavastra.example', '+91 2522 000 147')
	ON DUPLICATE KEY UPDATE name = VALUES(name), gstin = VALUES(gstin), address = VALUES(address),
	    city = VALUES(city), state = VALUES(state), pin = VALUES(pin), email = VALUES(email),
	    phone = VALUES(phone);

INSERT INTO agency (code, name, name_local, address, city, gstin, email, phone, website) VALUES
	('NCE', 'Nilgagan Chamber of Export Commerce', 'नीलगगन निर्यात वाणिज्य मंडल',
	    '["Nilgagan House, 7 Darukhana Cross Road", "Ballard Estate"]', 'Mumbai',
	    '27AAATN0000N1ZV', 'certificates@nilgagan.example', '+91 22 0000 7100',
	    'www.nilgagan.example')
	ON DUPLICATE KEY UPDATE name = VALUES(name), name_local = VALUES(name_local),
	    address = VALUES(address), gstin = VALUES(gstin), email = VALUES(email),
	    phone = VALUES(phone), website = VALUES(website);

INSERT INTO office (id, agency, name, city, address) VALUES
	(1, 'NCE', 'Mumbai', 'Mumbai',
	    '["Nilgagan House, 7 Darukhana Cross Road", "Ballard Estate, Mumbai 400001"]'),
	(2, 'NCE', 'Chennai', 'Chennai',
	    '["14 Kalangarai Road", "Parrys, Chennai 600001"]')
	ON DUPLICATE KEY UPDATE address = VALUES(address);

INSERT INTO person (email, name, designation, kind, role, iec, agency, password_hash) VALUES
	('filer@palarveni.example', 'Nila Varadan', 'Export executive', 'exporter', 'filer', 'AAACP0000K', NULL,
	    '$argon2id$v=19$m=19456,t=2,p=1$KsIdHuvcrlXG+YZOD9/OZg$ZPqnhNbPDG0ExOdPo3RmoXqIY5ZO8A709wYJSJvXuPk'),
	('signatory@palarveni.example', 'Ezhilvani Thirumaran-Sahay', 'Manager (Exports)', 'exporter', 'signatory', 'AAACP0000K', NULL,
	    '$argon2id$v=19$m=19456,t=2,p=1$jMYvjCyTEmQO/piJ9pLGuQ$MqsK5bFqprg1HBoMkIo9Q4rP/iR8eGkfwsyNUiXO/bY'),
	('filer@sahyavastra.example', 'Ovi Dandekar-Patole', 'Documentation clerk', 'exporter', 'filer', 'AAACS0000A', NULL,
	    '$argon2id$v=19$m=19456,t=2,p=1$gev0RbAmtn4PSENi80pLCw$epq4sqWXyqbBFtOPLFxmTLAKeRVhER29UD4V/351nos'),
	('signatory@sahyavastra.example', 'Advait Kolhar-Mistrigar', 'Director', 'exporter', 'signatory', 'AAACS0000A', NULL,
	    '$argon2id$v=19$m=19456,t=2,p=1$GQcDzMxB1UyLuLUNnZtVdA$9t1/z7pixkrkovqQLcCKvsTtvgUewm0ufJ7E5GSagxE'),
	('administrator@nce.example', 'Subhash Irani-Velankar', 'Secretary', 'administrator', 'administrator', NULL, 'NCE',
	    '$argon2id$v=19$m=19456,t=2,p=1$Bsbd38ByE54igKBZRgFgwA$moF2p1Sq3ywlE/UJYHbHUH68xZtAMNJX58v0UDbznv0'),
	('officer1@nce.example', 'Meenakshi Raghunathan', 'Joint Director', 'officer', 'officer', NULL, 'NCE',
	    '$argon2id$v=19$m=19456,t=2,p=1$LdvZS8UpLIuT/HUD+T5Eug$nLo032GKbT+MjYC2BhT/2y2nDwhh3aufiipxp3zmLW0'),
	('officer2@nce.example', 'Farhan Qureshi-Deshmukh', 'Assistant Director', 'officer', 'officer', NULL, 'NCE',
	    '$argon2id$v=19$m=19456,t=2,p=1$JulUcsAC+PgZ+V4P/874lw$riMNbZzEig4sB3Wd1QsSWObYBNzhsUKY3L1MuLIK6RM'),
	('operator@ecoo.example', 'Portal operator', '', 'operator', 'operator', NULL, NULL,
	    '$argon2id$v=19$m=19456,t=2,p=1$jA4NDwnKjj5TY2bZraruGg$1Ebw7KAIub6B2SgnejldomUF+Q7uoOzDqi70E1A4FVs')
	ON DUPLICATE KEY UPDATE name = VALUES(name), designation = VALUES(designation),
	    password_hash = VALUES(password_hash);

INSERT IGNORE INTO officer_office (person_id, office_id)
	SELECT p.id, o.id FROM person p JOIN office o ON o.agency = p.agency
	WHERE p.email = 'officer1@nce.example'
	    OR (p.email = 'officer2@nce.example' AND o.name = 'Chennai');
