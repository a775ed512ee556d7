// A client as browsers are: its connections are kept.  And how what it asks may be lost.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { portal } from '../../lib/portal.mjs';
import { pause } from '../../lib/world.mjs';

// Left before nginx would close them (keepalive_timeout).
const agent = new http.Agent({ keepAlive: true, maxSockets: 64, timeout: 20000 });
export const leave = () => agent.destroy();

// What was seen.  A cut: a kept connection that was closed at the moment when somebody asked; only nginx does so, when it is replaced.
export const seen = { gets: 0, posts: 0, lost: 0, cuts: 0, failed: [] };
export const world = { over: false, broken: false, reload: 0 };
const UNREAD_MS = 500;		// what was sent so long before the reload, nginx has taken in hand

// The answer: { status, text }; status 0 where there was none, with cut where the connection had served before.
const send = (method, address, who, body, headers) => new Promise((done) => {
	const began = Date.now();
	const r = http.request(portal + address, { method, agent, headers: { 'sec-fetch-site': 'same-origin', ...who && { cookie: who.cookie },
		...headers } }, (answer) => {
		const parts = [];
		answer.on('data', (d) => parts.push(d)).on('error', () => done({ status: 0 }))
			.on('end', () => done({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
	});
	r.on('error', (e) => done({ status: 0, text: e.code,
		cut: r.reusedSocket && world.reload > 0 && began > world.reload - UNREAD_MS })).end(body);
});

// What only reads is asked again on another connection (RFC 9110 9.2.2), as browsers do.
export async function get(who, address, headers) {
	let r = await send('GET', address, who, undefined, headers);
	for (; r.cut; r = await send('GET', address, who, undefined, headers)) seen.cuts++;
	seen.gets++;
	if (r.status !== 200) seen.failed.push(`${address}: ${r.status} ${r.text?.slice(0, 200)}`);
	return r.status === 200 && r.text.startsWith('{') ? JSON.parse(r.text) : undefined;
}

// Send until it is answered, as ${good}: it is lost only as a 502, or with its connection.  ${known}, if there is no key: what
// tells whether it has happened, so that it is not sent again.
export async function post(who, address, body, good, { headers = {}, known = () => undefined } = {}) {
	for (let tries = 0; tries < 200 && !world.broken; tries++) {
		const r = await send('POST', address, who, body, headers);
		seen.posts += r.status === good;
		if (r.status === good) return r.text && JSON.parse(r.text);
		assert.ok(r.status === 502 || r.cut, `${address}: ${r.status} ${r.text}`);
		seen[r.cut ? 'cuts' : 'lost']++;
		await pause(50);
		const happened = await known();
		if (happened) return happened;
	}
	return assert.fail(`${address} was never answered`);
}

const JSON_TYPE = { 'content-type': 'application/json' };
// once(who, address, body, good, key, headers): under a key, so that repeating it is harmless.
export const once = (who, address, body, good, key = randomUUID(), headers = {}) =>
	post(who, address, JSON.stringify(body), good, { headers: { ...JSON_TYPE, 'idempotency-key': key, ...headers } });

// A file in a form: no key goes with it.
export function upload(who, address, name, bytes, known) {
	const line = randomUUID();
	const form = Buffer.concat([Buffer.from(`--${line}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n` +
		`Content-Type: application/pdf\r\n\r\n`), bytes, Buffer.from(`\r\n--${line}--\r\n`)]);
	return post(who, address, form, 201, { headers: { 'content-type': `multipart/form-data; boundary=${line}` }, known });
}
