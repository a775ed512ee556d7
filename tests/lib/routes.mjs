// routes - what every program's route table has to keep, and that nginx brings each address to it.
//
//	node tests/lib/routes.mjs NGINX-DIR FILE...	FILE: what one program printed for --routes
import { readFileSync, readdirSync } from 'node:fs';

const [nginx, ...files] = process.argv.slice(2);
const fail = (words) => { console.log(words); process.exitCode = 1; };

// Read no cookie, on purpose: public questions, the gateway's notices, the signer program's jobs.
const open = new Set([
	'GET /api/session',
	'GET /api/agencies', 'GET /api/fees',
	'GET /api/verify/{number}', 'POST /api/verify', 'GET /verify/{number}',
	'POST /api/gateway/notice', 'GET /api/gateway/return', 'POST /api/gateway/return',
	...['application', 'certificate'].flatMap((kind) => [`GET /api/${kind}-signing/{token}`,
		`GET /api/${kind}-signing/{token}/document`, `POST /api/${kind}-signing/{token}`]),
]);
// For anyone, with a cookie where there is one.
const entrance = new Set(['POST /api/session', 'DELETE /api/session']);
// Writes about money, decisions and certificates that may be repeated without a key: they only
// begin something that begins once.
const keyed = ['payment', 'review', 'certificate'];
const keyless = new Set(['POST /api/certificates/{number}/signing']);
const segment = '[A-Za-z0-9-]+';

const routes = files.flatMap((f) => {
	const { program, routes } = JSON.parse(readFileSync(f, 'utf8'));
	return routes.map((r) => ({ ...r, program, name: `${r.method} ${r.path}` }));
});
if (routes.length === 0) fail('no program has a route');

for (const r of routes) {
	const write = r.method !== 'GET';
	if (!r.summary) fail(`${r.name}: says nothing`);
	if (r.who === 'some') fail(`${r.name}: these roles have no word`);
	if (r.guard_none && !open.has(r.name)) fail(`${r.name}: reads no cookie, and is not on the list of those`);
	if (r.guard_none && r.who !== 'anyone') fail(`${r.name}: asks for a role and reads no cookie`);
	if (!r.guard_none && r.who === 'anyone' && !entrance.has(r.name)) fail(`${r.name}: is for anyone, and does not say so`);
	if (write && !r.guard_none && !r.origin_checked) fail(`${r.name}: a write with a cookie from anywhere`);
	if (!write && r.origin_checked) fail(`${r.name}: a read that checks the origin`);
	if (!write && r.idempotency_key) fail(`${r.name}: a read with a key`);
	if (r.method === 'POST' && keyed.includes(r.program) && !r.guard_none && !r.idempotency_key && !keyless.has(r.name))
		fail(`${r.name}: needs an Idempotency-Key`);
	if (!/^\/(api\/|verify\/|paysim\/)[a-z0-9{}/-]+$/.test(r.path)) fail(`${r.name}: not an address of ours`);
	const inner = [...r.path.matchAll(/{([a-z]+)}/g)].map((m) => m[1]);
	for (const p of r.params)
		if (p.in === 'path' && !inner.includes(p.name)) fail(`${r.name}: has no {${p.name}} in its path`);
	if (!write && r.params.some((p) => p.in === 'body')) fail(`${r.name}: a read with a body`);
}

// Two routes are one if some address fits both; the first would hide the second.
const pattern = (path) => new RegExp(`^${path.replace(/{[a-z]+}/g, segment)}$`);
for (const [i, a] of routes.entries())
	for (const b of routes.slice(i + 1)) {
		if (a.method !== b.method) continue;
		if (a.path === b.path) fail(`${a.name}: twice, in ${a.program} and ${b.program}`);
		else if (a.program === b.program && pattern(a.path).test(b.path.replace(/{[a-z]+}/g, '7')))
			fail(`${b.name}: hidden by ${a.path}`);
	}

// The locations of nginx, in its order of search: exact, longest prefix, expressions as written.
const locations = ['server.conf', ...readdirSync(`${nginx}/ecoo/programs`).sort().map((f) => `programs/${f}`)]
	.flatMap((f) => [...readFileSync(`${nginx}/ecoo/${f}`, 'utf8')
		.matchAll(/^location (=|\^~|~|)\s*(\S+) \{([^}]*)\}/gm)].map(([, how, what, body]) =>
		({ how, what, to: /fastcgi_pass (\w+);/.exec(body)?.[1], large: /client_max_body_size 12m/.test(body) })));
function located(path) {
	const exact = locations.find((l) => l.how === '=' && l.what === path);
	if (exact) return exact;
	const prefix = locations.filter((l) => ['', '^~'].includes(l.how) && path.startsWith(l.what))
		.sort((a, b) => b.what.length - a.what.length)[0];
	if (prefix?.how === '^~') return prefix;
	return locations.find((l) => l.how === '~' && new RegExp(l.what).test(path)) ?? prefix;
}
for (const r of routes) {
	const l = located(r.path.replace(/{[a-z]+}/g, 'NP-7'));
	if (l?.to !== r.program) fail(`${r.name}: nginx brings it to ${l?.to ?? 'nobody'}, not to ${r.program}`);
	else if (r.upload && !l.large) fail(`${r.name}: takes a file, and nginx does not let it through`);
}
for (const p of new Set(routes.map((r) => r.program)))
	if (located(`/api/health/${p}`)?.to !== p) fail(`${p}: nginx does not bring /api/health/${p} to it`);
