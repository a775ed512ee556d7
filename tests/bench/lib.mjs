// What the parts of the bench share: the load, CPU time of processes, medians, the report.
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { place, portal } from '../lib/portal.mjs';
import { standing } from '../lib/world.mjs';

const started = promisify(execFile);
export const small = process.env.ECOO_BENCH_SCALE === 'small';
export const threads = Number(process.env.BENCH_THREADS ?? 8);
export const workers = Number(process.env.BENCH_WORKERS ?? 2);
const program = (name) => path.join(process.env.ECOO_BUILD, 'tests/bench', name);

export async function run(name, ...args) {
	const { stdout, stderr } = await started(program(name), args.map(String), { maxBuffer: 1 << 24 });
	if (stderr) console.error(stderr.trimEnd());
	return JSON.parse(stdout);
}

// SQL as root, without blocking what else goes on.
export function query(text) {
	return new Promise((done, fail) => {
		const child = execFile('mariadb', ['--no-defaults', `--socket=${process.env.ECOO_DB}`, '--batch', '--skip-column-names',
			'--default-character-set=utf8mb4', 'ecoo'], { maxBuffer: 1 << 24 },
		(error, out, err) => (error ? fail(new Error(err || error.message)) : done(out.trimEnd())));
		child.stdin.end(text);
	});
}

export function paths(name, lines) {
	const file = path.join(place, 'run', `bench-${name}`);
	writeFileSync(file, `${lines.join('\n')}\n`);
	return file;
}

// One run of the load generator; answers that are not 200 make the measurement void.
export async function load(file, { connections = 2 * threads, seconds, rate = 0, cookie = '' }) {
	const r = await run('load', new URL(portal).port, file, connections, seconds, rate, cookie);
	if (r.errors > 0 || r.answers === 0) throw new Error(`${file}: ${r.errors} of ${r.answers} answers were not 200`);
	return { ...r, rate: r.answers / r.seconds };
}

export function median(list) {
	const s = [...list].sort((a, b) => a - b);
	return s.length % 2 ? s[(s.length - 1) / 2] : (s[s.length / 2 - 1] + s[s.length / 2]) / 2;
}
export const medianOf = (list, name) => median(list.map((x) => x[name]));

// Seconds of CPU that each program has had, with all its processes.
const ticks = Number(execFileSync('getconf', ['CLK_TCK']));
function processes() {
	const all = [];
	for (const pid of readdirSync('/proc').filter((p) => /^\d+$/.test(p))) {
		try {
			const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
			const f = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
			// with what its ended children had, which inspect makes for each question
			all.push({ pid: Number(pid), parent: f[1], cpu: (f[11] + f[12] + f[13] + f[14]) / ticks });
		} catch { /* it ended */ }
	}
	return all;
}
export function cpu() {
	const all = processes();
	const of = {};
	for (const [name, { pid, state }] of standing())
		if (state === 'running') of[name] = all.filter((p) => p.pid === pid || p.parent === pid).reduce((n, p) => n + p.cpu, 0);
	return of;
}
export const spent = (before, after) => Object.fromEntries(Object.keys(after).map((k) => [k, after[k] - (before[k] ?? 0)]));

const first = (command, ...args) => { try { return execFileSync(command, args, { encoding: 'utf8' }).split('\n')[0].trim(); } catch { return '?'; } };
const version = (name) => first('dpkg-query', '-W', '-f', '${Version}', name);
const phpVersion = () => first('sh', '-c', 'ls /usr/sbin/php-fpm8.* | head -n 1');

export function conditions() {
	const php = path.basename(phpVersion()).replace('php-fpm', 'php');
	return [
		['date', new Date().toISOString().replace(/\..*/, 'Z')],
		['CPU', `${os.cpus()[0].model.trim()}, ${os.cpus().length} cores`],
		['memory', `${Math.round(os.totalmem() / 2 ** 30)} GiB`],
		['kernel', os.release()],
		['load average at the start', os.loadavg().map((x) => x.toFixed(2)).join(' ')],
		['versions', `MariaDB ${version('mariadb-server')}, nginx ${version('nginx')}, libfcgi ${version('libfcgi-dev')}, `
			+ `${php} ${version(`${php}-fpm`)}, ${first('gcc', '--version')}`],
		['programs', `plain build (-O2), ${threads} threads each, ${workers} nginx workers; buffer pool 256 MiB if nothing else is said; all on this machine, unix sockets and loopback`],
		['scale', small ? 'small: not for comparison' : 'full'],
	];
}

// Kept after each part: what was measured is not lost with what comes after it.
const report = { text: [], missed: 0 };
const file = path.join(place, 'bench.md');
const save = () => writeFileSync(file, `${report.text.join('\n').trim()}\n`);
function line(text = '') {
	report.text.push(text);
	console.log(text);
}
export function table(title, words, head, lines) {
	line(`\n### ${title}\n`);
	if (words) line(`${words}\n`);
	line(`| ${head.join(' | ')} |`);
	line(`|${head.map((h, i) => (i === 0 ? '---' : '--:')).join('|')}|`);
	for (const l of lines) line(`| ${l.join(' | ')} |`);
	save();
}
export function note(text) {
	line(`\n${text}`);
	save();
}

// verdict(x >= y): a word for the table. A target that is missed is no failure of the bench.
export function verdict(good) {
	report.missed += !good;
	return good ? 'met' : '**missed**';
}
// What a target asks for and could not be measured here: as good as missed.
export function leftOut(text) {
	report.missed++;
	note(text);
}
export function finish(failed) {
	note(report.missed > 0 ? `${report.missed} missed, or not measured.` : failed > 0 ? '' : 'All targets met.');
	console.log(`\n(also in ${file})`);
}
export const ms = (us) => (us / 1000).toFixed(2);
export const mib = (bytes) => (bytes / 2 ** 20).toFixed(1);
