// Who makes things go wrong, by the seed: kills, stops, cuts, refusals, a full disk, bad clients.
// Every fault heals by itself or is healed here; supervise, which starts the dead again, is spared.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { Person, portal } from '../../lib/portal.mjs';
import { kill, pause, sql, standing } from '../../lib/world.mjs';
import { gatewayKey } from './public.mjs';

const VICTIMS = { certificate: 5, application: 4, review: 4, payment: 4, verify: 2, login: 1, paysim: 2, courier: 2, inspect: 2,
	nginx: 1, worker: 1, mariadb: 1 };
const STOPPED = ['certificate', 'application', 'review', 'payment', 'verify', 'paysim', 'courier', 'inspect', 'mariadb'];
// Tables into which a share of the rows is refused; RAND() decides, so that a repetition may succeed.
const REFUSING = ['audit', 'application_event', 'decision', 'ledger_entry', 'receipt', 'certificate_issue', 'certificate_status',
	'idempotency', 'document', 'job'];
const GATEWAY = [{ duplicate_notices: 2 }, { delay_notices_ms: 1500 }, { refuse_orders: 3 }, { lose_orders: 2 }];

// What a courier that was killed had in hand would rest for a minute: the test has not the time.
export const hurry = () => sql(`UPDATE job SET lease_until = UTC_TIMESTAMP(3) WHERE state = 'leased';
	UPDATE job SET not_before = UTC_TIMESTAMP(3) WHERE state = 'ready' AND kind LIKE 'gateway%';
	UPDATE ecoo_paysim.sim_notice SET not_before = UTC_TIMESTAMP(3) WHERE done_at IS NULL AND tries > 0;`);

// A program's first child: nginx's worker, by what /proc says.
function childOf(name) {
	const { pid } = standing().get(name);
	try { return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]); } catch { return 0; }
}

export class Nemesis {
	constructor(place, rng, log) { Object.assign(this, { place, rng, log, kills: 0, kinds: {}, open: [] }); }

	count(kind) { this.kinds[kind] = (this.kinds[kind] ?? 0) + 1; }

	async strike() {
		const what = this.rng.weighted({ kill: 56, stop: 6, cut: 24, refuse: 5, fill: 3, gateway: 3, clients: 3 });
		await this[what]();
	}

	async kill() {
		const name = this.rng.weighted(VICTIMS);
		const child = name === 'worker' ? childOf('nginx') : 0;
		if (child) process.kill(child, 'SIGKILL');
		else if (name === 'worker' || !kill(name)) return;
		this.kills++;
		this.count(`kill ${name}`);
		if (name === 'courier') await pause(300).then(hurry).catch(() => {});
	}

	async stop() {
		const name = this.rng.one(STOPPED);
		if (!kill(name, 'SIGSTOP')) return;
		this.count('stop');
		await pause(this.rng.between(300, 2000));
		kill(name, 'SIGCONT');
	}

	cut() {
		const mode = this.rng.one(['before', 'after', 'amid']);
		this.place.cut(mode, 1 + this.rng.below(3));
	}

	async refuse() {
		const table = this.rng.one(REFUSING);
		const trigger = `CREATE OR REPLACE TRIGGER refusing_${table} BEFORE INSERT ON ${table} FOR EACH ROW
			BEGIN IF RAND() < 0.4 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused on purpose'; END IF; END`;
		try { sql(`SET SESSION lock_wait_timeout = 2; DELIMITER $$\n${trigger}$$\n`); } catch { return; }
		this.count('refuse');
		await pause(this.rng.between(500, 1500));
		await this.accept(table);
	}

	async accept(table) {
		for (let i = 0; i < 60; i++) {
			try { return sql(`SET SESSION lock_wait_timeout = 2; DROP TRIGGER IF EXISTS refusing_${table}`); } catch { await pause(300); }
		}
		throw new Error(`the trigger on ${table} stays`);
	}

	async fill() {
		if (!this.place.small) return;
		this.count('full disk');
		this.place.fill();
		await pause(this.rng.between(500, 1500));
		this.place.empty();
	}

	async gateway() {
		const set = (body) => new Person().ask('POST', '/paysim/faults', body, { authorization: gatewayKey }).catch(() => {});
		this.count('gateway');
		await set(this.rng.one(GATEWAY));
		await pause(this.rng.between(500, 2000));
		await set({});
	}

	// Half a head, half a body, an answer that nobody reads; each left open for a while.
	clients() {
		const { hostname, port } = new URL(portal);
		const halves = ['POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Le',
			'POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{"email',
			'GET /api/verify/NP-NCE-26-0000001-F HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(50)];
		this.count('bad clients');
		for (let i = 0; i < 12; i++) {
			const c = net.connect({ host: hostname, port, allowHalfOpen: true }, () => c.write(halves[i % 3]));
			c.on('error', () => {});
			c.pause();
			this.open.push(c);
			setTimeout(() => c.destroy(), this.rng.between(500, 6000)).unref();
		}
	}

	// Everything that may still be wrong is put right.
	async heal() {
		for (const name of STOPPED) kill(name, 'SIGCONT');
		for (const mode of ['before', 'after', 'amid']) this.place.cut(mode, 0);
		this.place.empty();
		await pause(1000);		// who was killed last is seen to be dead
		await this.place.healthy();
		for (const table of REFUSING) await this.accept(table);
		await new Person().ask('POST', '/paysim/faults', {}, { authorization: gatewayKey });
	}
}
