// The courier dies between the steps of a job (claim, act, mark done): nobody touches the job while its lease runs, and then the
// next courier does it, once, whatever of it had happened.  A courier that is told to go leaves nothing.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, place, portal, signIn, until } from '../lib/portal.mjs';
import { notice, unpaid } from '../lib/life.mjs';
import { kill, rows, sql, standing, withdraw } from '../lib/world.mjs';

const filer = await signIn('filer@palarveni.example');
const made = [];
after(() => sql('DROP TRIGGER IF EXISTS holding_job; DROP TRIGGER IF EXISTS holding_payment'));
after(() => kill('paysim', 'SIGCONT'));
after(() => withdraw(made));

// What its letter's file is called: so that the same letter again takes the place of the first.
const nameOf = (p) => createHash('sha256').update(`mail/submitted/${p.application}`).digest('hex').slice(0, 32);
const job = (once) => rows(`SELECT state, tries FROM job WHERE once = '${once}'`)[0]?.join(' ');
const show = (p) => filer.get(`/api/payments/${p.id}`);
const is = async (p, state) => Object.assign(p, (await until(() => show(p), (r) => r.json.state === state)).json);

// An application that waits for its fee; then somebody wants to pay; then the gateway says that it was paid, or does not.
const waiting = () => { const [application] = unpaid('filer@palarveni.example'); made.push(application); return { application }; };
const ask = async (p) => Object.assign(p, expect(await filer.post('/api/payments', { application_id: p.application }), 201));
const tell = async (p) => {
	const { body, headers } = notice(rows(`SELECT gateway_order FROM payment WHERE id = ${p.id}`)[0][0], `pay_courier${p.id}`);
	assert.equal((await fetch(`${portal}/api/gateway/notice`, { method: 'POST', body, headers })).status, 200);
};
const payInSilence = async (p) => {
	assert.equal((await fetch(p.checkout_url, { method: 'POST', body: new URLSearchParams({ act: 'silent' }), redirect: 'manual' })).status, 303);
	sql(`UPDATE job SET not_before = UTC_TIMESTAMP(3) WHERE once = 'poll/${p.id}' AND state = 'ready'`);
};

// Where the courier is held.  Each returns { there, release }: whether it is held, and the end of that.
function inStatement(table, when, seconds = 30) {
	sql(`DELIMITER $$\nCREATE OR REPLACE TRIGGER holding_${table} BEFORE UPDATE ON ${table} FOR EACH ROW IF ${when} THEN
		DO SLEEP(${seconds}); END IF$$\n`);
	// Its user is the trigger's while it sleeps, so it is known by its statement.
	const sleeping = () => rows(`SELECT id FROM information_schema.processlist WHERE info = 'DO SLEEP(${seconds})'`).flat();
	return { there: () => sleeping().length > 0,
		release: () => sql(`${sleeping().map((id) => `KILL CONNECTION ${id};`).join('')} DROP TRIGGER holding_${table}`) };
}
const marking = (once, seconds) => inStatement('job', `NEW.once = ${once} AND NEW.state = 'done'`, seconds);
const ofPayment = (kind, p) => `CONCAT('${kind}/', (SELECT MAX(id) FROM payment WHERE application_id = ${p.application}))`;
function beforeWriting(p) {
	const pipe = path.join(place, 'mail', `.${nameOf(p)}.part`);
	execFileSync('setpriv', ['--reuid=ecoo_courier', '--regid=ecoo_courier', '--clear-groups', 'mkfifo', pipe]);
	return { there: () => job(`mail/submitted/${p.application}`) === 'leased 1', release: () => rmSync(pipe) };
}
function beforeAsking(p) {
	assert.ok(kill('paysim', 'SIGSTOP'));
	return { there: () => job(`order/${p.id}`) === 'leased 1',
		release: () => kill('paysim', 'SIGCONT') };
}

