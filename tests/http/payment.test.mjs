// Money: one door, whoever knocks, in whatever order, however often.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Person, expect, mails, place, portal, signIn, until } from '../lib/portal.mjs';
import { unpaid } from '../lib/life.mjs';

const [filer, stranger] = await Promise.all([signIn('filer@palarveni.example'), signIn('filer@sahyavastra.example')]);
const [keySecret, noticeSecret] = readFileSync(path.join(place, 'keys/gateway.secret'), 'utf8').split('\n');
const hmac = (secret, text) => createHmac('sha256', secret).update(text).digest('hex');
const fresh = (kind) => `${kind}_${randomUUID().replaceAll('-', '').slice(0, 14)}`;
const made = [];

const client = (sql, user) => {
	const mariadb = ['mariadb', '--no-defaults', `--socket=${process.env.ECOO_DB}`, '--batch', '--skip-column-names', 'ecoo'];
	const argv = user ? ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', ...mariadb, `--user=${user}`] : mariadb;
	return execFileSync(argv[0], argv.slice(1), { input: sql, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }).replace(/\n$/, '');
};
const rows = (sql) => client(sql).split('\n').filter(Boolean).map((l) => l.split('\t'));

function waiting(email = 'filer@palarveni.example') {
	const [id] = unpaid(email);
	made.push(id);
	return id;
}
after(() => client(`UPDATE application SET state = 'withdrawn', submitted_at = NULL WHERE id IN (${made.join(',') || 0})`));

const application = (id) => {
	const [number, state, paid, submitted] = rows(`SELECT COALESCE(number, ''), state, paid, submitted_at IS NOT NULL FROM application WHERE id = ${id}`)[0];
	return { number, state, paid: paid === '1', submitted: submitted === '1' };
};
const ledger = (payment) => rows(`SELECT account, amount_paise FROM ledger_entry WHERE payment_id = ${payment} ORDER BY gateway_payment, account`)
	.map(([account, amount]) => [account, Number(amount)]);
const facts = (order) => rows(`SELECT status, source, outcome FROM payment_fact WHERE gateway_order = '${order}' ORDER BY at, status`).map((r) => r.join(' '));
const order = (id) => rows(`SELECT gateway_order FROM payment WHERE id = ${id}`)[0][0];
const audited = (id, what) => Number(client(`SELECT COUNT(*) FROM audit WHERE object = 'payment/${id}' AND what = '${what}'`));

const show = async (id, who = filer) => expect(await who.get(`/api/payments/${id}`), 200);
async function open(app, who = filer) {
	const p = expect(await who.post('/api/payments', { application_id: app }), 201);
	return (await until(() => who.get(`/api/payments/${p.id}`), (r) => r.json.state === 'open')).json;
}

// What the gateway would send.
const notice = (orderId, change = {}) => JSON.stringify({ entity: 'event', account_id: 'acc_test',
	event: `payment.${change.status ?? 'captured'}`, contains: ['payment'], created_at: 1796083200,
	payload: { payment: { entity: { id: fresh('pay'), entity: 'payment', amount: 23600, currency: 'INR',
		status: 'captured', order_id: orderId, method: 'upi', ...change } } } });
const tell = (body, signature = hmac(noticeSecret, body)) => fetch(`${portal}/api/gateway/notice`, { method: 'POST', body,
	headers: { 'content-type': 'application/json', 'x-razorpay-signature': signature, 'x-razorpay-event-id': fresh('evt') } });
const back = (orderId, payment, signature = hmac(keySecret, `${orderId}|${payment}`)) => fetch(`${portal}/api/gateway/return?` +
	new URLSearchParams({ razorpay_payment_id: payment, razorpay_order_id: orderId, razorpay_signature: signature }), { redirect: 'manual' });

const basic = `Basic ${Buffer.from(`rzp_test_demo:${keySecret}`).toString('base64')}`;
const gateway = (method, address, body) => new Person().ask(method, `/paysim${address}`, body, { authorization: basic });
const faults = async (f = {}) => expect(await gateway('POST', '/faults', f), 200);
const checkout = (p, act) => fetch(p.checkout_url, { method: 'POST', body: new URLSearchParams({ act }), redirect: 'manual' });
const hurry = (once) => client(`UPDATE job SET not_before = UTC_TIMESTAMP(3) WHERE once = '${once}' AND state = 'ready'`);
const paid = (id) => until(() => filer.get(`/api/payments/${id}`), (r) => r.json.state === 'paid').then((r) => r.json);

