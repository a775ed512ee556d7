// Successors: of a program, of its file, of nginx.
import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, existsSync, linkSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { place } from '../../lib/portal.mjs';
import { pause, standing } from '../../lib/world.mjs';
import { world } from './client.mjs';

export const pids = (names) => new Map(names.map((p) => [p, standing().get(p).pid]));
export const told = (pid, signal) => process.kill(pid, signal);
export const supervisor = () => Number(readFileSync(path.join(place, 'run/supervise.pid'), 'utf8'));

async function comes(what, is, seconds) {
	for (let i = 0; i < seconds * 20 && !world.over; i++) {
		if (is()) return;
		await pause(50);
	}
	assert.ok(world.over || is(), what);
}

const lives = (pid) => existsSync(`/proc/${pid}`);
const fileOf = (p) => path.join(place, 'prog/libexec/ecoo', p);
const runsFile = (pid, p) => statSync(`/proc/${pid}/exe`).ino === statSync(fileOf(p)).ino;

// Each has a successor, of the file that is there now, and is gone itself.
export async function replaced(before, seconds = 60) {
	const fresh = () => {
		const now = standing();		// read once: between two reads the old one may end
		return [...before].every(([p, pid]) => now.get(p).state === 'running' && now.get(p).pid !== pid);
	};
	await comes('no successor came', fresh, seconds);
	for (const [p, pid] of before) {
		if (world.over) return;
		assert.ok(!lives(pid), `${p}: its predecessor lives`);
		// It is still supervise for a moment, until it has become the program.
		await comes(`${p}: the successor is another program than the one that is installed`, () => runsFile(standing().get(p).pid, p), 10);
	}
}

// Another build of a program takes the place of its file, as an installation does; the first file stays aside.  Returned is what
// makes sure that the program itself runs on, as it was.
export function install(p) {
	const file = fileOf(p), { pid } = standing().get(p);
	if (!existsSync(`${file}.first`)) linkSync(file, `${file}.first`);
	copyFileSync(`${file}.first`, `${file}.new`);
	appendFileSync(`${file}.new`, `another build, ${Date.now()}\n`);
	renameSync(`${file}.new`, file);
	return () => {
		assert.equal(standing().get(p).pid, pid, `${p} was replaced before anybody said so`);
		assert.ok(!runsFile(pid, p), `${p}: its file is still the same`);
	};
}

export function putBack(names) {
	for (const p of names)
		if (existsSync(`${fileOf(p)}.first`)) renameSync(`${fileOf(p)}.first`, fileOf(p));
}

// The workers of nginx, by what /proc says.
const workers = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

// A reload: other workers, and the old ones end when they have answered.
export async function reload() {
	const { pid } = standing().get('nginx'), before = workers(pid);
	assert.ok(before.length > 0);
	world.reload = Date.now();
	told(pid, 'SIGHUP');
	await comes('the workers of nginx stay', () => { const now = workers(pid); return now.length > 0 && now.every((w) => !before.includes(w)); }, 30);
	await pause(200);
	world.reload = 0;
	assert.equal(standing().get('nginx').pid, pid);
}
