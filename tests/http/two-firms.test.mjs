// The whole life of a certificate, and before each step everybody else tries it: another firm, another
// office, another agency, other roles, nobody, sessions that are over, other sites.  A route that no
// step asks for is a failure, and so is one that was never asked with one of its parameters.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PASSWORD, place, portal, samples, shipment, until } from '../lib/portal.mjs';
import { rows, withdraw } from '../lib/world.mjs';
import { besiege, request, submitted } from '../lib/others.mjs';

const siege = await besiege();
const work = mkdtempSync(path.join(os.tmpdir(), 'ecoo-siege-'));
const keys = path.join(place, 'keys');
const [keySecret, noticeSecret] = readFileSync(path.join(keys, 'gateway.secret'), 'utf8').split('\n');
const hmac = (secret, text) => createHmac('sha256', secret).update(text).digest('hex');
const secret = `Zyxomma ${randomUUID()}`;
siege.secrets.push(secret);
after(() => siege.end());
const step = (name, act) => test(name, async () => { await act(); siege.clean(); });

const filer = (method, address, body) => siege.by('filer', ['signatory'], request(method, address, body));
const signatory = (method, address, body) => siege.by('signatory', ['filer'], request(method, address, body));
const officer = (method, address, body, who) => siege.by('officer', [], request(method, address, body), who);
const SEES = 'exporter, officer, administrator';
const operator = (method, address, body) => siege.by('operator', [], request(method, address, body));
const open = (method, address, body, headers) => siege.open(request(method, address, body, headers));
const file = (name) => { const form = new FormData(); form.append('file', new Blob([readFileSync(path.join(samples, name))]), path.basename(name)); return form; };
const read = (one) => filer('GET', one).then((r) => r.json);
// Some of a list, in each of these ways: who may see ${what} finds it among them.
async function some(ask, list, what, ways) {
	for (const way of ways) {
		const { items } = (await ask('GET', `${list}?${way}`)).json;
		assert.ok(items.some((x) => Object.values(x).includes(what)), `${list}?${way} without ${what}`);
	}
}

// What a person's own program does with the hash of a job.
function signature(hash, who) {
	const key = path.join(work, `${who}.key`);
	writeFileSync(key, execFileSync('openssl', ['pkcs12', '-in', path.join(keys, `${who}.p12`), '-passin', `file:${path.join(keys, `${who}.pin`)}`,
		'-nodes', '-nocerts'], { stdio: ['ignore', 'pipe', 'ignore'] }), { mode: 0o600 });
	return execFileSync('openssl', ['pkeyutl', '-sign', '-inkey', key, '-pkeyopt', 'digest:sha256'], { input: Buffer.from(hash, 'base64') }).toString('base64');
}
async function signedBy(job, who) {
	const address = job.url.slice(portal.length);
	const { hash } = (await open('GET', address)).json;
	await open('GET', `${address}/document`);
	return open('POST', address, { signature: signature(hash, who) });
}

let a, one, number;

step('signing in and out', async () => {
	const email = 'filer@palarveni.example';
	await siege.by('nobody', [], request('POST', '/api/session', { email, password: PASSWORD }));
	await siege.by('nobody', [], request('GET', '/api/session'));
	await siege.by('nobody', [], request('DELETE', '/api/session'));
});

step('a draft and its documents', async () => {
	await open('GET', '/api/agencies');
	await open('GET', '/api/fees');
	const { content, files } = await shipment(0);
	content.consignee.name = secret;
	a = (await filer('POST', '/api/applications', { agency: 'NCE', office_id: 1 })).json;
	one = `/api/applications/${a.id}`;
	await filer('PUT', one, { version: 1, content });
	for (const f of files)
		await filer('POST', `${one}/documents?kind=${{ bill_of_lading: 'transport_document' }[f.kind] ?? f.kind}`, file(f.file));
	await filer('POST', `${one}/documents?kind=other`, file('good/rice-invoice.pdf'));
	const { documents } = await read(one);
	for (const what of ['', '/pages/1']) await filer('GET', `${one}/documents/${documents[0].id}${what}`);
	await filer('DELETE', `${one}/documents/${documents.at(-1).id}`);
	for (const what of ['/check', '/preview', '/preview/pages/1']) await filer('GET', one + what);
	for (const what of ['', '/summary']) await filer('GET', `/api/applications${what}`);
	await some(filer, '/api/applications', a.id, ['state=draft', 'limit=1', `after=${a.id + 1}`]);
	await filer('GET', '/api/firms/AAACP0000K');
	const copy = (await filer('POST', '/api/applications', { agency: 'NCE', office_id: 1, copy_of: a.id })).json;
	await filer('POST', `/api/applications/${copy.id}/withdrawal`, { version: 1 });
});

step('the exporter\'s signature', async () => {
	const freeze = async () => filer('POST', `${one}/signing`, { version: (await read(one)).version });
	await freeze();
	writeFileSync(path.join(work, 'text'), (await filer('GET', `${one}/signing/text`)).bytes);
	execFileSync(path.join(place, 'prog/bin/coosign'), ['sign', '--in', 'text', '--out', 'p7s', '--p12', path.join(keys, 'signatory.p12'),
		'--pin-file', path.join(keys, 'signatory.pin')], { cwd: work, stdio: 'ignore' });
	await signatory('POST', `${one}/signature`, { p7s: readFileSync(path.join(work, 'p7s')).toString('base64') });
	for (const what of ['p7s', 'text']) await filer('GET', `${one}/signature/${what}`);
	await filer('DELETE', `${one}/signing`);
	await freeze();
	await signedBy((await signatory('POST', `${one}/signing/jobs`, {})).json, 'signatory');
});

