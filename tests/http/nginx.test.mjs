// What nginx answers by itself: pages, headers, limits, errors, and no stall under many clients.
import test from 'node:test';
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { draft, place, signIn } from '../lib/portal.mjs';
import { allRunning, kill, pause } from '../lib/world.mjs';

const portal = process.env.PORTAL;
const get = (path, options = {}) => fetch(portal + path, { redirect: 'manual', ...options });

test('every answer carries the security headers', async () => {
	for (const path of ['/', '/api/health/login', '/api/nothing', '/nothing', '/vendor/lit-html/lit-html.js']) {
		const r = await get(path);
		const csp = r.headers.get('content-security-policy');
		assert.match(csp, /default-src 'none'; script-src 'self'/, path);
		assert.doesNotMatch(csp, /unsafe/, path);
		assert.match(csp, /trusted-types lit-html/, path);
		assert.equal(r.headers.get('x-content-type-options'), 'nosniff', path);
		assert.equal(r.headers.get('cross-origin-opener-policy'), 'same-origin', path);
		assert.equal(r.headers.get('server'), 'nginx', path);
	}
});

test('an unchanged file is answered with 304', async () => {
	const first = await get('/vendor/bootstrap/bootstrap.min.css');
	assert.equal(first.status, 200);
	const again = await get('/vendor/bootstrap/bootstrap.min.css', { headers: { 'if-none-match': first.headers.get('etag') } });
	assert.equal(again.status, 304);
});

test('the API answers problem+json where no program stands, the site a page', async () => {
	const api = await get('/api/nothing/here');
	assert.equal(api.status, 404);
	assert.equal(api.headers.get('content-type'), 'application/problem+json');
	const problem = await api.json();
	assert.equal(problem.type, '/problems/not-found');
	assert.match(problem.instance, /^urn:request:[0-9a-f]{32}$/);
	const page = await get('/nothing/here');
	assert.equal(page.status, 404);
	assert.match(page.headers.get('content-type'), /^text\/html/);
});

test('what is inside stays inside', async () => {
	for (const path of ['/files-internal/documents/ab/cd', '/errors/400.json', '/.git/config', '/.npmrc', '/../ecoo.conf', '/%2e%2e/ecoo.conf'])
		assert.ok([400, 404].includes((await get(path)).status), path);
});

test('a body over the limit is refused with problem+json', async () => {
	const r = await get('/api/session', { method: 'POST', body: Buffer.alloc(600 * 1024), headers: { 'content-type': 'application/json' } });
	assert.equal(r.status, 413);
	assert.equal((await r.json()).type, '/problems/too-large');
});

test('a request that is none is answered with 400', async () => {
	const { port } = new URL(portal);
	const raw = (text) => new Promise((resolve, reject) => {
		let all = '';
		const s = net.connect(port, 'localhost', () => s.end(text));
		s.on('data', (d) => { all += d; }).on('end', () => resolve(all)).on('error', reject);
	});
	for (const head of ['POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
		'GET /api/session HTTP/1.1\r\n\r\n', `GET /api/session HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40000)}\r\n\r\n`]) {
		const answer = await raw(head);
		assert.match(answer, /^HTTP\/1.1 400 /, answer.slice(0, 200));
		assert.match(answer, /\/problems\/malformed/, answer);
	}
});

test('more clients than threads: nobody waits long, nobody is refused', async () => {
	const agent = new http.Agent({ keepAlive: true, maxSockets: 48 });
	const statuses = {};
	let left = 2000, slowest = 0;
	const one = () => new Promise((resolve, reject) => {
		const began = Date.now();
		http.get(`${portal}/api/health/login`, { agent }, (r) => {
			r.resume();
			r.on('end', () => {
				statuses[r.statusCode] = (statuses[r.statusCode] ?? 0) + 1;
				slowest = Math.max(slowest, Date.now() - began);
				resolve();
			});
		}).on('error', reject);
	});
	await Promise.all(Array.from({ length: 48 }, async () => { while (left-- > 0) await one(); }));
	agent.destroy();
	assert.deepEqual(Object.keys(statuses), ['200']);
	assert.ok(slowest < 5000, `slowest ${slowest} ms`);
});

// A save that was done and not answered would be refused the second time, as if it had not been done.
test('a program dies under its requests: what writes is never sent again', async () => {
	const filer = await signIn('filer@palarveni.example');
	const a = await draft(filer);
	const each = (ask) => Promise.all(Array.from({ length: 8 }, ask));
	const read = () => filer.get(`/api/applications/${a.id}`);
	const write = () => filer.put(`/api/applications/${a.id}`, { version: a.version, content: {} });
	const log = path.join(place, 'log/access.log');
	await each(read);			// nginx keeps some of these connections
	const { size } = statSync(log);
	kill('application', 'SIGSTOP');
	const answers = each(write);
	await pause(500);
	kill('application');
	await answers;
	await allRunning(['application']);
	const tried = readFileSync(log).subarray(size).toString().split('\n').filter((l) => l.includes(`/api/applications/${a.id}"`));
	assert.deepEqual(tried.filter((l) => / PUT .*upstream=\d+, /.test(l)), [], 'sent twice');
	assert.ok(tried.some((l) => / PUT .*upstream=502\//.test(l)), 'no save was cut off');
});
