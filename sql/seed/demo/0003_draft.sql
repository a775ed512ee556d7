-- A draft to begin with: the shipment whose documents are tests/samples/good/shoes-*.pdf.

INSERT INTO application (iec, agency, office_id, rule_set, state, content, exporter, consignee,
    importing_country, items, created_by, created_at, updated_at)
	SELECT f.iec, 'NCE', 2, 'NP-BASE', 'draft', '
	{
		"importing_country": "DE",
		"consignee": {
			"name": "Hafenlicht Schuhhandel GmbH",
			"address": [
				"Speicherkai 118a"
			],
			"city": "20457 Hamburg",
			"country": "DE",
			"to_order": false
		},
		"transport": {
			"mode": "sea",
			"voyage": "026W",
			"place_of_receipt": "Ambur",
			"final_destination": "Hamburg, Germany",
			"departure_date": "2026-11-12",
			"conveyance": "AZHAGI TIDE",
			"port_of_loading": "INMAA",
			"port_of_discharge": "DEHAM"
		},
		"invoices": [
			{
				"number": "PV/EXP/26-27/0318",
				"date": "2026-11-04",
				"currency": "EUR",
				"value": "32331.00",
				"incoterm": "FOB"
			}
		],
		"items": [
			{
				"hs": "64035911",
				"description": "Ladies'' leather court shoes, upper of bovine leather, cut-out vamp, outer sole of leather, heel 45 mm, Art. PV-4411 Black, sizes 36-41",
				"marks": "HLS\\nHAMBURG\\nP.O. 78112\\nC/NO. 1-120\\nMADE IN INDIA",
				"packages": 40,
				"package_kind": "CT",
				"gross_kg": "444.000",
				"net_kg": "374.400",
				"quantity": "480",
				"uqc": "PRS",
				"origin": "processed",
				"operations": [
					"beyond"
				]
			},
			{
				"hs": "64035911",
				"description": "Ladies'' leather court shoes, upper of bovine leather, cut-out vamp, outer sole of leather, heel 45 mm, Art. PV-4412 Cognac, sizes 36-41",
				"marks": "HLS\\nHAMBURG\\nP.O. 78112\\nC/NO. 1-120\\nMADE IN INDIA",
				"packages": 30,
				"package_kind": "CT",
				"gross_kg": "333.000",
				"net_kg": "280.800",
				"quantity": "360",
				"uqc": "PRS",
				"origin": "processed",
				"operations": [
					"beyond"
				]
			},
			{
				"hs": "64035911",
				"description": "Ladies'' leather sling-back shoes, vamp of straps, outer sole of leather, heel 50 mm, Art. PV-4450 Navy, sizes 36-41",
				"marks": "HLS\\nHAMBURG\\nP.O. 78112\\nC/NO. 1-120\\nMADE IN INDIA",
				"packages": 25,
				"package_kind": "CT",
				"gross_kg": "270.000",
				"net_kg": "225.000",
				"quantity": "300",
				"uqc": "PRS",
				"origin": "processed",
				"operations": [
					"beyond"
				]
			},
			{
				"hs": "64035911",
				"description": "Ladies'' leather sling-back shoes, vamp of straps, outer sole of leather, heel 50 mm, Art. PV-4478 Burgundy, sizes 36-41",
				"marks": "HLS\\nHAMBURG\\nP.O. 78112\\nC/NO. 1-120\\nMADE IN INDIA",
				"packages": 25,
				"package_kind": "CT",
				"gross_kg": "272.500",
				"net_kg": "228.000",
				"quantity": "300",
				"uqc": "PRS",
				"origin": "processed",
				"operations": [
					"beyond"
				]
			}
		],
		"inputs": [
			{
				"description": "Finished bovine leather, full grain",
				"hs": "41071200",
				"quantity": "4020",
				"uqc": "SQF",
				"origin": "IN",
				"value_inr": "643200.00",
				"supplier": "Seppakkam Tanners Co-operative",
				"duty": "none"
			},
			{
				"description": "Lining leather, goat",
				"hs": "41131000",
				"quantity": "3300",
				"uqc": "SQF",
				"origin": "IN",
				"value_inr": "264000.00",
				"supplier": "Seppakkam Tanners Co-operative",
				"duty": "none"
			},
			{
				"description": "Leather outer soles, moulded edge",
				"hs": "64069020",
				"quantity": "1452",
				"uqc": "PRS",
				"origin": "IT",
				"value_inr": "508200.00",
				"supplier": "Suolificio Valfinta S.r.l.",
				"duty": "paid"
			},
			{
				"description": "Heels, ABS, covered, 45/50 mm",
				"hs": "64062000",
				"quantity": "1452",
				"uqc": "PRS",
				"origin": "IN",
				"value_inr": "101640.00",
				"supplier": "Vaigarai Components",
				"duty": "none"
			},
			{
				"description": "Buckles and rivets, zinc alloy",
				"hs": "83089099",
				"quantity": "1210",
				"uqc": "SET",
				"origin": "CN",
				"value_inr": "21780.00",
				"supplier": "Lishan Trims (fictitious)",
				"duty": "paid"
			},
			{
				"description": "Polyamide sewing thread",
				"hs": "54011000",
				"quantity": "36",
				"uqc": "KGS",
				"origin": "IN",
				"value_inr": "19800.00",
				"supplier": "Konguvalli Threads",
				"duty": "none"
			},
			{
				"description": "Adhesives and solvents (consumables)",
				"hs": "35069190",
				"quantity": "190",
				"uqc": "KGS",
				"origin": "IN",
				"value_inr": "57000.00",
				"supplier": "Ottuvel Adhesives",
				"duty": "none"
			},
			{
				"description": "Shoe boxes, cartons, tissue, silica gel (packing)",
				"hs": "48191010",
				"quantity": "1560",
				"uqc": "NOS",
				"origin": "IN",
				"value_inr": "62400.00",
				"supplier": "Palarkudil Packs",
				"duty": "none"
			}
		],
		"process": "Clicking, skiving, closing, lasting, sole attaching, finishing, inspection and packing at the exporter''s works in Ambur.",
		"declaration": {
			"place": "Ambur",
			"signatory": "Ezhilvani Thirumaran-Sahay",
			"designation": "Manager (Exports)"
		}
	}
	', JSON_OBJECT('iec', f.iec, 'name', f.name, 'pan', f.pan, 'gstin', f.gstin,
	    'address', JSON_EXTRACT(f.address, '$'), 'city', f.city, 'state', f.state, 'pin', f.pin,
	    'email', f.email, 'phone', f.phone), 'Hafenlicht Schuhhandel GmbH', 'DE', 4, p.id,
	    UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
	FROM person p JOIN firm f ON f.iec = p.iec
	WHERE p.email = 'filer@palarveni.example'
	    AND NOT EXISTS (SELECT 1 FROM application a WHERE a.iec = f.iec);
INSERT INTO application_event (application_id, at, what, person_id, by_name)
	SELECT a.id, a.created_at, 'created', a.created_by, p.name
	FROM application a JOIN person p ON p.id = a.created_by
	WHERE NOT EXISTS (SELECT 1 FROM application_event e WHERE e.application_id = a.id);
