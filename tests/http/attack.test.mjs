// What somebody would try who means harm, or is in two places at once.
import test from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Person, approve, coosign, draft, expect, pay, place, portal, samples, sign, signIn } from '../lib/portal.mjs';
import { sql, standing } from '../lib/world.mjs';

const [filer, signatory, officer, rival, stranger] = await Promise.all([
	signIn('filer@palarveni.example'), signIn('signatory@palarveni.example'),
	signIn('officer1@nce.example'), signIn('officer2@nce.example'), signIn('filer@sahyavastra.example')]);
const invoice = path.join(samples, 'good/shoes-invoice.pdf');
const times = (n, act) => Promise.all(Array.from({ length: n }, (_, i) => act(i)));
const count = (answers, status) => answers.filter((r) => r.status === status).length;
const begin = async (who = filer, office = 2) => expect(await who.post('/api/applications', { agency: 'NCE', office_id: office }), 201).id;
const read = async (id) => expect(await filer.get(`/api/applications/${id}`), 200);
const crashes = () => [...standing()].filter(([p]) => /^(login|application|review|certificate)$/.test(p))
	.map(([, s]) => s.deaths).join(' ');
const send = (method, address, body, headers = {}) => fetch(portal + address, { method, body,
	headers: { cookie: filer.cookie, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers } });

test('no content, however odd, takes a program down or fails inside', async () => {
	const before = crashes();
	const id = await begin();
	const odd = [{ importing_country: 'éé' }, { importing_country: '😀😀' }, { process: '\ud800' },
		{ items: [{ packages: 1000000, description: 'x'.repeat(2000), marks: 'é'.repeat(1000) }] },
		{ items: Array.from({ length: 200 }, () => ({ description: 'தமிழ் '.repeat(30), gross_kg: '9'.repeat(15) })) },
		{ transport: null, consignee: null, items: null, invoices: null, inputs: null, declaration: null, process: null }];
	for (const [i, content] of odd.entries()) {
		const { version } = expect(await filer.put(`/api/applications/${id}`, { version: i + 1, content }), 200);
		for (const what of ['', '/check', '/preview', '/preview/pages/1'])
			assert.ok((await filer.get(`/api/applications/${id}${what}`)).status < 500, `${i} ${what}`);
		assert.equal((await filer.post(`/api/applications/${id}/signing`, { version })).status, 422);
		expect(await filer.post('/api/applications', { agency: 'NCE', office_id: 2, copy_of: id }), 201);
	}
	assert.equal(crashes(), before);
});

test('what is not JSON is not taken for it', async () => {
	const id = await begin();
	for (const body of ["{'version':1,'content':{}}", '{"version":1,"content":{"process":"a\u0001b"}}',
		'{"version":1,"content":{"process\\u0000x":"a"}}', '{"version\\u0000":1,"content":{}}', '{"version":1,/**/"content":{}}',
		'{"version":1,"content":{},}', '{"version":NaN,"content":{}}', `{"version":1,"content":${'['.repeat(9000)}`])
		assert.equal((await send('PUT', `/api/applications/${id}`, body)).status, 400, body.slice(0, 60));
	assert.equal((await read(id)).version, 1);
});

test('a body of empty objects does not become a hundred megabytes', async () => {
	const body = `{"signature":[${'{},'.repeat(120000)}{}]}`;
	const r = await send('POST', `/api/application-signing/${'a'.repeat(32)}`, body, { cookie: '' });
	assert.equal(r.status, 400);
});

test('the spellings of an address are one address', async () => {
	const ask = (email) => new Person().post('/api/session', { email, password: 'origin-demo-2026' });
	for (const email of ['fîler@palarveni.example', 'filer\u200b@palarveni.example', 'ﬁler@palarveni.example'])
		assert.equal((await ask(email)).status, 401, email);
	assert.equal((await ask('Filer@Palarveni.Example')).status, 201);
	const r = await filer.post('/api/applications', { agency: 'nce', office_id: 1 });
	assert.equal(r.status, 422, 'numbers would be of another agency');
});

test('somebody who is told to wait is told once', async () => {
	let r;
	const email = `${randomUUID()}@nobody.example`;
	for (let i = 0; i < 8 && r?.status !== 429; i++) r = await new Person().post('/api/session', { email, password: 'x' });
	assert.equal(r.status, 429);
	assert.match(r.headers.get('retry-after'), /^\d+$/);
});

