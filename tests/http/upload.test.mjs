// Every sample through the door that uploads come in by: the good ones stay, the hostile ones are
// treated as the manifest says, and nothing is half kept.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, place, portal, samples, signIn } from '../lib/portal.mjs';

const filer = await signIn('filer@palarveni.example');
const hostile = await mkdtemp(path.join(os.tmpdir(), 'ecoo-hostile-'));
await cp(path.join(samples, 'hostile'), hostile, { recursive: true });
for (const recipe of ['make-eicar.sh', 'make-large.sh'])
	execFileSync('sh', [recipe], { cwd: hostile, stdio: 'ignore' });
const { entries } = JSON.parse(await readFile(path.join(hostile, 'manifest.json'), 'utf8'));

const fresh = async () => expect(await filer.post('/api/applications', { agency: 'NCE', office_id: 1 }), 201).id;
let open = await fresh(), used = 0;
const room = async () => { if (++used % 14 === 0) open = await fresh(); return open; };
const documents = async (id) => expect(await filer.get(`/api/applications/${id}`), 200).documents;

// A body as it is, with the header as it is.
const send = (id, type, body) => new Promise((done, failed) => {
	const r = http.request(`${portal}/api/applications/${id}/documents?kind=other`, { method: 'POST', timeout: 20000, headers: {
		cookie: filer.cookie, 'sec-fetch-site': 'same-origin', 'content-type': type, 'content-length': body.length } }, (answer) => {
		const parts = [];
		answer.on('data', (p) => parts.push(p));
		answer.on('end', () => done({ status: answer.statusCode, json: JSON.parse(Buffer.concat(parts).toString() || 'null') }));
	});
	r.on('timeout', () => r.destroy(new Error('no answer')));
	r.on('error', failed);
	r.end(body);
});
const part = (name, type, bytes) => Buffer.concat([
	Buffer.from(`--limit\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`),
	bytes, Buffer.from('\r\n--limit--\r\n')]);

test('every good sample is accepted, whatever its name claims', async () => {
	for (const f of await readdir(path.join(samples, 'good'))) {
		const id = await room();
		const d = expect(await filer.upload(`/api/applications/${id}/documents?kind=other`, path.join(samples, 'good', f)), 201);
		assert.equal(d.name, f);
		assert.ok(d.pages >= 1, f);
		const page = await filer.get(`/api/applications/${id}/documents/${d.id}/pages/${d.pages}`);
		assert.equal(page.type, 'image/png', f);
		const same = expect(await filer.upload(`/api/applications/${id}/documents?kind=other`, path.join(samples, 'good', f), 'x.pdf'), 201);
		assert.equal(same.media_type, d.media_type, 'the type is decided by content');
	}
});

for (const e of entries.filter((x) => !x.file.startsWith('http/')))
	test(`${e.expected} ${e.file} ${e.filename ? JSON.stringify(e.filename).slice(0, 60) : ''}`, async () => {
		const id = await room();
		const before = (await documents(id)).length;
		const bytes = await readFile(path.join(hostile, e.file));
		const r = e.content_type ? await send(id, e.content_type, bytes) :
			await send(id, 'multipart/form-data; boundary=limit', part(e.filename ?? path.basename(e.file), e.claimed_type, bytes));
		assert.ok(r.status < 500, `${r.status} ${JSON.stringify(r.json)}`);
		if (e.firm !== false)
			assert.equal(r.status === 201 ? 'accept' : 'reject', e.expected, JSON.stringify(r.json));
		assert.equal((await documents(id)).length, before + (r.status === 201 ? 1 : 0));
		if (r.status !== 201) assert.ok(r.json.title && r.json.type.startsWith('/problems/'), JSON.stringify(r.json));
	});

test('a body that is longer or shorter than it says leaves nothing', async () => {
	const id = await room(), before = (await documents(id)).length;
	for (const f of await readdir(path.join(hostile, 'http'))) {
		const raw = (await readFile(path.join(hostile, 'http', f), 'latin1')).replace('/UPLOAD-PATH', `/api/applications/${id}/documents?kind=other`)
			.replace('HOST', new URL(portal).host).replace('SESSION', filer.cookie);
		const answer = await new Promise((done) => {
			const { hostname, port } = new URL(portal);
			const s = net.connect(Number(port), hostname, () => s.write(Buffer.from(raw, 'latin1')));
			let text = '';
			s.setTimeout(20000, () => s.destroy());
			s.on('data', (d) => { text += d.toString('latin1'); });
			s.on('close', () => done(text));
			s.on('error', () => done(text));
		});
		assert.match(answer, /^(HTTP\/1\.1 4\d\d|$)/, f);
	}
	assert.equal((await documents(id)).length, before);
});

test('more than ten MiB is refused in words, and nothing is left behind', async () => {
	const id = await room();
	const big = Buffer.concat([await readFile(path.join(samples, 'good/shoes-invoice.pdf')), Buffer.alloc(10 * 1024 * 1024 + 1)]);
	const r = await send(id, 'multipart/form-data; boundary=limit', part('big.pdf', 'application/pdf', big));
	assert.equal(r.status, 413);
	assert.equal(r.json.type, '/problems/too-large');
	const left = await readdir(path.join(place, 'files/documents/incoming'));
	assert.deepEqual(left, []);
});
