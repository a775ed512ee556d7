// others - a request of one person, tried by everybody whom it does not concern, at the moment when it
// would work for its owner: so it is the caller that is refused, and not the state of things.
//
//	const siege = await besiege();		signs everybody in; a second agency is made for the time
//	siege.secrets.push('...')		what no answer to others may contain
//	await siege.by(owner, friends, q, who)	q: request(...); the others, then the owner: its answer.  Who is
//					the role as the route has to name it, if it is not the owner's own
//	await siege.open(q)			of a route that reads no cookie: the same for everybody
//	await siege.again()			all of it once more by those who are signed in, where everything has ended
//	siege.clean()				fails with all that was let through since the last time
//	siege.missing()				routes, and what an address may ask after "?", for which no owner was answered yet
//
// Refused means: 401 without a session, 403 in another role, and of another firm or office the very
// 404 that something gets which does not exist; a list that is asked for by it is the one that such a thing
// has.  Nothing in the database or among the files changes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Person, place, portal, signIn } from './portal.mjs';
import { rows, sql, withdraw } from './world.mjs';

const programs = readdirSync('fcgi').filter((p) => existsSync(`nginx/ecoo/programs/${p}.conf`));
const routes = programs.flatMap((p) => JSON.parse(execFileSync(path.join(place, 'prog/libexec/ecoo', p), ['--routes'])).routes)
	.map((r) => ({ ...r, name: `${r.method} ${r.path}`, fits: new RegExp(`^${r.path.replace(/{([a-z]+)}/g, '(?<$1>[^/]+)')}$`) }));
const pathOf = (address) => address.split('?')[0];
const queryOf = (address) => new URLSearchParams(address.slice(pathOf(address).length));
// The route without braces comes first where both fit, as in the program's table.
export const routeOf = (q) => routes.find((r) => r.method === q.method && r.path === pathOf(q.address)) ??
	routes.find((r) => r.method === q.method && r.fits.test(pathOf(q.address)));

export function request(method, address, body, headers = {}) {
	const json = body !== undefined && !(body instanceof FormData) && typeof body !== 'string';
	return { method, address, body: json ? JSON.stringify(body) : body, headers: { ...headers,
		...(json ? { 'content-type': 'application/json' } : {}), ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}) } };
}

async function send(person, q, site = 'same-origin') {
	const r = await fetch(portal + q.address, { method: q.method, body: q.body, redirect: 'manual',
		headers: { ...(person?.cookie ? { cookie: person.cookie } : {}), ...q.headers, 'sec-fetch-site': site } });
	const headers = [...r.headers].filter(([name]) => !['date', 'x-request-id', 'connection', 'keep-alive'].includes(name));
	const bytes = Buffer.from(await r.arrayBuffer());
	return { status: r.status, bytes, text: bytes.toString('latin1'), headers: JSON.stringify(headers),
		json: /json/.test(r.headers.get('content-type')) ? JSON.parse(bytes) : undefined };
}
// An answer without the name of its request.
const plain = (r) => `${r.status}\n${r.headers}\n${r.text.replace(/urn:request:[0-9a-f]{32}/, '')}`;

// The same request about something that does not exist.
const nowhere = { id: '999999999999', iec: 'AAAZZ9999Z', number: 'NP-NCE-26-9999999-8', token: 'A'.repeat(32) };
const inBody = ['application_id', 'copy_of'], inQuery = /(?<=[?&])((?:application|office)_id=)[^&]*/g;
const receipt = { number: 'R/NCE/2627/99999' };
function elsewhere(route, q, instead = { ...nowhere, ...(route.path.includes('/receipts/') ? receipt : {}) }) {
	const found = route.fits.exec(pathOf(q.address)).groups ?? {};
	const query = q.address.slice(pathOf(q.address).length).replace(inQuery, `$1${instead.id}`);
	const address = route.path.replace(/{([a-z]+)}/g, (_, name) => instead[name] ?? found[name]) + query;
	if (typeof q.body !== 'string' || !inBody.some((m) => q.body.includes(`"${m}"`))) return { ...q, address };
	const body = JSON.parse(q.body);
	for (const m of inBody) if (m in body) body[m] = Number(instead.id);
	return { ...q, address, body: JSON.stringify(body) };
}
const concerns = (route, q) => { const e = elsewhere(route, q); return e.address !== q.address || e.body !== q.body; };
// Some of a list, by the number of something.
const someOf = (route, q) => concerns(route, q) && pathOf(elsewhere(route, q).address) === pathOf(q.address) && q.method === 'GET';

