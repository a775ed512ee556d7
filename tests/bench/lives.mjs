// Whole lives of certificates a second, and where the time goes: for the clients by step, for the machine by program.
import os from 'node:os';
import path from 'node:path';
import { place, portal, samples } from '../lib/portal.mjs';
import { cpu, medianOf, paths, run, small, spent, table, verdict } from './lib.mjs';
import { fill, small as content } from './register.mjs';

const REGISTER = small ? 5000 : 20000;
const ROUNDS = small ? 1 : 3;
const SECONDS = small ? 15 : 20;
const CLIENTS = 12;
const [AIM, FLOOR] = [20, 8];

// One failed life makes the measurement void.
export async function live(seconds) {
	const file = paths('content', [JSON.stringify(await content())]);
	const r = await run('lives', portal, path.join(place, 'keys'), path.join(samples, 'good'), file, CLIENTS, seconds);
	if (r.failed > 0 || r.lives === 0) throw new Error(`${r.failed} lives did not come to their end, ${r.lives} did`);
	return r;
}

async function round(seconds) {
	const before = cpu();
	const r = await live(seconds);
	return { ...r, rate: r.lives / r.seconds, programs: { ...spent(before, cpu()), 'the clients': r.cpu } };
}

const share = (x, all) => `${(100 * x / all).toFixed(0)} %`;
const sum = (o) => Object.values(o).reduce((a, b) => a + b, 0);
const largest = (o) => Object.entries(o).sort((a, b) => b[1] - a[1]);

export async function measure() {
	await fill(REGISTER);
	await round(small ? 10 : 3);		// warm: each thread that draws has loaded its fonts
	const all = [];
	for (let i = 0; i < ROUNDS; i++) all.push(await round(SECONDS));

	const rate = medianOf(all, 'rate');
	const r = all.find((x) => x.rate === rate) ?? all[0];
	const used = sum(r.programs);
	table('lives', `Draft to issue: kept sessions, one item, three uploads (125 KiB), both signatures by a client in C, fee at the simulated gateway; `
		+ `${REGISTER.toLocaleString('en')} certificates in the register; ${CLIENTS} clients, ${ROUNDS} rounds of ${SECONDS} s, median. A life asks some 30 times.`,
	['what', 'is', 'target', ''], [
		['lives a second', rate.toFixed(1), `aim ${AIM}, floor ${FLOOR}`, `floor ${verdict(rate >= FLOOR)}, aim ${verdict(rate >= AIM)}`],
		['CPU a life', `${(1000 * used / r.lives).toFixed(0)} ms`, '', ''],
		['CPU in use', share(used, os.cpus().length * r.seconds), '', ''],
		['longest life', `${r.longest.toFixed(1)} s`, '', ''],
	]);
	table('lives: CPU by program', 'Of the median round; with the processes that a program made. The simulator of the gateway is part of the life.',
		['program', 'ms a life', 'share'], largest(r.programs).map(([name, s]) => [name, (1000 * s / r.lives).toFixed(1), share(s, used)]));
	table('lives: time by step', 'As the clients wait for it, with all others at work. In "order" and "pay" the courier and the gateway are waited for.',
		['step', 'ms a life', 'share'], Object.entries(r.steps).map(([name, s]) => [name, (1000 * s / r.lives).toFixed(0), share(s, sum(r.steps))]));
}
