// What the HTTP and browser tests share: people, requests, samples, the signer program.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const portal = process.env.PORTAL;
export const place = process.env.ECOO_VAR;
export const samples = path.resolve('tests/samples');
export const PASSWORD = 'origin-demo-2026';

// A person with a session: fetch() with a cookie and the headers a browser would send.
export class Person {
	constructor(cookie = '') { this.cookie = cookie; }

	async ask(method, address, body, headers = {}) {
		const options = { method, redirect: 'manual', headers: { ...headers } };
		if (this.cookie) options.headers.cookie = this.cookie;
		if (method !== 'GET') options.headers['sec-fetch-site'] ??= 'same-origin';
		if (body instanceof FormData) options.body = body;
		else if (body !== undefined) {
			options.headers['content-type'] = 'application/json';
			options.body = JSON.stringify(body);
		}
		const r = await fetch(address.startsWith('http') ? address : portal + address, options);
		const type = r.headers.get('content-type') ?? '';
		const answer = { status: r.status, headers: r.headers, type };
		if (/json/.test(type)) answer.json = await r.json();
		else answer.bytes = Buffer.from(await r.arrayBuffer());
		return answer;
	}

	get(address, headers) { return this.ask('GET', address, undefined, headers); }
	put(address, body) { return this.ask('PUT', address, body); }
	del(address) { return this.ask('DELETE', address); }
	post(address, body = {}, key = randomUUID()) {
		return this.ask('POST', address, body, key ? { 'idempotency-key': key } : {});
	}

	async upload(address, file, name = path.basename(file)) {
		const form = new FormData();
		form.append('file', new Blob([await readFile(file)]), name);
		return this.ask('POST', address, form);
	}
}

export async function signIn(email, password = PASSWORD) {
	const enter = () => new Person().post('/api/session', { email, password });
	let r = await enter();
	for (let i = 0; i < 20 && r.status === 503; i++) {	// many at once: as the answer asks
		await new Promise((done) => setTimeout(done, 500));
		r = await enter();
	}
	assert.equal(r.status, 201, `sign-in of ${email}: ${JSON.stringify(r.json)}`);
	return new Person(r.headers.get('set-cookie').split(';')[0]);
}

// Say what came when it is not what was expected.
export function expect(r, status) {
	assert.equal(r.status, status, `${JSON.stringify(r.json ?? r.bytes?.toString().slice(0, 300))}`);
	return r.json;
}

// coosign with the demo key of ${who}.
export async function coosign(url, who) {
	const keys = path.join(place, 'keys');
	return run(path.join(place, 'prog/bin/coosign'), ['job', url, '--p12', path.join(keys, `${who}.p12`),
		'--pin-file', path.join(keys, `${who}.pin`), '--yes'], { timeout: 20000 });
}

// One of the sample shipments as the content of an application.
export async function shipment(i) {
	const all = JSON.parse(await readFile(path.join(samples, 'data/shipments.json'), 'utf8'));
	const s = all.datasets[i];
	const imported = s.inputs.some((x) => x.origin !== 'IN');
	const pick = (o, names) => Object.fromEntries(names.filter((n) => o[n] !== undefined).map((n) => [n, o[n]]));
	return { files: s.documents, content: {
		importing_country: s.certificate.importing_country,
		consignee: pick(s.consignee, ['name', 'name_local', 'address', 'address_local', 'city', 'country', 'to_order']),
		transport: { ...pick(s.transport, ['mode', 'voyage', 'place_of_receipt', 'final_destination', 'departure_date']),
			conveyance: s.transport.vessel, port_of_loading: s.transport.port_of_loading.locode,
			port_of_discharge: s.transport.port_of_discharge.locode },
		invoices: s.invoices.map((v) => ({ number: v.no, date: v.date, currency: v.currency, value: v.invoice_total,
			incoterm: v.incoterm })),
		items: s.items.map((v) => ({ ...pick(v, ['hs', 'description', 'marks', 'packages', 'package_kind', 'gross_kg',
			'net_kg', 'quantity', 'uqc']), origin: imported ? 'processed' : 'wholly',
			operations: imported ? ['beyond'] : [] })),
		inputs: s.inputs.map((v) => ({ ...pick(v, ['description', 'hs', 'quantity', 'uqc', 'origin', 'value_inr', 'supplier']),
			duty: v.origin === 'IN' ? 'none' : 'paid' })),
		process: s.manufacturing_process ?? '',
		declaration: pick(s.declaration, ['place', 'signatory', 'designation']),
	} };
}

// Ask until ${good} says so; bounded.
export async function until(ask, good, seconds = 20) {
	for (let i = 0; i < seconds * 5; i++) {
		const r = await ask();
		if (good(r)) return r;
		await new Promise((done) => setTimeout(done, 200));
	}
	assert.fail(`did not come about in ${seconds} s`);
}

// The steps of an application, for tests that need one that stands somewhere.
export async function draft(filer, i = 0, office = 2) {
	const { id } = expect(await filer.post('/api/applications', { agency: 'NCE', office_id: office }), 201);
	const { content, files } = await shipment(i);
	const { version } = expect(await filer.put(`/api/applications/${id}`, { version: 1, content }), 200);
	for (const f of files) {
		const kind = { bill_of_lading: 'transport_document' }[f.kind] ?? f.kind;
		expect(await filer.upload(`/api/applications/${id}/documents?kind=${kind}`, path.join(samples, f.file)), 201);
	}
	return { id, version };
}

export async function sign(filer, signatory, a, who = 'signatory') {
	const frozen = expect(await filer.post(`/api/applications/${a.id}/signing`, { version: a.version }), 200);
	assert.equal(frozen.state, 'sign_pending');
	const job = expect(await signatory.post(`/api/applications/${a.id}/signing/jobs`, {}, null), 201);
	await coosign(job.url, who);
}

export async function pay(filer, id) {
	let p = expect(await filer.post('/api/payments', { application_id: id }), 201);
	p = (await until(() => filer.get(`/api/payments/${p.id}`), (r) => r.json.checkout_url)).json;
	const form = new URLSearchParams({ act: 'pay' });
	const r = await fetch(p.checkout_url, { method: 'POST', body: form, redirect: 'manual',
		headers: { 'sec-fetch-site': 'same-origin' } });
	assert.equal(r.status, 303, await r.text());
	return (await until(() => filer.get(`/api/payments/${p.id}`), (x) => x.json.state === 'paid')).json;
}

export async function approve(officer, id) {
	const lock = expect(await officer.ask('PUT', `/api/review/applications/${id}/lock`, {}), 200);
	return expect(await officer.post(`/api/review/applications/${id}/approval`, { version: lock.version,
		checked: ['parties', 'goods_match_invoice', 'weights', 'hs', 'marks', 'origin', 'documents_legible'] }), 200);
}

export async function issue(officer, id, who = 'officer1') {
	const { number } = expect(await officer.post('/api/certificates', { application_id: id }), 201);
	const job = expect(await officer.post(`/api/certificates/${number}/signing`, {}, null), 201);
	await coosign(job.url, who);
	return number;
}

export const mails = async () => Promise.all((await readdir(path.join(place, 'mail'))).filter((f) => f.endsWith('.eml'))
	.map((f) => readFile(path.join(place, 'mail', f), 'utf8')));