// Everything that a request could change.  What moves by itself counts by its number: jobs are the
// courier's, and sessions are seen.
const moving = new Set(['job', 'session']);
const tables = rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'ecoo' AND table_type = 'BASE TABLE'")
	.map(([t]) => t).filter((t) => !moving.has(t));
const files = (dir) => readdirSync(dir, { withFileTypes: true }).flatMap((e) => e.isDirectory() ? files(path.join(dir, e.name)) : e.name);
const everything = () => sql([`CHECKSUM TABLE ${tables.join(', ')};`, ...[...moving].map((t) => `SELECT '${t}', COUNT(*) FROM ${t};`)].join('\n')) +
	`\nfiles ${files(path.join(place, 'files')).sort().join(' ')}`;
async function untouched(what, act) {
	const before = everything();
	await act();
	const after = everything().split('\n');
	assert.deepEqual(after.filter((l, i) => l !== before.split('\n')[i]), [], `${what}: something has changed`);
}

// A second agency, and somebody who has left the first firm.
const AWAY = "'officer@zci.example', 'administrator@zci.example', 'leaver@palarveni.example'";
const dissolve = `DELETE FROM session WHERE person_id IN (SELECT id FROM person WHERE email IN (${AWAY}));
	DELETE FROM officer_office WHERE office_id = 91; DELETE FROM application WHERE office_id = 91;
	DELETE FROM person WHERE email IN (${AWAY}); DELETE FROM office WHERE id = 91; DELETE FROM agency WHERE code = 'ZCI';`;
const found = `${dissolve}
	INSERT INTO agency (code, name, address, city, email, phone) VALUES ('ZCI', 'Zamorin Council of Industry', '[]', 'Kozhikode', 'c@zci.example', '');
	INSERT INTO office (id, agency, name, city, address) VALUES (91, 'ZCI', 'Kozhikode', 'Kozhikode', '[]');
	INSERT INTO person (email, name, kind, role, iec, agency, password_hash)
		SELECT 'officer@zci.example', 'Officer elsewhere', 'officer', 'officer', NULL, 'ZCI', password_hash FROM person WHERE email = 'officer1@nce.example' UNION
		SELECT 'administrator@zci.example', 'Secretary elsewhere', 'administrator', 'administrator', NULL, 'ZCI', password_hash FROM person WHERE email = 'officer1@nce.example' UNION
		SELECT 'leaver@palarveni.example', 'Left', 'exporter', 'filer', 'AAACP0000K', NULL, password_hash FROM person WHERE email = 'officer1@nce.example';
	INSERT INTO officer_office SELECT id, 91 FROM person WHERE email = 'officer@zci.example';`;

// A submitted application made by hand; its content is nobody's business here.
export const submitted = (email, office) => Number(sql(`INSERT INTO application (iec, agency, office_id, rule_set, number, state, content, exporter,
	created_by, created_at, updated_at, submitted_at) SELECT iec, 'NCE', ${office}, 'NP-BASE', '${randomUUID().slice(0, 23)}', 'submitted', '{}', '{}',
	id, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM person WHERE email = '${email}'; SELECT LAST_INSERT_ID();`));

const words = { filer: ['exporter'], signatory: ['exporter', 'signatory'], officer: ['officer'], administrator: ['administrator'], operator: ['operator'] };
async function one(name, email, own) {
	return Object.assign(await signIn(email), { name, roles: words[email.split(/\d?@/)[0]], own });
}
// Sessions that were good once.
async function stale(name, end, email = 'filer@palarveni.example') {
	const p = Object.assign(await signIn(email), { name, roles: [] });
	const hash = `UNHEX(SHA2(UNHEX('${p.cookie.split('=')[1]}'), 256))`;
	sql(end.replace('TOKEN', `token_hash = ${hash}`));
	return p;
}

async function everybody() {
	const away = submitted('filer@sahyavastra.example', 91), own = submitted('filer@sahyavastra.example', 2);
	return [await one('filer', 'filer@palarveni.example'), await one('signatory', 'signatory@palarveni.example'),
		await one('other firm', 'filer@sahyavastra.example', own), await one('other signatory', 'signatory@sahyavastra.example', own),
		await one('officer', 'officer1@nce.example'), await one('other office', 'officer2@nce.example', own),
		await one('other agency', 'officer@zci.example', away), await one('administrator', 'administrator@nce.example'),
		await one('other administrator', 'administrator@zci.example'), await one('operator', 'operator@ecoo.example'),
		Object.assign(new Person(), { name: 'nobody', roles: [] }),
		Object.assign(new Person(`__Host-sid=${'0'.repeat(64)}`), { name: 'made up', roles: [] }),
		await stale('signed out', 'DELETE FROM session WHERE TOKEN'),
		await stale('expired', 'UPDATE session SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE TOKEN'),
		await stale('idle', 'UPDATE session SET seen_at = UTC_TIMESTAMP(3) - INTERVAL 61 MINUTE WHERE TOKEN'),
		await stale('left', "UPDATE person SET active = FALSE WHERE email = 'leaver@palarveni.example'", 'leaver@palarveni.example')];
}

