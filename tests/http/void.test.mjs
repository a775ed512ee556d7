// Every certificate's number is accounted for: issued, on its way, or void with an application that ended.
import test from 'node:test';
import assert from 'node:assert/strict';
import { Person, approve, draft, expect, issue, pay, sign, signIn } from '../lib/portal.mjs';
import { astray, copy, series } from '../lib/life.mjs';
import { number as n, rows, sql } from '../lib/world.mjs';

const [filer, officer, signatory] = await Promise.all([signIn('filer@palarveni.example'), signIn('officer1@nce.example'),
	signIn('signatory@palarveni.example')]);
const a = await draft(filer);
await sign(filer, signatory, a);
await pay(filer, a.id);
await approve(officer, a.id);

const made = [];
const standsAt = (number) => rows(`SELECT state FROM certificate WHERE number = '${number}'`)[0][0];
const read = async (id) => expect(await filer.get(`/api/applications/${id}`), 200);
const create = (id) => officer.post('/api/certificates', { application_id: id });
const happened = (id) => rows(`SELECT what, text FROM application_event WHERE application_id = ${id} AND what = 'number_void'`);
const review = (id, what, version, text = 'It cannot be certified.') => officer.post(`/api/review/applications/${id}/${what}`, { version, text });

// Approved, numbered, and taken back.
async function takenBack() {
	const id = copy(a.id, 'approved');
	made.push(id);
	const { number } = expect(await create(id), 201);
	expect(await review(id, 'query', 1), 200);
	return { id, number };
}
async function reject(id) {
	const { version } = expect(await officer.ask('PUT', `/api/review/applications/${id}/lock`, {}), 200);
	expect(await review(id, 'rejection', version), 200);
}

test('taken back and rejected: the number is void, and says so', async () => {
	const { id, number } = await takenBack();
	assert.equal(standsAt(number), 'prepared', 'as long as it may be approved again');
	sql(`UPDATE application SET state = 'resubmitted' WHERE id = ${id}`);
	await reject(id);
	assert.equal(standsAt(number), 'void');
	assert.deepEqual(happened(id), [['number_void', number]]);
	assert.equal(n(`SELECT COUNT(*) FROM audit WHERE what = 'certificate_void' AND object = '${number}'`), 1);
	assert.equal((await read(id)).certificate.state, 'void');
	const { items } = expect(await officer.get('/api/certificates'), 200);
	assert.equal(items.find((c) => c.number === number).state, 'void');
	assert.equal((await create(id)).status, 409);
	const job = await officer.post(`/api/certificates/${number}/signing`, {}, null);
	assert.equal(job.status, 409);
	assert.match(job.json.detail, /void/);
	assert.equal((await filer.get(`/api/certificates/${number}`)).status, 404, 'a firm sees what was issued to it');
	const answer = await new Person().get(`/api/verify/${number}`);
	assert.ok(answer.status === 404 || answer.json.state === 'unknown', JSON.stringify(answer.json));
});

test('taken back, changed, and withdrawn before it was signed again: void as well', async () => {
	const { id, number } = await takenBack();
	const { version } = await read(id);
	const frozen = expect(await filer.post(`/api/applications/${id}/resubmission`, { version, answer: 'We think again.' }), 200);
	if (frozen.state !== 'sign_pending') sql(`UPDATE application SET state = 'sign_pending' WHERE id = ${id}`);
	expect(await filer.post(`/api/applications/${id}/withdrawal`, { version: frozen.version }, null), 200);
	assert.equal(standsAt(number), 'void');
	assert.equal(happened(id).length, 1);
});

test('a refused rejection leaves the number alone', async () => {
	const { id, number } = await takenBack();
	sql(`UPDATE application SET state = 'resubmitted' WHERE id = ${id}`);
	const { version } = expect(await officer.ask('PUT', `/api/review/applications/${id}/lock`, {}), 200);
	sql(`UPDATE application SET lock_person = NULL WHERE id = ${id}`);
	assert.equal((await review(id, 'rejection', version)).status, 409);
	assert.equal((await review(id, 'rejection', version - 1)).status, 409);
	assert.equal(standsAt(number), 'prepared');
	sql(`UPDATE application SET state = 'approved' WHERE id = ${id}`);
	assert.equal(await issue(officer, id), number, 'and approved again it has the number of before');
});

test('who began to sign in that very moment does not keep it', async () => {
	const { id, number } = await takenBack();
	sql(`UPDATE application SET state = 'approved' WHERE id = ${id}`);
	const { url } = expect(await officer.post(`/api/certificates/${number}/signing`, {}, null), 201);
	assert.equal((await review(id, 'query', 2)).status, 409, 'what is being signed is not taken back');
	sql(`UPDATE application SET state = 'resubmitted' WHERE id = ${id}`);
	await reject(id);
	assert.equal(standsAt(number), 'void');
	assert.equal((await new Person().get(url)).status, 410);
});

test('an application that is taken back meanwhile gets no number and no signature', async () => {
	const id = copy(a.id, 'approved');
	const counted = n("SELECT COALESCE(SUM(n), 0) FROM counter WHERE name = 'certificate'");
	sql(`UPDATE application SET state = 'query' WHERE id = ${id}`);
	assert.equal((await create(id)).status, 409);
	assert.equal(n("SELECT COALESCE(SUM(n), 0) FROM counter WHERE name = 'certificate'"), counted);
});

test('no number of a series is missing or astray', () => {
	for (const s of series()) assert.equal(s.there, s.counted, s.series);
	assert.equal(astray(made), '');
});
