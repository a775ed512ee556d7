// The main job by API: apply, upload, check, sign, pay, examine, issue, download, cancel.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Person, approve, coosign, draft, expect, issue, mails, pay, place, portal, samples, sign, signIn, until } from '../lib/portal.mjs';

const [filer, signatory, officer, stranger] = await Promise.all([
	signIn('filer@palarveni.example'), signIn('signatory@palarveni.example'),
	signIn('officer1@nce.example'), signIn('filer@sahyavastra.example')]);
const work = await mkdtemp(path.join(os.tmpdir(), 'ecoo-job-'));
const tool = (...args) => execFileSync(args[0], args.slice(1), { encoding: 'utf8', cwd: work, stdio: ['ignore', 'pipe', 'pipe'] });
const keep = async (name, bytes) => { await writeFile(path.join(work, name), bytes); return name; };
const state = async (id) => expect(await filer.get(`/api/applications/${id}`), 200).state;

test('an application goes from draft to an issued certificate that verifies', async (t) => {
	const a = await draft(filer);
	let number;

	await t.test('the draft is kept, and the check finds nothing that blocks', async () => {
		const seen = expect(await filer.get(`/api/applications/${a.id}`), 200);
		assert.equal(seen.state, 'draft');
		assert.equal(seen.content.items.length, 4);
		assert.equal(seen.documents.length, 3);
		assert.equal(seen.fee.total_paise, 23600);
		assert.deepEqual(expect(await filer.get(`/api/applications/${a.id}/check`), 200).errors, []);
	});

	await t.test('documents are looked at as pages, and come back as they were', async () => {
		const { documents } = expect(await filer.get(`/api/applications/${a.id}`), 200);
		for (const d of documents) {
			const page = await filer.get(`/api/applications/${a.id}/documents/${d.id}/pages/1`);
			assert.equal(page.type, 'image/png');
			const file = await filer.get(`/api/applications/${a.id}/documents/${d.id}`);
			assert.equal(file.status, 200);
			assert.match(file.headers.get('content-disposition'), /^attachment/);
			assert.equal(tool('sha256sum', await keep('doc', file.bytes)).slice(0, 64), d.sha256);
		}
	});

	await t.test('the preview bears a watermark and no number', async () => {
		const pdf = await filer.get(`/api/applications/${a.id}/preview`);
		assert.equal(pdf.type, 'application/pdf');
		const text = tool('pdftotext', await keep('preview.pdf', pdf.bytes), '-');
		assert.match(text, /Hafenlicht Schuhhandel GmbH/);
		assert.doesNotMatch(text, /NP-NCE-/);
		const png = await filer.get(`/api/applications/${a.id}/preview/pages/1`);
		assert.equal(png.type, 'image/png');
		assert.equal(Number(png.headers.get('page-count')), 1);
	});

	await t.test('the exporter signs the canonical text, and openssl agrees', async () => {
		await sign(filer, signatory, a);
		assert.equal(await state(a.id), 'payment_pending');
		const p7s = await filer.get(`/api/applications/${a.id}/signature/p7s`);
		const text = await filer.ask('GET', `/api/applications/${a.id}/signature/text`);
		await keep('a.p7s', p7s.bytes);
		await keep('a.json', JSON.stringify(text.json) === '' ? '' : await (await fetch(
			`${portal}/api/applications/${a.id}/signature/text`, { headers: { cookie: filer.cookie } })).text());
		tool('openssl', 'cms', '-verify', '-binary', '-inform', 'DER', '-in', 'a.p7s', '-content', 'a.json',
			'-CAfile', path.join(place, 'keys/trust.pem'), '-purpose', 'any', '-out', 'out');
		assert.equal(text.json.documents.length, 3);
	});

	await t.test('the fee is paid once, and the application is submitted', async () => {
		const p = await pay(filer, a.id);
		assert.equal(p.total_paise, 23600);
		assert.equal(await state(a.id), 'submitted');
		const receipt = expect(await filer.get(`/api/receipts/${encodeURIComponent(p.receipt_number)}`), 200);
		assert.equal(receipt.total_paise, 23600);
		assert.equal((await stranger.get(`/api/receipts/${encodeURIComponent(p.receipt_number)}`)).status, 404);
	});

	await t.test('the officer opens, asks, and gets an answer', async () => {
		const queue = expect(await officer.get('/api/review/queue'), 200);
		assert.ok(queue.items.some((x) => x.id === a.id));
		const lock = expect(await officer.ask('PUT', `/api/review/applications/${a.id}/lock`, {}), 200);
		const rival = await signIn('officer2@nce.example');
		assert.equal((await rival.ask('PUT', `/api/review/applications/${a.id}/lock`, {})).status, 409);
		const seen = expect(await officer.get(`/api/review/applications/${a.id}`), 200);
		assert.equal(seen.lock.mine, true);
		expect(await officer.post(`/api/review/applications/${a.id}/query`, { version: lock.version,
			text: 'Which of the soles are Italian?' }), 200);
		const asked = expect(await filer.get(`/api/applications/${a.id}`), 200);
		assert.equal(asked.state, 'query');
		assert.match(asked.query.text, /Italian/);
		const back = expect(await filer.post(`/api/applications/${a.id}/resubmission`, { version: asked.version,
			answer: 'All of them; see line 3 of the statement.' }), 200);
		assert.equal(back.state, 'resubmitted');
	});

	await t.test('approved, numbered, signed, issued', async () => {
		await approve(officer, a.id);
		number = await issue(officer, a.id);
		assert.match(number, /^NP-NCE-\d\d-\d{7}-[0-9A-Z]$/);
		assert.equal(await state(a.id), 'issued');
		const cert = expect(await filer.get(`/api/certificates/${number}`), 200);
		assert.equal(cert.state, 'issued');
		await until(async () => ({ all: await mails() }), (r) => r.all.some((m) => m.includes(number)));
	});

	await t.test('the electronic leaf is sound, says pdfsig, qpdf and zbarimg', async () => {
		const pdf = await filer.get(`/api/certificates/${number}/pdf`);
		assert.equal(pdf.type, 'application/pdf');
		await keep('leaf.pdf', pdf.bytes);
		tool('qpdf', '--check', 'leaf.pdf');
		assert.match(tool('pdfsig', '-nocert', 'leaf.pdf'), /Signature Validation: Signature is Valid/);
		const text = tool('pdftotext', 'leaf.pdf', '-');
		assert.match(text, /CERTIFICATE OF ORIGIN \(Non-Preferential\)/);
		assert.match(text, /gives no right to any reduced rate of duty/);
		assert.ok(text.includes(number));
		tool('pdftoppm', '-r', '150', '-l', '1', '-png', '-singlefile', 'leaf.pdf', 'leaf');
		const { verify_url } = expect(await filer.get(`/api/certificates/${number}`), 200);
		assert.equal(tool('zbarimg', '-q', '--raw', 'leaf.png').trim(), verify_url);
	});

	await t.test('the paper leaves carry the marked documents and no ink', async () => {
		for (const copy of ['original', 'duplicate']) {
			const pdf = await filer.get(`/api/certificates/${number}/pdf?copy=${copy}`);
			await keep(`${copy}.pdf`, pdf.bytes);
			tool('qpdf', '--check', `${copy}.pdf`);
			const text = tool('pdftotext', `${copy}.pdf`, '-');
			assert.ok(text.includes(copy.toUpperCase()));
			assert.ok(text.includes(`${copy.toUpperCase()} - ${number}`));
			assert.match(text, /PV\/EXP\/26-27\/0318/);
		}
	});

	await t.test('the agency\'s administrator sees what was issued, and only that', async () => {
		const admin = await signIn('administrator@nce.example');
		const { items } = expect(await admin.get('/api/certificates'), 200);
		assert.ok(items.some((c) => c.number === number) && items.every((c) => c.issued_at));
		assert.equal((await admin.get(`/api/certificates/${number}/pdf`)).status, 200);
		assert.equal((await admin.post(`/api/certificates/${number}/cancellation`, { reason: 'Not mine to do.' })).status, 403);
	});

	await t.test('anyone verifies; a file is compared', async () => {
		const anyone = new Person();
		const cert = expect(await filer.get(`/api/certificates/${number}`), 200);
		const brief = expect(await anyone.get(`/api/verify/${number.toLowerCase().replaceAll('-', ' ')}`), 200);
		assert.equal(brief.state, 'valid');
		assert.equal(brief.face, null);
		const full = expect(await anyone.get(`/api/verify/${number}?code=${cert.check_code}`), 200);
		assert.equal(full.face.number, number);
		const leaf = path.join(work, 'leaf.pdf');
		assert.equal(expect(await anyone.upload('/api/verify', leaf), 200).answer, 'identical');
		await keep('longer.pdf', Buffer.concat([await readFile(leaf), Buffer.from('\n% more\n')]));
		assert.equal(expect(await anyone.upload('/api/verify', path.join(work, 'longer.pdf')), 200).answer, 'extended');
		assert.equal(expect(await anyone.upload('/api/verify', path.join(samples, 'good/shoes-invoice.pdf')), 200).answer, 'unknown');
	});

	await t.test('what was issued is cancelled once, and verify says so', async () => {
		const cancelled = expect(await officer.post(`/api/certificates/${number}/cancellation`, { reason: 'Goods were not shipped.' }), 200);
		assert.equal(cancelled.state, 'cancelled');
		assert.equal((await officer.post(`/api/certificates/${number}/cancellation`, { reason: 'Again.' })).status, 409);
		assert.equal(expect(await new Person().get(`/api/verify/${number}`), 200).state, 'cancelled');
	});
});