step('money', async () => {
	const { id } = (await filer('POST', '/api/payments', { application_id: a.id })).json;
	const [order] = await until(() => rows(`SELECT gateway_order FROM payment WHERE id = ${id} AND state = 'open'`)[0], Boolean);
	for (const what of ['', `/${id}`]) await filer('GET', `/api/payments${what}`);
	const payment = `pay_${randomUUID().slice(0, 8)}`;
	const notice = JSON.stringify({ entity: 'event', event: 'payment.captured', contains: ['payment'], created_at: 1796083200,
		payload: { payment: { entity: { id: payment, entity: 'payment', amount: 23600, currency: 'INR', status: 'captured', order_id: order, method: 'upi' } } } });
	const headers = { 'content-type': 'application/json', 'x-razorpay-event-id': `evt_${payment}` };
	await open('POST', '/api/gateway/notice', notice, { ...headers, 'x-razorpay-signature': hmac(noticeSecret, notice) });
	const back = `${new URLSearchParams({ razorpay_payment_id: payment, razorpay_order_id: order, razorpay_signature: hmac(keySecret, `${order}|${payment}`) })}`;
	await open('GET', `/api/gateway/return?${back}`);
	await open('POST', '/api/gateway/return', back, { 'content-type': 'application/x-www-form-urlencoded' });
	const { receipt_number: receipt } = (await filer('GET', `/api/payments/${id}`)).json;
	siege.secrets.push(receipt, (await read(one)).number);
	await filer('GET', `/api/receipts/${encodeURIComponent(receipt)}`);
	await some(filer, '/api/payments', id, [`application_id=${a.id}`, `after=${id + 1}`]);
});

step('the officer examines', async () => {
	const desk = `/api/review/applications/${a.id}`;
	const lock = async (what = desk) => (await officer('PUT', `${what}/lock`, {})).json.version;
	for (const what of ['queue', 'summary']) await officer('GET', `/api/review/${what}`);
	const here = `after=${a.id - 1}`;		// the oldest come first, and there may be many
	await some(officer, '/api/review/queue', a.id, [`state=waiting&${here}`, `office_id=1&${here}`]);
	const { documents } = (await officer('GET', desk)).json;
	for (const what of ['', '/pages/1']) await officer('GET', `${desk}/documents/${documents[0].id}${what}`);
	for (const what of ['/preview', '/preview/pages/1']) await officer('GET', desk + what);
	await lock();
	await officer('DELETE', `${desk}/lock`);
	await officer('POST', `${desk}/query`, { version: await lock(), text: `About ${secret}?` });
	await filer('POST', `${one}/resubmission`, { version: (await read(one)).version, answer: 'So it is.' });
	await officer('POST', `${desk}/approval`, { version: await lock(),
		checked: ['parties', 'goods_match_invoice', 'weights', 'hs', 'marks', 'origin', 'documents_legible'] });
	const bad = submitted('filer@palarveni.example', 1), other = `/api/review/applications/${bad}`;
	await officer('POST', `${other}/rejection`, { version: await lock(other), text: 'Nothing is in it.' });
	withdraw([bad]);
});

step('the certificate', async () => {
	await operator('PUT', '/api/certificates/issuing', { halted: false });
	await operator('GET', '/api/certificates/issuing');
	await officer('GET', '/api/certificates/tray');
	({ number } = (await officer('POST', '/api/certificates', { application_id: a.id })).json);
	const leaf = `/api/certificates/${number}`;
	const { check_code: code } = (await officer('GET', leaf, undefined, SEES)).json;
	const [[id]] = rows(`SELECT id FROM certificate WHERE number = '${number}'`);
	siege.secrets.push(number, code);
	await officer('GET', `${leaf}/pages/1`, undefined, SEES);
	await officer('POST', `${leaf}/signing`, {});
	await officer('DELETE', `${leaf}/signing`);
	await signedBy((await officer('POST', `${leaf}/signing`, {})).json, 'officer1');
	const issued = (address) => siege.by('filer', ['signatory', 'officer', 'administrator'], request('GET', address), SEES);
	for (const what of ['', '/pages/1', '/pdf?copy=original']) await issued(leaf + what);
	await issued('/api/certificates');
	await some((_, address) => issued(address), '/api/certificates', number, [`after=${Number(id) + 1}`]);
	const pdf = (await issued(`${leaf}/pdf`)).bytes;
	const form = new FormData();
	form.append('file', new Blob([pdf]), 'leaf.pdf');
	for (const way of ['', `?number=${number}`])
		assert.equal((await open('POST', `/api/verify${way}`, form)).json.answer, 'identical');
	await open('GET', `/api/verify/${number}?code=${code}`);
	for (const way of ['', '&lang=hi']) await open('GET', `/verify/${number}?code=${code}${way}`);
	await officer('POST', `${leaf}/cancellation`, { reason: 'The siege is over.' });
});

step('all of it again, where everything has ended', () => siege.again());

test('no address and no parameter was left out', () => {
	assert.deepEqual(siege.missing(), []);
});
