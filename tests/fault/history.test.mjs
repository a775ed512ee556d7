// The history checker: people at work through the real API while the world under them breaks, and
// then the promises (P1 to P10), held against what they were told.
//
//	ECOO_SEED=N	the same people and faults again; printed with each round
//	ECOO_KILLS=N	kills per round; with a dozen each kind of fault strikes, and that is asserted
//	ECOO_LIVES=N	whole lives that a round waits for, a minute at most
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { place as world } from '../lib/portal.mjs';
import { full, pause, standing } from '../lib/world.mjs';
import * as accounts from './history/accounts.mjs';
import * as checks from './history/checks.mjs';
import { exporter } from './history/exporters.mjs';
import { Nemesis, acceptAll, dealt, hurry } from './history/nemesis.mjs';
import { officer } from './history/officers.mjs';
import { Place } from './history/place.mjs';
import { gateway, stranger, verifier } from './history/public.mjs';
import { Random } from './history/random.mjs';
import { History } from './history/record.mjs';
import { finalState, since, unsettled } from './history/state.mjs';
import { Town, goes } from './history/town.mjs';

const ROUNDS = full ? 10 : 1;
const KILLS = Number(process.env.ECOO_KILLS ?? (full ? 100 : 30));
const SEED = Number(process.env.ECOO_SEED || Date.now() % 1e9);
const LIVES = Number(process.env.ECOO_LIVES ?? 5);
const PAUSE_MS = [250, 800];		// from one strike to the next, at least
const CHECKS = {
	'P1 P6: each ok act has its row in the audit, no refused one has': checks.audited,
	'P1: nothing happened that nobody did': checks.nothingElse,
	'P1: ok is there once, fail is not, unknown at most once': checks.effects,
	'P1: one key gives one answer': checks.keys,
	'P1: who was told of a version sees no older one': checks.versions,
	'P2: the ledger sums to zero, per payment and in all': accounts.ledger,
	'P3: what was captured is booked once, and nothing else': accounts.captures,
	'P3: each certificate has one settled charge': accounts.charges,
	'P3 P5: issued and cancelled agree in all places': accounts.issues,
	'P4: numbers are unique and without gaps': accounts.numbers,
	'P5: the bytes of certificates are those of their rows, and signed': checks.bytes,
	'P6: the chains of the audit are whole': checks.chains,
	'P6: what was heard of a payment has its row in the audit': accounts.heard,
	'P7: nobody reads what is another firm\'s or office\'s': checks.strangers,
	'P8: verify says valid from the issue to the cancellation': checks.register,
	'P9: every request ended': checks.bounded,
	'P10: each application went a way that there is': checks.paths,
	'P10: of two who change the same version, one loses': checks.rivals,
	'what anybody saw on the way was right': checks.faults,
};

// What strikes in each round at least once, beside the end of everything that supervise keeps: not read from
// the lists of the nemesis, so that it cannot leave anybody out.
const FAULTS = ['stop', 'COMMIT cut before', 'COMMIT cut after', 'COMMIT cut amid', 'refuse', 'gateway', 'bad clients', 'kill worker'];

const place = new Place();
after(() => { acceptAll(); return place.leave(); });
for (const signal of ['SIGTERM', 'SIGINT'])
	process.once(signal, () => { acceptAll(); place.abandon(); process.exit(1); });

// Who is there: exporters of both firms, two windows for each officer, and the public.
function people(town) {
	const me = (proc, more) => ({ proc, rng: town.rng.child(proc), ...more });
	const at = (role, n, make, more = () => ({})) => Array.from({ length: n }, (_, i) => [make, me(`${role}${i}`, more(i))]);
	return [
		...at('exporter', 8, exporter, (i) => ({ firm: town.firms[i % 2] })),
		...at('officer', 4, officer, (i) => ({ ...town.officers[i % 2] })),
		...at('gateway', 2, gateway), ...at('verifier', 2, verifier), ...at('stranger', 1, stranger),
	];
}