test('the tax follows the two states, and the halves are equal', async () => {
	const far = expect(await filer.post('/api/payments', { application_id: waiting() }), 201);
	assert.deepEqual([far.fee_paise, far.cgst_paise, far.sgst_paise, far.igst_paise, far.total_paise], [20000, 0, 0, 3600, 23600]);
	assert.equal(far.place_of_supply, 'Tamil Nadu (33)');
	assert.equal(far.agency_name, 'Nilgagan Chamber of Export Commerce');
	const near = expect(await stranger.post('/api/payments', { application_id: waiting('filer@sahyavastra.example') }), 201);
	assert.deepEqual([near.cgst_paise, near.sgst_paise, near.igst_paise, near.total_paise], [1800, 1800, 0, 23600]);
	assert.equal(near.place_of_supply, 'Maharashtra (27)');
});

test('paid at the gateway: submitted, booked, receipted, told, once', async () => {
	const app = waiting();
	const p = await open(app);
	assert.match(p.checkout_url, new RegExp(`^${portal}/paysim/checkout/order_`));
	const r = await checkout(p, 'pay');
	assert.equal(r.status, 303);
	const gone = await fetch(r.headers.get('location'), { redirect: 'manual' });
	assert.equal(gone.status, 303);
	assert.equal(gone.headers.get('location'), `/payments/${p.id}`);
	const done = await paid(p.id);
	assert.equal(done.checkout_url, null);
	assert.match(done.receipt_number, /^R-NCE-\d\d-\d{6}$/);
	const a = application(app);
	assert.deepEqual([a.state, a.paid, a.submitted], ['submitted', true, true]);
	assert.match(a.number, /^A-NCE-\d\d-\d{7}$/);
	assert.deepEqual(ledger(p.id), [['fees:NCE', -23600], ['gateway:NCE', 23600]]);
	assert.equal(audited(p.id, 'payment_settled'), 1);
	const events = rows(`SELECT what FROM application_event WHERE application_id = ${app} ORDER BY id`).flat();
	assert.deepEqual(events, ['payment_asked', 'paid', 'submitted']);

	const receipt = expect(await filer.get(`/api/receipts/${done.receipt_number}`), 200);
	assert.equal(receipt.application_number, a.number);
	assert.equal(receipt.agency.gstin, '27AAATN0000N1ZV');
	assert.equal(receipt.firm.gstin, '33AAACP0000K1Z5');
	assert.deepEqual(receipt.lines.map((l) => l.amount_paise), [20000, 3600]);
	assert.equal(receipt.lines.reduce((n, l) => n + l.amount_paise, 0), receipt.total_paise);
	const all = await until(async () => mails(), (m) => m.some((x) => x.includes(`Subject: Paid and submitted: ${a.number}`)));
	const letter = all.find((x) => x.includes(a.number));
	assert.match(letter, /^To: filer@palarveni\.example\r$/m);
	assert.match(letter, /^Content-Transfer-Encoding: quoted-printable\r$/m);
	assert.match(letter, /=E0=A4/, 'the Hindi line');
});

test('the same notice, many at once and again later, counts once', async () => {
	const app = waiting();
	const p = await open(app);
	const body = notice(order(p.id));
	const answers = await Promise.all(Array.from({ length: 10 }, () => tell(body)));
	assert.deepEqual(answers.map((r) => r.status), Array(10).fill(200));
	assert.equal((await tell(body)).status, 200);
	assert.equal((await tell(body)).status, 200);
	assert.deepEqual(ledger(p.id), [['fees:NCE', -23600], ['gateway:NCE', 23600]]);
	assert.deepEqual(facts(order(p.id)), ['captured notice settled']);
	assert.equal(audited(p.id, 'payment_settled'), 1);
	assert.equal(application(app).state, 'submitted');
	assert.equal(Number(client(`SELECT COUNT(*) FROM receipt WHERE payment_id = ${p.id}`)), 1);
});

