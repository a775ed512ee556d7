// A register with N certificates, as years of work would leave it: made row by row in the database itself.
//
// Five agencies besides the demo's, 17 offices, 402 firms; three financial years. 98 of 100 applications led to a
// certificate (1 of 100 of those is cancelled), the others were rejected. What is at work does not grow with the
// register, as desks do not: 120 applications stand in each office, 24 in each of five states. The firm of the demo
// has 1 of 100. Each application has one invoice, one document, two events, one payment and one decision.
import { unlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { place, shipment } from '../lib/portal.mjs';
import { leftOut, query } from './lib.mjs';

const AT_WORK = 17 * 120;
const AGENCIES = ['NCE', 'BAA', 'BAB', 'BAC', 'BAD', 'BAE'];
const OFFICES = 'ELT(1 + MOD(i, 17), 1, 2, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115)';
const AGENCY_OF = `ELT(1 + IF(MOD(i, 17) < 2, 0, 1 + MOD(MOD(i, 17) - 2, 5)), ${AGENCIES.map((a) => `'${a}'`).join(', ')})`;
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const TABLES = ['job', 'idempotency', 'decision', 'application_event', 'document', 'application_invoice', 'ledger_entry', 'receipt', 'payment',
	'signing_job', 'application_signature', 'certificate_status', 'certificate_issue', 'certificate', 'application'];

const agencyOf = (i) => AGENCIES[i % 17 < 2 ? 0 : 1 + ((i % 17) - 2) % 5];

// ISO 7064 MOD 37,36, as modules/rules/number.c has it.
function check(text) {
	let p = 36;
	for (const c of text) {
		p = (p + LETTERS.indexOf(c)) % 36 || 36;
		p = (p * 2) % 37;
	}
	return LETTERS[(37 - p) % 36];
}

export function numberOf(i, n) {
	const year = 24 + Math.floor(3 * (i - 1) / n);
	const serial = String(1000000 + i);
	const head = `NP${agencyOf(i)}${year}${serial}`;
	return { compact: head + check(head), number: `NP-${agencyOf(i)}-${year}-${serial}-${check(head)}`, year: 2000 + year };
}

// The highest number of an application that led to something.
const settled = (n) => n - AT_WORK;
export const issued = (i, n) => i <= settled(n) && i % 50 !== 7;

function writeNumbers(n, file) {
	const lines = [];
	for (let i = 1; i <= n; i++) {
		const { number, compact, year } = numberOf(i, n);
		lines.push(`${i}\t${number}\t${compact}\t${year}`);
	}
	writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o644 });
}

const quote = (text) => `'${text.replace(/[\\']/g, (c) => `\\${c}`)}'`;

// A JSON text with two places in it, as an SQL expression.
const filled = (json, name, invoice) => `CONCAT(${quote(json).replace('@name@', `', ${name}, '`).replace('@invoice@', `', ${invoice}, '`)})`;

// An application with one item, as JSON.
export async function small() {
	const { content } = await shipment(0);
	content.items.length = 1;
	content.inputs.length = 1;
	content.process = 'Cutting, closing, lasting, finishing.';
	return content;
}

async function documents() {
	const content = await small();
	content.consignee.name = '@name@';
	content.invoices[0].number = '@invoice@';
	const exporter = await query("SELECT JSON_OBJECT('iec', iec, 'name', name, 'gstin', gstin, 'address', JSON_COMPACT(address), "
		+ "'city', city, 'state', state, 'pin', pin, 'email', email, 'phone', phone) FROM firm WHERE iec = 'AAACP0000K'");
	const face = { number: '', exporter: ['Palarveni Footwear Private Limited', 'Plot 14-B, Vellimalai Leather Park', 'Ambur 635802, India'],
		consignee: ['@name@', 'Speicherkai 118a', '20457 Hamburg', 'Germany'], transport: ['Sea, AZHAGI TIDE', 'Chennai to Hamburg'],
		items: [{ number: 1, goods: content.items[0].description }], invoices: content.invoices, importing_country: 'Germany', produced_in: 'INDIA' };
	return { content: JSON.stringify(content), exporter, face: JSON.stringify(face) };
}

const base = `
INSERT IGNORE INTO agency (code, name, address, city, email, phone, website)
	SELECT ELT(seq, 'BAA', 'BAB', 'BAC', 'BAD', 'BAE'), CONCAT('Chamber of the bench ', seq), '["1 Bench Road"]', 'Mumbai',
	'bench@bench.example', '+91 22 0000 0000', 'www.bench.example' FROM seq_1_to_5;
INSERT IGNORE INTO office (id, agency, name, city, address)
	SELECT 100 + seq, ELT(1 + MOD(seq - 1, 5), 'BAA', 'BAB', 'BAC', 'BAD', 'BAE'), CONCAT('Office ', seq), 'Mumbai', '["1 Bench Road"]'
	FROM seq_1_to_15;
INSERT IGNORE INTO firm SELECT CONCAT('BENCH', LPAD(seq, 5, '0')), CONCAT('Exporter of the bench ', seq), 'AAACB0000B', NULL,
	'["1 Bench Road"]', 'Mumbai', 'Maharashtra', '400001', 'bench@bench.example', '+91 22 0000 0000' FROM seq_1_to_400;
CREATE TABLE IF NOT EXISTS bench_number (i BIGINT NOT NULL PRIMARY KEY, number VARCHAR(24) CHARACTER SET ascii NOT NULL,
	compact VARCHAR(24) CHARACTER SET ascii NOT NULL, fy INT NOT NULL);
`;

