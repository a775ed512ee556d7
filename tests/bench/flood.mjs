// The clients of a flood of sign-ins, for so many seconds; prints how many answers had which status.
// Every address is another one and nobody's: each try costs a whole hash, and none is put off.
import { randomBytes } from 'node:crypto';
import { portal } from '../lib/portal.mjs';

const AT_ONCE = 8;
const until = Date.now() + Number(process.argv[2]) * 1000;
const count = {};

async function knock() {
	while (Date.now() < until) {
		const r = await fetch(`${portal}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
			body: JSON.stringify({ email: `${randomBytes(6).toString('hex')}@bench.example`, password: 'no password at all' }) });
		await r.arrayBuffer();
		count[r.status] = (count[r.status] ?? 0) + 1;
	}
}

await Promise.all(Array.from({ length: AT_ONCE }, knock));
console.log(JSON.stringify({ clients: AT_ONCE, count }));
