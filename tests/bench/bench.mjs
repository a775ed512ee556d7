// ./ecoo bench: the parts that were named, one after the other, and what came of them as one report.
//
// Ends with 1 only if something could not be measured: a target that is missed is said, not enforced.
import { conditions, finish, note, table } from './lib.mjs';

const began = Date.now();
let failed = 0;

table('eCoO bench', 'Ratios measured side by side in one run, medians of interleaved rounds. No figure is worth anything without these conditions:',
	['condition', 'value'], conditions());
for (const name of process.argv.slice(2)) {
	try {
		const part = await import(`./${name}.mjs`);
		await part.measure();
	} catch (e) {
		failed++;
		note(`${name} could not be measured: ${e.message}`);
		console.error(e.stack);
	}
}
note(`Took ${Math.round((Date.now() - began) / 1000)} s.`);
finish(failed);
process.exitCode = failed > 0 ? 1 : 0;