test('what is not signed, or signed with the other secret, moves nothing', async () => {
	const app = waiting();
	const p = await open(app);
	const body = notice(order(p.id));
	for (const signature of ['', '0'.repeat(64), hmac(keySecret, body), hmac(noticeSecret, `${body} `), hmac(noticeSecret, body).toUpperCase()]) {
		const r = await tell(body, signature);
		assert.equal(r.status, 422, signature);
		assert.equal((await r.json()).type, '/problems/signature-refused');
	}
	const r = await back(order(p.id), fresh('pay'), hmac(noticeSecret, 'x'));
	assert.equal(r.headers.get('location'), `/payments/${p.id}`);
	assert.equal((await show(p.id)).state, 'open');
	assert.deepEqual(facts(order(p.id)), []);
	assert.deepEqual(ledger(p.id), []);
	assert.equal(application(app).paid, false);
});

test('another amount is not the fee, another currency is not money here', async () => {
	const app = waiting();
	const p = await open(app);
	assert.equal((await tell(notice(order(p.id), { amount: 100 }))).status, 200);
	assert.equal((await tell(notice(order(p.id), { amount: 23601 }))).status, 200);
	assert.equal((await tell(notice(order(p.id), { currency: 'USD' }))).status, 200);
	assert.equal((await show(p.id)).state, 'open');
	assert.equal(application(app).paid, false);
	assert.deepEqual(facts(order(p.id)).sort(), ['captured notice mismatch', 'captured notice refund_due', 'captured notice refund_due']);
	assert.equal(ledger(p.id).reduce((n, [, amount]) => n + amount, 0), 0);
	assert.equal(ledger(p.id).filter(([account]) => account === 'fees:NCE').length, 0);
	assert.equal((await tell(notice(order(p.id)))).status, 200);
	assert.equal((await show(p.id)).state, 'paid', 'the right amount still counts');
});

test('poisoned notices are taken, noted and change nothing', async () => {
	const before = client('SELECT COUNT(*), SUM(amount_paise) FROM ledger_entry');
	for (const body of [notice('order_nobodys'), '{"event":"settlement.processed","payload":{}}', '[]', 'null', '{', '{"payload":{"payment":{"entity":{}}}}',
		notice('order_nobodys', { amount: -1 }), notice('order_nobodys', { amount: '23600' }), notice("order'; DROP"), notice('order_nobodys', { status: 'paid' }),
		'['.repeat(5000), `{"payload":{"payment":{"entity":{"id":"pay_1\\u0000"}}}}`])
		assert.equal((await tell(body)).status, 200, body.slice(0, 60));
	assert.equal((await tell('x'.repeat(70000))).status, 413);
	assert.equal((await back('order_nobodys', 'pay_1')).status, 404);
	assert.equal((await back('a b', '<script>')).status, 404);
	assert.equal(client('SELECT COUNT(*), SUM(amount_paise) FROM ledger_entry'), before);
	assert.ok(Number(client("SELECT COUNT(*) FROM audit WHERE what = 'payment_unknown' AND object = 'order/order_nobodys'")) >= 1);
});

test('one key is one payment; two keys at once are one payment too', async () => {
	const app = waiting(), key = randomUUID();
	const first = expect(await filer.post('/api/payments', { application_id: app }, key), 201);
	assert.deepEqual(expect(await filer.post('/api/payments', { application_id: app }, key), 201), first);
	const other = await filer.post('/api/payments', { application_id: waiting() }, key);
	assert.equal(other.json.type, '/problems/idempotency-key');
	assert.equal((await filer.post('/api/payments', { application_id: app }, 'short')).status, 422);
	assert.equal(expect(await filer.post('/api/payments', { application_id: app }), 201).id, first.id, 'the live one');
	const rush = waiting();
	const ids = (await Promise.all(Array.from({ length: 6 }, () => filer.post('/api/payments', { application_id: rush }))))
		.filter((r) => r.status !== 503).map((r) => expect(r, 201).id);
	assert.equal(new Set(ids).size, 1);
	assert.equal(Number(client(`SELECT COUNT(*) FROM payment WHERE application_id = ${rush}`)), 1);
});

