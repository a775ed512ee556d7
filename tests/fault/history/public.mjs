// The gateway that tells, those who verify, and those who look where they have no business.
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { place, portal } from '../../lib/portal.mjs';
import { answer } from './record.mjs';
import { rest } from './town.mjs';

const [keySecret, noticeSecret] = readFileSync(path.join(place, 'keys/gateway.secret'), 'utf8').split('\n');
const hmac = (secret, text) => createHmac('sha256', secret).update(text).digest('hex');
export const gatewayKey = `Basic ${Buffer.from(`rzp_test_demo:${keySecret}`).toString('base64')}`;

// In which order a payment is told of, and what again.
const STORIES = [['captured'], ['authorized', 'captured'], ['captured', 'authorized'], ['captured', 'captured'],
	['failed', 'captured'], ['captured', 'failed', 'captured']];

function tell(town, me, { order, amount, payment }, status, copies) {
	const body = JSON.stringify({ entity: 'event', event: `payment.${status}`, contains: ['payment'], created_at: 1796083200,
		payload: { payment: { entity: { id: payment, entity: 'payment', amount, currency: 'INR', status, order_id: order, method: 'upi' } } } });
	return town.history.act(me.proc, 'notice', { order, payment, amount, status }, async () => {
		const r = await fetch(`${portal}/api/gateway/notice`, { method: 'POST', body, headers: { 'content-type': 'application/json',
			'x-razorpay-signature': hmac(noticeSecret, body), 'x-razorpay-event-id': `evt_${randomUUID().slice(0, 8)}` } });
		await r.arrayBuffer();
		return { status: r.status, headers: r.headers };
	}, { copies, again: 6 });
}

export async function gateway(town, me) {
	const t = town.told.shift();
	if (!t) return rest(me, 100, 250);
	const story = t.payment ? ['captured'] : me.rng.one(STORIES);	// paysim tells its own
	t.payment ??= `pay_${randomUUID().replaceAll('-', '').slice(0, 14)}`;
	const copies = () => (me.rng.chance(0.5) ? 1 + me.rng.below(3) : 1);
	const taken = [];
	const one = async (status) => taken.push((await tell(town, me, t, status, copies())).type === 'ok');
	if (me.rng.chance(0.4)) await Promise.all(story.map(one));
	else for (const status of story) await one(status);
	if (taken.every(Boolean)) return null;
	town.told.push(t);		// again, as gateways do
	return rest(me, 100, 250);
}

// ISO 7064 mod 37,36, as printed at the end of a number.
function checked(body) {
	const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
	let p = 36;
	for (const c of body.replaceAll('-', '')) {
		p = (p + signs.indexOf(c)) % 36 || 36;
		p = (p * 2) % 37;
	}
	return `${body}-${signs[(37 - p) % 36]}`;
}

export async function verifier(town, me) {
	const known = [...town.certificates.values()];
	const c = me.rng.one(known);
	if (!c || me.rng.chance(0.1)) {
		const number = checked(`NP-NCE-26-9${String(me.rng.below(1e6)).padStart(6, '0')}`);
		const line = await town.history.act(me.proc, 'verify', { number, unknown: true }, () => town.anyone.get(`/api/verify/${number}`));
		line.args.state = answer(line).body?.state;
		return rest(me, 60, 200);
	}
	const code = c.code && me.rng.chance(0.5) ? `?code=${c.code}` : '';
	const line = await town.history.act(me.proc, 'verify', { number: c.number }, () => town.anyone.get(`/api/verify/${c.number}${code}`));
	line.args.state = answer(line).body?.state;
	return rest(me, 40, 160);
}

// Addresses of what belongs to ${app}'s firm.
function addresses(town, rng, app) {
	const at = `/api/applications/${app.id}`;
	const own = [...town.payments.values()].filter((p) => p.app === app.id);
	const cert = [...town.certificates.values()].find((c) => c.app === app.id);
	return rng.one([at, `${at}/check`, `${at}/signing/text`, `${at}/signature/p7s`, `${at}/preview/pages/1`,
		...app.documents.map((d) => `${at}/documents/${d}`),
		...own.map((p) => `/api/payments/${p.id}`), ...own.filter((p) => p.receipt).map((p) => `/api/receipts/${p.receipt}`),
		...(cert ? [`/api/certificates/${cert.number}`, `/api/certificates/${cert.number}/pdf`] : [])]);
}

// A firm at another's doors, an officer at another office's; also a write, which must not be there either.
export async function stranger(town, me) {
	const app = me.rng.one([...town.apps.values()]);
	if (!app) return rest(me, 200, 400);
	const other = town.firms.find((f) => f.name !== app.firm.name);
	if (app.office === 1 && me.rng.chance(0.3)) {
		const who = town.officers[1].who;
		await town.history.act(me.proc, 'pry', { app: app.id }, () => who.get(`/api/review/applications/${app.id}`));
	} else if (me.rng.chance(0.15)) {
		await town.history.act(me.proc, 'pry', { app: app.id, write: true },
			() => other.filer.post(`/api/applications/${app.id}/withdrawal`, { version: me.rng.below(12) + 1 }, null));
	} else {
		const address = addresses(town, me.rng, app);
		await town.history.act(me.proc, 'pry', { app: app.id, address }, () => other.filer.get(address));
	}
	return rest(me, 80, 300);
}
