// The final reads, of what came after ${since}: rows as objects, by table.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { place } from '../../lib/portal.mjs';
import { number, rows } from '../../lib/world.mjs';
import { sha256 } from './sign.mjs';

const OURS = 'application_id > @application';
const PAYMENTS = `payment WHERE ${OURS}`;
// name: [columns, where from]
const TABLES = {
	applications: ['id number iec office_id state version paid', 'application WHERE id > @application'],
	events: ['id application_id what text', `application_event WHERE ${OURS} ORDER BY id`],
	decisions: ['id application_id kind text detail', `decision WHERE ${OURS}`],
	documents: ['id application_id name sha256 size', `document WHERE ${OURS}`],
	payments: ['id application_id state total_paise gateway_order gateway_payment receipt_number', PAYMENTS],
	ledger: ['payment_id gateway_payment account amount_paise', `ledger_entry WHERE payment_id IN (SELECT id FROM ${PAYMENTS})`],
	facts: ['gateway_payment status outcome', `payment_fact WHERE gateway_order IN (SELECT gateway_order FROM ${PAYMENTS})`],
	captured: ['id order_id amount', `ecoo_paysim.sim_payment WHERE status IN ('captured', 'late')
		AND order_id IN (SELECT gateway_order FROM ${PAYMENTS})`],
	receipts: ['number payment_id', `receipt WHERE payment_id IN (SELECT id FROM ${PAYMENTS})`],
	certificates: ['id number application_id agency fy serial state', `certificate WHERE ${OURS}`],
	issues: ['number application_id sha256 size', `certificate_issue WHERE ${OURS}`],
	statuses: ['number state reason', `certificate_status WHERE number IN (SELECT number FROM certificate WHERE ${OURS})`],
	audit: ['writer seq what object detail request', 'audit WHERE at >= @at'],
	counters: ['name agency fy n', 'counter'],
};

const value = (v) => (v === 'NULL' ? null : /^-?\d{1,15}$/.test(v) ? Number(v) : v);

function table(name, from) {
	const columns = TABLES[name][0].split(' ');
	const where = TABLES[name][1].replaceAll('@application', from.application).replaceAll('@at', `'${from.at}'`);
	return rows(`SELECT ${columns.map((c) => `\`${c}\``).join(', ')} FROM ${where}`)
		.map((row) => Object.fromEntries(columns.map((c, i) => [c, value(row[i])])));
}

// Where the world stands before it begins.
export function since() {
	const [application, at] = rows('SELECT COALESCE(MAX(id), 0), UTC_TIMESTAMP(3) - INTERVAL 1 SECOND FROM application')[0];
	return { application: Number(application), at, counters: table('counters', {}), ledger: booked() };
}

const booked = () => number('SELECT COALESCE(SUM(amount_paise), 0) FROM ledger_entry');

// The audit's own walker, over all chains.
function walk() {
	try {
		execFileSync(path.join(place, 'prog/libexec/ecoo/audit-check'), [process.env.ECOO_DB, 'ecoo'],
			{ encoding: 'utf8', maxBuffer: 1 << 26 });
		return '';
	} catch (e) { return `${e.stdout}${e.stderr}`.split('\n').filter((l) => / row \d+ |audit-check:/.test(l)).join('; '); }
}

const storeOf = (sha) => path.join(place, 'files/certificates', sha.slice(0, 2), sha.slice(2, 4), sha);
function bytesOf(issue) {
	try { return sha256(readFileSync(storeOf(issue.sha256))); } catch (e) { return e.code; }
}

function pdfsig(file) {
	try {
		return execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	} catch (e) { return String(e.stderr ?? e); }
}

// What pdfsig says of some of the certificates.
const signatures = (issues, rng, n) => [...issues].sort(() => rng.next() - 0.5).slice(0, n)
	.map((i) => ({ number: i.number, said: pdfsig(storeOf(i.sha256)) }));

export function finalState(from, rng) {
	const state = Object.fromEntries(Object.keys(TABLES).map((name) => [name, table(name, from)]));
	state.before = from;
	state.ledgerTotal = booked() - from.ledger;
	state.chains = walk();
	for (const i of state.issues) i.found = bytesOf(i);
	state.signatures = signatures(state.issues, rng, 6);
	state.unpaid = unsettled(from).length;
	return state;
}

// Captured at the gateway, and not yet booked here.
export const unsettled = (from) => rows(`SELECT s.id FROM ecoo_paysim.sim_payment s JOIN payment p ON p.gateway_order = s.order_id
	WHERE p.application_id > ${from.application} AND s.status IN ('captured', 'late')
	AND s.id NOT IN (SELECT gateway_payment FROM ledger_entry)`);

