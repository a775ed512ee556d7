// Who makes things go wrong, by the seed: kills, stops, cuts, refusals, a full disk, bad clients.
// Every fault heals by itself or is healed here; supervise, which starts the dead again, is spared.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { Person, portal } from '../../lib/portal.mjs';
import { kill, number, pause, sql, standing } from '../../lib/world.mjs';
import { gatewayKey } from './public.mjs';

const VICTIMS = { certificate: 5, application: 4, review: 4, payment: 4, verify: 2, login: 1, paysim: 2, courier: 2, inspect: 2,
	nginx: 1, worker: 1, mariadb: 1 };
const STRIKES = { kill: 56, stop: 6, cut: 24, refuse: 5, fill: 3, gateway: 3, clients: 3 };
const CUTS = ['before', 'after', 'amid'];
const STOPPED = ['certificate', 'application', 'review', 'payment', 'verify', 'paysim', 'courier', 'inspect', 'mariadb'];
// Tables into which a share of the rows is refused; RAND() decides, so that a repetition may succeed.
const REFUSING = ['audit', 'application_event', 'decision', 'ledger_entry', 'receipt', 'certificate_issue', 'certificate_status',
	'idempotency', 'document', 'job'];
const GATEWAY = [{ duplicate_notices: 2 }, { delay_notices_ms: 1500 }, { refuse_orders: 3 }, { lose_orders: 2 }];

// What a courier that was killed had in hand would rest for a minute: the test has not the time.
export const hurry = () => sql(`UPDATE job SET lease_until = UTC_TIMESTAMP(3) WHERE state = 'leased';
	UPDATE job SET not_before = UTC_TIMESTAMP(3) WHERE state = 'ready' AND kind LIKE 'gateway%';
	UPDATE ecoo_paysim.sim_notice SET not_before = UTC_TIMESTAMP(3) WHERE done_at IS NULL AND tries > 0;`);

// One card for each kind of fault.  A round with kills enough for them is dealt these first, shuffled, and
// draws by weight from then on: chance alone left out one kind or another in most rounds.  A shorter round
// (seeded-bugs.sh) draws by weight alone, and nobody asks it what struck: the cards are mostly kills, and
// would leave it with one cut at COMMIT instead of three or four, which is what most bugs need.
const DECK = [...Object.keys(VICTIMS).map((name) => ['kill', name]), ...CUTS.map((mode) => ['cut', mode]),
	['stop'], ['refuse', REFUSING], ['fill'], ['gateway'], ['clients']];
const TRIES = 12;	// of a card whose victim is down just now, or that nobody met
export const dealt = (kills) => kills >= Object.keys(VICTIMS).length;

// What /proc says of a process, '' of none: R S D run, T was stopped, Z is dead.
function standingOf(pid) {
	try { return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()[0]; } catch { return ''; }
}
const isDead = (pid) => ['', 'Z', 'X'].includes(standingOf(pid));

// A program's first child: nginx's worker.
function childOf(name) {
	const { pid } = standing().get(name);
	try { return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]); } catch { return 0; }
}

// True as soon as it is so; bounded.
async function comesTrue(isSo, ms) {
	for (const end = Date.now() + ms; !isSo() && Date.now() < end;) await pause(20);
	return isSo();
}

const refusing = (table) => `CREATE OR REPLACE TRIGGER refusing_${table} BEFORE INSERT ON ${table} FOR EACH ROW BEGIN
	IF RAND() < 0.3 THEN DO NEXTVAL(refusals); SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused on purpose'; END IF; END$$\n`;
const accepting = (table) => `DROP TRIGGER IF EXISTS refusing_${table};`;
const ACCEPTING = `${REFUSING.map(accepting).join('')} DROP SEQUENCE IF EXISTS refusals`;
const refusals = () => number('SELECT next_not_cached_value FROM refusals');

// Of a run that ends before its time.
export function acceptAll() {
	try { sql(`SET SESSION lock_wait_timeout = 2; ${ACCEPTING}`); } catch { /* the database is down */ }
}

// Each kind of fault says whether it really struck: the process is gone, the link was cut, a row was refused,
// somebody found the disk full.  What did not is not counted, and its card comes again.
export class Nemesis {
	constructor(place, history, rng, kills) {
		const deck = dealt(kills) ? rng.shuffled(DECK.filter(([what]) => what !== 'fill' || place.small)) : [];
		Object.assign(this, { place, history, rng, deck: deck.map((card) => ({ card, tries: TRIES })), kills: 0, kinds: {}, open: [] });
	}

