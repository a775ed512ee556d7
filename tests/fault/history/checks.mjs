// The promises as functions of a history and the final state: each returns what breaks it, in words.
// Nothing here reads anything; tests of these need no world.
import { PATIENCE_MS, answer } from './record.mjs';

export const group = (list, key) => {
	const m = new Map();
	for (const x of list) m.set(key(x), [...(m.get(key(x)) ?? []), x]);
	return m;
};
const plural = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;
const name = ({ op, id, args }) => `${op} ${id} (${['app', 'number', 'payment'].filter((k) => args[k])
	.map((k) => `${k} ${args[k]}`).join(', ')})`;
const ok = (l) => l.type === 'ok';

// What the portal makes of a fact about a payment, by the outcome.
export const HEARD = ['payment_settled', 'payment_refund_due', 'payment_noted', 'payment_mismatch'];
// A fact is named by payment and status: the first two words that its row says of it.
export const factOf = (row) => String(row.detail).split(' ', 2).join(' ');

// What an act leaves in the audit; of the gateway's, one of several.
const AUDITED = {
	create: 'application_created', save: 'application_saved', upload: 'document_added', freeze: 'application_frozen',
	thaw: 'application_reopened', withdraw: 'application_withdrawn', job: 'signing_asked', sign: 'application_signed',
	resubmit: 'application_answered', pay: 'payment_created', lock: 'application_opened', unlock: 'application_closed',
	query: 'application_queried', reject: 'application_rejected', approve: 'application_approved', prepare: 'certificate_numbered',
	job_issue: 'certificate_signing', unsign: 'certificate_unsigned', issue: 'certificate_issued', cancel: 'certificate_cancelled',
};
const LEAVES = { ...AUDITED, notice: HEARD, return: ['payment_noted'] };
const leaves = (op, what) => [LEAVES[op]].flat().includes(what);
// Who finds the work done leaves nothing, and cannot be told by his answer from him who did it: it is the
// same.  But it names the object, and that has one row, whoever wrote it: [of the act, of a row].
const SHARED = {
	pay: [(l) => `payment/${answer(l).body.id}`, (r) => r.object], prepare: [(l) => answer(l).body.number, (r) => r.object],
	notice: [(l) => `${l.args.payment} ${l.args.status}`, factOf], return: [(l) => `${l.args.payment} authorized`, factOf],
};
// The number is kept when the drawing after it is refused: no act, and a row of the audit.
const KEEPS = new Set(['prepare']);

// Rows that an ok act needs, and how many there are; an act that nobody shares is known by its requests,
// unless one of those was never answered.
function ofOk(l, own, by) {
	if (SHARED[l.op]) return by[l.op].get(SHARED[l.op][0](l))?.length ?? 0;
	return l.tries.every((t) => t.request) ? own : 1;
}

// P1, P6: an ok act has its row, once; a refused one has none, and neither has a read.
export function audited({ lines }, { audit }) {
	const rows = group(audit, (r) => r.request);
	const by = Object.fromEntries(Object.entries(SHARED).map(([op, [, of]]) => [op, group(audit.filter((r) => leaves(op, r.what)), of)]));
	const wrong = [];
	for (const l of lines.filter((l) => LEAVES[l.op])) {
		const of = (t) => (rows.get(t.request) ?? []).filter((r) => leaves(l.op, r.what)).length;
		const n = l.tries.reduce((sum, t) => sum + of(t), 0);
		const refused = l.tries.filter((t) => t.type === 'fail' && of(t) > 0);
		if (refused.length > 0 && !KEEPS.has(l.op))
			wrong.push(`${name(l)}: refused with ${refused[0].status}, and it has happened`);
		if (n > 1) wrong.push(`${name(l)}: happened ${n} times`);
		const there = ok(l) ? ofOk(l, n, by) : 1;
		if (there === 0) wrong.push(`${name(l)}: acknowledged, and the audit has no row of it`);
		if (there > 1 && n <= 1) wrong.push(`${name(l)}: the audit has ${there} rows of what it found or did`);
	}
	const left = (l) => l.tries.flatMap((t) => rows.get(t.request) ?? []);
	return [...wrong, ...lines.filter((l) => !LEAVES[l.op]).flatMap((l) => left(l)
		.map((r) => `${name(l)}: a read, and the audit says "${r.what}"`))];
}

