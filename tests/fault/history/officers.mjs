// Officers: several windows each, over the same applications, so that they meet.
import { answer } from './record.mjs';
import { signJob } from './exporters.mjs';
import { rest } from './town.mjs';

const CHECKED = ['parties', 'goods_match_invoice', 'weights', 'hs', 'marks', 'origin', 'documents_legible'];

// Query, rejection, approval: the marker stands in the words, or among what was checked.
function decide(town, me, app, op, version) {
	const id = town.history.name();
	const body = op === 'approve' ? { version, checked: [...CHECKED, town.marker(id)] } :
		{ version, text: `What about this? ${town.marker(id)}` };
	const address = { query: 'query', reject: 'rejection', approve: 'approval' }[op];
	return town.history.act(me.proc, op, { app: app.id, from: version },
		(key) => me.who.post(`/api/review/applications/${app.id}/${address}`, body, key),
		{ id, keyed: true, copies: me.rng.chance(0.3) ? 2 : 1, again: 2 });
}

// Taken, and decided: often by two windows at once, of which one has to lose.
async function examine(town, me, app) {
	const lock = await town.history.act(me.proc, 'lock', { app: app.id },
		() => me.who.ask('PUT', `/api/review/applications/${app.id}/lock`, {}));
	const { version } = answer(lock).body ?? {};
	if (lock.type !== 'ok') return rest(me, 100, 300);
	lock.args.version = version;
	if (me.rng.chance(0.04))
		return town.history.act(me.proc, 'unlock', { app: app.id }, () => me.who.del(`/api/review/applications/${app.id}/lock`));
	const ops = { approve: ['approve'], query: ['query'], reject: ['reject'], rivals: ['approve', 'approve'],
		torn: ['approve', me.rng.one(['reject', 'query', 'query'])] };
	return Promise.all(ops[me.rng.weighted({ approve: 47, query: 6, reject: 2, rivals: 25, torn: 20 })]
		.map((op) => decide(town, me, app, op, version)));
}

async function prepare(town, me, app) {
	const line = await town.history.act(me.proc, 'prepare', { app: app.id },
		(key) => me.who.post('/api/certificates', { application_id: app.id }, key),
		{ keyed: true, copies: me.rng.chance(0.25) ? 2 : 1, again: 2 });
	const { number } = answer(line).body ?? {};
	if (line.type !== 'ok') return null;
	line.args.number = number;
	if (!town.certificates.has(number)) town.certificates.set(number, { number, app: app.id });
	return number;
}

async function sign(town, me, app, number) {
	const line = await town.history.act(me.proc, 'job_issue', { number, app: app.id },
		() => me.who.post(`/api/certificates/${number}/signing`, {}, null));
	const { url } = answer(line).body ?? {};
	if (line.type !== 'ok') return rest(me, 100, 300);
	if (me.rng.chance(0.05))
		return town.history.act(me.proc, 'unsign', { number, app: app.id }, () => me.who.del(`/api/certificates/${number}/signing`));
	return signJob(town, me, 'issue', { number, app: app.id }, url, me.key, me.rng.chance(0.3) ? 2 : 1);
}

// Often beside another one: both want the next number.
async function prepareSome(town, me, app) {
	const other = town.waiting(me.offices).find((a) => a.state === 'approved' && a.id !== app.id);
	const numbers = await Promise.all([app, ...other && me.rng.chance(0.5) ? [other] : []].map((a) => prepare(town, me, a)));
	return numbers[0];
}

// An approval is taken back as long as nobody signs: now and then just while somebody begins to.
async function issue(town, me, app, seen) {
	if (me.rng.chance(0.03)) return decide(town, me, app, 'query', seen.version);
	const number = seen.certificate?.number ?? await prepareSome(town, me, app);
	if (!number) return rest(me, 100, 300);
	if (!me.rng.chance(0.12)) return sign(town, me, app, number);
	return Promise.all([sign(town, me, app, number),
		rest(me, 0, 500).then(() => decide(town, me, app, 'query', seen.version))]);
}

async function cancel(town, me, app, seen) {
	const number = seen.certificate?.number;
	if (!number || !me.rng.chance(0.2)) return rest(me, 50, 200);
	const id = town.history.name();
	return town.history.act(me.proc, 'cancel', { number, app: app.id },
		(key) => me.who.post(`/api/certificates/${number}/cancellation`, { reason: `Not shipped. ${town.marker(id)}` }, key),
		{ id, keyed: true, copies: me.rng.chance(0.4) ? 2 : 1, again: 2 });
}

const duties = { submitted: examine, resubmitted: examine, under_review: examine, approved: issue, issued: cancel };

// Mostly what nobody has in hand; now and then on purpose what another is at.
function choose(town, me) {
	const all = town.waiting(me.offices);
	const fresh = all.filter((a) => a.state !== 'issued');
	const idle = fresh.filter((a) => !a.inHand);
	return me.rng.one(me.rng.chance(0.12) || !fresh.length ? all : idle.length && me.rng.chance(0.7) ? idle : fresh);
}

export async function officer(town, me) {
	const app = choose(town, me);
	if (!app) return rest(me, 150, 400);
	app.inHand = (app.inHand ?? 0) + 1;
	return serve(town, me, app).finally(() => { app.inHand--; });
}

async function serve(town, me, app) {
	const a = await town.read(me, 'read', { app: app.id }, me.who, `/api/review/applications/${app.id}`);
	if (a.type !== 'ok') return rest(me, 100, 300);
	app.state = a.body.state;
	return duties[app.state] ? duties[app.state](town, me, app, a.body) : rest(me, 100, 300);
}
