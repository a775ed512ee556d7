// Every program is replaced under load, by another build of itself and by the rolling restart of supervise, and nginx reloads: no
// GET fails, and a POST is lost only as a 502, which its repetition with the same key makes harmless.  A document has no key: who
// looks whether it is there, as the answer says, has it once.  What the courier has in hand it does, once.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { approve, draft, issue, pay, place, samples, sign, signIn, until } from '../lib/portal.mjs';
import { audit, copy, notice, series } from '../lib/life.mjs';
import { full, number as n, pause, rows, withdraw } from '../lib/world.mjs';
import { get, leave, once, post, seen, upload, world } from './restart/client.mjs';
import { install, pids, putBack, reload, replaced, supervisor, told } from './restart/programs.mjs';

const BEHIND_NGINX = ['login', 'application', 'review', 'payment', 'certificate', 'verify'];
const PROGRAMS = ['inspect', ...BEHIND_NGINX, 'courier'];
const ROUNDS = full ? 39 : 1, READERS = 8;

const [filer, signatory, officer] = await Promise.all([signIn('filer@palarveni.example'), signIn('signatory@palarveni.example'),
	signIn('officer1@nce.example')]);
const master = await draft(filer);
await sign(filer, signatory, master);
await pay(filer, master.id);
await approve(officer, master.id);
const number = await issue(officer, master.id);
const [document] = rows(`SELECT id FROM document WHERE application_id = ${master.id} ORDER BY id LIMIT 1`)[0];
const invoice = readFileSync(path.join(samples, 'good/rice-invoice.pdf'));

const made = [];
after(leave);
after(() => putBack(PROGRAMS));
after(() => withdraw(made.filter((id) => n(`SELECT COUNT(*) FROM certificate WHERE application_id = ${id}`) === 0)));
const copied = (state) => { const id = copy(master.id, state); made.push(id); return id; };

const GETS = [[filer, '/api/session'], [filer, '/api/applications'], [filer, `/api/applications/${master.id}`], [officer, '/api/review/queue'],
	[filer, '/api/payments'], [filer, `/api/certificates/${number}`], [filer, `/api/certificates/${number}/pdf`],
	[filer, `/api/verify/${number}`], [filer, '/api/fees']];
// Drawn by inspect, for application and review: one at a time, as that is work.  Not while nginx reloads: a worker of nginx 1.22
// that was told to go leaves in the middle of an answer that is larger than what a unix socket holds (180 kB).
const PAGES = [[filer, `/api/applications/${master.id}/documents/${document}/pages/1`],
	[officer, `/api/review/applications/${master.id}/documents/${document}/pages/1`]];

// Who writes: each does one thing again and again, and says what has to be 1 when all is over.
const WRITERS = {
	begins: async (headers) => {
		const key = randomUUID(), { id } = await once(filer, '/api/applications', { agency: 'NCE', office_id: 2 }, 201, key, headers);
		made.push(id);
		return `SELECT COUNT(*) FROM idempotency WHERE name = '${key}' AND body LIKE '%"id":${id}%'`;
	},
	attaches: async () => {
		const id = copied('draft'), name = `${randomUUID()}.pdf`;
		await upload(filer, `/api/applications/${id}/documents?kind=other`, name, invoice,
			async () => (await get(filer, `/api/applications/${id}`))?.documents.find((d) => d.name === name));
		return `SELECT COUNT(*) FROM document WHERE application_id = ${id} AND name = '${name}' AND removed_at IS NULL AND sha256 = '${sha256(invoice)}'`;
	},
	freezes: async () => {
		const id = copied('draft');
		await once(filer, `/api/applications/${id}/signing`, { version: 1 }, 200);
		return `SELECT COUNT(*) FROM application_event WHERE application_id = ${id} AND what = 'frozen'`;
	},
	// The courier makes the order at the gateway, and sends the letter after its notice.
	pays: async () => {
		const id = copied('payment_pending'), { id: payment } = await once(filer, '/api/payments', { application_id: id }, 201);
		await until(() => get(filer, `/api/payments/${payment}`), (p) => p?.state === 'open' || world.broken, 60);
		const { body, headers } = notice(rows(`SELECT gateway_order FROM payment WHERE id = ${payment}`)[0][0], `pay_${randomUUID().slice(0, 8)}${payment}`);
		await post(undefined, '/api/gateway/notice', body, 200, { headers });
		paid.push({ id, payment });
		return `SELECT COUNT(*) FROM payment_fact WHERE gateway_order = (SELECT gateway_order FROM payment WHERE id = ${payment})`;
	},
	numbers: async () => {
		const id = copied('approved');
		await once(officer, '/api/certificates', { application_id: id }, 201);
		return `SELECT COUNT(*) FROM certificate WHERE application_id = ${id}`;
	},
};
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const paid = [], checks = [], did = {};