// P1: what nobody is known to have done was done by an act whose answer is unknown: a row is somebody's if his
// request leaves a row of that name.  Facts about payments come from the courier too: accounts.heard() asks
// whether there is a fact for each row.
export function nothingElse({ lines }, { audit }) {
	const own = (l) => [LEAVES[l.op] ?? []].flat();
	const known = new Set(lines.flatMap((l) => own(l).flatMap((what) => l.tries.map((t) => `${t.request} ${what}`))));
	const ops = Object.fromEntries(Object.entries(AUDITED).map(([op, what]) => [what, op]));
	const strays = audit.filter((r) => ops[r.what] && !known.has(`${r.request} ${r.what}`));
	const open = group(lines.flatMap((l) => l.tries.filter((t) => t.type === 'info' && !t.request).map(() => l)), (l) => l.op);
	const n = (what) => open.get(ops[what])?.length ?? 0;
	return [...group(strays, (r) => r.what)].filter(([what, rs]) => rs.length > n(what))
		.map(([what, rs]) => `${plural(rs.length, 'row')} "${what}" of nobody's doing, and ${plural(n(what), 'act')} open`);
}

// Where the marker of an act ends up.
const MARKED = {
	query: (s) => s.decisions.filter((d) => d.kind === 'query').map((d) => d.text),
	reject: (s) => s.decisions.filter((d) => d.kind === 'rejection').map((d) => d.text),
	approve: (s) => s.decisions.filter((d) => d.kind === 'approval').map((d) => d.detail),
	cancel: (s) => s.statuses.map((x) => x.reason),
	upload: (s) => s.documents.map((d) => d.name),
	resubmit: (s) => s.events.filter((e) => e.what === 'answered').map((e) => e.text),
};

// P1: ok is there once, fail is not there, info is there at most once.
export function effects({ lines, tag }, state) {
	const seen = Object.fromEntries(Object.entries(MARKED).map(([op, read]) => [op,
		group(read(state).flatMap((t) => String(t).match(new RegExp(`${tag}-[0-9]+`, 'g')) ?? []), (m) => m)]));
	const limits = { ok: [1, 1], fail: [0, 0], info: [0, 1] };
	return lines.filter((l) => MARKED[l.op]).flatMap((l) => {
		const n = seen[l.op].get(`${tag}-${l.id}`)?.length ?? 0;
		const [low, high] = limits[l.type];
		return n < low || n > high ? [`${name(l)}: ${l.type}, and its effect is there ${n} times`] : [];
	});
}

// P1: one key, one answer, at once and again later.  Only what was refused before it was asked again
// may go better.  Of two at once one may fail where nothing was decided (a row refused, no room), or
// when of a leaf drawn twice a third signs the one meanwhile.
export function keys({ lines }) {
	return lines.filter((l) => l.key).flatMap((l) => {
		const good = l.tries.filter((t) => t.type === 'ok');
		const bodies = new Set(good.map((t) => JSON.stringify(t.body)));
		const alone = (t) => l.op !== 'prepare' && t.status < 500;
		const before = (t, g) => t.t_return < g.t_invoke || (!alone(t) && t.t_invoke < g.t_return);
		const refused = l.tries.find((t) => t.type === 'fail' && good.some((g) => !before(t, g)));
		return bodies.size > 1 ? [`${name(l)}: one key, answers ${[...bodies].join(' and ')}`] :
			refused ? [`${name(l)}: one key, answered ${good[0].status} and ${refused.status} ${refused.body?.type ?? ''}`] : [];
	});
}

// From where each event may lead, and where to; null: it stays.
const SUBMITTED = ['submitted', 'under_review', 'query', 'resubmitted', 'approved'];
const PATHS = {
	created: [[undefined], 'draft'], frozen: [['draft', 'query'], 'sign_pending'], signed: [['sign_pending'], 'payment_pending'],
	submitted: [['payment_pending'], 'submitted'], resubmitted: [['payment_pending'], 'resubmitted'],
	payment_asked: [['payment_pending'], null], paid: [['draft', 'sign_pending', 'payment_pending'], null],
	reopened: [['sign_pending', 'payment_pending'], 'draft'],
	withdrawn: [['draft', 'sign_pending', 'payment_pending', 'submitted'], 'withdrawn'],
	opened: [['submitted', 'resubmitted', 'under_review'], 'under_review'], queried: [['under_review', 'approved'], 'query'],
	rejected: [['under_review'], 'rejected'], approved: [['under_review'], 'approved'], answered: [['query'], 'resubmitted'],
	numbered: [['approved'], null], number_void: [[...SUBMITTED, 'withdrawn', 'rejected'], null],
	issued: [['approved'], 'issued'], cancelled: [['issued'], 'cancelled'],
	refund_due: [[...SUBMITTED, 'draft', 'sign_pending', 'payment_pending', 'withdrawn', 'rejected', 'issued', 'cancelled'], null],
};