const IEC = "IF(MOD(i, 100) = 0, 'AAACP0000K', IF(MOD(i, 100) = 1, 'AAACS0000A', CONCAT('BENCH', LPAD(1 + MOD(i * 7919, 400), 5, '0'))))";
const FIRM = "IF(MOD(i, 100) = 0, 'Palarveni Footwear Private Limited', CONCAT('Exporter of the bench ', 1 + MOD(i * 7919, 400)))";
// Even over three years that end with this minute.
const moment = (n, more = 0) => `(UTC_TIMESTAMP(3) - INTERVAL (${n} - i) * ${Math.floor(94608000 / n * 1000)} / 1000 - ${more} SECOND)`;
const ISSUED = (n) => `i <= ${settled(n)} AND MOD(i, 50) <> 7`;
const STATE = (n) => `CASE WHEN i > ${settled(n)} THEN ELT(1 + MOD(FLOOR(i / 17), 5), 'submitted', 'resubmitted', 'under_review', 'query', `
	+ `'approved') WHEN MOD(i, 50) = 7 THEN 'rejected' WHEN MOD(i, 100) = 33 THEN 'cancelled' ELSE 'issued' END`;

function statements(n, doc) {
	const consignee = "CONCAT('Buyer ', MOD(i * 31, 5000), ' GmbH')";
	const invoice = "CONCAT('B/', i)";
	const from = 'FROM bench_number';
	return { desk: [
		`INSERT INTO application (id, number, iec, agency, office_id, rule_set, state, version, paid, content, exporter, consignee,
		importing_country, items, created_by, created_at, updated_at, submitted_at, approved_at)
		SELECT i, CONCAT('A-', ${AGENCY_OF}, '-', MOD(fy, 100), '-', 1000000 + i), ${IEC}, ${AGENCY_OF}, ${OFFICES}, 'NP-BASE', ${STATE(n)}, 7, TRUE,
		${filled(doc.content, consignee, invoice)}, ${quote(doc.exporter)}, ${consignee}, 'DE', 1,
		1, ${moment(n)}, ${moment(n, 7200)}, ${moment(n, 3600)}, IF(${STATE(n)} IN ('approved', 'issued', 'cancelled'), ${moment(n, 3000)}, NULL) ${from}`,
	], rest: [
		`INSERT INTO application_invoice SELECT i, ${invoice}, ${IEC} ${from}`,
		`INSERT INTO document (id, application_id, kind, name, media_type, size, sha256, pages, uploaded_by, uploaded_at)
		SELECT i, i, 'invoice', 'invoice.pdf', 'application/pdf', 61234, SHA2(MOD(i, 1000), 256), 1, 1, ${moment(n)} ${from}`,
		`INSERT INTO application_event (id, application_id, at, what, person_id, by_name, text) SELECT 2 * i - k.seq, i, ${moment(n, 3600)},
		IF(k.seq = 1, 'created', 'submitted'), 1, 'Nila Varadan', '' ${from} JOIN seq_0_to_1 k ORDER BY i, k.seq DESC`,
		`INSERT INTO payment (id, application_id, live_application, iec, agency, state, fee_paise, cgst_paise, sgst_paise, igst_paise,
		total_paise, sac, place_of_supply, gateway_order, gateway_payment, receipt_number, created_by, created_at, paid_at)
		SELECT i, i, i, ${IEC}, ${AGENCY_OF}, 'paid', 20000, 0, 0, 3600, 23600, '998599', 'Tamil Nadu', CONCAT('order_', i),
		CONCAT('pay_', i), CONCAT('B', i), 1, ${moment(n)}, ${moment(n, 60)} ${from}`,
		`INSERT INTO decision (id, application_id, kind, person_id, by_name, text, detail, at)
		SELECT i, i, IF(MOD(i, 50) = 7, 'rejection', 'approval'), 6, 'Meenakshi Raghunathan', '', '{}', ${moment(n, 7000)} ${from}
		WHERE i <= ${settled(n)}`,
		`INSERT INTO certificate (id, number, compact, check_code, application_id, agency, fy, serial, office_id, iec, state, version,
		face, pages, created_at) SELECT i, number, compact, 'ABCDEFGH23', i, ${AGENCY_OF}, fy, 1000000 + i, ${OFFICES}, ${IEC}, 'issued', 4,
		'{}', 1, ${moment(n, 7100)} ${from} WHERE ${ISSUED(n)}`,
	], register: [
		`INSERT INTO certificate_issue (number, application_id, check_code, face, applicant, goods, origin_country,
		destination_country, agency, agency_name, agency_email, agency_phone, agency_website, office, pages, sha256, range_sha256, size,
		issued_by, issued_by_name, fingerprint, issued_at) SELECT number, i, 'ABCDEFGH23', ${filled(doc.face, consignee, invoice)}, ${FIRM},
		'Leather court shoes (HS 64035911)', 'IN', 'DE', ${AGENCY_OF}, 'Nilgagan Chamber of Export Commerce', 'certificates@nilgagan.example',
		'+91 22 0000 7100', 'www.nilgagan.example', 'Mumbai', 1, SHA2(i, 256), SHA2(-i, 256), 81234, 6, 'Meenakshi Raghunathan',
		SHA2('officer', 256), ${moment(n, 7200)} ${from} WHERE ${ISSUED(n)} ORDER BY number`,
		`INSERT INTO certificate_status (number, state, at, by_person, reason) SELECT number, 'cancelled', ${moment(n, 9000)}, 6,
		'Issued in error' ${from} WHERE ${ISSUED(n)} AND MOD(i, 100) = 33 ORDER BY number`,
	] };
}

