// Exporters: an application from its draft to its certificate, by what it says of itself, so that
// whatever was left open is found out by looking.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { portal, samples } from '../../lib/portal.mjs';
import { answer } from './record.mjs';
import { sha256, signature } from './sign.mjs';
import { rest } from './town.mjs';

const WAYS = { pay: 6, close: 2, silent: 1, lost: 1, twice: 2, double: 1, fail: 1, late: 1, notice: 5 };
const files = new Map();
const bytesOf = async (file) => files.get(file) ?? files.set(file, await readFile(path.join(samples, file))).get(file);

async function begin(town, me) {
	const office = me.rng.chance(0.6) ? 2 : 1;
	const line = await town.history.act(me.proc, 'create', { office, firm: me.firm.name },
		(key) => me.firm.filer.post('/api/applications', { agency: 'NCE', office_id: office }, key),
		{ keyed: true, copies: me.rng.chance(0.3) ? 3 : 1, again: 4 });
	const { id } = answer(line).body ?? {};
	if (line.type !== 'ok') return null;
	line.args.app = id;
	town.apps.set(id, { id, firm: me.firm, office, state: 'draft', documents: [] });
	return town.apps.get(id);
}

async function save(town, me, app, seen) {
	const id = town.history.name();
	const { content } = town.shipment;
	const invoices = content.invoices.map((v, i) => (i === 0 ? { ...v, number: town.marker(id) } : v));
	const line = await town.history.act(me.proc, 'save', { app: app.id, from: seen.version },
		() => me.firm.filer.put(`/api/applications/${app.id}`, { version: seen.version, content: { ...content, invoices } }), { id });
	line.args.version = answer(line).body?.version;
}

async function upload(town, me, app, file) {
	const id = town.history.name();
	const bytes = await bytesOf(file.file);
	const line = await town.history.act(me.proc, 'upload', { app: app.id }, () => {
		const form = new FormData();
		form.append('file', new Blob([bytes]), `${town.marker(id)}.pdf`);
		const kind = { bill_of_lading: 'transport_document' }[file.kind] ?? file.kind;
		return me.firm.filer.ask('POST', `/api/applications/${app.id}/documents?kind=${kind}`, form);
	}, { id });
	if (line.type === 'ok') app.documents.push(answer(line).body.id);
}

const freeze = (town, me, app, seen) => town.history.act(me.proc, 'freeze', { app: app.id, from: seen.version },
	(key) => me.firm.filer.post(`/api/applications/${app.id}/signing`, { version: seen.version }, key),
	{ keyed: true, copies: me.rng.chance(0.25) ? 2 : 1, again: 2 });

async function draft(town, me, app, seen) {
	const kinds = new Set(seen.documents.map((d) => d.kind));
	const missing = town.shipment.files.find((f) => !kinds.has(f.kind));
	if (!seen.content.items?.length) await save(town, me, app, seen);
	else if (missing) await upload(town, me, app, missing);
	else await freeze(town, me, app, seen);
}

// What a signer program does with the address of a job; null if it came to nothing.
export async function signJob(town, me, op, args, url, key, copies) {
	const { app, number } = args;
	const job = answer(await town.history.act(me.proc, 'job_read', { app, number }, () => town.anyone.get(url)));
	const doc = answer(await town.history.act(me.proc, 'job_document', { app, number }, async () => {
		const r = await fetch(`${url}/document`);
		return { status: r.status, headers: r.headers, bytes: Buffer.from(await r.arrayBuffer()) };
	}));
	if (job.type !== 'ok' || doc.type !== 'ok') return null;
	if (sha256(doc.bytes) !== job.body.document_sha256)
		town.wrong.push(`${op} ${JSON.stringify(args)}: the document is not the one that the job names`);
	return town.history.act(me.proc, op, args, () => town.anyone.post(url, { signature: signature(key, job.body.hash) }, null), { copies });
}

async function sign(town, me, app, seen) {
	if (me.rng.chance(0.05)) return thaw(town, me, app);
	const line = await town.history.act(me.proc, 'job', { app: app.id },
		() => me.firm.signatory.post(`/api/applications/${app.id}/signing/jobs`, {}, null));
	const { url } = answer(line).body ?? {};
	if (line.type !== 'ok') return rest(me, 100, 300);
	return signJob(town, me, 'sign', { app: app.id, version: seen.version }, url, me.firm.key, me.rng.chance(0.2) ? 2 : 1);
}

const thaw = (town, me, app) => town.history.act(me.proc, 'thaw', { app: app.id },
	() => me.firm.filer.del(`/api/applications/${app.id}/signing`));