test('what belongs to another firm or office is not there', async () => {
	const a = await draft(filer);
	for (const address of ['', '/check', '/preview', '/signing/text', '/documents/1'])
		assert.equal((await stranger.get(`/api/applications/${a.id}${address}`)).status, 404, address);
	assert.equal((await stranger.put(`/api/applications/${a.id}`, { version: a.version, content: {} })).status, 404);
	assert.equal((await stranger.post(`/api/applications/${a.id}/signing`, { version: a.version })).status, 404);
	assert.equal((await stranger.post('/api/payments', { application_id: a.id })).status, 404);
	assert.equal((await officer.get(`/api/review/applications/${a.id}`)).status, 404, 'a draft is not the officer\'s yet');
	assert.equal((await filer.get('/api/review/queue')).status, 403);
	assert.equal((await new Person().get(`/api/applications/${a.id}`)).status, 401);
});

test('a stale version, a wrong state, a cross-site request change nothing', async () => {
	const a = await draft(filer);
	const before = expect(await filer.get(`/api/applications/${a.id}`), 200);
	const stale = await filer.put(`/api/applications/${a.id}`, { version: 1, content: {} });
	assert.equal(stale.status, 409);
	assert.equal(stale.json.type, '/problems/changed-meanwhile');
	const cross = await filer.ask('PUT', `/api/applications/${a.id}`, { version: a.version, content: {} }, { 'sec-fetch-site': 'cross-site' });
	assert.equal(cross.json.type, '/problems/cross-site');
	assert.equal((await filer.post('/api/payments', { application_id: a.id })).status, 409);
	assert.deepEqual(expect(await filer.get(`/api/applications/${a.id}`), 200).content, before.content);
});