// Rows go into empty tables without checks of single rows: so the server builds its indices in one go.
const loading = (text) => query('SET SESSION foreign_key_checks = 0, unique_checks = 0, check_constraint_checks = 0, '
	+ `max_statement_time = 0, sql_mode = '';\n${text}`);

async function lane(texts) {
	for (const t of texts) await loading(`${t};\nCOMMIT;`);
}

// The buffer pool of the demo's database.
const SMALLEST_POOL = 256 * 2 ** 20;

// As large as the register and half as much again, as an operator would have it, or that of the demo's database.
export const POOLS = [
	{ words: 'the register fits in the buffer pool', size: (bytes) => Math.max(Math.ceil(1.5 * bytes / 2 ** 23) * 2 ** 23, SMALLEST_POOL) },
	{ words: 'the buffer pool stays at 256 MiB', size: () => SMALLEST_POOL },
];

// Returns when it is done: the server works on it in the background.
async function resizePool(bytes) {
	await query(`SET GLOBAL innodb_buffer_pool_size = ${bytes}`);
	const done = async () => !/^(Resizing|Withdrawing|Latching)/.test(
		await query("SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'Innodb_buffer_pool_resize_status'"));
	for (let i = 0; i < 300 && !await done(); i++) await new Promise((go) => setTimeout(go, 100));
}

// Every page of the register is read once, index by index.
async function warm() {
	const list = await query("SELECT DISTINCT CONCAT(table_name, ' FORCE INDEX (`', index_name, '`)') FROM information_schema.statistics "
		+ `WHERE table_schema = 'ecoo' AND table_name IN (${TABLES.map((t) => `'${t}'`).join(', ')})`);
	await loading(list.split('\n').map((t) => `SELECT COUNT(*) FROM ${t};`).join('\n'));
}

// usePool(pool, bytes): a register of so many bytes has that pool, warm if all of it fits. A pool beyond two thirds of
// the machine is left out: false.
export async function usePool(pool, bytes) {
	const size = pool.size(bytes);
	if (size > os.totalmem() * 2 / 3) {
		leftOut(`No pool of ${Math.round(size / 2 ** 20)} MiB for ${Math.round(bytes / 2 ** 20)} MiB of data: it is beyond two thirds of this machine.`);
		return false;
	}
	await resizePool(size);
	if (size > bytes) await warm();
	return true;
}

// fill(n): the register has n applications after it, and what was there is gone. Only what verify sees, if so asked.
// Returns the seconds and bytes that it took.
export async function fill(n, registerOnly = false) {
	const began = Date.now();
	const file = path.join(place, 'run/bench-numbers');
	const doc = await documents();
	await resizePool(2 ** 31);
	await loading(`${base}${TABLES.map((t) => `TRUNCATE ${t};`).join('\n')}
		TRUNCATE bench_number;`);
	writeNumbers(n, file);
	await loading(`LOAD DATA INFILE '${file}' INTO TABLE bench_number;`);
	unlinkSync(file);
	const all = statements(n, doc);
	await Promise.all(registerOnly ? [lane(all.register)] : [lane(all.desk), lane([...all.register, ...all.rest])]);
	await loading(`ANALYZE TABLE ${TABLES.join(', ')};`);
	await resizePool(SMALLEST_POOL);
	const bytes = await query("SELECT SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema = 'ecoo'");
	return { seconds: (Date.now() - began) / 1000, bytes: Number(bytes) };
}

// k paths of certificates that are in the register, at random.
export function somePaths(n, k, head) {
	const lines = [];
	while (lines.length < k) {
		const i = 1 + Math.floor(Math.random() * n);
		if (issued(i, n)) lines.push(head + numberOf(i, n).number);
	}
	return lines;
}
