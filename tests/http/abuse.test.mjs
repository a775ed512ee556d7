// Requests that no client of good will sends, byte by byte: none becomes two, none is taken for
// another's, none opens a file, and nothing falls over.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
import { signIn } from '../lib/portal.mjs';
import { standing } from '../lib/world.mjs';

const { hostname, port, host } = new URL(process.env.PORTAL);
const filer = await signIn('filer@palarveni.example');
const deaths = () => [...standing()].map(([name, s]) => `${name} ${s.deaths}`).join();
const before = deaths();

// All that comes back until the server closes, which "Connection: close" or the fault asks it to.
const raw = (bytes) => new Promise((done) => {
	const parts = [], s = net.connect(Number(port), hostname, () => s.write(Buffer.from(bytes, 'latin1')));
	const end = () => { s.destroy(); done(Buffer.concat(parts).toString('latin1')); };
	s.setTimeout(4000, end);
	s.on('data', (d) => parts.push(d)).on('close', end).on('error', end);
});
const statuses = (answer) => [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((m) => Number(m[1]));
const lines = (first, ...fields) => [first, ...fields, '', ''].join('\r\n');
const get = (path, ...fields) => raw(lines(`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...fields));
const each = (cases, check) => Promise.all(cases.map(check));

after(() => assert.equal(deaths(), before, 'a program has died'));

test('what could be read as two requests is refused, and the second is never answered', async () => {
	const inner = lines('GET /api/health/login HTTP/1.1', `Host: ${host}`, 'Connection: close');
	const post = (...fields) => lines('POST /api/session HTTP/1.1', `Host: ${host}`, 'Content-Type: application/json', ...fields);
	const length = `Content-Length: ${inner.length}`;
	await each([
		['both lengths', post(length, 'Transfer-Encoding: chunked') + `0\r\n\r\n${inner}`],
		['both, the other way round', post('Transfer-Encoding: chunked', 'Content-Length: 4') + `0\r\n\r\n${inner}`],
		['two lengths', post('Content-Length: 0', length) + inner],
		['the same length twice', post(length, length) + inner],
		['a list of lengths', post(`Content-Length: 0, ${inner.length}`) + inner],
		['a length with a sign', post('Content-Length: +0') + inner],
		['a length in hexadecimal', post('Content-Length: 0x0') + inner],
		['a length below nothing', post('Content-Length: -1') + inner],
		['a length of many digits', post('Content-Length: 99999999999999999999999999') + inner],
		['a blank before the colon', post('Content-Length : 0') + inner],
		['a coding nobody knows', post('Transfer-Encoding: xchunked') + `0\r\n\r\n${inner}`],
		['chunked and something else', post('Transfer-Encoding: chunked, identity') + `0\r\n\r\n${inner}`],
		['chunked twice', post('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked') + `0\r\n\r\n${inner}`],
		['a tab in the coding', post('Transfer-Encoding:\tchunked\x0b') + `0\r\n\r\n${inner}`],
		['chunked for HTTP/1.0', lines('POST /api/session HTTP/1.0', `Host: ${host}`, 'Transfer-Encoding: chunked') + `0\r\n\r\n${inner}`],
		['a chunk of no size', post('Transfer-Encoding: chunked') + `\r\n${inner}`],
		['a chunk below nothing', post('Transfer-Encoding: chunked') + `-1\r\n${inner}`],
		['a chunk larger than all', post('Transfer-Encoding: chunked') + `ffffffffffffffffff\r\n${inner}`],
		['a line that goes on', post('X-Long: a', ' Transfer-Encoding: chunked', 'Content-Length: 0') + inner],
		['a NUL in a name', post('X\0Y: 1', 'Content-Length: 0') + inner],
		['a NUL in a value', post('X-Y: 1\0', 'Content-Length: 0') + inner],
		['a return in a value', post('X-Y: 1\rContent-Length: 0', 'Content-Length: 0') + inner],
	], async ([what, bytes]) => {
		const seen = statuses(await raw(bytes));
		assert.equal(seen.length, 1, `${what}: ${seen}`);
		assert.ok(seen[0] >= 400 && seen[0] <= 501 && seen[0] !== 500, `${what}: ${seen}`);
	});
});

test('a body in chunks is the body, and what follows it the next request', async () => {
	const inner = lines('GET /api/health/login HTTP/1.1', `Host: ${host}`, 'Connection: close');
	const body = '{"email":"a@b.example","password":"x"}';
	const answer = await raw(lines('POST /api/session HTTP/1.1', `Host: ${host}`, 'Content-Type: application/json',
		'Sec-Fetch-Site: same-origin', 'Transfer-Encoding: chunked') + `${body.length.toString(16)};x="\r\n`.replace('\r', '') +
		`${body}\r\n0\r\n\r\n${inner}`);
	assert.deepEqual(statuses(answer), [401, 200], answer);
});

