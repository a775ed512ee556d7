// What the programs weigh under load, how soon they answer, how soon they end.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { place, portal } from '../lib/portal.mjs';
import { allRunning, kill, pause, standing } from '../lib/world.mjs';
import { load, median, paths, query, small, table, verdict } from './lib.mjs';
import { live } from './lives.mjs';
import { fill, somePaths } from './register.mjs';
import { knocking } from './signins.mjs';

const SIZE = 20000;
const SECONDS = small ? 10 : 20;
const ROUNDS = small ? 2 : 3;
const MIB = 1024;			// smaps counts in KiB
const BOUNDS = { login: 16 + 19, certificate: 64 };
const NAMES = ['login', 'application', 'payment', 'review', 'certificate', 'verify', 'inspect', 'courier'];
const WEB = NAMES.filter((n) => !['inspect', 'courier'].includes(n));

const pss = (pid) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) / MIB;

// The largest that was seen of each, while everything is at work.
async function weigh() {
	const most = Object.fromEntries(NAMES.map((n) => [n, 0]));
	const look = () => { for (const n of NAMES) most[n] = Math.max(most[n], pss(standing().get(n).pid)); };
	const watch = setInterval(look, 100);
	try {
		await Promise.all([
			live(SECONDS),
			load(paths('verify', somePaths(SIZE, 20000, '/api/verify/')), { seconds: SECONDS, rate: 300 }),
			knocking(SECONDS),
		]);
	} finally { clearInterval(watch); }
	return most;
}

const until = async (ready) => { while (!ready()) await pause(1); };
const gone = (pid) => { try { process.kill(pid, 0); return false; } catch { return true; } };
const ticksNow = () => Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000;
function began(pid) {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]) * 10;
}

// Nobody asks inspect and courier over HTTP: they say when they are ready.
const saidReady = (name) => readFileSync(path.join(place, `log/${name}.log`), 'utf8').split('ready program=').length;
async function there(name, said) {
	if (!WEB.includes(name)) return until(() => saidReady(name) > said);
	const r = await fetch(`${portal}/api/health/${name}`);
	if (r.status !== 200) throw new Error(`${name} answers ${r.status} after its start`);
}

// The socket is held by the supervisor: what is asked while nobody is there is answered by the next one.
async function replace(name) {
	const { pid } = standing().get(name);
	const said = WEB.includes(name) ? 0 : saidReady(name);
	const told = performance.now();
	kill(name, 'SIGTERM');
	await until(() => gone(pid));
	const ended = performance.now() - told;
	await there(name, said);
	const answered = ticksNow();
	await allRunning([name]);
	await until(() => standing().get(name).pid !== pid);
	return { ended, start: answered - began(standing().get(name).pid) };
}

// A request that the database holds back is in hand when the program is told to end.
async function replaceBusy() {
	const number = await query('SELECT number FROM certificate_issue LIMIT 1');
	const { pid } = standing().get('verify');
	const held = query('LOCK TABLES certificate_issue WRITE; SELECT SLEEP(0.6); UNLOCK TABLES');
	await pause(200);
	const asked = fetch(`${portal}/api/verify/${number}`);
	await pause(100);
	kill('verify', 'SIGTERM');
	const r = await asked;
	const answered = performance.now();
	await until(() => gone(pid));
	const ended = performance.now() - answered;
	await held;
	await allRunning(['verify']);
	return { status: r.status, ended };
}

export async function measure() {
	await fill(SIZE);
	const most = await weigh();
	const bound = (n) => BOUNDS[n] ?? 16;
	table('memory', `Proportional set size (PSS), the largest of looks 0.1 s apart in ${SECONDS} s in which 12 clients live lives, verify has 300 requests/s `
		+ 'and sign-ins flood. Of inspect without the process it makes for each file.', ['program', 'MiB', 'bound', ''],
	NAMES.map((n) => [n, most[n].toFixed(1), `≤ ${bound(n)}`, verdict(most[n] <= bound(n))]));

	const times = {};
	for (const n of NAMES) {
		times[n] = [];
		for (let i = 0; i < ROUNDS; i++) times[n].push(await replace(n));
	}
	const busy = [];
	for (let i = 0; i < ROUNDS; i++) busy.push(await replaceBusy());
	const good = busy.every((b) => b.status === 200);
	table('memory: start and end', `Medians of ${ROUNDS}. Start: from the fork to the first answer through nginx (the clock of the kernel has steps of 10 ms). `
		+ 'End: from SIGTERM to the end of an idle program.', ['program', 'start, ms', 'end, ms'],
	[...NAMES.map((n) => [n, median(times[n].map((t) => t.start)).toFixed(0), median(times[n].map((t) => t.ended)).toFixed(0)]),
		[`verify with a request in hand, which is ${good ? 'answered with 200' : `**answered with ${busy.map((b) => b.status)}**`}`, '',
			`${median(busy.map((b) => b.ended)).toFixed(0)} after the answer`]]);
	if (!good) throw new Error('a request in hand was lost');
}