// Well again at the end: acts that were open end, and on a slow machine somebody gets to his certificate.
async function torment(nemesis, town) {
	while (nemesis.kills < KILLS || nemesis.deck.length > 0) {
		await Promise.all([nemesis.strike(), pause(nemesis.rng.between(...PAUSE_MS))]);
	}
	await nemesis.heal();
	await pause(full ? 5000 : 2500);
	for (let i = 0; i < 300 && town.lives < LIVES; i++) await pause(200);
}

// The courier catches up with what it was kept from.
async function quiet(town, from) {
	for (let i = 0; i < 60; i++) {
		hurry();
		const left = unsettled(from);
		if (left.length === 0 && town.told.length === 0) return;
		await pause(500);
	}
}

async function play(seed) {
	const rng = new Random(seed);
	const tag = `h${seed.toString(36)}`;
	mkdirSync(path.join(world, 'log/tests'), { recursive: true });
	const history = new History(path.join(world, `log/tests/history-${seed}.jsonl`), rng.child('again'));
	const town = new Town(history, rng, tag);
	const from = since();
	await town.gather();
	const nemesis = new Nemesis(place, history, rng.child('nemesis'), KILLS);
	const began = Date.now();
	const work = Promise.all(people(town).map(([step, me]) => goes(town, me, step)));
	try {
		await Promise.race([torment(nemesis, town), work]);
	} finally {
		town.over = true;
	}
	await work;
	for (let i = 0; i < 100 && town.told.length > 0; i++) await gateway(town, { proc: 'gateway9', rng });
	await quiet(town, from);
	await history.close();
	return { history: { lines: history.lines, open: [...history.open], tag, wrong: town.wrong }, town, nemesis, from, rng,
		seconds: (Date.now() - began) / 1000 };
}

const struck = (nemesis) => ({ ...nemesis.kinds,
	...Object.fromEntries(Object.entries(place.cuts).map(([mode, n]) => [`COMMIT cut ${mode}`, n])) });

async function everyKind(t, nemesis) {
	const seen = struck(nemesis);
	const kept = [...standing()].filter(([, { state }]) => state !== 'done').map(([name]) => `kill ${name}`);
	const few = !dealt(KILLS) && `${KILLS} kills are too few for a fault of each kind`;
	await t.test('each kind of fault struck', { skip: few }, () =>
		assert.deepEqual([...kept, ...FAULTS].filter((kind) => !seen[kind]), [], 'never struck'));
	await t.test('a full disk was met', { skip: few || (!place.mayMount && 'nothing may be mounted here: no disk of its own to fill') },
		() => assert.ok(seen['full disk'] > 0, `never; the stores ${place.small ? 'have a disk of their own' : 'are on the disk of all'}`));
}

function tell({ history: { lines }, town, nemesis, seconds }) {
	const types = [...checks.group(lines.flatMap((l) => l.tries), (t) => t.type)].map(([type, ts]) => `${ts.length} ${type}`);
	console.log(`# ${nemesis.kills} kills in ${seconds.toFixed(0)} s; ${lines.length} acts, requests: ${types.join(', ')}; ` +
		`${town.lives} lives completed`);
	console.log(`# faults: ${Object.entries(struck(nemesis)).sort().map(([k, n]) => `${n} ${k}`).join(', ')}`);
}

for (let round = 0; round < ROUNDS; round++) {
	const seed = SEED + round;
	test(`people at work while things break, seed ${seed}`, { timeout: full ? 1200000 : 300000 }, async (t) => {
		if (round === 0) await place.enter();
		place.cuts = {};
		console.log(`# ECOO_SEED=${seed}`);
		const played = await play(seed);
		tell(played);
		const state = finalState(played.from, played.rng);
		for (const [promise, check] of Object.entries(CHECKS))
			await t.test(promise, () => {
				const wrong = check(played.history, state);
				assert.deepEqual(wrong.slice(0, 10), [], `${wrong.length} times`);
			});
		await everyKind(t, played.nemesis);
		await t.test('there was life', () => {
			assert.ok(played.town.lives > 0, 'no certificate was issued');
			assert.ok(state.issues.length > 0 && state.ledger.length > 0);
		});
	});
}