test('another firm sees nothing, and pays for nothing', async () => {
	const app = waiting();
	assert.equal((await stranger.post('/api/payments', { application_id: app })).status, 404);
	const p = await open(app);
	await tell(notice(order(p.id)));
	const { receipt_number: number } = await show(p.id);
	assert.equal((await stranger.get(`/api/payments/${p.id}`)).status, 404);
	assert.equal((await stranger.get(`/api/receipts/${number}`)).status, 404);
	assert.deepEqual(expect(await stranger.get(`/api/payments?application_id=${app}`), 200).items, []);
	assert.equal((await new Person().get(`/api/payments/${p.id}`)).status, 401);
	assert.equal((await (await signIn('officer1@nce.example')).get(`/api/payments/${p.id}`)).status, 403);
	const mine = expect(await filer.get(`/api/payments?application_id=${app}`), 200);
	assert.deepEqual(mine.items.map((x) => x.id), [p.id]);
	assert.equal(mine.next, null);
	assert.equal((await filer.post('/api/payments', { application_id: app })).json.type, '/problems/wrong-state');
	const cross = await filer.ask('POST', '/api/payments', { application_id: waiting() }, { 'sec-fetch-site': 'cross-site', 'idempotency-key': randomUUID() });
	assert.equal(cross.json.type, '/problems/cross-site');
});

test('the browser comes back and nobody tells: the courier asks', async () => {
	const p = await open(waiting());
	const r = await checkout(p, 'silent');
	const location = r.headers.get('location');
	assert.equal((await show(p.id)).state, 'open', 'not on the word of a browser alone');
	assert.equal((await fetch(location, { redirect: 'manual' })).status, 303);
	assert.equal((await fetch(location, { redirect: 'manual' })).status, 303);
	await paid(p.id);
	assert.deepEqual(facts(order(p.id)), ['authorized return noted', 'captured poll settled']);
	assert.equal((await fetch(location, { redirect: 'manual' })).status, 303);
});

test('the notice first, the browser afterwards, also as a posted form', async () => {
	const p = await open(waiting());
	const body = notice(order(p.id));
	const payment = JSON.parse(body).payload.payment.entity.id;
	await tell(body);
	assert.equal((await show(p.id)).state, 'paid');
	const form = new URLSearchParams({ razorpay_payment_id: payment, razorpay_order_id: order(p.id),
		razorpay_signature: hmac(keySecret, `${order(p.id)}|${payment}`), 'org_logo': '' });
	const r = await fetch(`${portal}/api/gateway/return`, { method: 'POST', body: form, redirect: 'manual' });
	assert.equal(r.headers.get('location'), `/payments/${p.id}`);
	assert.equal((await tell(notice(order(p.id), { id: payment, status: 'authorized' }))).status, 200);
	assert.deepEqual(facts(order(p.id)), ['captured notice settled', 'authorized return noted']);
	assert.equal(Number(client(`SELECT COUNT(*) FROM job WHERE once = 'poll/${payment}'`)), 0, 'nothing is left to ask');
	assert.equal(ledger(p.id).length, 2);
});

test('refused, then paid; refused, then the bank says yes after all', async () => {
	const p = await open(waiting());
	const r = await checkout(p, 'fail');
	assert.match(r.headers.get('location'), /said=fail$/);
	await until(() => facts(order(p.id)), (f) => f.includes('failed notice noted'));
	assert.equal((await show(p.id)).state, 'open');
	await checkout(p, 'pay');
	await paid(p.id);
	const q = await open(waiting());
	const id = fresh('pay');
	await tell(notice(order(q.id), { id, status: 'failed' }));
	await tell(notice(order(q.id), { id }));
	assert.equal((await show(q.id)).state, 'paid');
	assert.deepEqual(facts(order(q.id)), ['failed notice noted', 'captured notice settled']);
});

test('a bank that answers late: refused first, paid after all, with nothing for the customer to do', async () => {
	const p = await open(waiting());
	await checkout(p, 'late');
	await until(() => facts(order(p.id)), (f) => f.includes('failed notice noted'));
	assert.equal((await show(p.id)).state, 'open');
	await paid(p.id);
	assert.deepEqual(facts(order(p.id)), ['failed notice noted', 'captured notice settled']);
});