// What has to be there once.
const sent = (p) => assert.deepEqual(readdirSync(path.join(place, 'mail')).filter((f) => f.includes(nameOf(p))), [`${nameOf(p)}.eml`]);
const ordered = async (p) => {
	const orders = rows(`SELECT id FROM ecoo_paysim.sim_order WHERE receipt LIKE 'P${p.id}-%'`).flat();
	assert.deepEqual(rows(`SELECT state, gateway_order FROM payment WHERE id = ${p.id}`), [['open', orders[0]]]);
	assert.equal(orders.length, 1, 'orders');
};
const booked = async (p) => {
	await is(p, 'paid');
	assert.deepEqual(rows(`SELECT account, COUNT(*) FROM ledger_entry WHERE payment_id = ${p.id} GROUP BY account`), [['fees:NCE', '1'], ['gateway:NCE', '1']]);
	assert.equal(rows(`SELECT COUNT(*) FROM job WHERE once = 'mail/submitted/${p.application}'`)[0][0], '1');
};

// ${ready}: what comes before it is held; ${act}: what makes the job.
const open = async (p) => { await ask(p); await is(p, 'open'); };
const STEPS = [
	{ what: 'a letter claimed, not written', ready: open, hold: beforeWriting, act: tell, once: (p) => `mail/submitted/${p.application}`, good: sent },
	{ what: 'a letter written, not marked', ready: open, hold: (p) => marking(`'mail/submitted/${p.application}'`), act: tell,
		once: (p) => `mail/submitted/${p.application}`, good: sent },
	{ what: 'an order claimed, not made', hold: beforeAsking, act: ask, once: (p) => `order/${p.id}`, good: ordered },
	{ what: 'an order made, not noted', hold: (p) => inStatement('payment', `NEW.application_id = ${p.application} AND NEW.state = 'open'`), act: ask,
		once: (p) => `order/${p.id}`, good: ordered },
	{ what: 'an order noted, not marked', hold: (p) => marking(ofPayment('order', p)), act: ask, once: (p) => `order/${p.id}`, good: ordered },
	{ what: 'a payment asked for and booked, not marked', ready: open, hold: (p) => marking(ofPayment('poll', p)), act: payInSilence,
		once: (p) => `poll/${p.id}`, good: booked },
];

async function die(step) {
	const p = waiting();
	await step.ready?.(p);
	const { there, release } = step.hold(p), { pid } = await until(() => standing().get('courier'), (c) => c.state === 'running');
	try {
		await step.act(p);
		await until(there, Boolean);
		process.kill(pid, 'SIGKILL');
	} finally { release(); }
	// The next one works, and leaves alone what its predecessor had claimed.
	await open(waiting());
	assert.match(job(step.once(p)), /^leased /);
	return p;
}

const left = new Map();
for (const step of STEPS)
	test(`the courier dies: ${step.what}`, async () => { left.set(step, await die(step)); });

test('when its lease has run out each is done again, to the same end', async () => {
	const names = [...left].map(([step, p]) => step.once(p));
	assert.equal(names.length, STEPS.length);
	const before = names.map(job);
	sql(`UPDATE job SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE once IN ('${names.join("', '")}')`);
	kill('courier');		// one that begins looks at once, instead of every ten seconds
	await until(() => names.map(job), (all) => all.every((j) => j.startsWith('done')), 30);
	assert.deepEqual(names.map(job), before.map((j) => `done ${Number(j.split(' ')[1]) + 1}`), 'tries');
	for (const [step, p] of left) await step.good(p);
});

test('told to go with a letter and an order in hand, it does them first', async () => {
	const paid = waiting(), ordering = waiting();
	await open(paid);
	const order = beforeAsking(ordering);
	await ask(ordering);
	await until(order.there, Boolean);
	const mail = marking(`'mail/submitted/${paid.application}'`, 2), { pid } = standing().get('courier');
	await tell(paid);
	await until(mail.there, Boolean);
	process.kill(pid, 'SIGTERM');
	order.release();
	await until(() => existsSync(`/proc/${pid}`), (lives) => !lives);
	mail.release();
	assert.deepEqual([job(`mail/submitted/${paid.application}`), job(`order/${ordering.id}`)], ['done 1', 'done 1']);
});
