// Verification by anyone: by number, by code, by file, as a page; and what it does not tell.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sql } from '../lib/world.mjs';

const portal = process.env.PORTAL;
const get = (path, headers = {}) => fetch(portal + path, { redirect: 'manual', headers });
const json = async (path, status = 200) => {
	const r = await get(path);
	const answer = await r.json();
	assert.equal(r.status, status, JSON.stringify(answer));
	return answer;
};
const page = async (path, headers) => {
	const r = await get(path, headers);
	return { status: r.status, headers: r.headers, text: await r.text() };
};
const quote = (s) => s === null ? 'NULL' : `'${String(s).replace(/[\\']/g, '\\$&')}'`;
const sha256 = (b) => createHash('sha256').update(b).digest('hex');

// ISO 7064 MOD 37,36, written again: the number a certificate of agency TST would have.
function number(serial) {
	const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
	const body = `NPTST26${String(serial).padStart(7, '0')}`;
	let p = 36;
	for (const c of body) {
		p = (p + digits.indexOf(c)) % 36;
		p = (p === 0 ? 36 : p) * 2 % 37;
	}
	return `NP-TST-26-${body.slice(-7)}-${digits[(37 - p) % 36]}`;
}

// What a signed file looks like to somebody who only compares: a title, a hole, a range.
function file(title) {
	const hole = `<${'30820abc'.repeat(8)}>`;
	const make = (a, b, c) => `%PDF-1.7\n1 0 obj << /Title (Certificate of origin (Non-Preferential) ${title}) >>\n` +
		`2 0 obj << /Type /Sig /ByteRange [0 ${[a, b, c].map((x) => String(x).padEnd(10)).join(' ')}] /Contents ${hole} >>\n%%EOF\n`;
	const a = make(0, 0, 0).indexOf(hole);
	const b = a + hole.length;
	const all = Buffer.from(make(a, b, make(0, 0, 0).length - b));
	return { all, hole: a, range: sha256(Buffer.concat([all.subarray(0, a), all.subarray(b)])) };
}

const face = { number: '', agency: 'Test & <Sons> "Chamber"', agency_local: '', office: 'Test office', agency_address: 'Here',
	exporter: ['Exporter One', '14 <b>Road</b>'], consignee: ['Empfänger & Söhne', 'Hafen 1'], transport: ['By sea'], official: [],
	items: [{ number: '1', marks: '<script>alert(1)</script>', packages: '120 cartons', goods: 'शूज़ / shoes', criterion: '(I)', weight: '444.000 kg' }],
	invoices: ["INV/1 'quoted'"], total: '444.000 kg', importing_country: 'Germany', produced_in: 'India',
	declared: { place: 'Chennai', date: '2026-11-20', signatory: 'A', designation: 'B', signed_at: '' },
	issued: { place: 'Mumbai', date: '2026-11-21', officer: 'C', designation: 'D' } };
const rows = [1, 2, 3].map((i) => ({ number: number(9990000 + i), code: `ABCDEFGH2${i + 2}`, ...file(number(9990000 + i)) }));
const [valid, cancelled, replaced] = rows;
const iec = sql('SELECT iec FROM firm ORDER BY iec LIMIT 1');

function forget() {
	sql(`DELETE s FROM certificate_status s JOIN certificate_issue i ON i.number = s.number WHERE i.agency = 'TST';
		CREATE TEMPORARY TABLE gone AS SELECT application_id AS id FROM certificate_issue WHERE agency = 'TST';
		DELETE FROM certificate_issue WHERE agency = 'TST'; DELETE a FROM application a JOIN gone ON gone.id = a.id;`);
}
forget();
after(forget);
for (const r of rows)
	sql(`INSERT INTO application (iec, agency, office_id, rule_set, state, content, exporter, created_by, created_at, updated_at)
		SELECT '${iec}', 'TST', MIN(o.id), 'NP-BASE', 'issued', '{}', '{}', 0, NOW(3), NOW(3) FROM office o;
		INSERT INTO certificate_issue VALUES (${quote(r.number)}, LAST_INSERT_ID(), '${r.code}',
		${quote(JSON.stringify({ ...face, number: r.number }))}, 'Exporter <One>', 'Ladies'' shoes & more', 'IN', 'DE', 'TST',
		${quote(face.agency)}, 'ask@tst.example', '+91 0', 'www.tst.example', 'Test', 1, '${sha256(r.all)}', '${r.range}',
		${r.all.length}, 1, 'C', '${'0'.repeat(64)}', '2026-11-20 20:00:00')`);
sql(`INSERT INTO certificate_status VALUES (${quote(cancelled.number)}, 'cancelled', '2026-11-22 10:00:00', 1, 'Goods <never> left', NULL),
	(${quote(replaced.number)}, 'replaced', '2026-11-22 10:00:00', 1, 'Consignee corrected', ${quote(valid.number)})`);

