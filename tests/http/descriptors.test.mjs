// A program that has answered thousands (in the long version: tens of thousands) has no more open than one that has answered some, and the
// figures of its memory are said.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Person, draft, expect, place, samples, shipment, signIn } from '../lib/portal.mjs';
import { full, pause, standing } from '../lib/world.mjs';

const programs = ['login', 'application', 'review', 'payment', 'certificate', 'verify', 'inspect', 'courier'];
const threads = Number(/^threads = (\d+)$/m.exec(readFileSync(path.join(place, 'ecoo.conf'), 'utf8'))[1]);
const length = full ? 40 : 2, crowd = 8;
const pid = (p) => standing().get(p).pid;
const open = () => new Map(programs.map((p) => [p, readdirSync(`/proc/${pid(p)}/fd`).length]));
const memory = () => programs.map((p) => `${p} ${Math.round(/^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid(p)}/smaps_rollup`, 'utf8'))[1] / 1024)}`).join(', ');

const [filer, officer] = await Promise.all([signIn('filer@palarveni.example'), signIn('officer1@nce.example')]);
const a = await draft(filer), one = `/api/applications/${a.id}`, anyone = new Person();
const { documents } = expect(await filer.get(one), 200);
const { content } = await shipment(0);
const upload = (who, address, name) => who.upload(address, path.join(samples, name));

// Good ones and refused ones, of every program; what a request opened is to be closed on both ways.
const drawn = [() => filer.get(`${one}/documents/${documents[0].id}/pages/1`), () => filer.get(`${one}/documents/${documents[0].id}/pages/99`),
	() => filer.get(`${one}/preview/pages/1`),
	() => upload(filer, `${one}/documents?kind=other`, 'hostile/elf-renamed.pdf'), () => upload(anyone, '/api/verify', 'good/shoes-invoice.pdf')];
const plain = [
	() => filer.get(one), () => filer.get(`${one}/documents/${documents[0].id}`), () => filer.get('/api/payments'),
	() => filer.put(one, { version: 1, content }), () => upload(filer, `${one}/documents?kind=nothing`, 'good/shoes-invoice.pdf'),
	() => upload(filer, '/api/applications/999999999/documents?kind=other', 'good/shoes-invoice.pdf'),
	() => officer.get('/api/review/queue'), () => officer.get(one), () => officer.get('/api/certificates'), () => officer.get('/api/certificates/NP-NCE-26-9999999-8/pdf'),
	() => anyone.get('/api/session'), () => anyone.post('/api/session', { email: 'a' }), () => anyone.get('/verify/NP-NCE-26-0000001-F'),
	() => anyone.get('/api/verify/x'), () => anyone.get('/api/gateway/return?x=1'),
];
const round = (kinds, n) => Promise.all(Array.from({ length: crowd }, async (_, k) => {
	for (let i = 0; i < n; i++)
		for (let j = 0; j < kinds.length; j++) assert.notEqual((await kinds[(j + k * 3) % kinds.length]()).status, 500);
}));
/* Drawing is dear: it is done often enough to tell a leak from the connections of nginx. */
const rounds = async (n) => { await round(plain, 5 * n); await round(drawn, Math.ceil(n / 2)); };

test('descriptors do not grow with requests', async (t) => {
	await rounds(1);
	const before = open(), was = memory();
	await rounds(length);
	t.diagnostic(`${length * crowd * (5 * plain.length + drawn.length)} requests; PSS in MiB before: ${was}; after: ${memory()}`);
	await pause(300);
	/* nginx may keep one connection more for each thread; a leak would be hundreds. */
	for (const [p, n] of open()) assert.ok(n <= before.get(p) + threads, `${p}: ${before.get(p)}, then ${n}`);
});
