// What lies in a store of files (modules/files/store.h).
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { place } from '../../lib/portal.mjs';

const root = (tree) => path.join(place, 'files', tree);
export const incoming = (tree) => readdirSync(path.join(root(tree), 'incoming')).map((f) => path.join(root(tree), 'incoming', f));

// The names of the files that are kept: each is the hash of what it holds.
export function kept(tree) {
	const found = [];
	const walk = (dir) => readdirSync(dir, { withFileTypes: true }).forEach((e) => e.isDirectory() ?
		e.name === 'incoming' || walk(path.join(dir, e.name)) : found.push(path.join(dir, e.name)));
	walk(root(tree));
	for (const f of found) assert.equal(createHash('sha256').update(readFileSync(f)).digest('hex'), path.basename(f), `half a file: ${f}`);
	return found.map((f) => path.basename(f));
}