test('a number tells what anyone may know, and no more', async () => {
	const a = await json(`/api/verify/${valid.number}`);
	assert.equal(a.found, true);
	assert.equal(a.state, 'valid');
	assert.equal(a.applicant, 'Exporter <One>');
	assert.equal(a.goods, "Ladies' shoes & more");
	assert.deepEqual([a.origin_country, a.destination_country], ['IN', 'DE']);
	assert.deepEqual(a.agency, { code: 'TST', name: face.agency, email: 'ask@tst.example', phone: '+91 0', website: 'www.tst.example' });
	assert.equal(a.issued_at, '2026-11-20T20:00:00Z');
	assert.match(a.advice, /Compare/);
	for (const closed of ['code_right', 'face', 'sha256', 'ended_at', 'reason', 'replaced_by'])
		assert.equal(a[closed], null, closed);
	assert.ok(!JSON.stringify(a).includes(valid.code));
});

test('an ended certificate never looks like a good one', async () => {
	const c = await json(`/api/verify/${cancelled.number}`);
	assert.deepEqual([c.state, c.reason, c.ended_at], ['cancelled', 'Goods <never> left', '2026-11-22T10:00:00Z']);
	const r = await json(`/api/verify/${replaced.number}`);
	assert.deepEqual([r.state, r.replaced_by], ['replaced', valid.number]);
});

for (const [way, typed] of [['small letters', valid.number.toLowerCase()], ['blanks', valid.number.replaceAll('-', ' ')],
	['nothing between', valid.number.replaceAll('-', '')], ['dashes of a word processor', valid.number.replaceAll('-', '–')]])
	test(`a number typed with ${way} is understood`, async () =>
		assert.equal((await json(`/api/verify/${encodeURIComponent(typed)}`)).number, valid.number));

test('the face is shown for the right code alone', async () => {
	for (const typed of [valid.code, valid.code.toLowerCase(), ` ${valid.code.slice(0, 5)}-${valid.code.slice(5)} `]) {
		const a = await json(`/api/verify/${valid.number}?code=${encodeURIComponent(typed)}`);
		assert.equal(a.code_right, true, typed);
		assert.deepEqual(a.face, { ...face, number: valid.number });
		assert.equal(a.sha256, sha256(valid.all));
	}
	for (const typed of [cancelled.code, valid.code.slice(0, 9), `${valid.code}A`, 'x']) {
		const a = await json(`/api/verify/${valid.number}?code=${typed}`);
		assert.deepEqual([a.code_right, a.face, a.sha256], [false, null, null], typed);
	}
	assert.equal((await json(`/api/verify/${valid.number}?code=`)).code_right, null);
});

test('what is not there is told apart from what was mistyped', async () => {
	const none = await json(`/api/verify/${number(9999999)}`, 404);
	assert.equal(none.type, '/problems/not-found');
	assert.match(none.detail, /Do not rely/);
	const last = valid.number.at(-1) === 'A' ? 'B' : 'A';
	const slip = await json(`/api/verify/${valid.number.slice(0, -1)}${last}`, 422);
	assert.deepEqual([slip.errors[0].field, slip.errors[0].code], ['number', 'mistyped']);
	for (const bad of ['hello', 'NP-TST-26', "NP'--", 'A-NCE-26-0000001', '%25%25'])
		assert.equal((await json(`/api/verify/${bad}`, 422)).errors[0].code, 'malformed', bad);
});

test('answers are not kept by anybody between', async () => {
	for (const path of [`/api/verify/${valid.number}`, `/verify/${valid.number}`, `/api/verify/${number(9999999)}`])
		assert.equal((await get(path)).headers.get('cache-control'), 'no-store', path);
});

async function compare(bytes, query = '', name = 'certificate.pdf') {
	const form = new FormData();
	form.append('file', new Blob([bytes]), name);
	const r = await fetch(`${portal}/api/verify${query}`, { method: 'POST', body: form });
	return { status: r.status, ...await r.json() };
}

test('the issued file is recognised, byte for byte', async () => {
	const a = await compare(cancelled.all);
	assert.deepEqual([a.status, a.answer, a.number, a.state], [200, 'identical', cancelled.number, 'cancelled']);
	assert.equal(a.certificate.applicant, 'Exporter <One>');
	assert.equal(a.certificate.face, undefined);
});

test('something added to the file shows', async () => {
	const added = await compare(Buffer.concat([valid.all, Buffer.from('\n3 0 obj << >>\n%%EOF\n')]));
	assert.deepEqual([added.answer, added.number], ['extended', valid.number]);
	const hole = Buffer.from(valid.all);
	hole.write('ffff', valid.hole + 1);
	assert.equal((await compare(hole)).answer, 'extended');
	const again = Buffer.concat([valid.all, Buffer.from('\n/ByteRange [0 10 20 30]\n')]);
	assert.equal((await compare(again)).answer, 'extended', 'a second signature over it');
});