// P10: what happened to an application is a way through its states, and it stands where the way ends.
export function paths(_, { applications, events }) {
	const by = group(events, (e) => e.application_id);
	return applications.flatMap((a) => {
		let at;
		for (const { what } of by.get(a.id) ?? []) {
			const [from, to] = PATHS[what] ?? [[], null];
			if (!from.includes(at)) return [`application ${a.id}: ${what} when it was ${at}`];
			at = to ?? at;
		}
		return at === a.state ? [] : [`application ${a.id}: its events end at ${at}, it says ${a.state}`];
	});
}

// P1: who is told of a version sees that one or a later one from then on.
export function versions({ lines }) {
	const told = lines.filter((l) => l.args.app && l.args.version && ok(l));
	const by = group(told, (l) => l.args.app);
	return [...by].flatMap(([app, ls]) => {
		const ordered = [...ls].sort((x, y) => x.t_return - y.t_return);
		return ls.filter((l) => l.op === 'read').flatMap((r) => {
			const late = ordered.find((w) => w.t_return < r.t_invoke && w.args.version > r.args.version);
			return late ? [`application ${app}: ${late.args.version} by ${late.op} ${late.id}, then ${r.args.version} was read`] : [];
		});
	});
}

// P10: of two who decide on the same version, one has to lose.
export function rivals({ lines }) {
	const won = group(lines.filter((l) => l.args.from && ok(l)), (l) => `${l.args.app} ${l.args.from}`);
	return [...won.values()].filter((ls) => ls.length > 1)
		.map((ls) => `${ls.map(name).join(' and ')}: each on version ${ls[0].args.from}, and each was told that it is done`);
}

// P5: the bytes in the store and those that were handed out are those of the row, and a stranger's tool agrees.
export function bytes({ lines }, { issues, signatures }) {
	const sha = new Map(issues.map((i) => [i.number, i.sha256]));
	return [...issues.filter((i) => i.found !== i.sha256).map((i) => `${i.number}: the row says ${i.sha256}, the store ${i.found}`),
		...lines.filter((l) => l.op === 'download' && ok(l) && l.args.sha256 !== sha.get(l.args.number))
			.map((l) => `${l.args.number}: handed out as ${l.args.sha256}, the row says ${sha.get(l.args.number)}`),
		...signatures.filter((s) => !/Signature Validation: Signature is Valid/.test(s.said))
			.map((s) => `${s.number}: pdfsig says ${s.said}`)];
}

// P6: no gap, nothing changed.
export const chains = (_, state) => (state.chains ? [state.chains] : []);

// P7: another firm or office gets 404, or no answer at all.
export const strangers = ({ lines }) => lines.filter((l) => l.op === 'pry').flatMap((l) => l.tries
	.filter((t) => t.type !== 'info' && t.status !== 404)
	.map((t) => `${l.args.address ?? `application ${l.args.app}`}: a stranger was answered ${t.status}`));

// P8: never valid before its issue was begun, never after its cancellation was answered, nor after one
// that somebody has seen; and there once the issue was answered.
export function register({ lines }) {
	const at = (list, pick) => new Map([...group(list, (l) => l.args.number)].map(([n, ls]) => [n, Math.min(...ls.map(pick))]));
	const verified = lines.filter((l) => l.op === 'verify' && (ok(l) || l.tries[0].status === 404));
	const invoked = at(lines.filter((l) => l.op === 'issue'), (l) => l.t_invoke);
	const issued = at(lines.filter((l) => l.op === 'issue' && ok(l)), (l) => l.t_return);
	const ended = [...lines.filter((l) => l.op === 'cancel' && ok(l)), ...verified.filter((l) => l.args.state === 'cancelled')];
	const over = at(ended, (l) => l.t_return);
	return verified.flatMap((v) => {
		const { number, state } = v.args;
		if (state === 'valid' && !(invoked.get(number) < v.t_return)) return [`${number}: valid, before anybody began to issue it`];
		const since = (when) => `${Math.round(v.t_invoke - when.get(number))} ms after`;
		if (state === 'valid' && over.get(number) < v.t_invoke) return [`${number}: valid, ${since(over)} its cancellation`];
		if (!ok(v) && issued.get(number) < v.t_invoke) return [`${number}: unknown, ${since(issued)} its issue`];
		return [];
	});
}

// P9: every request ended, and before who asked lost his patience.
export function bounded({ lines, open }) {
	const late = lines.flatMap((l) => l.tries.filter((t) => t.t_return - t.t_invoke >= PATIENCE_MS)
		.map((t) => `${name(l)}: no answer in ${Math.round(t.t_return - t.t_invoke)} ms`));
	return open.length > 0 ? [`${plural(open.length, 'request')} still open: ${open.map(name).join(', ')}`, ...late] : late;
}

export const faults = ({ wrong }) => wrong;
