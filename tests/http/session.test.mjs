// Signing in, and what every program refuses before it looks at anything.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Person, expect, place, portal, signIn } from '../lib/portal.mjs';

const anyone = new Person();
const tries = (email, password) => anyone.post('/api/session', { email, password }, null);

test('a session is a cookie that scripts and other sites do not get', async () => {
	const r = await tries('filer@palarveni.example', 'origin-demo-2026');
	assert.equal(r.status, 201);
	const cookie = r.headers.get('set-cookie');
	for (const word of [/^__Host-sid=/, /HttpOnly/, /Secure/, /Path=\//, /SameSite=Lax|SameSite=Strict/])
		assert.match(cookie, word);
	assert.equal(r.json.person.email, 'filer@palarveni.example');
	assert.equal(r.json.firm.iec, 'AAACP0000K');
	assert.equal(r.headers.get('cache-control'), 'no-store');
});

test('nobody and a wrong password get the same answer', async () => {
	const a = await tries('nobody-at-all@palarveni.example', 'wrong');
	const b = await tries('administrator@nce.example', 'wrong');
	assert.equal(a.status, 401);
	assert.deepEqual({ ...a.json, instance: '' }, { ...b.json, instance: '' });
});

test('after five wrong tries one waits, known or not', async () => {
	for (const email of ['officer2@nce.example', 'unknown@nce.example']) {
		let last;
		for (let i = 0; i < 7; i++) last = await tries(email, `wrong ${i}`);
		assert.equal(last.status, 429, email);
		assert.ok(last.headers.get('retry-after'));
	}
	await new Promise((done) => setTimeout(done, 2500));
	await signIn('officer2@nce.example');
});

test('signing out ends the session, everywhere', async () => {
	const p = await signIn('filer@palarveni.example');
	assert.equal(expect(await p.get('/api/session'), 200).person.name, 'Nila Varadan');
	expect(await p.del('/api/session'), 204);
	assert.equal(expect(await p.get('/api/session'), 200).person, null);
	assert.equal((await p.get('/api/applications')).status, 401);
});

test('a made-up cookie is nobody', async () => {
	for (const value of ['', 'x', 'A'.repeat(43), '%00', '"']) {
		const p = new Person(`__Host-sid=${value}`);
		assert.equal((await p.get('/api/applications')).status, 401);
	}
});

test('an officer is not an exporter, nor the other way round', async () => {
	const officer = await signIn('officer1@nce.example');
	assert.equal((await officer.get('/api/applications')).json.type, '/problems/not-allowed');
	const admin = await signIn('administrator@nce.example');
	assert.equal((await admin.get('/api/review/queue')).status, 403);
});

test('what is malformed, too large or of another kind is refused in words', async () => {
	const filer = await signIn('filer@palarveni.example');
	const send = (body, type = 'application/json') => fetch(`${portal}/api/applications`, { method: 'POST', body,
		headers: { cookie: filer.cookie, 'content-type': type, 'sec-fetch-site': 'same-origin', 'idempotency-key': randomUUID() } });
	const cases = [
		['{', 400], ['[]', 400], ['{}\u0000x', 400], ['\u00ff', 400], ['{"a":1}'.repeat(2), 400],
		['{}', 422], ['{"agency":"NCE","office_id":"1"}', 422], ['{"agency":"NCE","office_id":1.5}', 422],
		['{"agency":"NCE","office_id":1,"more":1}', 422], ['{"agency":"XXX","office_id":1}', 422],
		['{"agency":"NCE","office_id":99}', 422], [`{"agency":"${'N'.repeat(600000)}"}`, 413],
		[`${'['.repeat(5000)}${']'.repeat(5000)}`, 400],
	];
	for (const [body, status] of cases) {
		const r = await send(body);
		assert.equal(r.status, status, body.slice(0, 60));
		const problem = await r.json();
		assert.match(r.headers.get('content-type'), /^application\/problem\+json/);
		assert.match(problem.instance, /^urn:request:[0-9a-f]{32}$/);
	}
	assert.equal((await send('{}', 'text/plain')).status, 415);
	assert.equal((await filer.get('/api/applications?colour=red')).status, 422);
	assert.equal((await filer.get('/api/applications?limit=1&limit=2')).status, 422);
	assert.equal((await filer.get('/api/applications/1e9')).status, 422);
	assert.equal((await filer.ask('DELETE', '/api/applications')).status, 405);
	assert.equal((await filer.post('/api/applications', { agency: 'NCE', office_id: 1 }, 'short')).status, 422);
});

test('a write from another site is refused whoever asks', async () => {
	const filer = await signIn('filer@palarveni.example');
	for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])
		assert.equal((await filer.ask('DELETE', '/api/session', undefined, headers)).json.type, '/problems/cross-site');
	const r = await fetch(`${portal}/api/session`, { method: 'DELETE', headers: { cookie: filer.cookie, origin: 'https://evil.example' } });
	assert.equal(r.status, 403);
	assert.equal((await filer.get('/api/applications')).status, 200);
});

test('every program says that it is well, and under which name it answered', async () => {
	for (const p of ['login', 'application', 'review', 'payment', 'certificate', 'verify']) {
		const r = await anyone.get(`/api/health/${p}`);
		assert.deepEqual(expect(r, 200), { ok: true }, p);
		assert.match(r.headers.get('x-request-id'), /^[0-9a-f]{32}$/);
	}
});

test('the operator gives a new password: the old one and its sessions are over', async () => {
	const email = 'filer@sahyavastra.example', secret = `new ${randomUUID()}`;
	const set = (password) => execFileSync(path.join(place, 'prog/bin/ecoo-admin'), [path.join(place, 'mariadb/mariadb.sock'), 'ecoo',
		'password', email], { input: `${password}\n`, stdio: 'pipe' });
	const before = await signIn(email);
	assert.throws(() => set('too short'));
	set(secret);
	try {
		assert.equal((await before.get('/api/applications')).status, 401);
		assert.equal((await tries(email, 'origin-demo-2026')).status, 401);
		await signIn(email, secret);
	} finally {
		set('origin-demo-2026');
	}
	await signIn(email);
});