test('no secret of a job gets into a log', async () => {
	const token = randomUUID().replaceAll('-', '');
	for (const kind of ['application', 'certificate'])
		for (const tail of ['', '/', '/document', '/documents', '/document?x=1'])
			await fetch(`${portal}/api/${kind}-signing/${token}${tail}`);
	for (const log of ['application', 'certificate', 'access', 'nginx-error'])
		assert.ok(!(await readFile(path.join(place, `log/${log}.log`), 'utf8')).includes(token), log);
});

test('addresses that try to be others are not', async () => {
	const id = await begin();
	for (const [address, status] of [[`/files-internal/documents/aa/bb/${'a'.repeat(64)}`, 404], ['/api/session%00', 400],
		[`/api/applications/${id}%0a`, 422], [`/api/applications/${id}/`, 404], [`/api/applications/-${id}`, 422],
		['/api/applications/9223372036854775808', 422], [`/api/applications/${id}?x=1`, 422],
		[`/api/applications/${id}?${'a=b&'.repeat(17)}`, 400], [`/api/applications/${id}/preview/pages/2`, 404],
		[`/api/applications/${id}/preview/pages/0`, 422], [`/api/review/applications/${id}/preview`, 403],
		['/api/certificates/NP-NCE-26-0000001-A/pdf?copy=..', 422]])
		assert.equal((await send('GET', address)).status, status, address);
	for (const [method, address] of [['PATCH', '/api/session'], ['OPTIONS', `/api/applications/${id}`], ['POST', '/api/applications/summary']])
		assert.equal((await send(method, address)).status, 405, method);
	const head = await send('HEAD', `/api/applications/${id}`);
	assert.equal(head.status, 200);
	assert.equal(await head.text(), '');
	assert.equal(head.headers.get('cache-control'), 'no-store');
});

test('a body that nobody reads does not become the next request', async () => {
	const id = await begin(), body = 'GET /api/session HTTP/1.1\r\n\r\n'.repeat(30000);
	for (let i = 0; i < 12; i++) {
		const form = new FormData();
		form.append('file', new Blob([body]), 'x.pdf');
		const r = await fetch(`${portal}/api/applications/999999999/documents?kind=invoice`, { method: 'POST', body: form,
			headers: { cookie: filer.cookie, 'sec-fetch-site': 'same-origin' } });
		assert.equal(r.status, 404);
		assert.equal((await read(id)).id, id);
	}
	const refused = await times(12, async () => {
		const seen = [];
		for (let i = 0; i < 25; i++) seen.push((await send('POST', `/api/applications/${id}/documents?kind=invoice`, Buffer.alloc(1000 + i * 20000))).status);
		return seen;
	});
	assert.deepEqual([...new Set(refused.flat())], [415], 'none is lost');
});

test('uploads at once do not get past the thirtieth document', async () => {
	const id = await begin();
	const answers = await times(38, () => filer.upload(`/api/applications/${id}/documents?kind=invoice`, invoice));
	assert.equal(count(answers, 201), 30, [...new Set(answers.map((r) => r.status))].join());
	assert.equal((await read(id)).documents.length, 30);
});

