// The final reads, of what came after ${since}: rows as objects, by table.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { place } from '../../lib/portal.mjs';
import { number, rows } from '../../lib/world.mjs';
import { sha256 } from './sign.mjs';

const TABLES = {
	applications: 'id number iec office_id state version paid FROM application WHERE id > @application',
	events: 'id application_id what text FROM application_event WHERE application_id > @application',
	decisions: 'id application_id kind text detail FROM decision WHERE application_id > @application',
	documents: 'id application_id name sha256 size FROM document WHERE application_id > @application',
	payments: 'id application_id state total_paise gateway_order gateway_payment receipt_number FROM payment WHERE application_id > @application',
	facts: 'gateway_payment status gateway_order outcome FROM payment_fact WHERE gateway_order IN (SELECT gateway_order FROM payment WHERE application_id > @application)',
	ledger: 'payment_id gateway_payment account amount_paise FROM ledger_entry WHERE payment_id IN (SELECT id FROM payment WHERE application_id > @application)',
	captured: "id order_id amount FROM ecoo_paysim.sim_payment WHERE status IN ('captured', 'late') AND order_id IN (SELECT gateway_order FROM payment WHERE application_id > @application)",
	receipts: 'number payment_id FROM receipt WHERE payment_id IN (SELECT id FROM payment WHERE application_id > @application)',
	certificates: 'id number application_id agency fy serial state FROM certificate WHERE application_id > @application',
	issues: 'number application_id sha256 size FROM certificate_issue WHERE application_id > @application',
	statuses: 'number state reason FROM certificate_status WHERE number IN (SELECT number FROM certificate WHERE application_id > @application)',
	audit: 'writer seq what object detail request FROM audit WHERE at >= @at',
	counters: 'name agency fy n FROM counter',
};

const parse = (columns, row) => Object.fromEntries(columns.map((c, i) => [c, row[i] === 'NULL' ? null : /^-?\d{1,15}$/.test(row[i]) ? Number(row[i]) : row[i]]));

// Where the world stands before it begins.
export function since() {
	const [application, at] = rows('SELECT COALESCE(MAX(id), 0), UTC_TIMESTAMP(3) - INTERVAL 1 SECOND FROM application')[0];
	return { application: Number(application), at, counters: table('counters', {}) };
}

function table(name, from) {
	const [columns, rest] = [TABLES[name].slice(0, TABLES[name].indexOf(' FROM')).split(' '), TABLES[name].slice(TABLES[name].indexOf(' FROM'))];
	const text = `SELECT ${columns.map((c) => `\`${c}\``).join(', ')}${rest.replaceAll('@application', from.application).replaceAll('@at', `'${from.at}'`)}`;
	return rows(text).map((r) => parse(columns, r));
}

// The audit's own walker, over all chains.
function walk() {
	try {
		execFileSync(path.join(place, 'prog/libexec/ecoo/audit-check'), [process.env.ECOO_DB, 'ecoo'], { encoding: 'utf8', maxBuffer: 1 << 26 });
		return '';
	} catch (e) { return `${e.stdout}${e.stderr}`.split('\n').filter((l) => / row \d+ |audit-check:/.test(l)).join('; '); }
}

const storeOf = (sha) => path.join(place, 'files/certificates', sha.slice(0, 2), sha.slice(2, 4), sha);
function bytesOf(issue) {
	try { return sha256(readFileSync(storeOf(issue.sha256))); } catch (e) { return e.code; }
}

// What pdfsig says of some of the certificates.
function signatures(issues, rng, n) {
	const some = [...issues].sort(() => rng.next() - 0.5).slice(0, n);
	return some.map((i) => {
		try { return { number: i.number, said: execFileSync('pdfsig', ['-nocert', storeOf(i.sha256)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) }; }
		catch (e) { return { number: i.number, said: String(e.stderr ?? e.message) }; }
	});
}

export function finalState(from, rng) {
	const state = Object.fromEntries(Object.keys(TABLES).map((name) => [name, table(name, from)]));
	state.before = from;
	state.ledgerTotal = number('SELECT COALESCE(SUM(amount_paise), 0) FROM ledger_entry');
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

