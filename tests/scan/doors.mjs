// doors - what a scanner needs to get at every parameter: requests as files, and doors that let it in.
//
//	node tests/scan/doors.mjs DIR		run from the top of the tree, with PORTAL and ECOO_VAR
//
// A door is a port of this machine that passes requests on to the portal as somebody who is signed in,
// from the portal's own site, with a new Idempotency-Key each time: a scanner that repeats itself would
// otherwise see the key's answer and not the program's.  DIR/ROUTE.http is a request that works, by the
// door of the role it needs.  Ends with its input.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { approve, draft, expect, issue, pay, place, portal, sign, signIn } from '../lib/portal.mjs';

const [dir] = process.argv.slice(2);
const { hostname, port } = new URL(portal);

const door = (cookie) => new Promise((done) => {
	const s = http.createServer((q, r) => {
		const headers = { ...q.headers, cookie: cookie ?? q.headers.cookie ?? '', 'sec-fetch-site': 'same-origin', 'idempotency-key': randomUUID() };
		const on = http.request({ hostname, port, method: q.method, path: q.url, headers }, (a) => { r.writeHead(a.statusCode, a.headers); a.pipe(r); });
		on.on('error', () => r.destroy());
		q.pipe(on);
	}).listen(0, '127.0.0.1', () => done(s.address().port));
});

const people = { exporter: 'filer@palarveni.example', signatory: 'signatory@palarveni.example', officer: 'officer1@nce.example', operator: 'operator@ecoo.example' };
const doors = { anyone: await door() };
const persons = {};
for (const [role, email] of Object.entries(people)) {
	persons[role] = await signIn(email);
	doors[role] = await door(persons[role].cookie);
}
// A certificate that was issued, and a draft.
const first = await draft(persons.exporter);
await sign(persons.exporter, persons.signatory, first);
await pay(persons.exporter, first.id);
await approve(persons.officer, first.id);
const issued = await issue(persons.officer, first.id);
const a = await draft(persons.exporter);
const { documents, version } = expect(await persons.exporter.get(`/api/applications/${a.id}`), 200);

// Values that get past the checks of form, so that what is behind them is reached.
const values = { id: a.id, document: documents[0].id, page: 1, iec: 'AAACP0000K', number: issued, token: 'A'.repeat(32),
	application_id: a.id, copy_of: a.id, office_id: 2, agency: 'NCE', kind: 'invoice', version, state: 'draft', after: 9, limit: 10, copy: 'original',
	lang: 'en', code: 'ABCDEFGHJK', text: 'Why?', answer: 'So.', reason: 'None.', halted: false, email: 'x@y.example', password: 'x',
	checked: ['parties'], p7s: 'AAAA', signature: 'AAAA', mine: true,
	content: { importing_country: 'DE', consignee: { name: 'x' }, invoices: [{ number: 'x' }] }, razorpay_payment_id: 'pay_1', razorpay_order_id: 'order_1', razorpay_signature: 'a'.repeat(64) };
const value = (p) => values[p.name] ?? (p.choices ? p.choices[0] : /int/.test(p.type) ? 1 : p.type === 'bool' ? true : 'x');

// With a star in it, a scanner tries that place alone: paths with stars, the rest without.
function request(r, star) {
	const inPath = r.path.replace(/{([a-z]+)}/g, (_, name) => `${values[name]}${star}`);
	const query = r.params.filter((p) => p.in === 'query').map((p) => `${p.name}=${encodeURIComponent(value(p))}`).join('&');
	const members = r.params.filter((p) => p.in === 'body').map((p) => [p.name, value(p)]);
	const body = members.length > 0 ? JSON.stringify(Object.fromEntries(members)) : r.upload ? '' : null;
	const role = doors[r.who] ? r.who : r.who.includes('officer') ? 'officer' : 'exporter';
	return [`${r.method} ${inPath}${query ? `?${query}` : ''} HTTP/1.1`, `Host: 127.0.0.1:${doors[role]}`,
		...(body === null ? [] : ['Content-Type: application/json']), '', body ?? ''].join('\r\n');
}

const binaries = path.join(place, 'prog/libexec/ecoo');
const programs = readdirSync('nginx/ecoo/programs').map((f) => f.replace('.conf', ''));
let n = 0;
for (const p of programs)
	for (const r of JSON.parse(execFileSync(path.join(binaries, p), ['--routes'])).routes.filter((x) => x.params.length > 0))
		for (const [star, there] of [['*', (x) => x.in === 'path'], ['', (x) => x.in !== 'path']])
			if (r.params.some(there))
				writeFileSync(path.join(dir, `${String(n++).padStart(3, '0')}-${r.method}${r.path.replace(/[^a-z]+/g, '-')}.http`), request(r, star));
writeFileSync(path.join(dir, 'cookie.http'), `GET /api/session HTTP/1.1\r\nHost: 127.0.0.1:${doors.anyone}\r\nCookie: __Host-sid=${'0'.repeat(64)}*\r\n\r\n`);
writeFileSync(path.join(dir, 'number'), issued);
writeFileSync(path.join(dir, 'doors'), Object.entries(doors).map(([who, at]) => `${who} ${at}\n`).join(''));
console.log(`${n + 1} requests`);
process.stdin.resume().on('end', () => process.exit());