test('a name of a file does not write headers', async () => {
	const id = await begin();
	const boundary = 'b', part = (name) => `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;
	const pdf = await readFile(invoice);
	const post = async (name) => (await fetch(`${portal}/api/applications/${id}/documents?kind=invoice`, { method: 'POST',
		body: Buffer.concat([Buffer.from(part(name)), pdf, Buffer.from('\r\n--b--\r\n')]),
		headers: { cookie: filer.cookie, 'sec-fetch-site': 'same-origin', 'content-type': `multipart/form-data; boundary=${boundary}` } }));
	assert.equal((await post('a\r\nSet-Cookie: x=1.pdf')).status, 400);
	assert.equal((await post('a\u202efdp.pdf')).status, 422);
	const kept = await (await post('../../..\\"; x=%0d%0aA: b é.pdf')).json();
	assert.equal(kept.status, 400, 'a quote ends the name');
	const { id: document } = await (await post('../..\\e%0d%0a é.pdf')).json();
	const file = await filer.get(`/api/applications/${id}/documents/${document}`);
	assert.match(file.headers.get('content-disposition'), /^attachment; filename="e_0d_0a _\.pdf"; filename\*=UTF-8''e%250d%250a%20%C3%A9\.pdf$/);
	assert.match(file.headers.get('content-security-policy'), /sandbox/);
});

test('an application frozen and signed in a crowd', async () => {
	const a = await draft(filer), one = `/api/applications/${a.id}`;
	const [frozen, upload] = await Promise.all([filer.post(`${one}/signing`, { version: a.version }),
		filer.upload(`${one}/documents?kind=other`, invoice)]);
	let seen = await read(a.id);
	if (frozen.status !== 200) expect(await filer.post(`${one}/signing`, { version: seen.version }), 200);
	const text = await filer.get(`${one}/signing/text`);
	assert.equal(text.json.documents.length, upload.status === 201 ? 4 : 3);
	seen = await read(a.id);
	assert.equal((await filer.put(one, { version: seen.version, content: {} })).status, 409);
	assert.equal((await filer.upload(`${one}/documents?kind=other`, invoice)).status, 409);
	assert.equal((await filer.del(`${one}/documents/${seen.documents[0].id}`)).status, 409);
	assert.equal((await filer.post(`${one}/signing/jobs`, {}, null)).status, 403, 'a filer may not sign');

	const jobs = (await times(4, () => signatory.post(`${one}/signing/jobs`, {}, null))).filter((r) => r.status === 201);
	const good = [];
	for (const j of jobs) if ((await new Person().get(j.json.url)).status === 200) good.push(j.json.url);
	assert.equal(good.length, 1, 'one job at a time');
	assert.equal((await new Person().get(good[0].replace('application-', 'certificate-'))).status, 410);
	assert.equal((await new Person().post(good[0], { signature: 'AAAA' }, null)).status, 422);
	const both = await Promise.allSettled([coosign(good[0], 'signatory'), coosign(good[0], 'signatory')]);
	assert.equal(both.filter((x) => x.status === 'fulfilled').length, 1);
	assert.equal((await read(a.id)).events.filter((e) => e.what === 'signed').length, 1);
	assert.equal((await filer.del(`${one}/signing`)).json.state, 'draft');
	assert.equal((await new Person().get(good[0])).status, 410);
});

test('two officers, one application, one certificate', async (t) => {
	const a = await draft(filer), one = `/api/applications/${a.id}`, desk = `/api/review/applications/${a.id}`;
	await sign(filer, signatory, a);
	await pay(filer, a.id);
	let number;

	await t.test('one lock, one decision, nothing skipped', async () => {
		const locks = await Promise.all([officer, rival].map((o) => o.ask('PUT', `${desk}/lock`, {})));
		assert.equal(count(locks, 200), 1);
		const [mine, other] = locks[0].status === 200 ? [officer, rival] : [rival, officer];
		const { version } = expect(await mine.get(desk), 200);
		const checked = ['parties', 'goods_match_invoice', 'weights', 'hs', 'marks', 'origin', 'documents_legible'];
		assert.equal((await other.post(`${desk}/approval`, { version, checked })).status, 409);
		expect(await other.del(`${desk}/lock`), 204);
		assert.equal((await mine.get(desk)).json.lock.mine, true, 'nobody gives back what another holds');
		assert.equal((await filer.post(`${one}/withdrawal`, { version }, null)).status, 409);
		assert.equal((await mine.post(`${desk}/approval`, { version, checked: checked.slice(1) })).status, 422);
		const decided = await Promise.all([mine.post(`${desk}/approval`, { version, checked }),
			mine.post(`${desk}/query`, { version, text: 'Why?' }), mine.post(`${desk}/approval`, { version, checked })]);
		assert.equal(count(decided, 200), 1);
		const after = expect(await mine.get(desk), 200);
		assert.equal(after.decisions.length, 1);
		if (after.state === 'query') {
			expect(await filer.post(`${one}/resubmission`, { version: after.version, answer: 'So.' }), 200);
			await approve(officer, a.id);
		}
	});

	await t.test('one number, seen by nobody else', async () => {
		const made = await times(4, (i) => [officer, rival][i % 2].post('/api/certificates', { application_id: a.id }));
		number = expect(await officer.post('/api/certificates', { application_id: a.id }), 201).number;
		assert.deepEqual([...new Set(made.filter((r) => r.status === 201).map((r) => r.json.number))], [number]);
		for (const who of [filer, stranger])
			for (const what of ['', '/pdf', '/pages/1'])
				assert.equal((await who.get(`/api/certificates/${number}${what}`)).status, 404, what);
		assert.equal((await filer.post(`/api/certificates/${number}/signing`, {}, null)).status, 403);
	});

	await t.test('whoever signs is not interrupted; signed is signed', async () => {
		const address = `/api/certificates/${number}/signing`;
		const jobs = await Promise.all([officer, rival].map((o) => o.post(address, {}, null)));
		assert.equal(count(jobs, 201), 1);
		const first = jobs[0].status === 201, job = jobs[first ? 0 : 1].json;
		assert.equal((await (first ? rival : officer).post(address, {}, null)).status, 409);
		assert.equal((await (first ? rival : officer).del(address)).status, 409, 'nor by giving up for him');
		await assert.rejects(coosign(job.url, first ? 'officer2' : 'officer1'), 'another officer\'s key');
		await coosign(job.url, first ? 'officer1' : 'officer2');
		assert.equal((await new Person().post(job.url, { signature: 'AAAA' }, null)).status, 410);
		assert.equal((await officer.del(address)).status, 409);
		const ends = await times(3, () => officer.post(`/api/certificates/${number}/cancellation`, { reason: 'Tried.' }));
		assert.equal(count(ends, 200), 1);
		assert.equal((await filer.post(`/api/certificates/${number}/cancellation`, { reason: 'Mine.' })).status, 403);
	});
});

test('what was approved and cannot be printed goes back, and is issued in the end', async () => {
	const a = await draft(filer), one = `/api/applications/${a.id}`;
	const { content } = await read(a.id);
	const odd = { ...content, consignee: { ...content.consignee, name: 'Hafenlicht \u{1f6a2} GmbH' } };
	await sign(filer, signatory, { id: a.id, ...expect(await filer.put(one, { version: a.version, content: odd }), 200) });
	await pay(filer, a.id);
	const { version } = await approve(officer, a.id);
	assert.equal((await officer.post('/api/certificates', { application_id: a.id })).status, 422);
	const back = (text) => officer.post(`/api/review/applications/${a.id}/query`, { version, text });
	assert.equal((await officer.post(`/api/review/applications/${a.id}/rejection`, { version, text: 'No.' })).status, 409);
	expect(await back('The ship in the name cannot be printed.'), 200);
	assert.equal((await back('Again.')).status, 409);
	const asked = await read(a.id);
	assert.equal(asked.state, 'query');
	const saved = expect(await filer.put(one, { version: asked.version, content }), 200);
	const frozen = expect(await filer.post(`${one}/resubmission`, { version: saved.version, answer: 'Taken out.' }), 200);
	assert.equal(frozen.state, 'sign_pending');
	await coosign(expect(await signatory.post(`${one}/signing/jobs`, {}, null), 201).url, 'signatory');
	const again = await approve(officer, a.id);
	const { number } = expect(await officer.post('/api/certificates', { application_id: a.id }), 201);
	const job = expect(await officer.post(`/api/certificates/${number}/signing`, {}, null), 201);
	assert.equal((await officer.post(`/api/review/applications/${a.id}/query`, { version: again.version, text: 'Late.' })).status,
		409, 'not while it is being signed');
	await coosign(job.url, 'officer1');
	assert.equal((await read(a.id)).state, 'issued');
});

test('a job ends with the right to sign', async () => {
	const a = await draft(filer);
	expect(await filer.post(`/api/applications/${a.id}/signing`, { version: a.version }), 200);
	const { url } = expect(await signatory.post(`/api/applications/${a.id}/signing/jobs`, {}, null), 201);
	sql("UPDATE person SET role = 'filer' WHERE email = 'signatory@palarveni.example'");
	try {
		assert.equal((await new Person().get(url)).status, 410);
		await assert.rejects(coosign(url, 'signatory'));
	} finally {
		sql("UPDATE person SET role = 'signatory' WHERE email = 'signatory@palarveni.example'");
	}
	await coosign(url, 'signatory');
});

test('a key belongs to one person, and keeps no failure', async () => {
	const key = randomUUID(), body = { agency: 'NCE', office_id: 1 };
	const ids = [];
	for (const who of [filer, signatory, stranger]) ids.push(expect(await who.post('/api/applications', body, key), 201).id);
	assert.equal(new Set(ids).size, 3);
	assert.equal((await filer.get(`/api/applications/${ids[2]}`)).status, 404);
	assert.equal((await filer.post('/api/applications', { ...body, copy_of: ids[2] })).status, 404, 'nor as a copy');
	const other = randomUUID();
	assert.equal((await filer.post('/api/applications', { ...body, office_id: 77 }, other)).status, 422);
	expect(await filer.post('/api/applications', body, other), 201);
});
