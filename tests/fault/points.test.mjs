// Death at every named point (modules/base/fault.h): the client asks again, as the website does, and all ends well.
//
// A request of each kind is traced first: the points it passes are then died at, one by one, each with an
// application of its own.  What programs say they have (--faults) has to be reached.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Person, approve, draft, expect, pay, place, portal, samples, sign, signIn, until } from '../lib/portal.mjs';
import { astray, audit, copy, notice, series, signature } from '../lib/life.mjs';
import { allRunning, full, insist, number as n, pause, rows, sql, standing, withdraw } from '../lib/world.mjs';

const PROGRAMS = ['login', 'application', 'review', 'payment', 'certificate', 'verify'];
// The store is one file, and review only reads it.
const NEVER = { review: ['file_written', 'file_named'] };

const [filer, signatory, officer, second] = await Promise.all([signIn('filer@palarveni.example'), signIn('signatory@palarveni.example'),
	signIn('officer1@nce.example'), signIn('officer2@nce.example')]);
const master = await draft(filer);
await sign(filer, signatory, master);
await pay(filer, master.id);
await approve(officer, master.id);

const made = [];
after(() => withdraw(made.filter((id) => n(`SELECT COUNT(*) FROM certificate WHERE application_id = ${id}`) === 0)));
const another = (state) => { const id = copy(master.id, state); made.push(id); return id; };
const count = (table, where) => n(`SELECT COUNT(*) FROM ${table} WHERE ${where}`);
const happened = (id, what) => count('application_event', `application_id = ${id} AND what = '${what}'`);
const stands = (id) => rows(`SELECT state FROM application WHERE id = ${id}`)[0][0];

// A kind of request: ${make} brings about where it is sent, ${ask} sends it with these headers, ${check} looks at what came of it
// when it was sent until it was answered; that answer may say that it was done before.
const keyed = (who, address, body, headers, key) => who.ask('POST', address, body, { ...headers, 'idempotency-key': key });
const bare = (who, address, body, headers) => who.ask('POST', address, body, headers);
const job = async (address, who, as) => {
	const { url } = expect(await who.post(address, {}, null), 201);
	return { url, signature: await signature(url, as) };
};
const handIn = (s, headers) => bare(new Person(), s.url, { signature: s.signature }, headers);

async function numbered(id) {
	return { id, ...expect(await officer.post('/api/certificates', { application_id: id }), 201) };
}

// The whole of what one certificate promises.
async function issuedOnce(id, number) {
	assert.equal(stands(id), 'issued');
	assert.deepEqual(rows(`SELECT number, state FROM certificate WHERE application_id = ${id}`), [[number, 'issued']]);
	assert.equal(count('certificate_issue', `application_id = ${id}`), 1);
	for (const what of ['numbered', 'issued']) assert.equal(happened(id, what), 1, what);
	assert.equal(count('job', `once = 'mail/issued/${number}'`), 1);
	assert.equal(count('audit', `what = 'certificate_issued' AND object = '${number}'`), 1);
	const [hash] = rows(`SELECT sha256 FROM certificate_issue WHERE number = '${number}'`)[0];
	const pdf = await filer.get(`/api/certificates/${number}/pdf`);
	assert.equal(createHash('sha256').update(pdf.bytes).digest('hex'), hash, 'the file that was issued');
	assert.equal(expect(await new Person().get(`/api/verify/${number}`), 200).state, 'valid');
}

async function signAndIssue(s) {
	const j = await job(`/api/certificates/${s.number}/signing`, officer, 'officer1');
	expect(await handIn(j, {}), 200);
	await issuedOnce(s.id, s.number);
}

const paid = (s) => {
	assert.deepEqual(rows(`SELECT account, SUM(amount_paise), COUNT(*) FROM ledger_entry WHERE payment_id = ${s.payment} GROUP BY account`),
		[['fees:NCE', '-23600', '1'], ['gateway:NCE', '23600', '1']]);
	assert.equal(stands(s.id), 'submitted');
	assert.equal(count('payment_fact', `gateway_payment = '${s.fact}'`), 1);
	assert.equal(count('receipt', `payment_id = ${s.payment}`), 1);
	assert.equal(happened(s.id, 'submitted'), 1);
	assert.equal(count('job', `once = 'mail/submitted/${s.id}'`), 1);
};

const LIVES = [
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
			assert.equal(stands(s.id), 'payment_pending');
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
	{ program: 'certificate', what: 'number and leaf', make: () => ({ id: another('approved') }),
		ask: (s, h, key) => keyed(officer, '/api/certificates', { application_id: s.id }, h, key),
		check: async (s, r) => signAndIssue({ id: s.id, number: expect(r, 201).number }) },
	{ program: 'certificate', what: 'asking to sign', long: true, make: () => numbered(another('approved')),
		ask: (s, h) => bare(officer, `/api/certificates/${s.number}/signing`, {}, h),
		check: async (s, r) => {
			const { url } = expect(r, 201);
			expect(await handIn({ url, signature: await signature(url, 'officer1') }, {}), 200);
			await issuedOnce(s.id, s.number);
		} },
	{ program: 'certificate', what: 'the officer\'s signature',
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
			assert.equal(expect(await new Person().get(`/api/verify/${s.number}`), 200).state, 'cancelled');
		} },
	{ program: 'verify', what: 'a question', make: () => ({}),
		ask: (s, h) => new Person().ask('GET', '/api/verify/NP-NCE-26-0000001-X', undefined, h),
		check: (s, r) => assert.ok(r.status < 500) },
];

const deaths = (p) => standing().get(p).deaths;
const fault = (words) => ({ 'x-ecoo-fault': words });
const reached = Object.fromEntries(PROGRAMS.map((p) => [p, new Set()]));
let died = 0;

