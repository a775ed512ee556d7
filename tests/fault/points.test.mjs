// Death at every named point (modules/base/fault.h): the client asks again, as the website does, and all ends well.
//
// A request of each kind is traced first: the points it passes are then died at, one by one, each with an
// application of its own.  What programs say they have (--faults) has to be reached.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { place, until } from '../lib/portal.mjs';
import { astray, audit, series } from '../lib/life.mjs';
import { allRunning, full, insist, number as n, pause, rows, standing } from '../lib/world.mjs';
import { dieAll } from './points/abreast.mjs';
import { incoming, kept } from './points/files.mjs';
import { LIVES, fault, made, passed } from './points/lives.mjs';

const PROGRAMS = ['login', 'application', 'review', 'payment', 'certificate', 'verify'];
// The store is one file, and review only reads it.
const NEVER = { review: ['file_written', 'file_named'] };

const deaths = (p) => standing().get(p).deaths;
const reached = Object.fromEntries(PROGRAMS.map((p) => [p, new Set()]));
let died = 0;

async function traced(life) {
	const key = randomUUID(), s = await life.make();
	const r = await life.ask(s, fault('trace'), key);
	await life.check(s, r, key);
	const points = passed(r);
	for (const point of points) reached[life.program].add(point.split(' ')[0]);
	return points;
}

// No answer comes while the program is down: the question waits for the successor.
async function askedAgain({ life, s, key }) {
	const r = await insist(() => life.ask(s, {}, key));
	await life.check(s, r, key);
}

async function dieAt(life, point) {
	const one = { life, s: await life.make(), key: randomUUID() }, before = deaths(life.program);
	assert.equal((await life.ask(one.s, fault(point), one.key)).status, 502, 'it did not die');
	await askedAgain(one);
	await until(() => deaths(life.program), (now) => now > before, 5);
	died++;
}

// One at a time; of the program that takes long to start, several at once.  Backwards: who rests within a transaction comes after
// those that want the same locks.
async function dieAtEach(t, life) {
	const points = await traced(life), name = (point) => `${life.program}, ${life.what}, ${point}`;
	if (life.program !== 'certificate')
		for (const point of points) await t.test(name(point), () => dieAt(life, point));
	else
		await dieAll('certificate', points.reverse().map((point) => ({ life, point })), (one) => {
			died += one.exact;
			return t.test(name(one.exact ? one.point : 'somewhere'), () => askedAgain(one));
		});
}

// Programs die at the same time as others.
test('who dies anywhere is asked again, and it is done once', { timeout: full ? 1800000 : 420000 }, async (t) => {
	await Promise.all(PROGRAMS.map(async (program) => {
		for (const life of LIVES.filter((l) => l.program === program && (full || !l.long))) await dieAtEach(t, life);
	}));
});

test('every point that a program has was reached', () => {
	for (const p of PROGRAMS) {
		const has = new Set(execFileSync(path.join(place, 'prog/libexec/ecoo', p), ['--faults'], { encoding: 'utf8' }).split('\n').filter(Boolean));
		assert.ok(has.has('before_reply'), `${p} has no points: was it built with --enable-faults?`);
		assert.deepEqual([...has].filter((x) => !reached[p].has(x) && !NEVER[p]?.includes(x)), [], p);
	}
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

test('nothing is lost, astray, doubled or half', () => {
	for (const s of series()) assert.equal(s.there, s.counted, s.series);
	assert.equal(astray(made), '');
	assert.equal(n('SELECT COALESCE(SUM(amount_paise), 0) FROM ledger_entry'), 0);
	assert.match(audit(), / 0 faults/);
	const named = { certificates: 'SELECT prepared_file FROM certificate WHERE prepared_file IS NOT NULL UNION SELECT sha256 FROM certificate_issue',
		documents: 'SELECT sha256 FROM document' };
	for (const [tree, select] of Object.entries(named)) {
		const there = new Set(kept(tree)), wanted = rows(select).flat();
		assert.deepEqual(wanted.filter((f) => !there.has(f)), [], `${tree}: a row names a file that is not there`);
		console.log(`# ${tree}: ${there.size} files, ${there.size - new Set(wanted).size} that no row names, ` +
			`${incoming(tree).length} left in incoming`);
	}
	console.log(`# ${died} deaths`);
});