export async function besiege() {
	sql(found);
	const people = await everybody(), asked = [], secrets = [], seen = new Set();
	let faults = [];
	const may = (who, p) => who === 'anyone' || who.split(', ').some((w) => p.roles.includes(w));
	const silent = (r, what) => { for (const s of secrets) assert.ok(!r.text.includes(s) && !r.headers.includes(s), `${what} is told of ${s}`); };

	// Somebody in the right role, about something that is another's.
	async function blind(p, route, q, what) {
		if (!concerns(route, q)) {
			if (route.method === 'GET') silent(await send(p, q), what);
			return;
		}
		const r = await send(p, q);
		assert.equal(r.status, someOf(route, q) ? 200 : 404, `${what}: ${r.text.slice(0, 300)}`);
		assert.equal(plain(r), plain(await send(p, elsewhere(route, q))), `${what}: not like what does not exist`);
		silent(r, what);
		if (!p.own || !route.path.includes('{document}')) return;
		const mixed = elsewhere(route, q, { id: p.own });	// under one's own, what is another's
		assert.equal(plain(await send(p, mixed)), plain(await send(p, elsewhere(route, mixed, { id: p.own, document: nowhere.id }))), `${what}: by way of one's own`);
	}
	async function attempt(p, { route, q, friends, who }) {
		const what = `${route.name} by ${p.name}`;
		if (may(who, p)) return friends.includes(p.name) ? undefined : blind(p, route, q, what);
		const r = await send(p, q);
		assert.equal(r.status, p.roles.length > 0 ? 403 : 401, `${what}: ${r.text.slice(0, 300)}`);
		return silent(r, what);
	}
	async function crossSite(owner, route, q) {
		if (q.method === 'GET') return;
		const r = await send(owner, q, 'cross-site');
		assert.equal(r.json?.type, '/problems/cross-site', `${route.name} from another site: ${r.text.slice(0, 300)}`);
	}
	const note = (e) => faults.push(e.message.slice(0, 1200));
	const tried = (what, all = people) => Promise.all(all.map((p) => attempt(p, what).catch(note)));
	const present = people.filter((p) => p.roles.length > 0);
	const parameters = (route) => route.params.filter((p) => p.in === 'query').map((p) => `${route.name}?${p.name}`);
	const done = (route, q, r) => {
		assert.ok(r.status < 400, `${route.name}: ${r.status} ${r.text.slice(0, 300)}`);
		for (const name of [route.name, ...[...queryOf(q.address).keys()].map((m) => `${route.name}?${m}`)]) seen.add(name);
		return r;
	};
	const person = (name) => people.find((p) => p.name === name);

	return { secrets, person,
		missing: () => routes.flatMap((r) => [r.name, ...parameters(r)]).filter((name) => !seen.has(name)),
		async by(name, friends, q, who = person(name).roles.at(-1) ?? 'anyone') {
			const route = routeOf(q), what = { q, route, friends: [name, ...friends], who };
			if (route.who !== who) faults.push(`${route.name} is for ${route.who}`);
			await untouched(route.name, async () => { await tried(what); await crossSite(person(name), route, q); }).catch(note);
			asked.push(what);
			return done(route, q, await send(person(name), q));
		},
		async open(q) {
			const route = routeOf(q), r = done(route, q, await send(null, q));
			if (route.who !== 'anyone') faults.push(`${route.name} is for ${route.who}`);
			await untouched(route.name, () => Promise.all(people.map(async (p) => {
				const other = await send(p, q);
				if (q.method === 'GET') assert.equal(plain(other), plain(r), `${route.name} differs for ${p.name}`);
				else assert.ok(other.status < 500, `${route.name} again, by ${p.name}: ${other.text}`);
			}))).catch(note);
			return r;
		},
		again() {
			const friends = (q) => asked.filter((a) => a.q.method === q.method && a.q.address === q.address).flatMap((a) => a.friends);
			return untouched('all of it again', async () => {
				for (const a of asked) await tried({ ...a, friends: friends(a.q) }, present);
			}).catch(note);
		},
		clean() { const all = faults; faults = []; assert.deepEqual(all, []); },
		end() { withdraw(people.filter((p) => p.own).map((p) => p.own)); sql(dissolve); } };
}
