// Lists that are merged of several: complete, in order, nothing twice, page after page.
import test from 'node:test';
import assert from 'node:assert/strict';
import { expect, signIn } from '../lib/portal.mjs';
import { rows, sql, withdraw } from '../lib/world.mjs';

const [filer, officer] = await Promise.all([signIn('filer@palarveni.example'), signIn('officer1@nce.example')]);
const ids = (text) => rows(text).map(([id]) => Number(id));

async function pages(person, address) {
	const all = [];
	for (let after = ''; after !== null && all.length < 2000;) {
		const r = expect(await person.get(`${address}${after && `${address.includes('?') ? '&' : '?'}after=${after}`}`), 200);
		all.push(...r.items.map((x) => x.id));
		after = r.next;
	}
	return all;
}

// 70 applications in turn in two offices and five states, each with a certificate that is prepared.
const STATES = ['draft', 'query', 'submitted', 'approved', 'withdrawn'];
const mine = [];
test.before(async () => {
	for (let i = 0; i < 70; i++) {
		const { id } = expect(await filer.post('/api/applications', { agency: 'NCE', office_id: 1 + i % 2 }), 201);
		mine.push(id);
	}
	sql(mine.map((id, i) => `UPDATE application SET state = '${STATES[i % 5]}' WHERE id = ${id};
		INSERT INTO certificate (number, compact, check_code, application_id, agency, fy, serial, office_id, iec, state, face, created_at)
		SELECT 'T-${id}', 'T${id}', 'AAAAAAAAAA', id, agency, 1999, id, office_id, iec, 'prepared', '{}', UTC_TIMESTAMP(3)
		FROM application WHERE id = ${id};`).join('\n'));
});
test.after(() => { sql('DELETE FROM certificate WHERE fy = 1999'); withdraw(mine); });

test("a firm's applications, by groups of states and by one", async () => {
	const groups = { open: ['draft', 'sign_pending', 'payment_pending', 'query'], agency: ['submitted', 'under_review', 'resubmitted', 'approved'],
		done: ['issued', 'rejected', 'withdrawn', 'cancelled', 'replaced', 'expired'], query: ['query'] };
	for (const [name, states] of Object.entries(groups))
		assert.deepEqual(await pages(filer, `/api/applications?limit=7&state=${name}`), ids(`SELECT id FROM application WHERE iec = 'AAACP0000K'
			AND state IN (${states.map((s) => `'${s}'`).join(',')}) ORDER BY id DESC`), name);
	assert.deepEqual(await pages(filer, '/api/applications?limit=7'),
		ids("SELECT id FROM application WHERE iec = 'AAACP0000K' ORDER BY id DESC"));
});

test('the certificates of all offices of an officer, and only of these', async () => {
	const both = await pages(officer, '/api/certificates');
	assert.deepEqual(both, ids('SELECT id FROM certificate WHERE office_id IN (1, 2) ORDER BY id DESC'));
	assert.deepEqual(await pages(await signIn('officer2@nce.example'), '/api/certificates'),
		ids('SELECT id FROM certificate WHERE office_id = 2 ORDER BY id DESC'));
	const firm = await pages(filer, '/api/certificates');
	assert.ok(!firm.some((id) => both.slice(0, 70).includes(id)), 'a firm sees what is only prepared');
});

test("an officer's queue and its counts say the same as the table", async () => {
	sql(`UPDATE application SET submitted_at = UTC_TIMESTAMP(3), number = CONCAT('A-T-', id), approved_at = UTC_TIMESTAMP(3) WHERE id IN (${mine.join(',')})`);
	const where = (states) => `FROM application WHERE office_id IN (1, 2) AND submitted_at IS NOT NULL AND state IN (${states})`;
	for (const [tab, states] of [['waiting', "'submitted','resubmitted','under_review'"], ['query', "'query'"], ['approved', "'approved'"]])
		assert.deepEqual(await pages(officer, `/api/review/queue?state=${tab}`), ids(`SELECT id ${where(states)} ORDER BY id`), tab);
	const said = expect(await officer.get('/api/review/summary'), 200);
	assert.equal(said.query, ids(`SELECT COUNT(*) ${where("'query'")}`)[0]);
	assert.equal(said.approved, ids(`SELECT COUNT(*) ${where("'approved'")}`)[0]);
	assert.equal(said.waiting, ids(`SELECT COUNT(*) ${where("'submitted','resubmitted'")}`)[0]);
});
