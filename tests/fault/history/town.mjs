// Who there is, and what they know of each other: numbers, orders, documents seen on the way.
import { Person, shipment, signIn } from '../../lib/portal.mjs';
import { insist, pause } from '../../lib/world.mjs';
import { answer } from './record.mjs';

const FIRMS = [
	{ name: 'palarveni', filer: 'filer@palarveni.example', signatory: 'signatory@palarveni.example', key: 'signatory' },
	{ name: 'sahyavastra', filer: 'filer@sahyavastra.example', signatory: 'signatory@sahyavastra.example', key: 'signatory2' },
];
const OFFICERS = [
	{ email: 'officer1@nce.example', key: 'officer1', offices: [1, 2] },
	{ email: 'officer2@nce.example', key: 'officer2', offices: [2] },
];

export class Town {
	constructor(history, rng, tag) {
		Object.assign(this, { history, rng, tag, over: false, closing: false });
		this.apps = new Map();		// id -> { id, firm, office, state, documents }
		this.certificates = new Map();	// number -> { number, app, code, state }
		this.payments = new Map();	// id -> { id, firm, way, receipt }
		this.told = [];			// what the gateway is still to tell
		this.wrong = [];		// what somebody saw that must never be seen
		this.lives = 0;
	}

	async gather() {
		const enter = async (email) => new Person((await insist(() => signIn(email).then((p) => ({ status: 200, p })))).p.cookie);
		const [a, b] = FIRMS, [x, y] = OFFICERS;
		const who = await Promise.all([a.filer, a.signatory, b.filer, b.signatory, x.email, y.email].map(enter));
		this.firms = [{ ...a, filer: who[0], signatory: who[1] }, { ...b, filer: who[2], signatory: who[3] }];
		this.officers = [{ ...x, who: who[4] }, { ...y, who: who[5] }];
		this.anyone = new Person();
		this.shipment = await shipment(0);
	}

	marker(id) { return `${this.tag}-${id}`; }

	// A read, kept with what it says of versions and states.
	async read(me, op, args, who, address) {
		const line = await this.history.act(me.proc, op, args, () => who.get(address));
		const a = answer(line);
		if (a.type === 'ok' && a.body) Object.assign(line.args, { version: a.body.version, state: a.body.state });
		return a;
	}

	ended(app) { return ['withdrawn', 'rejected', 'cancelled'].includes(app.state); }
	waiting(offices) { return [...this.apps.values()].filter((a) => offices.includes(a.office) && a.submitted && !this.ended(a)); }
}

// Somebody who goes on until the town closes; what he stumbles over is an error of the test.
export async function goes(town, me, step) {
	while (!town.over) await step(town, me);
}

export const rest = (me, low, high) => pause(me.rng.between(low, high));