test('taken back for a change meanwhile: the money is kept, nothing is submitted', async () => {
	const app = waiting();
	const p = await open(app);
	client(`UPDATE application SET state = 'draft' WHERE id = ${app}`);
	await tell(notice(order(p.id)));
	assert.deepEqual(application(app), { number: '', state: 'draft', paid: true, submitted: false });
	const done = await show(p.id);
	assert.equal(done.state, 'paid');
	assert.equal(expect(await filer.get(`/api/receipts/${done.receipt_number}`), 200).application_number, null);
	assert.deepEqual(ledger(p.id), [['fees:NCE', -23600], ['gateway:NCE', 23600]]);
});

test('a second payment, and one for what was withdrawn, are due back', async () => {
	const app = waiting();
	const p = await open(app);
	await Promise.all([tell(notice(order(p.id))), tell(notice(order(p.id)))]);
	await until(() => ledger(p.id), (l) => l.length === 4);
	assert.deepEqual(facts(order(p.id)).sort(), ['captured notice refund_due', 'captured notice settled']);
	assert.equal(ledger(p.id).filter(([account]) => account === 'refunds:NCE').length, 1);
	assert.equal(ledger(p.id).reduce((n, [, amount]) => n + amount, 0), 0);
	assert.equal(Number(client(`SELECT COUNT(*) FROM application_event WHERE application_id = ${app} AND what = 'refund_due'`)), 1);
	const gone = waiting();
	const q = await open(gone);
	client(`UPDATE application SET state = 'withdrawn' WHERE id = ${gone}`);
	await tell(notice(order(q.id)));
	const done = await show(q.id);
	assert.deepEqual([done.state, done.receipt_number], ['paid', null]);
	assert.deepEqual(ledger(q.id), [['gateway:NCE', 23600], ['refunds:NCE', -23600]]);
	assert.deepEqual([application(gone).state, application(gone).paid], ['withdrawn', false]);
});

test('an order whose answer was lost is found again, not made twice', async (t) => {
	t.after(() => faults());
	await faults({ lose_orders: 1 });
	const p = await open(waiting());
	const receipt = expect(await gateway('GET', `/v1/orders/${order(p.id)}`), 200).receipt;
	assert.equal(expect(await gateway('GET', `/v1/orders?receipt=${receipt}`), 200).count, 1);
	assert.equal(Number(client(`SELECT tries FROM job WHERE once = 'order/${p.id}'`)), 2);
});

test('a gateway that refuses for good: the payment fails, and another can be asked for', async (t) => {
	t.after(() => faults());
	await faults({ refuse_orders: 2 });
	const app = waiting();
	const p = expect(await filer.post('/api/payments', { application_id: app }), 201);
	await until(() => Number(client(`SELECT tries FROM job WHERE once = 'order/${p.id}'`)), (n) => n >= 1);
	client(`UPDATE job SET tries = 8, not_before = UTC_TIMESTAMP(3) WHERE once = 'order/${p.id}' AND state = 'ready'`);
	await until(() => filer.get(`/api/payments/${p.id}`), (r) => r.json.state === 'failed');
	assert.equal(rows(`SELECT state FROM job WHERE once = 'order/${p.id}'`)[0][0], 'failed');
	await faults();
	assert.notEqual((await open(app)).id, p.id);
});

test('nobody tells and nobody comes back: asking finds it', async () => {
	const p = await open(waiting());
	await checkout(p, 'lost');
	hurry(`poll/${p.id}`);
	await paid(p.id);
	assert.deepEqual(facts(order(p.id)), ['captured poll settled']);
	const q = await open(waiting());
	hurry(`poll/${q.id}`);
	await until(() => rows(`SELECT state, tries, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), not_before) > 60 FROM job WHERE once = 'poll/${q.id}'`)[0],
		(r) => r.join() === 'ready,1,1');
	assert.equal((await show(q.id)).state, 'open');
});

test('a gateway that tells twice, late, or in a forged hand', async (t) => {
	t.after(() => faults());
	await faults({ duplicate_notices: 2, delay_notices_ms: 300 });
	const p = await open(waiting());
	await checkout(p, 'twice');
	await paid(p.id);
	await faults({ forge_notices: 1, forge_return: 1 });
	const q = await open(waiting());
	const r = await checkout(q, 'pay');
	assert.equal((await fetch(r.headers.get('location'), { redirect: 'manual' })).status, 303);
	await new Promise((done) => setTimeout(done, 800));
	assert.equal((await show(q.id)).state, 'open');
	await faults();
	hurry(`poll/${q.id}`);
	await paid(q.id);
	await new Promise((done) => setTimeout(done, 500));
	assert.equal(ledger(p.id).length, 2);
});

