// The promises about money and numbers, as functions of a history and the final state.
import { HEARD, factOf, group } from './checks.mjs';

const sum = (list, pick) => list.reduce((n, x) => n + pick(x), 0);

// P2: entries of a payment sum to zero, two of them; all sum to zero; what stands with the gateway is
// owed to somebody; what is owed as fees has a receipt for as much.
export function ledger(_, { ledger: entries, ledgerTotal, payments, receipts }) {
	const wrong = ledgerTotal === 0 ? [] : [`all entries sum to ${ledgerTotal}`];
	for (const [id, es] of group(entries, (e) => e.gateway_payment))
		if (es.length !== 2 || sum(es, (e) => e.amount_paise) !== 0)
			wrong.push(`${id}: ${es.map((e) => `${e.account} ${e.amount_paise}`).join(', ')}`);
	const of = (kind) => sum(entries.filter((e) => e.account.startsWith(`${kind}:`)), (e) => e.amount_paise);
	if (of('gateway') + of('fees') + of('refunds') !== 0) wrong.push('an account of another kind');
	const total = new Map(payments.map((p) => [p.id, p.total_paise]));
	const receipted = sum(receipts, (r) => total.get(r.payment_id));
	if (receipted !== -of('fees')) wrong.push(`receipts for ${receipted}, fees ${-of('fees')}`);
	return wrong;
}

// P3: captured is booked once, for what it was; and nothing is booked that was not captured.
export function captures({ lines }, { ledger: entries, captured, unpaid }) {
	const booked = group(entries.filter((e) => e.account.startsWith('gateway:')), (e) => e.gateway_payment);
	const notices = lines.filter((l) => l.op === 'notice' && l.args.status === 'captured');
	const sure = new Map([...captured.map((c) => [c.id, c.amount]),
		...notices.filter((l) => l.type === 'ok').map((l) => [l.args.payment, l.args.amount])]);
	const maybe = new Set([...sure.keys(), ...notices.map((l) => l.args.payment)]);
	const wrong = unpaid > 0 ? [`${unpaid} captured at the gateway were never booked`] : [];
	for (const [id, amount] of sure) {
		const amounts = (booked.get(id) ?? []).map((e) => e.amount_paise);
		if (amounts.length !== 1 || amounts[0] !== amount) wrong.push(`${id}: ${amount} captured, booked ${amounts.join(' and ') || 'never'}`);
	}
	for (const id of booked.keys())
		if (!maybe.has(id)) wrong.push(`${id}: booked, and nobody captured it`);
	return wrong;
}

// P6: each fact about a payment has one row in the audit that says what came of it, whoever brought it, and
// each booking the row of its kind; and there is no row without its fact.
export function heard(_, { facts, ledger: entries, payments, audit }) {
	const ours = new Set(payments.map((p) => `payment/${p.id}`));
	const rows = group(audit.filter((r) => HEARD.includes(r.what) && ours.has(r.object)), factOf);
	const due = [...facts.map((f) => [`${f.gateway_payment} ${f.status}`, `payment_${f.outcome}`]),
		...entries.filter((e) => !e.account.startsWith('gateway:'))
			.map((e) => [`${e.gateway_payment} captured`, e.account.startsWith('fees:') ? 'payment_settled' : 'payment_refund_due'])];
	const known = new Set(due.map(([fact]) => fact));
	const said = (fact) => (rows.get(fact) ?? []).map((r) => r.what).join(' and ') || 'nothing';
	return [...due.filter(([fact, what]) => said(fact) !== what).map(([fact, what]) => `${fact}: ${what}, the audit says ${said(fact)}`),
		...[...rows.keys()].filter((fact) => !known.has(fact)).map((fact) => `${fact}: the audit says ${said(fact)}, and it was never heard`)];
}

// P3: a certificate has one settled charge, an application at most one, and what is paid has its receipt.
export function charges(_, { applications, issues, payments, ledger: entries, receipts }) {
	const payment = new Map(payments.map((p) => [p.id, p]));
	const fees = group(entries.filter((e) => e.account.startsWith('fees:')), (e) => payment.get(e.payment_id).application_id);
	const given = group(receipts, (r) => payment.get(r.payment_id).application_id);
	const n = (m, id) => m.get(id)?.length ?? 0;
	return [...issues.filter((i) => n(fees, i.application_id) !== 1)
			.map((i) => `${i.number}: ${n(fees, i.application_id)} settled charges`),
		...applications.filter((a) => n(fees, a.id) !== a.paid)
			.map((a) => `application ${a.id}: paid ${a.paid}, ${n(fees, a.id)} settled charges`),
		...applications.filter((a) => n(given, a.id) !== a.paid).map((a) => `application ${a.id}: paid ${a.paid}, ${n(given, a.id)} receipts`)];
}

// One series: exactly the numbers from where its counter stood to where it stands.
function series(what, serials, from, to) {
	const seen = [...serials].sort((a, b) => a - b);
	const wrong = seen.filter((s, i) => i > 0 && s === seen[i - 1]).map((s) => `${what}: ${s} twice`);
	const gaps = Array.from({ length: to - from }, (_, i) => from + 1 + i).filter((s) => !seen.includes(s));
	if (gaps.length > 0) wrong.push(`${what}: ${gaps.slice(0, 5).join(', ')} given to nobody`);
	const outside = seen.filter((s) => s <= from || s > to);
	return outside.length > 0 ? [...wrong, `${what}: ${outside.join(', ')} beyond the counter`] : wrong;
}

// A-NCE-26-0000012, R-NCE-26-000012
function parts(number) {
	const [, agency, year, serial] = number.split('-');
	return { agency, fy: 2000 + Number(year), serial: Number(serial) };
}

// P4: certificates, applications, receipts: unique, and no gap.
export function numbers(_, { certificates, applications, payments, counters, before }) {
	const kept = {
		certificate: certificates,
		application: applications.filter((a) => a.number).map((a) => parts(a.number)),
		receipt: payments.filter((p) => p.receipt_number).map((p) => parts(p.receipt_number)),
	};
	return counters.flatMap((c) => {
		const same = (x) => x.agency === c.agency && x.fy === c.fy;
		const from = before.counters.find((b) => b.name === c.name && same(b))?.n ?? 0;
		return series(`${c.name} ${c.agency} ${c.fy}`, kept[c.name].filter(same).map((x) => x.serial), from, c.n);
	});
}

// P3, P5: what is issued stands in all three places, and an ok issue or cancellation among them.
export function issues({ lines }, { certificates, issues: issued, statuses, applications }) {
	const made = new Set(issued.map((i) => i.number)), ended = new Set(statuses.map((s) => s.number));
	const state = new Map(applications.map((a) => [a.id, a.state]));
	const said = (op, set) => lines.filter((l) => l.op === op && l.type === 'ok' && !set.has(l.args.number))
		.map((l) => `${l.args.number}: ${op} acknowledged, and not there`);
	const differ = certificates.filter((c) => {
		const is = state.get(c.application_id), there = made.has(c.number);
		return (c.state === 'issued') !== there || there !== ['issued', 'cancelled'].includes(is) || ended.has(c.number) !== (is === 'cancelled');
	});
	return [...said('issue', made), ...said('cancel', ended),
		...differ.map((c) => `${c.number}: ${c.state}, its application ${state.get(c.application_id)}, ` +
			`${made.has(c.number) ? '' : 'not '}in the register, ${ended.has(c.number) ? '' : 'not '}ended`)];
}
