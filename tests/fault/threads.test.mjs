// Every threaded program under ThreadSanitizer, with many people at once: no two threads meet in one
// place of memory without an order.  It builds everything once more and runs in a world of its own below
// the tests', so it belongs to the long version alone; by hand:
//
//	ECOO_FULL=yes ECOO_VAR=/var/tmp/x node --test tests/fault/threads.test.mjs	as root, where node_modules can be found
//
// The jail lets no program read its own symbols: addr2line -e var/.../prog/libexec/ecoo/PROGRAM names the places.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

const full = process.env.ECOO_FULL === 'yes';
const place = path.join(process.env.ECOO_VAR, 'tsan');
const lives = Number(process.env.ECOO_LIVES ?? 4), crowd = 6;
const run = promisify(execFile);

const freePort = () => new Promise((done) => {
	const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); });
});
// Its memory has a fixed plan, which too random addresses would run into.
const fixed = spawnSync('setarch', ['-R', 'true']).status === 0 ? ['setarch', '-R'] : [];
const ecoo = (...args) => {
	const [program, ...rest] = [...fixed, './ecoo', ...args];
	return run(program, rest, { timeout: 3600000, maxBuffer: 1 << 24, env: { ...process.env, ECOO_VAR: place, ECOO_SANITIZER: 'tsan',
		ECOO_RATE: '100000', ECOO_PATIENCE: '300', TSAN_OPTIONS: `suppressions=${path.resolve('tests/fault/tsan.supp')} halt_on_error=0` } });
};
// node runs no tests inside of tests, and says nothing: it is not to know of this one.
async function suite(t, file) {
	const { NODE_TEST_CONTEXT, ...env } = process.env;
	const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', file], { timeout: 1200000, maxBuffer: 1 << 24, env });
	const passed = Number(/^# pass (\d+)$/m.exec(stdout)?.[1]);
	assert.ok(passed > 0, `no test of ${file} was run`);
	t.diagnostic(`${passed} passed in ${file}`);
}

// What one person after another does, at the same time as all others.  All is ten times slower here: a life
// may end in a 504, and it is the crowd that counts.
async function crowds(t) {
	const p = await import('../lib/portal.mjs');
	const people = () => Promise.all(['filer@palarveni.example', 'signatory@palarveni.example', 'officer1@nce.example'].map((who) => p.signIn(who)));
	let open = true, whole = 0;
	const until = async (act) => { while (open) await act().catch(() => {}); };
	const [filer, signatory, officer] = await people();
	const life = async () => {
		const a = await p.draft(filer);
		await filer.get(`/api/applications/${a.id}/preview/pages/1`);
		await p.sign(filer, signatory, a);
		await p.pay(filer, a.id);
		await p.approve(officer, a.id);
		const number = await p.issue(officer, a.id);
		const pdf = await officer.get(`/api/certificates/${number}/pdf`);
		const form = new FormData();
		form.append('file', new Blob([pdf.bytes]), 'leaf.pdf');
		assert.equal((await new p.Person().ask('POST', '/api/verify', form)).json.answer, 'identical');
		whole++;
	};
	const one = async () => { for (let i = 0; i < lives; i++) await life().catch((e) => t.diagnostic(e.message.slice(0, 100))); };
	const ask = (address) => () => new p.Person().get(address);
	const besides = [ask('/verify/NP-NCE-26-0000001-F'), ask('/api/agencies'), people,
		async () => (await p.signIn('filer@sahyavastra.example')).del('/api/session')].map(until);
	await Promise.all(Array.from({ length: crowd }, one));
	open = false;
	await Promise.all(besides);
	assert.ok(whole > 0, 'no life was whole');
	t.diagnostic(`${whole} whole lives of ${crowd * lives}`);
}

test('no race is seen', { skip: full ? false : 'the long version only', timeout: 7200000 }, async (t) => {
	mkdirSync(place, { recursive: true });
	const port = await freePort();
	await ecoo('start', '--port', String(port));
	after(() => ecoo('stop'));
	Object.assign(process.env, { PORTAL: `http://localhost:${port}`, ECOO_VAR: place, ECOO_DB: path.join(place, 'mariadb/mariadb.sock') });
	await t.test('every address is asked by everybody', (t) => suite(t, 'tests/http/two-firms.test.mjs'));
	await t.test('whole lives, side by side', crowds);
	await t.test('the database goes and comes', async () => {
		const w = await import('../lib/world.mjs'), { Person } = await import('../lib/portal.mjs');
		const asking = Array.from({ length: 24 }, async (_, i) => {
			for (let n = 0; n < 40; n++) await new Person().get(['/api/agencies', '/verify/NP-NCE-26-0000001-F', '/api/session'][i % 3]).catch(() => {});
		});
		w.kill('mariadb');
		await Promise.all(asking);
		await w.allRunning(['mariadb', 'login', 'application', 'verify'], 60);
	});
	await ecoo('stop');
	const logs = readdirSync(path.join(place, 'log')).filter((f) => f.endsWith('.log'));
	assert.ok(logs.includes('application.log'));
	for (const f of logs) {
		const reports = readFileSync(path.join(place, 'log', f), 'utf8').split('==================').filter((r) => r.includes('WARNING: ThreadSanitizer'));
		assert.deepEqual(reports, [], `${f}: ${reports.length} races`);
	}
});