// The points that a request passes, as "name arrival", in their order.
async function traced(life) {
	const key = randomUUID(), s = await life.make();
	const r = await life.ask(s, fault('trace'), key);
	await life.check(s, r, key);
	const seen = new Map();
	return r.headers.get('x-ecoo-faults').split(',').map((point) => {
		reached[life.program].add(point);
		seen.set(point, (seen.get(point) ?? 0) + 1);
		return `${point} ${seen.get(point)}`;
	});
}

async function dieAt(life, point) {
	const key = randomUUID(), s = await life.make(), before = deaths(life.program);
	assert.equal((await life.ask(s, fault(point), key)).status, 502, 'it did not die');
	// No answer comes while it is down: the question waits for the successor.
	const r = await insist(() => life.ask(s, {}, key));
	await life.check(s, r, key);
	await until(() => deaths(life.program), (now) => now > before, 5);
	died++;
}

// Programs die at the same time as others, never two requests of the same one.
test('who dies anywhere is asked again, and it is done once', { timeout: full ? 1800000 : 420000 }, async (t) => {
	await Promise.all(PROGRAMS.map(async (program) => {
		for (const life of LIVES.filter((l) => l.program === program && (full || !l.long)))
			for (const point of await traced(life))
				await t.test(`${program}, ${life.what}, ${point}`, () => dieAt(life, point));
	}));
});

test('every point that a program has was reached', () => {
	for (const p of PROGRAMS) {
		const has = new Set(execFileSync(path.join(place, 'prog/libexec/ecoo', p), ['--faults'], { encoding: 'utf8' }).split('\n').filter(Boolean));
		assert.ok(has.has('before_reply'), `${p} has no points: was it built with --enable-faults?`);
		assert.deepEqual([...has].filter((x) => !reached[p].has(x) && !NEVER[p]?.includes(x)), [], p);
	}
});

test('a signature that never came is given up after fifteen minutes, and another officer signs', async () => {
	const s = await numbered(another('approved')), address = `/api/certificates/${s.number}/signing`;
	const first = await job(address, officer, 'officer1');
	assert.equal((await bare(officer, address, {}, fault('before_commit'))).status, 502);
	await allRunning(['certificate']);
	assert.equal((await insist(() => bare(second, address, {}, {}).then((r) => ({ ...r, status: r.status === 409 ? 299 : r.status })))).json.type,
		'/problems/locked', 'as long as it may come');
	sql(`UPDATE certificate SET signing_at = signing_at - INTERVAL 16 MINUTE WHERE number = '${s.number}'`);
	expect(await officer.get('/api/certificates/tray'), 200);
	assert.equal(rows(`SELECT state FROM certificate WHERE number = '${s.number}'`)[0][0], 'prepared');
	assert.equal((await handIn(first, {})).status, 410, 'the old signature comes too late');
	const theirs = await job(address, second, 'officer2');
	expect(await handIn(theirs, {}), 200);
	await issuedOnce(s.id, s.number);
});

// When the process was seen to be gone.
async function gone(pid) {
	for (let i = 0; i < 3000; i++) {
		try { process.kill(pid, 0); } catch { return Date.now(); }
		await pause(10);
	}
	return assert.fail(`process ${pid} does not end`);
}

test('SIGTERM with a request in hand: it is answered, and done', async () => {
	for (const program of full ? PROGRAMS.filter((p) => p !== 'verify') : ['payment', 'certificate']) {
		const life = LIVES.find((l) => l.program === program), s = await life.make(), key = randomUUID();
		await allRunning([program]);
		const { pid } = standing().get(program);
		const answer = life.ask(s, fault('before_commit 1 rest'), key);
		await pause(700);
		const told = Date.now();
		process.kill(pid, 'SIGTERM');
		const end = gone(pid);
		await life.check(s, await answer, key);
		console.log(`# ${program}: ended ${await end - told} ms after SIGTERM, with a request in hand that had 1.3 s to go`);
	}
});

// What is below a store: files under their hash, and whether each is what its name says.
function whole(tree) {
	const root = path.join(place, 'files', tree), found = [];
	const walk = (dir) => readdirSync(dir, { withFileTypes: true }).forEach((e) => e.isDirectory() ?
		e.name === 'incoming' || walk(path.join(dir, e.name)) : found.push(path.join(dir, e.name)));
	walk(root);
	for (const f of found) assert.equal(createHash('sha256').update(readFileSync(f)).digest('hex'), path.basename(f), `half a file: ${f}`);
	return found.map((f) => path.basename(f));
}

test('nothing is lost, astray, doubled or half', () => {
	for (const s of series()) assert.equal(s.there, s.counted, s.series);
	assert.equal(astray(made), '');
	assert.equal(n('SELECT COALESCE(SUM(amount_paise), 0) FROM ledger_entry'), 0);
	assert.match(audit(), / 0 faults/);
	const named = { certificates: 'SELECT prepared_file FROM certificate WHERE prepared_file IS NOT NULL UNION SELECT sha256 FROM certificate_issue',
		documents: 'SELECT sha256 FROM document' };
	for (const [tree, select] of Object.entries(named)) {
		const there = new Set(whole(tree)), wanted = rows(select).flat();
		assert.deepEqual(wanted.filter((f) => !there.has(f)), [], `${tree}: a row names a file that is not there`);
		console.log(`# ${tree}: ${there.size} files, ${there.size - new Set(wanted).size} that no row names, ` +
			`${readdirSync(path.join(place, 'files', tree, 'incoming')).length} left in incoming`);
	}
	console.log(`# ${died} deaths`);
});