async function reader(what, i, rest, over = () => world.over) {
	for (let k = i; !over(); k++) {
		await get(...what[k % what.length]);
		await pause(rest);
	}
}

async function writer([name, does]) {
	while (!world.over) {
		checks.push(await does());
		did[name] = (did[name] ?? 0) + 1;
		await pause(100);
	}
}

// Each serves: what waited for it has its answer.
const healthy = () => Promise.all(BEHIND_NGINX.map((p) => get(filer, `/api/health/${p}`)));

// Another build is installed while the program runs, and serves; then it is told to go.
async function upgrade(p) {
	const runsOn = install(p);
	await healthy();
	runsOn();
	const before = pids([p]);
	told(before.get(p), 'SIGTERM');
	await replaced(before);
	await healthy();
	await pause(300);
}

// Back to the files of before, by one signal; the courier has no socket that would wait, and is told by itself.
async function roll() {
	const all = PROGRAMS.filter((p) => p !== 'courier'), before = pids(all), courier = pids(['courier']);
	putBack(PROGRAMS);
	told(supervisor(), 'SIGHUP');
	await replaced(before, 180);
	told(courier.get('courier'), 'SIGTERM');
	await replaced(courier);
	await healthy();
}

// nginx reloads while programs take two seconds (modules/base/fault.h) for what they were asked.
async function reloadInHand() {
	const rest = (point) => ({ 'x-ecoo-fault': `${point} 1 rest` });
	const inHand = Promise.all([WRITERS.begins(rest('before_commit')).then((check) => checks.push(check)),
		...['/api/fees', '/api/applications', `/api/verify/${number}`].map((a) => get(filer, a, rest('before_reply')))]);
	inHand.catch(() => {});		// it is looked at when the reload is over
	await pause(1000);
	await reload();
	await inHand;
}

async function replaceAll() {
	let drawn = false, times = 0;
	const pages = reader(PAGES, 0, 200, () => drawn || world.over);
	try {
		for (let round = 0; round < ROUNDS && !world.over; round++)
			for (const p of PROGRAMS) {
				await upgrade(p);
				times++;
			}
		await roll();
	} finally { drawn = true; }
	await pages;
	await reloadInHand();
	await pause(500);
	return times + PROGRAMS.length;
}

test('replaced under load: no GET fails, nothing is done twice', { timeout: full ? 3600000 : 300000 }, async () => {
	const began = Date.now();
	const load = Promise.all([...Array.from({ length: READERS }, (_, i) => reader(GETS, i, 10)), ...Object.entries(WRITERS).map(writer)]);
	load.catch(() => { world.over = world.broken = true; });
	const times = await replaceAll().finally(() => { world.over = true; });
	await load;
	console.log(`# ${times} replacements and a reload in ${Math.round((Date.now() - began) / 1000)} s; ${seen.gets} GETs, ${seen.failed.length} failed; ` +
		`${seen.posts} POSTs, ${seen.lost} lost and repeated; ${seen.cuts} asked on a connection that the reload closed; ${JSON.stringify(did)}`);
	assert.deepEqual(seen.failed, [], 'a GET failed');
	assert.ok(seen.gets > 100 && seen.posts > 10 && Object.keys(WRITERS).every((w) => did[w] > 1), 'there was no load');
	// Many statements at once are one process.
	assert.deepEqual(rows(checks.map((q) => `${q};`).join('\n')).flat().filter((c) => c !== '1'), [], 'not done once');
});

// A job that its courier left would wait for the end of its lease, and be tried again.
test('each order and each letter is there once', async () => {
	const letters = paid.map(({ id }) => `mail/submitted/${id}`), orders = paid.map(({ payment }) => `order/${payment}`);
	const jobs = (these) => rows(`SELECT state, tries FROM job WHERE once IN ('${these.join("', '")}')`).map((r) => r.join(' '));
	await until(() => jobs([...letters, ...orders]), (all) => all.every((j) => j.startsWith('done')), 20);
	assert.deepEqual(jobs(letters), letters.map(() => 'done 1'));
	for (const once of letters) assert.ok(existsSync(path.join(place, 'mail', `${sha256(once).slice(0, 32)}.eml`)), once);
	assert.deepEqual(rows(paid.map(({ payment }) => `SELECT COUNT(*) FROM ecoo_paysim.sim_order WHERE receipt LIKE 'P${payment}-%';`).join('\n')).flat(),
		paid.map(() => '1'));
});

test('and the books are right', () => {
	for (const s of series()) assert.equal(s.there, s.counted, s.series);
	assert.equal(n('SELECT COALESCE(SUM(amount_paise), 0) FROM ledger_entry'), 0);
	assert.match(audit(), / 0 faults/);
});
