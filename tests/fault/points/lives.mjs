// Requests of each kind that a test dies in (the points of modules/base/fault.h), and what has to have come of each.
import { after } from 'node:test';
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Person, approve, draft, expect, pay, portal, samples, sign, signIn, until } from '../../lib/portal.mjs';
import { copy, notice, signature } from '../../lib/life.mjs';
import { insist, number as n, rows, withdraw } from '../../lib/world.mjs';

export const [filer, signatory, officer, second] = await Promise.all([signIn('filer@palarveni.example'), signIn('signatory@palarveni.example'),
	signIn('officer1@nce.example'), signIn('officer2@nce.example')]);
const master = await draft(filer);
await sign(filer, signatory, master);
await pay(filer, master.id);
await approve(officer, master.id);

export const made = [];
after(() => withdraw(made.filter((id) => n(`SELECT COUNT(*) FROM certificate WHERE application_id = ${id}`) === 0)));
export const another = (state) => { const id = copy(master.id, state); made.push(id); return id; };
const count = (table, where) => n(`SELECT COUNT(*) FROM ${table} WHERE ${where}`);
const happened = (id, what) => count('application_event', `application_id = ${id} AND what = '${what}'`);
const stateOf = (id) => rows(`SELECT state FROM application WHERE id = ${id}`)[0][0];

export const fault = (words) => ({ 'x-ecoo-fault': words });

// What a request that was traced has passed, as "name arrival", in its order.
export function passed(answer) {
	const seen = new Map();
	return answer.headers.get('x-ecoo-faults').split(',').map((point) => {
		seen.set(point, (seen.get(point) ?? 0) + 1);
		return `${point} ${seen.get(point)}`;
	});
}

// A kind of request: ${make} brings about where it is sent, ${ask} sends it with these headers, ${check} looks at what came of it
// when it was sent until it was answered; that answer may say that it was done before.  ${stands} says where the certificate
// stands after none, one and two of its commits.
const keyed = (who, address, body, headers, key) => who.ask('POST', address, body, { ...headers, 'idempotency-key': key });
export const bare = (who, address, body, headers) => who.ask('POST', address, body, headers);
export const job = async (address, who, as) => {
	const { url } = expect(await who.post(address, {}, null), 201);
	return { url, signature: await signature(url, as) };
};
export const handIn = (s, headers) => bare(new Person(), s.url, { signature: s.signature }, headers);

export async function numbered(id) {
	return { id, ...expect(await officer.post('/api/certificates', { application_id: id }), 201) };
}

// verify dies too in these moments, at points of its own.
const verified = async (number) => expect(await insist(() => new Person().get(`/api/verify/${number}`)), 200).state;

// The whole of what one certificate promises.
export async function issuedOnce(id, number) {
	assert.deepEqual(rows(`SELECT 'application', state FROM application WHERE id = ${id};
		SELECT 'certificate', number, state FROM certificate WHERE application_id = ${id};
		SELECT 'issues', COUNT(*) FROM certificate_issue WHERE application_id = ${id};
		SELECT 'numbered', COUNT(*) FROM application_event WHERE application_id = ${id} AND what = 'numbered';
		SELECT 'issued', COUNT(*) FROM application_event WHERE application_id = ${id} AND what = 'issued';
		SELECT 'letters', COUNT(*) FROM job WHERE once = 'mail/issued/${number}';
		SELECT 'audited', COUNT(*) FROM audit WHERE what = 'certificate_issued' AND object = '${number}'`),
	[['application', 'issued'], ['certificate', number, 'issued'], ['issues', '1'], ['numbered', '1'], ['issued', '1'], ['letters', '1'],
		['audited', '1']]);
	const [hash] = rows(`SELECT sha256 FROM certificate_issue WHERE number = '${number}'`)[0];
	const pdf = await filer.get(`/api/certificates/${number}/pdf`);
	assert.equal(createHash('sha256').update(pdf.bytes).digest('hex'), hash, 'the file that was issued');
	assert.equal(await verified(number), 'valid');
}

