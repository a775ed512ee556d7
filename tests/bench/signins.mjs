// verify at half its peak while sign-ins flood: how much longer its answers take.  Beside it, in the same run,
// what the machine makes of any work in the background: a loop that only counts, as far behind as the hashes are.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { portal } from '../lib/portal.mjs';
import { standing } from '../lib/world.mjs';
import { cpu, load, median, medianOf, ms, note, paths, run, small, spent, table, threads, verdict } from './lib.mjs';
import { fill, somePaths } from './register.mjs';

const SIZE = 20000;
// Many short rounds: from one to the next this kind of machine changes more than a flood does.
const ROUNDS = small ? 2 : 25;
const SECONDS = small ? 4 : 3;
const CLIENTS = 16;

// Puts processes where the unit of login puts it (CPUWeight=idle), behind all other work of the machine.
function idleGroup() {
	const root = ['/sys/fs/cgroup/cpu', '/sys/fs/cgroup'].find((r) => existsSync(`${r}/cgroup.procs`));
	const group = `${root}/ecoo-bench`;
	if (root && !existsSync(group)) mkdirSync(group);
	if (!existsSync(`${group}/cpu.idle`)) {
		note('signins: this machine has no control groups for idle work: all stands beside all, which is not how units stand.');
		return () => {};
	}
	writeFileSync(`${group}/cpu.idle`, '1');
	return (pid) => writeFileSync(`${group}/cgroup.procs`, String(pid));
}

export const knocking = (seconds) => run('flood', portal, CLIENTS, seconds);

async function flooded(file, rate) {
	const before = cpu();
	const flood = knocking(SECONDS + 1);
	await new Promise((done) => setTimeout(done, 500));
	const r = await load(file, { seconds: SECONDS, rate });
	return { ...r, ...await flood, login: spent(before, cpu()).login };
}

async function beside(file, rate, behind) {
	const loop = spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' });
	behind(loop.pid);
	try {
		return await load(file, { seconds: SECONDS, rate });
	} finally { loop.kill('SIGKILL'); }
}

export async function measure() {
	const behind = idleGroup();
	behind(standing().get('login').pid);
	await fill(SIZE, true);
	const file = paths('verify', somePaths(SIZE, 20000, '/api/verify/'));
	const peaks = [];
	for (let i = 0; i < 3; i++) peaks.push(await load(file, { seconds: small ? 2 : 4 }));
	const half = Math.floor(medianOf(peaks, 'rate') / 2);
	const calm = [], loop = [], flood = [];
	for (let i = 0; i < ROUNDS; i++) {
		calm.push(await load(file, { seconds: SECONDS, rate: half }));
		loop.push(await beside(file, half, behind));
		flood.push(await flooded(file, half));
	}
	const ratios = (above, below) => above.map((r, i) => r.p95 / below[i].p95).sort((a, b) => a - b);
	const tries = median(flood.map((r) => Object.values(r.count).reduce((a, b) => a + b, 0)));
	const refused = flood.reduce((n, r) => n + (r.count[503] ?? 0), 0);
	const line = (name, list) => [name, medianOf(list, 'rate').toFixed(0), ms(medianOf(list, 'p50')), ms(medianOf(list, 'p95')), ms(medianOf(list, 'p99'))];
	table('signins', `verify at half its peak (${half} of ${(2 * half)} requests/s, evenly spaced, times from when a request was due), ${2 * threads} connections; `
		+ `${CLIENTS} clients try to sign in again and again, who is put off after 2 s: ${(tries / (SECONDS + 1)).toFixed(0)} tries/s, ${(medianOf(flood, 'login') / (SECONDS + 1) * 100).toFixed(0)} % `
		+ `of a core, ${refused} put off (503). ${ROUNDS} interleaved rounds of ${SECONDS} s, medians.`,
	['verify', 'requests/s', 'median ms', 'p95 ms', 'p99 ms'], [line('calm', calm), line('while a loop counts in the idle group', loop), line('while sign-ins flood', flood)]);
	const told = (name, above, below, target) => {
		const all = ratios(above, below);
		return [name, median(all).toFixed(2), `${all[0].toFixed(2)} to ${all.at(-1).toFixed(2)}`,
			...(target ? [`≤ ${target.toFixed(2)}`, verdict(median(all) <= target)] : ['', ''])];
	};
	table('signins: ratios', 'Of p95, the median of the ratios of each round, and from the least to the greatest of them. The unit of login puts it '
		+ 'behind all others: CPUWeight=idle.', ['ratio', 'is', 'single rounds', 'target', ''],
	[told('flooded / calm', flood, calm, 1.2), told('loop / calm', loop, calm), told('flooded / loop', flood, loop)]);
}
