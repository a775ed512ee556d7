// GET /api/verify/{number} against a bare FastCGI loop and against PHP-FPM, both with the same SELECT: with the register
// in memory, where programs are compared, and with a pool of 256 MiB, where all of them wait for the same disk.
import { cpu, load, median, medianOf, ms, paths, small, spent, table, threads, verdict, workers } from './lib.mjs';
import { POOLS, fill, somePaths, usePool } from './register.mjs';

const SIZE = small ? 20000 : 1000000;
const ROUNDS = small ? 3 : 7;
const SECONDS = small ? 2 : 4;
const PATHS = 100000;
// PDO asks with a prepared statement, as all others here, or as it comes: it puts the values into the text itself.
const RIVALS = [
	{ name: 'verify', head: '/api/verify/', words: '`verify`' },
	{ name: 'bare', head: '/bench/bare/', words: 'bare FastCGI loop', target: 0.85 },
	{ name: 'php', head: '/bench/php/', words: 'PHP-FPM, PDO', target: 2 },
	{ name: 'emulated', head: '/bench/php-emulated/', words: 'PHP-FPM, PDO as it comes (emulated)', program: 'php' },
];

// The share of the CPU that the load itself took says how much of a ratio it has levelled.
async function round(file, program) {
	const before = cpu();
	const r = await load(file, { seconds: SECONDS });
	const had = spent(before, cpu());
	return { ...r, own: had[program], database: had.mariadb, nginx: had.nginx };
}

// All rounds of each rival, interleaved.
async function race(files) {
	const all = Object.fromEntries(RIVALS.map(({ name }) => [name, []]));
	for (const { name } of RIVALS) await load(files[name], { seconds: 1 });		// warm
	for (let i = 0; i < ROUNDS; i++)
		for (const { name, program } of RIVALS) all[name].push(await round(files[name], program ?? name));
	return all;
}

function tell(pool, made, all) {
	const each = (name, what) => `${(1e6 * median(all[name].map((r) => r[what] / r.answers))).toFixed(0)} µs`;
	table(`verify: ${pool.words}`, `${SIZE.toLocaleString('en')} certificates in the register (made in ${Math.round(made.seconds)} s, ${Math.round(made.bytes / 2 ** 20)} MiB), `
		+ `random numbers; ${2 * threads} clients, ${threads} threads each, ${workers} nginx workers; ${ROUNDS} interleaved rounds of ${SECONDS} s, medians. `
		+ 'CPU is per request.', ['what', 'requests/s', 'median ms', 'p95 ms', 'p99 ms', 'own CPU', 'MariaDB CPU', 'nginx CPU', 'load CPU'],
	RIVALS.map(({ name, words }) => [words, medianOf(all[name], 'rate').toFixed(0), ...['p50', 'p95', 'p99'].map((p) => ms(medianOf(all[name], p))),
		...['own', 'database', 'nginx', 'cpu'].map((what) => each(name, what))]));
	const ratio = (name) => median(all.verify.map((r, i) => r.rate / all[name][i].rate));
	table(`verify: ratios, ${pool.words}`, 'Medians of the ratios of neighbouring rounds.', ['ratio', 'is', 'target', ''],
		RIVALS.slice(1).map(({ name, words, target }) => [`\`verify\` / ${words}`, ratio(name).toFixed(2),
			...(target ? [`≥ ${target}`, verdict(ratio(name) >= target)] : ['', ''])]));
}

export async function measure() {
	const made = await fill(SIZE, true);
	const files = Object.fromEntries(RIVALS.map(({ name, head }) => [name, paths(name, somePaths(SIZE, PATHS, head))]));
	for (const pool of POOLS)
		if (await usePool(pool, made.bytes)) tell(pool, made, await race(files));
}
