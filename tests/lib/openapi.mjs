// openapi - lint an OpenAPI document, and compare it with what the programs print for --routes.
//
//	node tests/lib/openapi.mjs lint FILE
//	node tests/lib/openapi.mjs whole FILE PROGRAM...
//
// Run where node_modules can be found.
import { createConfig, lint } from '@redocly/openapi-core';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [command, file, ...programs] = process.argv.slice(2);
const fail = (words) => { console.log(words); process.exitCode = 1; };

async function check() {
	const config = await createConfig({ extends: ['recommended-strict'] });
	for (const p of await lint({ ref: file, config }))
		fail(`${p.ruleId}: ${p.message} ${p.location[0]?.pointer ?? ''}`);
}

function compare() {
	const { paths } = JSON.parse(readFileSync(file, 'utf8'));
	const there = new Set(Object.entries(paths).flatMap(([path, item]) =>
		Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`)));
	const said = new Set(programs.flatMap((p) => JSON.parse(execFileSync(p, ['--routes'])).routes)
		.map(({ method, path }) => `${method} ${path}`).filter((r) => r.includes(' /api/')));
	for (const r of said)
		if (!there.has(r)) fail(`${r} is not described`);
	for (const r of there)
		if (!said.has(r)) fail(`${r} is described, and no program has it`);
	if (said.size === 0) fail('no program said anything');
}

await { lint: check, whole: compare }[command]();
