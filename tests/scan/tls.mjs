// tls - of what testssl.sh found, that which nobody has explained, a line each.
//
//	node tests/scan/tls.mjs FINDINGS EXPLAINED	FINDINGS: its --jsonfile; EXPLAINED: tests/scan/explained
//
// Findings that break off, or are none at all, are a line too: a scan that did not come to its end has shown nothing.
import { readFileSync } from 'node:fs';

const [findings, explained] = process.argv.slice(2);

const read = () => {
	try {
		return JSON.parse(readFileSync(findings, 'utf8'));
	} catch {
		return [];
	}
};
const rows = readFileSync(explained, 'utf8').split('\n').filter((l) => l && !l.startsWith('#'))
	.map((l) => l.split('\t')).map(([id, begins, why]) => ({ id, begins, why }));
const all = read();
const bad = all.filter((f) => !/^(OK|INFO|DEBUG)$/.test(f.severity));
const fits = (row, f) => row.why && row.id === f.id && f.finding.startsWith(row.begins);

for (const f of bad.filter((f) => !rows.some((row) => fits(row, f))))
	console.log(`${f.severity} ${f.id}: ${f.finding}`);
if (!all.some((f) => f.id === 'scanTime' && f.severity === 'INFO'))
	console.log('testssl.sh did not come to its end');
for (const row of rows.filter((row) => !bad.some((f) => fits(row, f))))
	console.error(`explained, but not found: ${row.id}`);
