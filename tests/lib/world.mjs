// The world that ./ecoo runs, from behind: its database as root, its processes, and their end.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { place } from './portal.mjs';

// True in ./ecoo test full: the long version of what has one.
export const full = process.env.ECOO_FULL === 'yes';

// SQL as root; many statements at once are one process.
export const sql = (text) => execFileSync('mariadb', ['--no-defaults', `--socket=${process.env.ECOO_DB}`, '--batch',
	'--skip-column-names', '--default-character-set=utf8mb4', 'ecoo'], { input: text, encoding: 'utf8',
	stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28 }).replace(/\n$/, '');
export const rows = (text) => sql(text).split('\n').filter(Boolean).map((l) => l.split('\t'));
export const number = (text) => Number(sql(text));

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// The end of applications that a test made by hand: other tests find none of them in their way.
export const withdraw = (ids) => sql(`UPDATE application SET state = 'withdrawn', submitted_at = NULL WHERE id IN (${ids.join(',') || 0})`);

// What the supervisor says of each program: { state, pid, deaths }.
export const standing = () => new Map(readFileSync(path.join(place, 'run/status'), 'utf8').split('\n').filter(Boolean)
	.map((l) => l.split(' ')).map(([name, state, pid, , deaths]) => [name, { state, pid: Number(pid), deaths: Number(deaths) }]));

// kill(name): false if it was not running.
export function kill(name, signal = 'SIGKILL') {
	const { state, pid } = standing().get(name);
	if (state !== 'running') return false;
	try { process.kill(pid, signal); } catch { return false; }
	return true;
}

// Until all of these run again; bounded.
export async function allRunning(names, seconds = 20) {
	const down = () => names.filter((p) => standing().get(p).state !== 'running');
	let left = down();
	for (let i = 0; i < seconds * 5 && left.length > 0; i++) {
		await pause(200);
		left = down();
	}
	assert.deepEqual(left, [], 'not running');
}

// Again until something answers that is not "try again", as the website does: with the same key.
export async function insist(ask, seconds = 30) {
	for (let i = 0; i < seconds * 5; i++) {
		try {
			const r = await ask();
			if (r.status < 500 && r.status !== 409) return r;
		} catch { /* cut off */ }
		await pause(200);
	}
	assert.fail(`no answer within ${seconds} s`);
}