	count(kind) { this.kinds[kind] = (this.kinds[kind] ?? 0) + 1; }

	async strike() {
		const next = this.deck.shift();
		const [what, whom] = next?.card ?? [this.rng.weighted(STRIKES)];
		if (!await this[what](whom) && next && --next.tries > 0) this.deck.push(next);
	}

	async kill(name = this.rng.weighted(VICTIMS)) {
		const { state, pid: own } = standing().get(name) ?? { state: 'running', pid: childOf('nginx') };
		if (state !== 'running' || !(own > 1) || isDead(own)) return false;
		try { process.kill(own, 'SIGKILL'); } catch { return false; }
		if (!await comesTrue(() => isDead(own), 3000)) return false;
		this.kills++;
		this.count(`kill ${name}`);
		if (name === 'courier') await pause(300).then(hurry).catch(() => {});
		return true;
	}

	async stop() {
		const name = this.rng.one(STOPPED), { pid } = standing().get(name);
		if (!kill(name, 'SIGSTOP')) return false;
		const stopped = await comesTrue(() => standingOf(pid) === 'T', 1000);
		await pause(this.rng.between(300, 2000));
		kill(name, 'SIGCONT');
		if (stopped) this.count('stop');
		return stopped;
	}

	async cut(mode = this.rng.one(CUTS)) {
		const before = this.place.cuts[mode] ?? 0;
		this.place.cut(mode, 1 + this.rng.below(3));
		return comesTrue(() => (this.place.cuts[mode] ?? 0) > before, 1000);	// the place counts them
	}

	// A sequence counts what was refused: it is not rolled back.
	async refuse(tables = this.rng.shuffled(REFUSING).slice(0, 3)) {
		let before;
		try {
			sql(`SET SESSION lock_wait_timeout = 2; CREATE SEQUENCE IF NOT EXISTS refusals NOCACHE;
				DELIMITER $$\n${tables.map(refusing).join('')}`);
			before = refusals();
		} catch { /* the database is down */ }
		await pause(this.rng.between(500, 1500));
		await this.settled(tables.map(accepting).join(''));
		if (before === undefined || refusals() === before) return false;
		this.count('refuse');
		return true;
	}

	async settled(statement) {
		for (let i = 0; i < 60; i++) {
			try { return sql(`SET SESSION lock_wait_timeout = 2; ${statement}`); } catch { await pause(300); }
		}
		throw new Error(`refused still: ${statement}`);
	}

	// 507: there was no room for somebody's document or certificate.
	async fill() {
		const began = this.history.time();
		this.place.fill();
		await pause(this.rng.between(500, 1500));
		this.place.empty();
		const met = this.history.lines.some((l) => l.tries.some((t) => t.status === 507 && t.t_return > began));
		if (met) this.count('full disk');
		return met;
	}

	async gateway() {
		const set = (body) => new Person().ask('POST', '/paysim/faults', body, { authorization: gatewayKey }).catch(() => ({}));
		const { status } = await set(this.rng.one(GATEWAY));
		await pause(this.rng.between(500, 2000));
		await set({});
		if (status !== 200) return false;
		this.count('gateway');
		return true;
	}

	// Half a head, half a body, an answer that nobody reads; each left open for a while.
	async clients() {
		const { hostname, port } = new URL(portal);
		const halves = ['POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Le',
			'POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{"email',
			'GET /api/verify/NP-NCE-26-0000001-F HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(50)];
		const came = Array.from({ length: 12 }, (_, i) => new Promise((done) => {
			const c = net.connect({ host: hostname, port, allowHalfOpen: true }, () => c.write(halves[i % 3], () => done(true)));
			c.on('error', () => done(false));
			c.pause();
			this.open.push(c);
			setTimeout(() => done(c.destroy() && false), this.rng.between(500, 6000)).unref();
		}));
		if (!(await Promise.all(came)).every(Boolean)) return false;
		this.count('bad clients');
		return true;
	}

	// Everything that may still be wrong is put right.
	async heal() {
		for (const name of STOPPED) kill(name, 'SIGCONT');
		for (const mode of CUTS) this.place.cut(mode, 0);
		this.place.empty();
		await pause(1000);		// who was killed last is seen to be dead
		await this.place.healthy();
		await this.settled(ACCEPTING);
		await new Person().ask('POST', '/paysim/faults', {}, { authorization: gatewayKey });
	}
}
