// Several requests of one program die at once, each at a point of its own: one comes to rest at its point, then the next, and the
// program is killed while all of them still rest.  To start a program anew costs more than all that its requests do.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { until } from '../../lib/portal.mjs';
import { pause, standing } from '../../lib/world.mjs';
import { fault } from './lives.mjs';

const ABREAST = 6;		// fewer than a program has threads
const REST_MS = 2000;		// of modules/base/fault.c
const NANOSLEEP = { x64: '230', arm64: '115' }[process.arch];

const resting = (pid) => readdirSync(`/proc/${pid}/task`).filter((t) => {
	try { return readFileSync(`/proc/${pid}/task/${t}/syscall`, 'utf8').startsWith(`${NANOSLEEP} `); } catch { return false; }
}).length;

// Until so many threads rest: the last time when they did not yet, or 0 when ${end} came first.
async function atRest(pid, threads, end) {
	for (let last = Date.now(), now = last; ; last = now) {
		now = Date.now();
		if (resting(pid) >= threads) return last;
		if (now > end) return 0;
		await pause(10);
	}
}

export const successor = (name, pid) => until(() => standing().get(name), (p) => p.state === 'running' && p.pid !== pid);

// Send one after the other, until one does not come to rest in time; how many did, and all answers.
async function send(pid, batch) {
	const answers = [];
	let end = Date.now() + 30000, there = 0;
	while (answers.length < batch.length && there === answers.length) {
		const one = batch[there];
		answers.push(one.life.ask(one.s, fault(`${one.point} rest`), one.key));
		const seen = await atRest(pid, there + 1, end);
		if (there === 0) end = seen + REST_MS - 200;
		there += seen > 0;
	}
	process.kill(pid, 'SIGKILL');
	return { there: Date.now() < end + 200 ? there : 0, answers: await Promise.all(answers) };
}

// One death, of the first in the queue: { life, point, ... }.  Returned are those that died, with the ${s} and the ${key} that
// they were sent with; ${exact} where it was seen to be at the point.  Those where it was not are in the queue once more.
export async function die(program, queue) {
	const { pid } = await successor(program, 0), batch = queue.splice(0, ABREAST);
	await Promise.all(batch.map(async (one) => Object.assign(one, { s: one.s ?? await one.life.make(), key: one.key ?? randomUUID() })));
	const { there, answers } = await send(pid, batch);
	batch.slice(0, there).forEach((one, i) => assert.equal(answers[i].status, 502, `${one.life.what}, ${one.point}: it did not die`));
	queue.push(...batch.slice(answers.length), ...batch.slice(there, answers.length).map((one) => ({ ...one, s: undefined, key: undefined })));
	await successor(program, pid);
	return batch.slice(0, answers.length).map((one, i) => ({ ...one, exact: i < there }));
}

// Deaths until each has died at its point.
export async function dieAll(program, points, fell) {
	const queue = [...points];
	let kills = 0;
	for (; queue.length > 0; kills++) {
		assert.ok(kills < 2 * points.length, `${program}: they do not come to rest`);
		for (const one of await die(program, queue)) await fell(one);
	}
	return kills;
}