test('request lines that are none', async () => {
	await each(['get /api/health/login HTTP/1.1', 'GET /api/health/login HTTP/9.9', 'GET /api/health/login', 'GET /api/health/login HTTP/2.0',
		'GET api/health/login HTTP/1.1', 'TRACE /api/health/login HTTP/1.1', 'CONNECT evil.example:443 HTTP/1.1', 'PRI * HTTP/2.0',
		'TRACK /api/session HTTP/1.1', 'GET /api/\0session HTTP/1.1', 'G\0T / HTTP/1.1', `${'G'.repeat(9000)} / HTTP/1.1`,
		`GET /${'a'.repeat(9000)} HTTP/1.1`, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '\x01\x01\x00\x08\x00\x00\x00\x00'], async (line) => {
		const answer = await raw(lines(line, `Host: ${host}`, 'Connection: close', 'X-Echo: mirror'));
		const seen = statuses(answer);
		assert.ok(seen.every((s) => s >= 400 && s < 506 && s !== 500), `${line.slice(0, 60)}: ${answer.slice(0, 200)}`);
		assert.ok(!answer.includes('mirror'), line.slice(0, 60));
	});
});

test('more of a head than a head', async () => {
	const many = (n, line = (i) => `x${i}: 1`) => get('/api/session', ...Array.from({ length: n }, (_, i) => line(i)));
	assert.deepEqual(statuses(await many(10000)), [400]);
	assert.deepEqual(statuses(await many(1, () => `X: ${'x'.repeat(9000)}`)), [400]);
	assert.deepEqual(statuses(await many(900, () => 'a: b')), [200], 'as many as nginx takes');
	assert.deepEqual(statuses(await many(3, () => `X: ${'x'.repeat(8000)}`)), [200], 'as large as fits');
	assert.deepEqual(statuses(await many(3, () => `Cookie: ${'a=b; '.repeat(1600)}`)), [200]);
	assert.deepEqual(statuses(await get(`/api/session?${'a&'.repeat(3500)}`)), [400]);
});

test('fields that would be something else to a program behind', async () => {
	const ask = async (...fields) => (await get('/api/session', ...fields)).replace(/(Date|X-Request-Id): .*\r\n/g, '');
	const plain = await ask();
	assert.match(plain, /"person":null/);
	await each(['Proxy: http://evil.example/', `X-Forwarded-For: 10.0.0.1`, 'X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https',
		'Forwarded: for=10.0.0.1;host=evil.example', 'X-Original-URL: /api/applications', 'X-Rewrite-URL: /api/applications',
		'X-HTTP-Method-Override: DELETE', 'X-Accel-Redirect: /files-internal/documents', 'Request-Method: DELETE', 'Document-Uri: /api/applications',
		'Remote-Addr: 10.0.0.1', 'Remote-User: filer@palarveni.example', 'Content_Length: 5', 'Script-Filename: /etc/passwd',
		'PHP-Value: auto_prepend_file=/etc/passwd', `Co_okie: ${filer.cookie}`, `X-Cookie: ${filer.cookie}`],
	async (field) => assert.equal(await ask(field), plain, field));
	assert.ok((await get('/api/applications', `Cookie: ${filer.cookie}`)).includes('"items"'));
	const write = (...fields) => raw(lines('DELETE /api/session HTTP/1.1', `Host: ${host}`, 'Connection: close', `Cookie: ${filer.cookie}`, ...fields));
	await each([['Origin: https://evil.example', 'Sec_Fetch_Site: same-origin'], ['Origin: https://evil.example', 'Host-Origin: x'],
		['Origin: null'], ['Sec-Fetch-Site: cross-site', `Origin: ${process.env.PORTAL}`], ['Sec-Fetch-Site: none'],
		[`Origin: ${process.env.PORTAL}.evil.example`], ['Origin: http://evil.example', 'X-Forwarded-Host: evil.example']],
	async (fields) => assert.deepEqual(statuses(await write(...fields)), [403], fields.join()));
	assert.equal((await filer.get('/api/applications')).status, 200, 'the session has outlived that');
});