test('one key makes one application, whatever happens', async () => {
	const key = randomUUID();
	const ask = () => filer.post('/api/applications', { agency: 'NCE', office_id: 1 }, key);
	const ids = (await Promise.all([ask(), ask(), ask()])).filter((r) => r.status === 201).map((r) => r.json.id);
	assert.ok(ids.length >= 1);
	assert.equal(new Set(ids).size, 1);
	assert.equal(expect(await ask(), 201).id, ids[0]);
	const other = await filer.post('/api/applications', { agency: 'NCE', office_id: 2 }, key);
	assert.equal(other.json.type, '/problems/idempotency-key');
});

test('one key at once, and nobody is told that it is too late', async () => {
	const a = await draft(filer);
	const key = randomUUID();
	const answers = await Promise.all(Array.from({ length: 8 }, () => filer.post(`/api/applications/${a.id}/signing`, { version: a.version }, key)));
	const told = answers.filter((r) => r.status !== 503).map((r) => expect(r, 200));
	assert.ok(told.length >= 1);
	assert.equal(new Set(told.map((r) => JSON.stringify(r))).size, 1);
});

test('all faults come at once, each with its field', async () => {
	const { id } = expect(await filer.post('/api/applications', { agency: 'NCE', office_id: 1 }), 201);
	const r = await filer.post(`/api/applications/${id}/signing`, { version: 1 });
	assert.equal(r.status, 422);
	const fields = r.json.errors.map((e) => e.field);
	for (const f of ['consignee.name', 'importing_country', 'items', 'documents'])
		assert.ok(fields.some((x) => x.startsWith(f)), `${f} in ${fields}`);
});