test('another file under the same number is called different', async () => {
	const other = Buffer.from(valid.all);
	other.write('%PDF-1.4', 0);
	const a = await compare(other);
	assert.deepEqual([a.answer, a.number, a.state], ['different', valid.number, 'valid']);
	const scan = await compare(Buffer.from('not even a PDF'), `?number=${valid.number.toLowerCase()}`);
	assert.deepEqual([scan.answer, scan.number], ['different', valid.number]);
});

test('a file that leads nowhere is unknown', async () => {
	for (const bytes of [Buffer.from('hello'), Buffer.from(file(number(9999998)).all), Buffer.alloc(70000, 'NP-'),
		Buffer.from('/ByteRange [0 99999999999 5 5]')]) {
		const a = await compare(bytes);
		assert.deepEqual([a.status, a.answer, a.number, a.certificate], [200, 'unknown', null, null]);
	}
});

test('a file full of numbers is looked at for a bounded time', async () => {
	const began = Date.now();
	assert.equal((await compare(Buffer.alloc(11 * 1024 * 1024, `${number(9999998)} `))).answer, 'unknown');
	assert.equal((await compare(Buffer.alloc(11 * 1024 * 1024, 'NP-'))).answer, 'unknown');
	assert.ok(Date.now() - began < 5000);
	assert.equal((await json('/api/health/verify')).ok, true);
});

test('a large file is compared, a larger one refused', async () => {
	const a = await compare(Buffer.concat([valid.all, Buffer.alloc(11 * 1024 * 1024)]));
	assert.equal(a.answer, 'extended');
	assert.equal((await compare(Buffer.alloc(13 * 1024 * 1024))).status, 413);
	const none = await fetch(`${portal}/api/verify`, { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } });
	assert.equal(none.status, 415);
});

test('the page says it all without script, and escapes what firms wrote', async () => {
	const p = await page(`/verify/${valid.number}?code=${valid.code}`);
	assert.equal(p.status, 200);
	assert.match(p.headers.get('content-type'), /^text\/html/);
	assert.match(p.headers.get('content-security-policy'), /default-src 'none'/);
	assert.match(p.text, /<html lang="en"/);
	assert.match(p.text, /<h1[^>]*>Valid/);
	assert.match(p.text, /21 Nov 2026/, 'issued at 20:00 UTC: the next day in India');
	for (const shown of ['Exporter &lt;One&gt;', 'Ladies&#39; shoes &amp; more', 'Test &amp; &lt;Sons&gt; &quot;Chamber&quot;',
		'&lt;script&gt;alert(1)&lt;/script&gt;', '14 &lt;b&gt;Road&lt;/b&gt;', 'Germany', 'शूज़ / shoes'])
		assert.ok(p.text.includes(shown), shown);
	assert.doesNotMatch(p.text, /<script>alert|<b>Road|\{\{|<!--/);
});

test('each answer has its page and its status', async () => {
	const is = async (path, status, words, not) => {
		const p = await page(path);
		assert.equal(p.status, status, path);
		assert.match(p.text, words);
		assert.doesNotMatch(p.text, not);
	};
	await is(`/verify/${cancelled.number}`, 200, /<h1[^>]*>Cancelled/, /<h1[^>]*>Valid/);
	await is(`/verify/${replaced.number}`, 200, new RegExp(`/verify/${valid.number}`), /<h1[^>]*>Valid/);
	await is(`/verify/${number(9999999)}`, 404, /No such certificate/, /<h1[^>]*>Valid/);
	await is('/verify/NP-TST-26-9990001-%3F%3Cb%3E', 422, /&lt;b&gt;/, /<b>/);
	await is(`/verify/${valid.number}?code=WRONGWRONG`, 200, /does not belong/, /alert\(1\)/);
	await is(`/verify/${valid.number}?utm_source=mail&fbclid=1`, 200, /<h1[^>]*>Valid/, /alert\(1\)/);
});

test('the page speaks Hindi when asked, or when the browser prefers it', async () => {
	const asked = await page(`/verify/${valid.number}?lang=hi`);
	assert.match(asked.text, /<html lang="hi"/);
	assert.match(asked.text, /मान्य/);
	assert.equal(asked.headers.get('content-language'), 'hi');
	assert.match((await page(`/verify/${valid.number}`, { 'accept-language': 'hi-IN,hi;q=0.9,en;q=0.8' })).text, /मान्य/);
	assert.match((await page(`/verify/${valid.number}`, { 'accept-language': 'de,en;q=0.8,hi' })).text, /<html lang="en"/);
	assert.match((await page(`/verify/${valid.number}?lang=en`, { 'accept-language': 'hi' })).text, /<html lang="en"/);
});

test('other methods and other names are refused', async () => {
	assert.equal((await fetch(`${portal}/api/verify/${valid.number}`, { method: 'DELETE' })).status, 405);
	assert.equal((await json(`/api/verify/${valid.number}?colour=red`, 422)).errors[0].code, 'unknown');
});