test('another name of the host gets into no answer', async () => {
	await each(['/', '/verify?number=NP-NCE-26-0000001-F', '/verify', '/vendor', '/vendor/lit-html', '/css', '/api', '/paysim', '/errors', '/api/verify',
		'/api/gateway/return?x=1', '/verify/NP-NCE-26-0000001-F'], async (path) => {
		const answer = await raw(lines(`GET ${path} HTTP/1.1`, 'Host: evil.example', 'X-Forwarded-Host: evil.example', 'Connection: close'));
		assert.equal(statuses(answer).length, 1, path);
		assert.ok(!answer.includes('evil.example'), `${path}: ${answer.slice(0, 400)}`);
	});
	for (const name of ['', 'a b', 'a/../b', '\0'])
		assert.deepEqual(statuses(await raw(lines('GET / HTTP/1.1', `Host: ${name}`, 'Connection: close'))), [400], JSON.stringify(name));
	const two = await raw(lines('GET / HTTP/1.1', `Host: ${host}`, 'Host: evil.example', 'Connection: close'));
	assert.deepEqual(statuses(two), [400]);
});

test('addresses that climb, repeat, end early', async () => {
	await each(['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '/..%5c..%5cetc%5cpasswd', '/.%2e/.%2e/ecoo.conf',
		'/css/..;/../../../ecoo.conf', '/vendor/..%00/x', '/vendor../ecoo.conf', '/errors../ecoo.conf', '/files-internal../ecoo.conf',
		'/files-internal/../../../ecoo.conf', '//files-internal/documents', '/api/../files-internal/documents', '/%66iles-internal/documents/aa',
		'/api/verify/..%2f..%2fsession', '/api/session;x=1', '/api/session%00', '/API/SESSION', '/api/session/', '/api/session/.', '/api//nothing',
		'/%c0%ae%c0%ae/etc/passwd', '/verify/%ff%fe', '/verify/%F0%9F%9A%A2', '/verify/%0d%0aX:%201', '/verify/<script>', '/verify/%3Cscript%3E',
		'/.git/HEAD', '/css/.x', '/index.html%00.png', '/index.html/x', '/index.html::$DATA', '/%', '/%zz', '/?%', '*'], async (path) => {
		const answer = await get(path), [status] = statuses(answer);
		assert.ok(status < 500, `${path}: ${answer.slice(0, 200)}`);
		assert.doesNotMatch(answer, /root:|db_socket|<script>/, path);
		assert.doesNotMatch(answer.split('\r\n\r\n')[0], /^X: 1/m, path);
		if (!/^\/(verify\/|index\.html%00|\?)/.test(path)) assert.notEqual(status, 200, path);
	});
});

test('a thousand ranges are no more than the file', async () => {
	const path = '/vendor/bootstrap/bootstrap.min.css';
	const size = (await get(path)).length;
	for (const ranges of ['0-,'.repeat(1300), Array.from({ length: 800 }, (_, i) => `${i * 2}-${i * 2}`).join(), '-1,'.repeat(1000), '0-18446744073709551615',
		'18446744073709551615-', '5-1', '-', 'x']) {
		const answer = await get(path, `Range: bytes=${ranges.replace(/,$/, '')}`);
		assert.ok([200, 206, 416].includes(statuses(answer)[0]), ranges.slice(0, 30));
		assert.ok(answer.length < 1.1 * size, `${ranges.slice(0, 30)}: ${answer.length} of ${size}`);
	}
});

test('half a request, and silence, hold up nobody', async () => {
	const half = Array.from({ length: 60 }, (_, i) => net.connect(Number(port), hostname, function begin() {
		this.write(['GET /api/ses', `POST /api/session HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n{`,
			`POST /api/verify HTTP/1.1\r\nHost: ${host}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000\r\n\r\n--b\r\n`][i % 3]);
	}).on('error', () => {}));
	await Promise.all(half.map((s) => new Promise((done) => { s.once('connect', done); })));
	for (const p of ['login', 'application', 'review', 'payment', 'certificate', 'verify'])
		assert.deepEqual(statuses(await get(`/api/health/${p}`)), [200], p);
	for (const s of half) s.destroy();
});
