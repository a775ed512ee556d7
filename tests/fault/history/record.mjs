// The history: every act of everybody, with what was asked, when, and what came back.
//
// An act is one intention under one name (its marker and, where the address takes one, its
// Idempotency-Key).  It consists of tries: several at once, or again after an answer that leaves it
// open, as the website does.  A line is { proc, id, op, args, t_invoke, t_return, type, tries }; type is
//
//	ok	it was said to have happened
//	fail	it was refused: it has not happened and never will
//	info	nobody knows: no answer, a time-out, 502, 503, 504
//
// Who asks loses his patience at last; what he asked stays open until it is answered, or its connection closed.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pause } from '../../lib/world.mjs';

export const PATIENCE_MS = 45000;		// longer than any deadline of the portal
const now = () => performance.now();

// 503 with the switch of the operator is not used here: every 503 may be a lost COMMIT.
export const judge = (status) => status === 0 || [502, 503, 504].includes(status) ? 'info' :
	status < 400 ? 'ok' : 'fail';

// ok if anything was, else open if anything was.
export const together = (types) => ['ok', 'info', 'fail'].find((t) => types.includes(t));

// What fetch gives up by itself, minutes later than who asked: that is no end of it either.
const GIVEN_UP = /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/;

const wait = (ms) => new Promise((done) => setTimeout(done, ms, { status: 0, lost: 'no answer' }).unref());

// The program's own name of the request, by which the audit knows it; nginx's, in a 502, is another.
const answered = (r) => ({ status: r.status, request: r.headers?.get('x-request-id') ?? null, body: r.json, lost: r.lost,
	bytes: r.bytes, headers: r.headers });

export class History {
	constructor(file, rng) {
		this.lines = [];
		this.next = 1;
		this.began = now();
		this.out = createWriteStream(file);
		this.rng = rng;
		this.open = new Set();		// { op, id, args, t_invoke } of each request that has not ended
	}

	time() { return now() - this.began; }
	name() { return this.next++; }

	// One request of an act, whatever becomes of it.
	async attempt({ op, id, args }, ask) {
		const one = { op, id, args, t_invoke: this.time() };
		this.open.add(one);
		const asked = ask().catch((e) => ({ status: 0, lost: String(e.cause?.code ?? e.message) }));
		asked.then(({ lost }) => GIVEN_UP.test(lost) || this.open.delete(one));
		const a = answered(await Promise.race([asked, wait(PATIENCE_MS)]));
		return { t_invoke: one.t_invoke, t_return: this.time(), type: judge(a.status), ...a };
	}

	// act(proc, op, args, ask, how): ask(key) makes one request.  how: { id } if the act was named
	// before, { keyed } for one under an Idempotency-Key, { copies } at once, { again } tries after info.
	async act(proc, op, args, ask, { id = this.name(), keyed = false, copies = 1, again = 0 } = {}) {
		const key = keyed ? randomUUID() : null;
		const t_invoke = this.time();
		const tries = await Promise.all(Array.from({ length: copies }, () => this.attempt({ op, id, args }, () => ask(key))));
		for (let i = 0; i < again && together(tries.map((t) => t.type)) === 'info'; i++) {
			await pause(150 + 250 * i);
			tries.push(await this.attempt({ op, id, args }, () => ask(key)));
		}
		const line = { proc, id, op, args, key, t_invoke, t_return: this.time(), type: together(tries.map((t) => t.type)), tries };
		this.lines.push(line);
		this.write(line);
		// Once more, later: the same key has to give the same answer.
		if (keyed && line.type === 'ok' && this.rng.chance(0.15)) await this.repeat(line, ask);
		return line;
	}

	async repeat(line, ask) {
		const t = await this.attempt(line, () => ask(line.key));
		t.repeated = true;
		line.tries.push(t);
	}

	write({ tries, ...line }) {
		const short = tries.map(({ body, bytes, headers, ...t }) => ({ ...t, body: JSON.stringify(body)?.slice(0, 200) }));
		this.out.write(`${JSON.stringify({ ...line, tries: short })}\n`);
	}

	of(...ops) { return this.lines.filter((l) => ops.includes(l.op)); }
	close() { return new Promise((done) => this.out.end(done)); }
}

// The answer that counts: the first that was ok, else the first.
export const answer = (line) => line.tries.find((t) => t.type === 'ok') ?? line.tries[0];