async function pay(town, me, app) {
	if (me.rng.chance(0.03)) return thaw(town, me, app);
	const line = await town.history.act(me.proc, 'pay', { app: app.id },
		(key) => me.firm.filer.post('/api/payments', { application_id: app.id }, key),
		{ keyed: true, copies: me.rng.chance(0.25) ? 2 : 1, again: 3 });
	const { id } = answer(line).body ?? {};
	if (line.type !== 'ok') return rest(me, 100, 400);
	if (!town.payments.has(id)) town.payments.set(id, { id, app: app.id, firm: me.firm });
	return settle(town, me, town.payments.get(id));
}

async function settle(town, me, payment) {
	for (let i = 0; i < 24 && !town.over; i++) {
		const a = await town.read(me, 'payment', { payment: payment.id }, me.firm.filer, `/api/payments/${payment.id}`);
		const p = a.type === 'ok' ? a.body : {};
		payment.receipt = p.receipt_number ?? payment.receipt;
		if (['paid', 'failed'].includes(p.state)) return;
		if (p.checkout_url && !payment.way) await checkout(town, me, payment, p);
		await rest(me, 250, 500);
	}
}

// One captured payment for each order: what a gateway does not tell, is asked for until it is found.
async function checkout(town, me, payment, { checkout_url: url, total_paise: amount }) {
	const order = url.slice(url.lastIndexOf('/') + 1);
	const way = me.rng.weighted(WAYS);
	payment.way = way;
	if (way === 'notice') return town.told.push({ order, amount });
	const line = await town.history.act(me.proc, 'checkout', { payment: payment.id, order, way }, async () => {
		const r = await fetch(url, { method: 'POST', body: new URLSearchParams({ act: way }), redirect: 'manual' });
		await r.arrayBuffer();
		return { status: r.status, headers: r.headers };
	});
	if (way === 'fail' || line.type === 'fail') payment.way = undefined;
	return line.type === 'ok' ? goBack(town, me, order, amount, answer(line).headers.get('location') ?? '') : null;
}

// The browser returns, perhaps twice; and the gateway may tell once more what it told.
async function goBack(town, me, order, amount, location) {
	if (!location.includes('/api/gateway/return')) return;
	const payment = new URL(location, portal).searchParams.get('razorpay_payment_id');
	await town.history.act(me.proc, 'return', { order, payment }, async () => {
		const r = await fetch(location, { redirect: 'manual' });
		await r.arrayBuffer();
		return { status: r.status, headers: r.headers };
	}, { copies: me.rng.chance(0.3) ? 2 : 1 });
	if (me.rng.chance(0.5)) town.told.push({ order, amount, payment });
}

async function reply(town, me, app, seen) {
	const id = town.history.name();
	return town.history.act(me.proc, 'resubmit', { app: app.id, from: seen.version },
		(key) => me.firm.filer.post(`/api/applications/${app.id}/resubmission`, { version: seen.version,
			answer: `As the invoice says. ${town.marker(id)}` }, key), { id, keyed: true, copies: me.rng.chance(0.25) ? 2 : 1, again: 2 });
}

async function wait(town, me, app, seen) {
	if (seen.state === 'submitted' && me.rng.chance(0.01)) {
		await town.history.act(me.proc, 'withdraw', { app: app.id, from: seen.version },
			() => me.firm.filer.post(`/api/applications/${app.id}/withdrawal`, { version: seen.version }, null));
	}
	await rest(me, 400, 900);
}

const steps = { draft, sign_pending: sign, payment_pending: pay, query: reply, submitted: wait, resubmitted: wait,
	under_review: wait, approved: wait };

// The certificate, as its owner has it from now on.
async function fetchIt(town, me, app, number) {
	const shown = await town.read(me, 'certificate', { number }, me.firm.filer, `/api/certificates/${number}`);
	const known = town.certificates.get(number) ?? { number, app: app.id };
	town.certificates.set(number, { ...known, code: shown.body?.check_code });
	const line = await town.history.act(me.proc, 'download', { number }, () => me.firm.filer.get(`/api/certificates/${number}/pdf`));
	const { type, bytes } = answer(line);
	if (type === 'ok') line.args.sha256 = sha256(bytes);
}

export async function exporter(town, me) {
	const app = await begin(town, me);
	if (!app) return rest(me, 200, 500);
	for (let turn = 0; turn < 200 && !town.over; turn++) {
		const a = await town.read(me, 'read', { app: app.id }, me.firm.filer, `/api/applications/${app.id}`);
		if (a.type !== 'ok') { await rest(me, 100, 400); continue; }
		app.state = a.body.state;
		app.submitted ||= a.body.submitted_at != null;
		if (app.state === 'issued') { town.lives++; return fetchIt(town, me, app, a.body.certificate.number); }
		if (!steps[app.state]) return null;
		await steps[app.state](town, me, app, a.body);
	}
	return null;
}
