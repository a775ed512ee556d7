// Applications that stand somewhere at once, as copies of one that went the whole way; and signatures
// without the signer program, for tests that want to choose the moment at which one is handed in.
import { execFileSync } from 'node:child_process';
import { constants, createHmac, privateEncrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Person, expect, place } from './portal.mjs';
import { number, rows, sql } from './world.mjs';

// Columns that a copy takes over, besides its state.
const KEPT = ['iec', 'agency', 'office_id', 'rule_set', 'content', 'exporter', 'consignee', 'importing_country', 'items', 'created_by'];
const SIGNED = ['signed_text', 'signed_sha256', 'signature_id', 'paid'];

// What a copy has in each state; a number out of another series, so that ours stays without gaps.
const given = { draft: { created_at: 'UTC_TIMESTAMP(3)' } };
given.sign_pending = { ...given.draft, signed_text: 'signed_text', signed_sha256: 'signed_sha256' };
given.payment_pending = { ...given.draft, ...Object.fromEntries(SIGNED.map((c) => [c, c])), paid: '0' };
given.submitted = { ...given.payment_pending, paid: '1', submitted_at: 'UTC_TIMESTAMP(3)', number: "CONCAT('T-', UUID_SHORT())" };
given.under_review = given.submitted;
given.approved = { ...given.submitted, approved_at: 'UTC_TIMESTAMP(3)' };

// The charge of ${id} once more, for a copy that is paid: without one nobody may issue it (sql/schema/0014_charge.sql).
const CHARGE = ['iec', 'agency', 'state', 'fee_paise', 'cgst_paise', 'sgst_paise', 'igst_paise', 'total_paise', 'sac', 'place_of_supply',
	'created_by', 'created_at', 'paid_at'];
const charge = (id) => `SET @p = CONCAT('pay_T', UUID_SHORT());
	INSERT INTO payment (application_id, live_application, gateway_payment, ${CHARGE})
		SELECT @a, @a, @p, ${CHARGE} FROM payment WHERE live_application = ${id};
	INSERT INTO ledger_entry (payment_id, gateway_payment, account, amount_paise, at) SELECT LAST_INSERT_ID(), @p, l.account, l.amount_paise, l.at
		FROM ledger_entry l JOIN payment p ON l.payment_id = p.id AND l.gateway_payment = p.gateway_payment WHERE p.live_application = ${id};`;

// copy(id, state): another application like ${id}, with its documents.
export function copy(id, state) {
	const columns = { ...Object.fromEntries(KEPT.map((c) => [c, c])), state: `'${state}'`, updated_at: 'UTC_TIMESTAMP(3)', ...given[state] };
	return number(`INSERT INTO application (${Object.keys(columns)}) SELECT ${Object.values(columns)} FROM application WHERE id = ${id};
		SET @a = LAST_INSERT_ID();
		INSERT INTO document (application_id, kind, name, media_type, size, sha256, pages, uploaded_by, uploaded_at)
			SELECT @a, kind, name, media_type, size, sha256, pages, uploaded_by, uploaded_at FROM document
			WHERE application_id = ${id} AND removed_at IS NULL;
		${given[state].paid === '1' ? charge(id) : ''}
		SELECT @a;`);
}

// unpaid(email, n): applications of that person that wait for their fee; their content is nobody's business.
export const unpaid = (email, n = 1) => rows(Array.from({ length: n }, () => `INSERT INTO application (iec, agency, office_id, rule_set, state,
	content, exporter, created_by, created_at, updated_at) SELECT iec, 'NCE', 1, 'NP-BASE', 'payment_pending', '{}', '{}', id,
	UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM person WHERE email = '${email}'; SELECT LAST_INSERT_ID();`).join('\n')).flat().map(Number);

const keys = new Map();
function keyOf(who) {
	if (!keys.has(who)) keys.set(who, execFileSync('openssl', ['pkcs12', '-in', path.join(place, `keys/${who}.p12`), '-nodes', '-nocerts',
		'-passin', `file:${path.join(place, `keys/${who}.pin`)}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
	return keys.get(who);
}

// signature(job, who): what the signer program would hand in for the job at this address.
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
export async function signature(job, who) {
	const { hash } = expect(await new Person().get(job), 200);
	return privateEncrypt({ key: keyOf(who), padding: constants.RSA_PKCS1_PADDING },
		Buffer.concat([SHA256_INFO, Buffer.from(hash, 'base64')])).toString('base64');
}

// A notice of the gateway's, signed with its secret: address, body and headers for fetch().
export function notice(order, payment, amount = 23600) {
	const secret = readFileSync(path.join(place, 'keys/gateway.secret'), 'utf8').split('\n')[1];
	const body = JSON.stringify({ entity: 'event', account_id: 'acc_test', event: 'payment.captured', contains: ['payment'],
		created_at: 1796083200, payload: { payment: { entity: { id: payment, entity: 'payment', amount, currency: 'INR',
			status: 'captured', order_id: order, method: 'upi' } } } });
	return { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-razorpay-event-id': `evt_${payment}`,
		'x-razorpay-signature': createHmac('sha256', secret).update(body).digest('hex') } };
}

// Numbers of a series: how many were counted, how many are there.  Equal, and none is lost.
export const series = () => sql(`SELECT n.name, n.agency, n.fy, n.n, CASE n.name
	WHEN 'certificate' THEN (SELECT COUNT(*) FROM certificate c WHERE c.agency = n.agency AND c.fy = n.fy)
	WHEN 'application' THEN (SELECT COUNT(*) FROM application a WHERE a.number LIKE CONCAT('A-', n.agency, '-', MOD(n.fy, 100), '-%'))
	ELSE (SELECT COUNT(*) FROM receipt r WHERE r.number LIKE CONCAT('R-', n.agency, '-', MOD(n.fy, 100), '-%')) END
	FROM counter n`).split('\n').filter(Boolean).map((l) => l.split('\t')).map(([name, agency, fy, counted, there]) =>
	({ series: `${name} ${agency} ${fy}`, counted: Number(counted), there: Number(there) }));

// Certificates of these applications that stand neither issued, nor void, nor on their way.
export const astray = (ids) => sql(`SELECT c.number, c.state, a.state FROM certificate c JOIN application a ON a.id = c.application_id
	LEFT JOIN certificate_issue i ON i.number = c.number WHERE c.application_id IN (${ids.join(',') || 0})
	AND (NOT ((c.state = 'issued') <=> (i.number IS NOT NULL))
	OR (c.state = 'void') <> (a.state IN ('rejected', 'withdrawn'))
	OR (c.state IN ('prepared', 'signing') AND a.state NOT IN ('approved', 'query', 'sign_pending', 'resubmitted', 'under_review')))`);

export const audit = () => execFileSync(path.join(place, 'prog/libexec/ecoo/audit-check'), [process.env.ECOO_DB, 'ecoo'], { encoding: 'utf8' });
