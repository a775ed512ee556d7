// More clients than threads, over several nginx workers, with kept connections: nobody waits for nobody (nginx/README.md).
// And the bound that tools/nginx-conf keeps is what does it: without it the same requests end in 504.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { draft, place, portal, signIn } from '../lib/portal.mjs';
import { full, pause } from '../lib/world.mjs';

const THREADS = 4, WORKERS = 3;
const ended = [];
after(async () => { for (const end of ended.reverse()) await end(); });

// Each on a connection of its own, so that the workers of nginx share them: how many of each status.
const get = (address, headers = {}) => new Promise((done) => {
	http.get(address, { agent: false, headers }, (r) => r.resume().on('end', () => done(r.statusCode)).on('error', () => done(0))).on('error', () => done(0));
});
async function crowd(clients, each, address, headers) {
	const seen = {};
	await Promise.all(Array.from({ length: clients }, async (_, i) => {
		for (let k = 0; k < each; k++) {
			const status = await get(typeof address === 'function' ? address(i + k) : address, headers);
			seen[status] = (seen[status] ?? 0) + 1;
		}
	}));
	return seen;
}

const freePort = () => new Promise((done) => {
	const s = net.createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); });
});

// verify with few threads behind an nginx of its own; ${spoil} changes files of nginx before it starts.
async function site(spoil = () => {}) {
	const dir = mkdtempSync(path.join(place, 'stall-')), port = await freePort();
	chmodSync(dir, 0o755);
	for (const d of ['run', 'log', 'tmp', 'nginx']) mkdirSync(path.join(dir, d));
	const prog = path.join(place, 'prog/libexec/ecoo');
	writeFileSync(path.join(dir, 'ecoo.conf'), readFileSync(path.join(place, 'ecoo.conf'), 'utf8').replace(/^threads = .*/m, `threads = ${THREADS}`));
	writeFileSync(path.join(dir, 'programs'), `program verify
	user ecoo_verify
	socket stream ${dir}/run/verify.sock 0660 www-data
	threads ${THREADS}
	exec ${prog}/verify
program nginx
	user root
	stop QUIT
	exec ${execFileSync('sh', ['-c', 'PATH=$PATH:/usr/sbin command -v nginx'], { encoding: 'utf8' }).trim()} -e stderr -c ${dir}/nginx/nginx.conf
`);
	execFileSync('tools/nginx-conf', [`${dir}/programs`, 'nginx', `${dir}/nginx`, `port=${port}`, `workers=${WORKERS}`, 'rate=100000',
		`static=${place}/prog/share/ecoo/static`, `files=${place}/files`, `run=${dir}/run`, `tmp=${dir}/tmp`, `log=${dir}/log`]);
	const edit = (file, from, to) => {
		const f = path.join(dir, 'nginx/ecoo', file), was = readFileSync(f, 'utf8'), now = was.replace(from, to);
		assert.notEqual(now, was, `${file} has no ${from}`);
		writeFileSync(f, now);
	};
	edit('site.conf', /listen \d+;.*/, `listen 127.0.0.1:${port};`);
	spoil(edit);
	const child = spawn(path.join(prog, 'supervise'), ['run', dir], { env: { ...process.env, ECOO_CONF: `${dir}/ecoo.conf`, ASAN_OPTIONS: 'detect_leaks=0' }, stdio: 'ignore' });
	const gone = new Promise((done) => child.on('exit', done));
	ended.push(async () => { child.kill(); await gone; rmSync(dir, { recursive: true }); });
	const origin = `http://127.0.0.1:${port}`;
	for (let i = 0; i < 300 && await get(`${origin}/`) !== 200; i++) await pause(100);
	return origin;
}
// A number whose check character is right: what costs nothing to refuse would show nothing.
let question;
for (const c of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')
	if (await get(`${portal}/api/verify/NP-NCE-26-9999999-${c}`) !== 422) question = `/api/verify/NP-NCE-26-9999999-${c}`;

test('48 clients for 4 threads over 3 workers: all are answered', { timeout: 120000 }, async () => {
	const origin = await site(), each = full ? 60 : 6;
	const seen = await crowd(48, each, origin + question);
	assert.deepEqual(Object.keys(seen).filter((s) => s >= 500 || s === '0'), [], JSON.stringify(seen));
	assert.equal(Object.values(seen).reduce((a, b) => a + b), 48 * each);
	console.log(`# the bound kept: ${JSON.stringify(seen)}`);
});

test('with more kept connections than the bound allows, the same crowd stalls', { timeout: 120000 }, async () => {
	const origin = await site((edit) => {
		edit('upstreams.conf', /keepalive \d+;/, 'keepalive 8;');
		edit('upstreams.conf', /keepalive_requests \d+;/, 'keepalive_requests 1000;');
		if (!full) edit('program.conf', /fastcgi_read_timeout \d+s;/, 'fastcgi_read_timeout 3s;');
	});
	const seen = await crowd(48, 1, origin + question);
	assert.ok(seen[504] > 0, `this test could not fail: ${JSON.stringify(seen)}`);
	console.log(`# the bound broken: ${JSON.stringify(seen)}`);
});

test('the site itself: six times as many clients as threads', { timeout: 180000 }, async () => {
	const officer = await signIn('officer1@nce.example');
	const addresses = ['/api/session', '/api/fees', '/api/review/queue', '/api/certificates', question];
	const seen = await crowd(48, full ? 50 : 5, (i) => portal + addresses[i % addresses.length], { cookie: officer.cookie });
	assert.deepEqual(Object.keys(seen).filter((s) => s >= 500 || s === '0'), [], JSON.stringify(seen));
	console.log(`# the site: ${JSON.stringify(seen)}`);
});

// Somebody who sends a beginning, or never reads.  Resolves when the server ends it.
function stuck(text) {
	const { hostname, port } = new URL(portal);
	const s = net.connect(Number(port), hostname);
	s.pause();
	s.on('error', () => {}).write(text);
	s.over = new Promise((done) => s.on('close', done));
	ended.push(() => { s.destroy(); });
	return s;
}

test('half-open clients and slow readers hold no thread', { timeout: 180000 }, async () => {
	const filer = await signIn('filer@palarveni.example'), { id } = await draft(filer);
	const head = `Host: x\r\nCookie: ${filer.cookie}\r\nSec-Fetch-Site: same-origin\r\n`;
	const waiting = Array.from({ length: 24 }, (_, i) => [
		stuck('GET /api/applications HTTP/1.1\r\nHost: x\r\nX-Beg'),
		stuck(`POST /api/applications HTTP/1.1\r\n${head}Idempotency-Key: half-open-client-${i}\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"agency":`),
		stuck(`POST /api/applications/${id}/documents?kind=other HTTP/1.1\r\n${head}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n--x\r\n`),
		stuck(`GET /api/applications/${id} HTTP/1.1\r\n${head}\r\n`.repeat(40)),
	]).flat();
	await pause(1000);
	const seen = await crowd(16, full ? 20 : 3, `${portal}/api/applications`, { cookie: filer.cookie });
	assert.deepEqual(Object.keys(seen), ['200'], JSON.stringify(seen));
	if (!full) return;
	for (const s of waiting) s.resume();
	await Promise.all(waiting.filter((_, i) => i % 4 !== 3).map((s) => s.over));
});
