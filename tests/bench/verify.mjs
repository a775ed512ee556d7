// GET /api/verify/{number} against a bare FastCGI loop and against PHP-FPM, both with the same SELECT.
import { cpu, load, median, medianOf, ms, paths, small, spent, table, threads, verdict, workers } from './lib.mjs';
import { fill, somePaths } from './register.mjs';

const SIZE = small ? 20000 : 1000000;
const ROUNDS = small ? 3 : 7;
const SECONDS = small ? 2 : 4;
const PATHS = 100000;
const RIVALS = [['verify', '/api/verify/'], ['bare', '/bench/bare/'], ['php', '/bench/php/']];
const WORDS = { verify: '`verify`', bare: 'bare FastCGI loop', php: 'PHP-FPM, PDO' };

// The share of the CPU that the load itself took says how much of a ratio it has levelled.
async function round(file, name) {
	const before = cpu();
	const r = await load(file, { seconds: SECONDS });
	const had = spent(before, cpu());
	return { ...r, own: had[name], database: had.mariadb, nginx: had.nginx };
}

export async function measure() {
	const made = await fill(SIZE, true);
	const file = Object.fromEntries(RIVALS.map(([name, head]) => [name, paths(name, somePaths(SIZE, PATHS, head))]));
	const all = { verify: [], bare: [], php: [] };
	for (const [name] of RIVALS) await load(file[name], { seconds: 1 });		// warm
	for (let i = 0; i < ROUNDS; i++)
		for (const [name] of RIVALS) all[name].push(await round(file[name], name));

	const ratio = (other) => median(all.verify.map((r, i) => r.rate / all[other][i].rate));
	const each = (name, what) => `${(1e6 * median(all[name].map((r) => r[what] / r.answers))).toFixed(0)} µs`;
	table('verify', `${SIZE.toLocaleString('en')} certificates in the register (made in ${Math.round(made.seconds)} s, ${Math.round(made.bytes / 2 ** 20)} MiB), `
		+ `random numbers; ${2 * threads} clients, ${threads} threads each, ${workers} nginx workers; ${ROUNDS} interleaved rounds of ${SECONDS} s, medians. `
		+ 'CPU is per request.', ['what', 'requests/s', 'median ms', 'p95 ms', 'p99 ms', 'own CPU', 'MariaDB CPU', 'nginx CPU', 'load CPU'],
	RIVALS.map(([name]) => [WORDS[name], medianOf(all[name], 'rate').toFixed(0), ms(medianOf(all[name], 'p50')), ms(medianOf(all[name], 'p95')),
		ms(medianOf(all[name], 'p99')), each(name, 'own'), each(name, 'database'), each(name, 'nginx'), each(name, 'cpu')]));
	table('verify: ratios', 'Medians of the ratios of neighbouring rounds.', ['ratio', 'is', 'target', ''], [
		['`verify` / bare', ratio('bare').toFixed(3), '≥ 0.85', verdict(ratio('bare') >= 0.85)],
		['`verify` / PHP-FPM', ratio('php').toFixed(2), '≥ 2', verdict(ratio('php') >= 2)],
	]);
}