async function signAndIssue(s) {
	const j = await job(`/api/certificates/${s.number}/signing`, officer, 'officer1');
	expect(await handIn(j, {}), 200);
	await issuedOnce(s.id, s.number);
}

const paid = (s) => {
	assert.deepEqual(rows(`SELECT account, SUM(amount_paise), COUNT(*) FROM ledger_entry WHERE payment_id = ${s.payment} GROUP BY account`),
		[['fees:NCE', '-23600', '1'], ['gateway:NCE', '23600', '1']]);
	assert.equal(stateOf(s.id), 'submitted');
	assert.equal(count('payment_fact', `gateway_payment = '${s.fact}'`), 1);
	assert.equal(count('receipt', `payment_id = ${s.payment}`), 1);
	assert.equal(happened(s.id, 'submitted'), 1);
	assert.equal(count('job', `once = 'mail/submitted/${s.id}'`), 1);
};

export const LIVES = [
	{ program: 'login', what: 'signing in', make: () => ({}),
		ask: (s, h) => bare(new Person(), '/api/session', { email: 'filer@palarveni.example', password: 'origin-demo-2026' }, h),
		check: (s, r) => expect(r, 201) },
	{ program: 'application', what: 'beginning an application', long: true, make: () => ({}),
		ask: (s, h, key) => keyed(filer, '/api/applications', { agency: 'NCE', office_id: 2 }, h, key),
		check: (s, r, key) => {
			const { id } = expect(r, 201);
			made.push(id);
			assert.equal(count('audit', `what = 'application_created' AND object = 'application/${id}'`), 1);
			assert.equal(count('idempotency', `name = '${key}'`), 1);
		} },
	{ program: 'application', what: 'attaching a document', make: () => ({ id: another('draft') }),
		ask: async (s, h) => {
			const form = new FormData();
			form.append('file', new Blob([readFileSync(path.join(samples, 'good/rice-invoice.pdf'))]), 'rice-invoice.pdf');
			return filer.ask('POST', `/api/applications/${s.id}/documents?kind=other`, form, h);
		},
		// No key goes with it: where the answer was lost the document may be there twice, to be seen and taken away.
		check: async (s) => {
			const { documents } = expect(await filer.get(`/api/applications/${s.id}`), 200);
			const mine = documents.filter((d) => d.name === 'rice-invoice.pdf');
			assert.ok(mine.length === 1 || mine.length === 2, `${mine.length} documents`);
			for (const d of mine) {
				const file = await filer.get(`/api/applications/${s.id}/documents/${d.id}`);
				assert.equal(createHash('sha256').update(file.bytes).digest('hex'), d.sha256, 'half a file');
			}
		} },
	{ program: 'application', what: 'freezing', long: true, make: () => ({ id: another('draft') }),
		ask: (s, h, key) => keyed(filer, `/api/applications/${s.id}/signing`, { version: 1 }, h, key),
		check: (s, r) => {
			assert.equal(expect(r, 200).state, 'sign_pending');
			assert.equal(happened(s.id, 'frozen'), 1);
		} },
	{ program: 'application', what: 'the exporter\'s signature',
		make: async () => { const id = another('sign_pending'); return { id, ...await job(`/api/applications/${id}/signing/jobs`, signatory, 'signatory') }; },
		ask: handIn,
		check: (s, r) => {
			assert.ok(r.status === 200 || r.status === 410, `${r.status}`);
			assert.equal(stateOf(s.id), 'payment_pending');
			assert.equal(count('application_signature', `application_id = ${s.id}`), 1);
			assert.equal(happened(s.id, 'signed'), 1);
		} },
	{ program: 'payment', what: 'asking to pay', make: () => ({ id: another('payment_pending') }),
		ask: (s, h, key) => keyed(filer, '/api/payments', { application_id: s.id }, h, key),
		check: (s, r) => {
			expect(r, 201);
			assert.equal(count('payment', `application_id = ${s.id}`), 1);
			assert.equal(count('job', `once = 'order/${r.json.id}'`), 1);
		} },
	{ program: 'payment', what: 'the gateway\'s notice',
		make: async () => {
			const id = another('payment_pending');
			const { id: payment } = expect(await filer.post('/api/payments', { application_id: id }), 201);
			await until(() => filer.get(`/api/payments/${payment}`), (r) => r.json.state === 'open');
			const [order] = rows(`SELECT gateway_order FROM payment WHERE id = ${payment}`)[0];
			const fact = `pay_${randomUUID().replaceAll('-', '').slice(0, 14)}`;
			return { id, payment, fact, notice: notice(order, fact) };
		},
		ask: (s, h) => fetch(`${portal}/api/gateway/notice`, { ...s.notice, headers: { ...s.notice.headers, ...h } }),
		check: (s, r) => { assert.equal(r.status, 200); paid(s); } },
	{ program: 'review', what: 'approving',
		make: async () => {
			const id = another('submitted');
			return { id, version: expect(await officer.ask('PUT', `/api/review/applications/${id}/lock`, {}), 200).version };
		},
		ask: (s, h, key) => keyed(officer, `/api/review/applications/${s.id}/approval`, { version: s.version,
			checked: ['parties', 'goods_match_invoice', 'weights', 'hs', 'marks', 'origin', 'documents_legible'] }, h, key),
		check: (s, r) => {
			assert.equal(expect(r, 200).state, 'approved');
			assert.equal(count('decision', `application_id = ${s.id}`), 1);
			assert.equal(happened(s.id, 'approved'), 1);
		} },
	{ program: 'certificate', what: 'number and leaf', stands: ['', 'prepared', 'prepared'], make: () => ({ id: another('approved') }),
		ask: (s, h, key) => keyed(officer, '/api/certificates', { application_id: s.id }, h, key),
		check: async (s, r) => signAndIssue({ id: s.id, number: expect(r, 201).number }) },
	{ program: 'certificate', what: 'asking to sign', long: true, stands: ['prepared', 'signing'], make: () => numbered(another('approved')),
		ask: (s, h) => bare(officer, `/api/certificates/${s.number}/signing`, {}, h),
		check: async (s, r) => {
			const { url } = expect(r, 201);
			expect(await handIn({ url, signature: await signature(url, 'officer1') }, {}), 200);
			await issuedOnce(s.id, s.number);
		} },
	{ program: 'certificate', what: 'the officer\'s signature', stands: ['signing', 'issued'],
		make: async () => {
			const s = await numbered(another('approved'));
			return { ...s, ...await job(`/api/certificates/${s.number}/signing`, officer, 'officer1') };
		},
		ask: handIn,
		check: (s, r) => {
			assert.ok(r.status === 200 || r.status === 410, `${r.status}`);
			return issuedOnce(s.id, s.number);
		} },
	{ program: 'certificate', what: 'cancelling', long: true,
		make: async () => { const s = await numbered(another('approved')); await signAndIssue(s); return s; },
		ask: (s, h, key) => keyed(officer, `/api/certificates/${s.number}/cancellation`, { reason: 'Not shipped.' }, h, key),
		check: async (s, r) => {
			expect(r, 200);
			assert.equal(count('certificate_status', `number = '${s.number}'`), 1);
			assert.equal(happened(s.id, 'cancelled'), 1);
			assert.equal(await verified(s.number), 'cancelled');
		} },
	{ program: 'verify', what: 'a question', make: () => ({}),
		ask: (s, h) => new Person().ask('GET', '/api/verify/NP-NCE-26-0000001-X', undefined, h),
		check: (s, r) => assert.ok(r.status < 500) },
];