test('a detached signature made elsewhere counts, a wrong one does not', async () => {
	const a = await draft(filer);
	expect(await filer.post(`/api/applications/${a.id}/signing`, { version: a.version }), 200);
	const r = await fetch(`${portal}/api/applications/${a.id}/signing/text`, { headers: { cookie: filer.cookie } });
	await keep('text.json', Buffer.from(await r.arrayBuffer()));
	const keys = path.join(place, 'keys');
	const made = async (who, name) => {
		tool(path.join(place, 'prog/bin/coosign'), 'sign', '--in', name, '--out', `${name}.${who}.p7s`, '--p12', path.join(keys, `${who}.p12`), '--pin-file', path.join(keys, `${who}.pin`));
		return (await readFile(path.join(work, `${name}.${who}.p7s`))).toString('base64');
	};
	const send = async (p7s, who = signatory) => who.post(`/api/applications/${a.id}/signature`, { p7s }, null);
	await keep('other.json', '{}');
	const good = await made('signatory', 'text.json');
	assert.equal((await send(await made('signatory', 'other.json'))).json.type, '/problems/signature-refused');
	assert.equal((await send(await made('signatory2', 'text.json'))).json.type, '/problems/signature-refused');
	assert.equal((await send('AAAA')).status, 422);
	assert.equal((await send(good, filer)).status, 403, 'a filer may not sign');
	assert.equal(await state(a.id), 'sign_pending');
	assert.equal(expect(await send(good), 200).state, 'payment_pending');
});

test('a signing job is good once, for one person, and not for ever', async () => {
	const a = await draft(filer);
	expect(await filer.post(`/api/applications/${a.id}/signing`, { version: a.version }), 200);
	const ask = async () => expect(await signatory.post(`/api/applications/${a.id}/signing/jobs`, {}, null), 201).url;
	const first = await ask();
	const second = await ask();
	assert.equal((await new Person().get(first)).status, 410, 'a newer job ends the older');
	await assert.rejects(coosign(second, 'signatory2'), 'another person\'s key');
	assert.equal(await state(a.id), 'sign_pending');
	await coosign(second, 'signatory');
	assert.equal((await new Person().get(second)).status, 410);
	assert.equal(await state(a.id), 'payment_pending');
});

test('editing voids the signature; nothing is asked for twice', async () => {
	const a = await draft(filer);
	await sign(filer, signatory, a);
	const thawed = expect(await filer.del(`/api/applications/${a.id}/signing`), 200);
	assert.equal(thawed.state, 'draft');
	const seen = expect(await filer.get(`/api/applications/${a.id}`), 200);
	assert.equal(seen.signature, null);
	await sign(filer, signatory, { id: a.id, version: thawed.version });
	assert.equal(await state(a.id), 'payment_pending');
});

test('the operator\'s switch halts issuing', async () => {
	const a = await draft(filer);
	await sign(filer, signatory, a);
	await pay(filer, a.id);
	await approve(officer, a.id);
	const operator = await signIn('operator@ecoo.example');
	expect(await operator.put('/api/certificates/issuing', { halted: true }), 200);
	try {
		assert.equal(expect(await operator.get('/api/certificates/issuing'), 200).halted, true);
		assert.equal((await officer.post('/api/certificates', { application_id: a.id })).json.type, '/problems/issuing-halted');
		assert.equal((await filer.put('/api/certificates/issuing', { halted: false })).status, 403);
	} finally {
		expect(await operator.put('/api/certificates/issuing', { halted: false }), 200);
	}
	assert.match(await issue(officer, a.id), /^NP-/);
});
