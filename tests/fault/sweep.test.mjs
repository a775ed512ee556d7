// Death at every named point on the way to a certificate, and nobody asks again: what is left says what was committed; when no
// signature can come any more the sweeper (fcgi/certificate/prepare.c) gives it free, and another officer issues it, once.
import test from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Person, expect, place, until } from '../lib/portal.mjs';
import { audit, series } from '../lib/life.mjs';
import { kill, rows, sql, standing } from '../lib/world.mjs';
import { dieAll, successor } from './points/abreast.mjs';
import { incoming, kept } from './points/files.mjs';
import { LIVES, another, bare, fault, handIn, issuedOnce, job, numbered, officer, passed, second } from './points/lives.mjs';

const STEPS = LIVES.filter((l) => l.stands);

// Those whom nobody asks for again: { what, s, stands }, where the application is s.id; without ${stands}, that is not known.
const left = [];

// One is answered, and nothing follows.  Where the others can die: { life, point, stands }.
async function points(life) {
	const s = await life.make(), r = await life.ask(s, fault('trace'), randomUUID());
	assert.ok(r.status < 300, `${life.what}: ${r.status}`);
	left.push({ what: `${life.what}, answered`, s, stands: life.stands.at(-1) });
	let commits = 0;
	return passed(r).map((point) => {
		commits += point.startsWith('after_commit');
		return { life, point, stands: life.stands[commits] };
	});
}

// How each application and its certificate stand: [what, application, certificate], and the number of each.
const look = () => {
	const found = new Map(rows(`SELECT a.id, a.state, COALESCE(c.state, ''), COALESCE(c.number, '') FROM application a
		LEFT JOIN certificate c ON c.application_id = a.id WHERE a.id IN (${left.map((l) => l.s.id)})`).map(([id, ...row]) => [id, row]));
	return left.map((l) => ({ ...l, is: found.get(String(l.s.id)) }));
};
const states = (lot) => lot.map(({ what, is: [application, certificate] }) => `${what}: ${application} ${certificate}`);
const should = (what, certificate) => `${what}: ${certificate === 'issued' ? 'issued' : 'approved'} ${certificate}`;

test('what a dead program leaves is what it has committed', { timeout: 300000 }, async () => {
	const queue = [];
	// Backwards: who rests within a transaction comes after those that want the same locks.
	for (const life of STEPS) queue.push(...(await points(life)).reverse());
	const kills = await dieAll('certificate', queue, ({ life, point, s, stands, exact }) =>
		left.push({ what: `${life.what}, ${exact ? point : 'somewhere'}`, s, ...exact && { stands } }));
	const wanted = queue.length;
	const known = look().filter((l) => l.stands !== undefined);
	assert.equal(known.length, wanted + STEPS.length);
	assert.deepEqual(states(known), known.map(({ what, stands }) => should(what, stands)));
	for (const { what, is: [, certificate, number] } of look().filter((l) => l.is[2] !== ''))
		assert.equal((await new Person().get(`/api/verify/${number}`)).status, certificate === 'issued' ? 200 : 404, `${what}: said of ${number}`);
	console.log(`# ${wanted} points, ${left.length} requests without a sequel, ${kills} kills`);
});

test('as long as its signature may come, nobody else signs', async () => {
	const before = states(look()), signing = look().find((l) => l.is[1] === 'signing');
	expect(await second.get('/api/certificates/tray'), 200);
	assert.deepEqual(states(look()), before);
	const r = await bare(second, `/api/certificates/${signing.is[2]}/signing`, {}, {});
	assert.deepEqual([r.status, r.json.type], [409, '/problems/locked']);
});

// One that has just begun: it stays when the others are swept.
let young;

test('after fifteen minutes the sweeper gives it free, and only that', async () => {
	young = await numbered(another('approved'));
	await job(`/api/certificates/${young.number}/signing`, officer, 'officer1');
	const before = look();
	assert.ok(before.filter((l) => l.is[1] === 'signing').length >= 5, 'there is nothing to sweep');
	const ours = left.map((l) => l.s.id);
	sql(`UPDATE certificate SET signing_at = signing_at - INTERVAL 16 MINUTE WHERE state = 'signing' AND application_id IN (${ours});
		UPDATE application SET approved_at = approved_at - INTERVAL 1 YEAR WHERE id IN (${ours})`);	// the tray shows the oldest 200
	const { items } = expect(await second.get('/api/certificates/tray'), 200);
	const after = look();
	assert.deepEqual(states(after), before.map(({ what, is: [, certificate] }) => should(what, certificate === 'signing' ? 'prepared' : certificate)));
	assert.deepEqual(after.map((l) => l.is[2]), before.map((l) => l.is[2]), 'a number has changed');
	assert.equal(rows(`SELECT state FROM certificate WHERE number = '${young.number}'`)[0][0], 'signing', 'swept too early');
	const tray = new Map(items.map((i) => [i.application_id, i.number ?? '']));
	for (const { what, s, is: [, certificate, number] } of after)
		assert.equal(tray.get(s.id), certificate === 'issued' ? undefined : number, `${what}: in the tray`);
});

async function issuedBy(who, as, number) {
	expect(await handIn(await job(`/api/certificates/${number}/signing`, who, as), {}), 200);
}

test('each ends as one certificate: another officer goes on, and the old signature comes too late', { timeout: 300000 }, async () => {
	const queue = look();
	const worker = async () => {
		for (let l = queue.shift(); l; l = queue.shift()) {
			const { what, s, is: [, certificate, had] } = l;
			const number = had || expect(await second.post('/api/certificates', { application_id: s.id }), 201).number;
			if (s.signature) assert.equal((await handIn(s, {})).status, 410, `${what}: a late signature`);
			if (certificate !== 'issued') await issuedBy(second, 'officer2', number);
			if (s.signature) assert.equal((await handIn(s, {})).status, 410, `${what}: a later signature`);
			await issuedOnce(s.id, number);
		}
	};
	await Promise.all([worker(), worker(), worker()]);
});

test('who asks to sign sweeps too', async () => {
	sql(`UPDATE certificate SET signing_at = signing_at - INTERVAL 16 MINUTE WHERE number = '${young.number}'`);
	await issuedBy(second, 'officer2', young.number);
	await issuedOnce(young.id, young.number);
});

// A program looks through incoming when it starts.  What has its name stays, whether a row names it or not: the store only grows.
test('what the dead left without a name goes after an hour, and only that', async () => {
	assert.ok(incoming('certificates').length >= 2 * STEPS.length, 'the dead have left nothing');
	const old = new Date(Date.now() - 2 * 3600000);
	for (const [tree, program] of [['certificates', 'certificate'], ['documents', 'application']]) {
		const young = path.join(place, 'files', tree, 'incoming/young'), before = kept(tree), { pid } = standing().get(program);
		writeFileSync(path.join(place, 'files', tree, 'incoming/old'), 'half a file');
		for (const f of incoming(tree)) utimesSync(f, old, old);
		writeFileSync(young, 'half a file');
		assert.ok(kill(program));
		await successor(program, pid);
		await until(() => new Person().get(`/api/health/${program}`), (r) => r.status === 200);
		assert.deepEqual(incoming(tree), [young]);
		unlinkSync(young);
		assert.deepEqual(kept(tree), before, 'a file that had its name');
	}
});

test('and the books are right', () => {
	for (const s of series()) assert.equal(s.there, s.counted, s.series);
	assert.match(audit(), / 0 faults/);
});
