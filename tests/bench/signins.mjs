// verify at half its peak while sign-ins flood: how much longer its answers take.
import { randomBytes } from 'node:crypto';
import { portal } from '../lib/portal.mjs';
import { cpu, load, median, medianOf, ms, paths, small, spent, table, threads, verdict } from './lib.mjs';
import { fill, somePaths } from './register.mjs';

const SIZE = 20000;
const ROUNDS = small ? 2 : 5;
const SECONDS = small ? 4 : 8;
const AT_ONCE = 8;

// Every address is another one and nobody's: each try costs a whole hash, and none is put off.
async function knock(until, count) {
	while (Date.now() < until) {
		const r = await fetch(`${portal}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
			body: JSON.stringify({ email: `${randomBytes(6).toString('hex')}@bench.example`, password: 'no password at all' }) });
		await r.arrayBuffer();
		count[r.status] = (count[r.status] ?? 0) + 1;
	}
}

export async function knocking(seconds) {
	const count = {};
	const until = Date.now() + seconds * 1000;
	await Promise.all(Array.from({ length: AT_ONCE }, () => knock(until, count)));
	return count;
}

async function flooded(file, rate) {
	const before = cpu();
	const flood = knocking(SECONDS + 1);
	await new Promise((done) => setTimeout(done, 500));
	const r = await load(file, { seconds: SECONDS, rate });
	const count = await flood;
	return { ...r, count, login: spent(before, cpu()).login };
}

export async function measure() {
	await fill(SIZE, true);
	const file = paths('verify', somePaths(SIZE, 20000, '/api/verify/'));
	const peaks = [];
	for (let i = 0; i < 3; i++) peaks.push(await load(file, { seconds: small ? 2 : 4 }));
	const half = Math.floor(medianOf(peaks, 'rate') / 2);
	const calm = [], flood = [];
	for (let i = 0; i < ROUNDS; i++) {
		calm.push(await load(file, { seconds: SECONDS, rate: half }));
		flood.push(await flooded(file, half));
	}
	const ratio = median(flood.map((r, i) => r.p95 / calm[i].p95));
	const tries = median(flood.map((r) => Object.values(r.count).reduce((a, b) => a + b, 0)));
	const refused = flood.reduce((n, r) => n + (r.count[503] ?? 0), 0);
	const line = (name, list) => [name, medianOf(list, 'rate').toFixed(0), ms(medianOf(list, 'p50')), ms(medianOf(list, 'p95')), ms(medianOf(list, 'p99'))];
	table('signins', `verify at half its peak (${half} of ${(2 * half)} requests/s, evenly spaced, times from when a request was due), ${2 * threads} connections; `
		+ `${AT_ONCE} clients try to sign in without a pause: ${(tries / (SECONDS + 1)).toFixed(0)} tries/s, ${(medianOf(flood, 'login') / (SECONDS + 1) * 100).toFixed(0)} % `
		+ `of a core, ${refused} put off (503). ${ROUNDS} interleaved rounds of ${SECONDS} s, medians.`,
	['verify', 'requests/s', 'median ms', 'p95 ms', 'p99 ms'], [line('calm', calm), line('while sign-ins flood', flood)]);
	table('signins: ratio', '', ['ratio', 'is', 'target', ''],
		[['p95 of verify, flooded / calm', ratio.toFixed(2), '≤ 1.20', verdict(ratio <= 1.2)]]);
}
