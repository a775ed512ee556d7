// kill -9, at any moment, of whatever handles money: nothing captured is lost, nothing counts twice.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { signIn } from '../lib/portal.mjs';
import { unpaid } from '../lib/life.mjs';
import { allRunning, insist, kill, number as n, pause, rows, sql, withdraw } from '../lib/world.mjs';

const PROGRAMS = ['payment', 'courier', 'paysim'];
const ACTS = ['pay', 'silent', 'close', 'lost', 'twice', 'double', 'fail'];
const N = 28, SECONDS = 9;

const filer = await signIn('filer@palarveni.example');
const made = unpaid('filer@palarveni.example', N);
const mine = `application_id IN (${made.join(',')})`;
after(() => withdraw(made));

async function customer(application, i) {
	const key = randomUUID();
	let p = (await insist(() => filer.post('/api/payments', { application_id: application }, key))).json;
	for (let n = 0; n < 200 && !p.checkout_url; n++) {
		await pause(150);
		p = (await insist(() => filer.get(`/api/payments/${p.id}`))).json;
		if (p.state === 'failed') return;
	}
	assert.ok(p.checkout_url, `payment ${p.id} has no order`);
	const act = ACTS[i % ACTS.length];
	const r = await insist(() => fetch(p.checkout_url, { method: 'POST', body: new URLSearchParams({ act }), redirect: 'manual' }));
	const back = r.headers.get('location') ?? '';
	if (back.includes('/api/gateway/return')) await insist(() => fetch(back, { redirect: 'manual' }));
}

test('money survives the death of any program', { timeout: 150000 }, async () => {
	let over = false, kills = 0;
	const nemesis = (async () => {
		for (let i = 0; !over && i < SECONDS * 2; i++) {
			await pause(300 + Math.random() * 400);
			const name = PROGRAMS[i % PROGRAMS.length];
			if (!kill(name)) continue;
			kills++;
			if (name === 'courier')		// or what it had in hand would rest for a minute
				sql("UPDATE job SET lease_until = UTC_TIMESTAMP(3) WHERE state = 'leased'");
		}
	})();
	await Promise.all(made.map(async (id, i) => { await pause(i * SECONDS * 1000 / N); await customer(id, i); }));
	over = true;
	await nemesis;
	assert.ok(kills >= 3, `${kills} kills`);

	// Quiet: what a dead courier had in hand comes back, and what nobody told is asked for.
	const captured = `SELECT s.id FROM ecoo_paysim.sim_payment s JOIN payment p ON p.gateway_order = s.order_id
		WHERE s.status = 'captured' AND p.${mine}`;
	const orders = `SELECT DISTINCT p.id FROM ecoo_paysim.sim_payment s JOIN payment p ON p.gateway_order = s.order_id
		WHERE s.status = 'captured' AND p.${mine}`;
	let unpaid;
	for (let i = 0; i < 120; i++) {
		sql(`UPDATE job SET lease_until = UTC_TIMESTAMP(3) WHERE state = 'leased';
			UPDATE job SET not_before = UTC_TIMESTAMP(3) WHERE state = 'ready' AND kind LIKE 'gateway%';
			UPDATE ecoo_paysim.sim_notice SET not_before = UTC_TIMESTAMP(3) WHERE done_at IS NULL;`);
		unpaid = rows(`SELECT id FROM payment WHERE id IN (${orders}) AND state <> 'paid'`);
		if (unpaid.length === 0) break;
		await pause(500);
	}
	assert.deepEqual(unpaid, [], 'captured at the gateway, and not paid here');
	const total = n(`SELECT COUNT(*) FROM (${captured}) t`);
	assert.ok(total >= N / 2, `${total} captured`);
	assert.equal(n(`SELECT COUNT(*) FROM ledger_entry e JOIN payment p ON p.id = e.payment_id WHERE e.gateway_payment NOT IN (${captured}) AND p.${mine}`), 0, 'booked without a payment');
	assert.equal(n('SELECT COALESCE(SUM(amount_paise), 0) FROM ledger_entry'), 0);
	assert.equal(n(`SELECT COUNT(*) FROM (SELECT p.application_id FROM ledger_entry e JOIN payment p ON p.id = e.payment_id
		WHERE e.account = 'fees:NCE' AND p.${mine} GROUP BY p.application_id HAVING COUNT(*) <> 1) t`), 0, 'a fee taken twice');
	assert.equal(n(`SELECT COUNT(*) FROM application a WHERE a.id IN (${made.join(',')}) AND a.paid <> (a.state = 'submitted' AND a.number IS NOT NULL)`), 0);
	assert.equal(n(`SELECT COUNT(*) FROM payment p JOIN application a ON a.id = p.application_id
		LEFT JOIN receipt r ON r.payment_id = p.id WHERE p.${mine} AND a.paid <> (r.number IS NOT NULL) AND p.state = 'paid'`), 0);
	assert.equal(n(`SELECT COUNT(*) FROM (SELECT receipt FROM ecoo_paysim.sim_order o JOIN payment p ON o.id = p.gateway_order
		WHERE p.${mine} GROUP BY receipt HAVING COUNT(*) > 1) t`), 0);
	await allRunning(PROGRAMS);
	console.log(`# ${kills} kills, ${total} payments captured for ${N} applications`);
});