test('a courier that died is followed by one that does its work again, and nobody gets two letters', async () => {
	const p = await open(waiting());
	await tell(notice(order(p.id)));
	const { application_id: app } = await show(p.id);
	const job = () => rows(`SELECT state, tries, last_error FROM job WHERE once = 'mail/submitted/${app}'`)[0];
	await until(job, ([state]) => state === 'done');
	const before = (await mails()).length;
	client(`UPDATE job SET state = 'leased', lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE once = 'mail/submitted/${app}'`);
	await until(job, ([state, tries]) => state === 'done' && tries === '2');
	assert.equal((await mails()).length, before);
});

test('the books balance, and no account may rewrite them', () => {
	assert.equal(client('SELECT SUM(amount_paise) FROM ledger_entry'), '0');
	assert.equal(client('SELECT COUNT(*) FROM (SELECT gateway_payment FROM ledger_entry GROUP BY gateway_payment HAVING SUM(amount_paise) <> 0 OR COUNT(*) <> 2) t'), '0');
	assert.equal(client(`SELECT COUNT(*) FROM payment p LEFT JOIN ledger_entry e ON e.payment_id = p.id AND e.account = 'fees:NCE'
		WHERE (p.receipt_number IS NOT NULL) <> (e.payment_id IS NOT NULL)`), '0');
	const numbers = rows("SELECT CAST(SUBSTRING_INDEX(number, '-', -1) AS SIGNED) FROM receipt ORDER BY 1").flat().map(Number);
	assert.deepEqual(numbers, numbers.map((_, i) => i + 1), 'receipts are numbered without a gap');
	for (const [user, sql] of [
		['ecoo_payment', 'UPDATE ledger_entry SET amount_paise = 0'], ['ecoo_payment', 'DELETE FROM ledger_entry'],
		['ecoo_payment', 'UPDATE payment_fact SET amount_paise = 0'], ['ecoo_payment', 'DELETE FROM payment_fact'],
		['ecoo_payment', "UPDATE receipt SET document = '{}'"], ['ecoo_payment', 'UPDATE payment SET total_paise = 1'],
		['ecoo_payment', 'SELECT content FROM application'], ['ecoo_payment', 'SELECT password_hash FROM person'],
		['ecoo_courier', "UPDATE payment SET state = 'paid'"], ['ecoo_courier', 'INSERT INTO payment_fact SELECT * FROM payment_fact'],
		['ecoo_courier', "INSERT INTO job (kind, once, payload, not_before, created_at) VALUES ('mail', 'x', '{}', NOW(), NOW())"],
		['ecoo_courier', "UPDATE job SET payload = '{}'"], ['ecoo_courier', 'SELECT id FROM application'],
		['ecoo_paysim', 'SELECT id FROM payment'], ['ecoo_paysim', 'SELECT id FROM ecoo.payment']])
		assert.throws(() => client(sql, user), /ERROR 1(142|143|044)/, `${user}: ${sql}`);
});

test('the simulator says what it is, without a script, and wants its key', async () => {
	const p = await open(waiting());
	const r = await fetch(p.checkout_url);
	const html = await r.text();
	assert.equal(r.headers.get('content-type'), 'text/html; charset=utf-8');
	assert.match(html, /Gateway simulator<\/strong> - no real money/);
	assert.match(html, /₹ 236\.00/);
	assert.doesNotMatch(html, /<script|style=|onclick/i);
	assert.equal((await fetch(`${portal}/paysim/checkout/order_none`)).status, 404);
	assert.equal((await checkout(p, 'steal')).status, 422);
	assert.equal((await new Person().get(`/paysim/v1/orders/${order(p.id)}/payments`)).status, 401);
	assert.equal((await new Person().ask('POST', '/paysim/faults', { drop_notices: 1 })).status, 401);
	assert.equal((await new Person().ask('POST', '/paysim/v1/orders', { amount: 100, currency: 'INR', receipt: 'x' })).status, 401);
});
