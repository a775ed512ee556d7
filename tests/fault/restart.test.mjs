// Every program is replaced under load, by SIGTERM and by the rolling restart of supervise: no GET fails, and a POST is
// lost only as a 502, which its repetition with the same key makes harmless.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { approve, draft, issue, pay, place, portal, sign, signIn } from '../lib/portal.mjs';
import { audit, copy, series } from '../lib/life.mjs';
import { full, number as n, pause, rows, standing, withdraw } from '../lib/world.mjs';

const PROGRAMS = ['login', 'application', 'review', 'payment', 'certificate', 'verify'];
const ROUNDS = full ? 39 : 1, ROLLS = 1, READERS = 8;

const [filer, signatory, officer] = await Promise.all([signIn('filer@palarveni.example'), signIn('signatory@palarveni.example'),
	signIn('officer1@nce.example')]);
const master = await draft(filer);
await sign(filer, signatory, master);
await pay(filer, master.id);
await approve(officer, master.id);
const number = await issue(officer, master.id);

const made = [];
after(() => agent.destroy());
after(() => withdraw(made.filter((id) => n(`SELECT COUNT(*) FROM certificate WHERE application_id = ${id}`) === 0)));

// Connections are kept, as browsers keep them.  The answer: { status, json }; status 0 where there was none.
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const ask = (method, address, who, body, headers = {}) => new Promise((done) => {
	const r = http.request(portal + address, { method, agent, headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin',
		...body && { 'content-type': 'application/json' }, ...headers } }, (answer) => {
		const parts = [];
		answer.on('data', (d) => parts.push(d)).on('error', () => done({ status: 0 }))
			.on('end', () => done({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
	});
	r.on('error', (e) => done({ status: 0, text: e.code })).end(body && JSON.stringify(body));
});

const GETS = [[filer, '/api/session'], [filer, '/api/applications'], [filer, `/api/applications/${master.id}`], [officer, '/api/review/queue'],
	[filer, '/api/payments'], [filer, `/api/certificates/${number}`], [filer, `/api/certificates/${number}/pdf`],
	[filer, `/api/verify/${number}`], [filer, '/api/fees']];

// Writes, each with the program it goes to and what is to be there once when all is over.
const POSTS = [
	{ make: () => ({}), send: () => ['/api/applications', filer, { agency: 'NCE', office_id: 2 }], good: 201,
		once: (s, json, key) => { made.push(json.id); return `SELECT COUNT(*) FROM idempotency WHERE name = '${key}' AND body LIKE '%"id":${json.id}%'`; } },
	{ make: () => ({ id: copied('draft') }), send: (s) => [`/api/applications/${s.id}/signing`, filer, { version: 1 }], good: 200,
		once: (s) => `SELECT COUNT(*) FROM application_event WHERE application_id = ${s.id} AND what = 'frozen'` },
	{ make: () => ({ id: copied('payment_pending') }), send: (s) => ['/api/payments', filer, { application_id: s.id }], good: 201,
		once: (s) => `SELECT COUNT(*) FROM payment WHERE application_id = ${s.id}` },
	{ make: () => ({ id: copied('approved') }), send: (s) => ['/api/certificates', officer, { application_id: s.id }], good: 201,
		once: (s) => `SELECT COUNT(*) FROM certificate WHERE application_id = ${s.id}` },
];
const copied = (state) => { const id = copy(master.id, state); made.push(id); return id; };

test('replaced under load: no GET fails, nothing is done twice', { timeout: full ? 3600000 : 180000 }, async () => {
	const began = Date.now(), seen = { gets: 0, posts: 0, lost: 0 }, failed = [], once = [];
	let over = false, broken = false;

	const reader = async (i) => {
		for (let k = i; !over; k++) {
			const [who, address] = GETS[k % GETS.length];
			const r = await ask('GET', address, who);
			seen.gets++;
			if (r.status !== 200) failed.push(`${address}: ${r.status} ${r.text?.slice(0, 200)}`);
			await pause(10);
		}
	};
	const writer = async (post) => {
		while (!over) {
			const s = post.make(), key = randomUUID(), [address, who, body] = post.send(s);
			let r;
			for (let tries = 0; tries < 200 && !broken; tries++) {
				r = await ask('POST', address, who, body, { 'idempotency-key': key });
				if (r.status === post.good) break;
				if (r.status !== 502 && r.status !== 503) assert.fail(`${address}: ${r.status} ${r.text}`);
				seen.lost++;
				await pause(50);
			}
			assert.equal(r.status, post.good, `${address} was never answered`);
			seen.posts++;
			once.push(post.once(s, JSON.parse(r.text), key));
			await pause(100);
		}
	};
	const load = Promise.all([...Array.from({ length: READERS }, (_, i) => reader(i)), ...POSTS.map(writer)]);
	load.catch(() => { over = broken = true; });

	// The successor runs, and serves: what waited for it has its answer.
	const replaced = async (before, seconds = 60) => {
		const fresh = () => {
			const now = standing();		// read once: between two reads the old one may end
			return [...before].every(([p, pid]) => now.get(p).state === 'running' && now.get(p).pid !== pid);
		};
		for (let i = 0; i < seconds * 20 && !over && !fresh(); i++) await pause(50);
		assert.ok(over || fresh(), 'no successor came');
		for (const p of before.keys()) {
			const r = await ask('GET', `/api/health/${p}`, filer);
			if (r.status !== 200) failed.push(`health of ${p}: ${r.status}`);
		}
	};
	const pids = (names) => new Map(names.map((p) => [p, standing().get(p).pid]));
	let times = 0;
	try {
		for (let round = 0; round < ROUNDS && !over; round++)
			for (const p of PROGRAMS) {
				const before = pids([p]);
				process.kill(before.get(p), 'SIGTERM');
				await replaced(before);
				await pause(300);
				times++;
			}
		for (let roll = 0; roll < ROLLS && !over; roll++) {
			const before = pids(PROGRAMS);
			process.kill(Number(readFileSync(path.join(place, 'run/supervise.pid'), 'utf8')), 'SIGHUP');
			await replaced(before, 120);
			times += PROGRAMS.length;
		}
		await pause(500);
	} finally { over = true; }
	await load;
	console.log(`# ${times} replacements in ${Math.round((Date.now() - began) / 1000)} s; ${seen.gets} GETs, ${failed.length} failed; ` +
		`${seen.posts} POSTs, ${seen.lost} lost and repeated`);
	assert.deepEqual(failed, [], 'a GET failed');
	assert.ok(seen.gets > 100 && seen.posts > 10, 'there was no load');
	// Many statements at once are one process.
	assert.deepEqual(rows(once.map((q) => `${q};`).join('\n')).flat().filter((c) => c !== '1'), [], 'not done once');
});

test('and the books are right', () => {
	for (const s of series()) assert.equal(s.there, s.counted, s.series);
	assert.match(audit(), / 0 faults/);
});
