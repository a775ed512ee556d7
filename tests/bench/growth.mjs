// Cost against growth: what people wait for, in a register of twenty thousand, two hundred thousand and two million.
import { execFileSync } from 'node:child_process';
import { place, signIn } from '../lib/portal.mjs';
import { leftOut, load, median, medianOf, ms, paths, query, small, table, verdict } from './lib.mjs';
import { POOLS, fill, issued, numberOf, somePaths, usePool } from './register.mjs';

const SIZES = small ? [2500, 10000, 50000] : [20000, 200000, 2000000];
const ROUNDS = small ? 2 : 3;
const SECONDS = 1;
const PATHS = 2000;
// Asks no database: says whether the machine itself was the same while the sizes were measured, one after the other.
const YARDSTICK = 'no database at all (yardstick)';
// Counts of what a firm has had, or of a day's work, grow with it: no target.
const COUNTS = [YARDSTICK, "officer's summary", "firm's summary"];
const NEEDED = 15 * 2 ** 30;
const PATIENCE = 420;			// seconds in which the largest register has to be made

// Of the demo's firm (1 of 100), and of the officer's offices.
function own(n, path) {
	const lines = [];
	while (lines.length < PATHS) {
		const i = 100 * (1 + Math.floor(Math.random() * (n / 100)));
		if (issued(i, n)) lines.push(path(i, n));
	}
	return lines;
}

async function questions(n) {
	const [filer, officer] = [(await signIn('filer@palarveni.example')).cookie, (await signIn('officer1@nce.example')).cookie];
	const waiting = (await query("SELECT id FROM application WHERE office_id IN (1, 2) AND state = 'submitted'")).split('\n');
	return [
		[YARDSTICK, '', ['/api/health/verify']],
		['verify', '', somePaths(n, PATHS, '/api/verify/')],
		["officer's queue", officer, ['/api/review/queue']],
		["officer's summary", officer, ['/api/review/summary']],
		['tray of approved', officer, ['/api/certificates/tray']],
		['applications of a firm', filer, ['/api/applications']],
		['the same, only open ones', filer, ['/api/applications?state=open']],
		["firm's summary", filer, ['/api/applications/summary']],
		['certificates of a firm', filer, ['/api/certificates']],
		['certificates of an office', officer, ['/api/certificates']],
		['open an application, as its firm', filer, own(n, (i) => `/api/applications/${i}`)],
		['open an application, as officer', officer, waiting.map((i) => `/api/review/applications/${i}`)],
		['open a certificate', filer, own(n, (i) => `/api/certificates/${numberOf(i, n).number}`)],
	];
}

// One client: what an answer costs, not what a crowd gets.
async function ask(n) {
	const of = {};
	const list = await questions(n);
	for (const [name, cookie, lines] of list)
		of[name] = { file: paths(`growth-${list.findIndex((q) => q[0] === name)}`, lines), cookie, times: [] };
	for (const q of Object.values(of)) await load(q.file, { connections: 1, seconds: 0.5, cookie: q.cookie });	// warm
	for (let i = 0; i < ROUNDS; i++)
		for (const q of Object.values(of)) q.times.push(await load(q.file, { connections: 1, seconds: SECONDS, cookie: q.cookie }));
	return Object.fromEntries(Object.entries(of).map(([name, q]) => [name, medianOf(q.times, 'p50')]));
}

const free = () => Number(execFileSync('df', ['-Pk', place], { encoding: 'utf8' }).split('\n')[1].split(/\s+/)[3]) * 1024;

// Asked with each pool: [{ question: median in us }], undefined where it is left out.
async function askWith(n, bytes) {
	const took = [];
	for (const pool of POOLS) took.push(await usePool(pool, bytes) ? await ask(n) : undefined);
	return took;
}

function tell(pool, sizes, made, took) {
	const kept = sizes.map((n, i) => i).filter((i) => took[i][pool]);
	const of = kept.map((i) => took[i][pool]);
	const ratio = (name) => of.at(-1)[name] / of[0][name];
	table(`growth: ${POOLS[pool].words}`, `Median of an answer in ms to one client, ${ROUNDS} rounds of ${SECONDS} s. `
		+ kept.map((i) => `${sizes[i].toLocaleString('en')}: made in ${Math.round(made[i].seconds)} s, ${(made[i].bytes / 2 ** 30).toFixed(1)} GiB`).join('; ')
		+ '. Desks do not grow with the register (120 applications at work in each office); a firm\'s history does (1 of 100).',
	['what', ...kept.map((i) => sizes[i].toLocaleString('en')), 'ratio', 'target', ''],
	Object.keys(of[0]).map((name) => [name, ...of.map((t) => ms(t[name])), ratio(name).toFixed(2),
		...(COUNTS.includes(name) ? ['', ''] : ['≤ 1.2', verdict(kept.length > 1 && ratio(name) <= 1.2)])]));
}

export async function measure() {
	const sizes = [], made = [], took = [];
	for (const n of SIZES) {
		const why = n < 1e6 ? '' : free() < NEEDED ? `${Math.round(free() / 2 ** 30)} GiB are free below ${place}, 15 are needed`
			: made.at(-1).seconds * n / sizes.at(-1) > PATIENCE ? `this machine would make them in more than ${PATIENCE} s` : '';
		if (why) {
			leftOut(`growth: ${n.toLocaleString('en')} certificates are left out: ${why}.`);
			continue;
		}
		sizes.push(n);
		made.push(await fill(n));
		took.push(await askWith(n, made.at(-1).bytes));
	}
	for (const pool of POOLS.keys()) tell(pool, sizes, made, took);
}
