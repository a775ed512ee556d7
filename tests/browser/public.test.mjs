// The pages for everyone: both languages, wide and on a phone, light and dark, with and without script.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { launch, picture, settled, sound, soundIn, visit } from '../lib/browser.mjs';
import { full } from '../lib/world.mjs';
import { portal } from '../lib/portal.mjs';

const PAGES = ['/', '/verify', '/agencies', '/guide', '/fees', '/help', '/sign-in', '/problems', '/problems/locked', '/nothing/here'];
const LANGUAGES = ['en', 'hi'];
const SCRIPT_MOST = 100 * 1024;
const NOWHERE = 'NP-NCE-26-9999999', UNKNOWN = `${NOWHERE}-${checkCharacter(NOWHERE.replaceAll('-', ''))}`;
let browser;

before(async () => { browser = await launch(); });
after(() => browser?.close());

// ISO 7064 MOD 37,36, written again.
function checkCharacter(text) {
	const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
	let p = 36;
	for (const c of text) {
		p = (p + letters.indexOf(c)) % 36;
		p = (p === 0 ? 36 : p) * 2 % 37;
	}
	return letters[(37 - p) % 36];
}

async function open(address, options = {}) {
	const page = await visit(browser, options);
	await go(page, address, options);
	return page;
}
async function go(page, address, { script = true } = {}) {
	await page.goto(address);
	if (script)
		await settled(page);
}
const close = (page) => page.context().close();
const nameOf = (address) => address.slice(1).replaceAll('/', '-') || 'home';

// The catalogues, all parts of one language together.
async function catalogue(lang) {
	const all = {};
	for (const file of await readdir(`static/locale/${lang}`))
		all[file] = JSON.parse(await readFile(`static/locale/${lang}/${file}`, 'utf8'));
	return all;
}
const texts = (value) => typeof value === 'string' ? [value] : Object.values(value);
const holes = (value) => [...new Set(texts(value).flatMap((s) => s.match(/\{\w+\}|<\/?\d+>/g) ?? []))].sort();

test('both languages have the same keys, and the same values in their sentences', async () => {
	const [en, hi] = await Promise.all(LANGUAGES.map(catalogue));
	assert.deepEqual(Object.keys(hi), Object.keys(en));
	for (const part of Object.keys(en)) {
		assert.deepEqual(Object.keys(hi[part]).sort(), Object.keys(en[part]).sort(), part);
		for (const [key, value] of Object.entries(en[part])) {
			for (const text of [...texts(value), ...texts(hi[part][key])])
				assert.ok(text.trim() !== '', `${part} ${key} is empty`);
			if (typeof value === 'string' && typeof hi[part][key] === 'string')
				assert.deepEqual(holes(hi[part][key]), holes(value), `${part} ${key}`);
		}
	}
});

// Hindi counts 0 as one: there a text for one has to say which.
test('no number is said as another one', async () => {
	for (const lang of LANGUAGES) {
		if (new Intl.PluralRules(lang).select(0) !== 'one') continue;
		for (const [part, words] of Object.entries(await catalogue(lang)))
			for (const [key, value] of Object.entries(words))
				assert.ok(typeof value === 'string' || value.one.includes('{n}'), `${lang}/${part} ${key}`);
	}
});

test('no key is in two catalogues with two meanings', async () => {
	const seen = new Map();
	for (const [part, words] of Object.entries(await catalogue('en')))
		for (const [key, value] of Object.entries(words)) {
			assert.ok(!seen.has(key) || JSON.stringify(seen.get(key)) === JSON.stringify(value), `${part} ${key}`);
			seen.set(key, value);
		}
});

test('every fault and every problem of the programs has words', async () => {
	const words = Object.assign({}, ...Object.values(await catalogue('en')));
	const found = async (file, pattern) => [...(await readFile(file, 'utf8')).matchAll(pattern)].map((m) => m[1]);
	const faults = [
		...await found('modules/rules/check.c', /^\t\{ "([a-z-]+)",/gm),
		...await found('modules/web/param.c', /^\t\{ "([a-z-]+)",/gm),
		...await found('modules/dossier/member.c', /^\t\{ "([a-z-]+)",/gm),
		...await found('fcgi/verify/number.c', /problem_field\(k->c, "\w+", "([a-z-]+)"/g),
		...await found('modules/paper/pen.c', /pen_fault\(p, box, "([a-z-]+)"/g),
	];
	const problems = await found('modules/base/problem.h', /X\(PROBLEM_\w+,\s*\d+,\s*"([a-z-]+)"/g);
	assert.ok(faults.length > 60 && problems.length > 20);
	for (const code of faults)
		assert.ok(words[`fault.${code}`], `fault.${code}`);
	for (const slug of problems)
		assert.ok(words[`problem.${slug}`], `problem.${slug}`);
});

test('the field names that faults begin with are the labels of the form', async () => {
	const words = Object.assign({}, ...Object.values(await catalogue('hi')));
	const source = (await Promise.all(['check_party.c', 'check_item.c'].map((f) => readFile(`modules/rules/${f}`, 'utf8')))).join('\n');
	const plain = [...source.matchAll(/needed\(k, "([a-z_.]+)"/g), ...source.matchAll(/^\tX\(([a-z_.]+),/gm)].map((m) => m[1]);
	const listed = [...source.matchAll(/needed\(k, field_of\(k, "(\w+)", i, "(\w+)"\)/g)].map((m) => `${m[1]}.${m[2]}`);
	assert.ok(plain.length > 10 && listed.length > 10);
	for (const field of [...plain, ...listed])
		assert.ok(words[`field.${field}`], `field.${field}`);
});

// What the page says without a script is what the English catalogue says.
test('English in the pages is English in the catalogue', async () => {
	const words = Object.assign({}, ...Object.values(await catalogue('en')));
	const page = await visit(browser, { script: false });
	const files = (await readdir('static')).concat((await readdir('static/problems')).map((f) => `problems/${f}`));
	for (const file of files.filter((f) => f.endsWith('.html'))) {
		await page.goto(`/${file.replace(/\.html$/, '')}`.replace(/\/index$/, '/'));
		const said = await page.evaluate(() => {
			const flat = (s) => s.replace(/\s+/g, ' ').trim();
			const rich = (e) => { let n = 0; return flat([...e.childNodes].map((c) => c.nodeType === 3 ? c.data : (n += 1, `<${n}>${c.textContent}</${n}>`)).join('')); };
			return [...document.querySelectorAll('[data-t]')].map((e) => [e.dataset.t, rich(e)]).concat(
				[...document.querySelectorAll('*')].flatMap((e) => [...e.attributes].filter((a) => a.name.startsWith('data-t-'))
					.map((a) => [a.value, flat(e.getAttribute(a.name.slice(7)))])));
		});
		assert.ok(said.length > 10, file);
		for (const [key, text] of said)
			assert.equal(text, words[key], `${file} ${key}`);
	}
	await close(page);
});

for (const [lang, looks] of full ? [['en', ['wide', 'phone', 'dark']], ['hi', ['wide', 'phone']]] : [['en', ['wide', 'dark']], ['hi', ['phone']]])
	test(`every page is sound in ${lang}: ${looks.join(', ')}`, async () => {
		const page = await visit(browser, { lang });
		for (const address of PAGES) {
			await go(page, address);
			assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
			await soundIn(page, `public-${nameOf(address)}-${lang}`, looks);
		}
		await close(page);
	});

test('nothing is wider than a screen of 320 pixels', async () => {
	for (const lang of LANGUAGES) {
		const page = await visit(browser, { lang });
		await page.setViewportSize({ width: 320, height: 640 });
		for (const address of [...PAGES, `/verify/${UNKNOWN}`]) {
			await go(page, address);
			assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), `${address} ${lang}`);
		}
		await close(page);
	}
});

test('in Hindi nothing stays English that the catalogue has in Hindi', async () => {
	const [en, hi] = (await Promise.all(LANGUAGES.map(catalogue))).map((all) => Object.assign({}, ...Object.values(all)));
	const page = await visit(browser, { lang: 'hi' });
	for (const address of PAGES) {
		await go(page, address);
		const said = await page.evaluate(() => [...document.querySelectorAll('[data-t]')].map((e) => [e.dataset.t, e.textContent.trim()]));
		for (const [key, text] of said.filter(([key]) => en[key] !== hi[key]))
			assert.notEqual(text, en[key], `${address} ${key}`);
	}
	await close(page);
});

test('no page takes more than 100 KB of script', async () => {
	const page = await visit(browser);
	for (const address of PAGES) {
		await go(page, address);
		/* Also what came out of the cache: its size is known there. */
		const all = await page.evaluate(() => performance.getEntriesByType('resource').filter((e) => new URL(e.name).pathname.endsWith('.js'))
			.reduce((sum, e) => sum + e.decodedBodySize, 0));
		assert.ok(all > 0 && all < SCRIPT_MOST, `${address}: ${all}`);
	}
	await close(page);
});

test('the language that was chosen stays', async () => {
	const page = await open('/');
	await page.getByRole('button', { name: 'हिन्दी' }).click();
	await page.getByRole('heading', { level: 1, name: 'क्या यह उत्पत्ति प्रमाणपत्र असली है?' }).waitFor();
	await page.goto('/guide');
	await page.getByRole('heading', { level: 1, name: 'प्रमाणपत्र के लिए आवेदन कैसे करें' }).waitFor();
	assert.equal(new URL(page.url()).search, '');
	await close(page);
});

test('with the keyboard alone: over the header to the number, and to the answer', async () => {
	const page = await open('/verify');
	await page.keyboard.press('Tab');
	assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	assert.equal(await page.evaluate(() => document.activeElement.id), 'number');
	assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
	await page.keyboard.type(UNKNOWN.toLowerCase().replaceAll('-', ' '));
	await page.keyboard.press('Enter');
	await page.waitForURL(`**/verify/${UNKNOWN}?lang=en`);
	await page.getByRole('heading', { level: 1, name: 'No such certificate' }).waitFor();
	await close(page);
});

test('a number that cannot be one is told so beside the box', async () => {
	const page = await open('/');
	const box = page.getByLabel('Certificate number');
	const wrong = `${NOWHERE}-${UNKNOWN.endsWith('A') ? 'B' : 'A'}`;
	for (const [typed, words] of [['', /Type the number/], ['hello', /no certificate number/], [wrong, /mistyped/]]) {
		await box.fill(typed);
		await page.getByRole('button', { name: 'Check the certificate' }).click();
		await page.locator('#number-error').filter({ hasText: words }).waitFor();
		assert.equal(await box.getAttribute('aria-invalid'), 'true');
		assert.equal(await page.evaluate(() => document.activeElement.id), 'number');
	}
	assert.equal(new URL(page.url()).pathname, '/');
	await close(page);
});

for (const address of ['/', '/verify'])
	test(`${address} leads to the answer without script`, async () => {
		for (const typed of [UNKNOWN, ` ${UNKNOWN.toLowerCase().replaceAll('-', ' ')} `]) {
			const page = await open(address, { script: false });
			await page.getByLabel('Certificate number').fill(typed);
			await page.getByRole('button', { name: 'Check the certificate' }).click();
			await page.getByRole('heading', { level: 1, name: 'No such certificate' }).waitFor();
			assert.match(page.url(), /\/verify\/[^?]+$/);
			await close(page);
		}
	});

test('the answer to a number is sound, in both languages', async () => {
	const page = await visit(browser);
	for (const lang of LANGUAGES)
		for (const [name, number] of [['unknown', UNKNOWN], ['mistyped', `${NOWHERE}-${UNKNOWN.endsWith('A') ? 'B' : 'A'}`], ['malformed', 'hello']]) {
			await go(page, `/verify/${number}?lang=${lang}`);
			await soundIn(page, `answer-${name}-${lang}`, ['wide', 'phone']);
		}
	await close(page);
});

test('a QR code leads to an answer of this site, never to another site', async () => {
	const page = await open('/verify');
	const read = (text) => page.evaluate(async (code) => (await import('/js/scan.js')).readCode(code), text);
	assert.deepEqual(await read(`${portal}/verify/${UNKNOWN}?code=ABCDEFGH23`), { go: `/verify/${UNKNOWN}?code=ABCDEFGH23&lang=en` });
	assert.deepEqual(await read(UNKNOWN), { go: `/verify/${UNKNOWN}?lang=en` });
	assert.match((await read(`https://forged.example/verify/${UNKNOWN}`)).says, /forged\.example/);
	for (const text of [`${portal}/sign-in`, 'javascript:alert(1)', 'hello', `${portal}/verify/%E0%A4%A`])
		assert.match((await read(text)).says, /no certificate number/, text);
	await close(page);
});

test('numbers are read here as the program reads them', async () => {
	const page = await open('/verify');
	for (const typed of [UNKNOWN, UNKNOWN.replaceAll('-', '–'), UNKNOWN.toLowerCase(), `${UNKNOWN}1`, 'NP-12-26-0000001-A', 'NP-A-26-0000001-A',
		'NP-NCE-26-0000000-A', 'NP/NCE/26/0000123/W', 'NP_NCE_26_0000123_W', 'NP-NCE-26-0000123-W?', 'NP-NCÉ-26-0000123-W', 'A-NCE-26-0000123']) {
		const r = await fetch(`${portal}/api/verify/${encodeURIComponent(typed)}`);
		const there = r.status === 422 ? (await r.json()).errors[0].code : 'ok';
		const here = await page.evaluate(async (text) => (await import('/js/number.js')).readNumber(text).verdict, typed);
		assert.equal(here, there, typed);
	}
	await close(page);
});

test('a file that is none of ours is answered in the page', async () => {
	const page = await open('/verify');
	await page.getByLabel('The PDF of the certificate').setInputFiles({ name: 'other.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nhello') });
	await page.getByRole('heading', { name: 'Not from here' }).waitFor();
	await sound(page, 'public-verify-file');
	await page.getByLabel('The PDF of the certificate').setInputFiles({ name: 'letter.docx', mimeType: 'application/msword', buffer: Buffer.from('x') });
	await page.getByText('This kind of file is not accepted here.').waitFor();
	await close(page);
});

test('signing in: what is wrong stands beside the fields and above them', async () => {
	const page = await open('/sign-in?return=/desk');
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await page.getByRole('alert').getByRole('link', { name: 'Type your password.' }).waitFor();
	assert.equal(await page.evaluate(() => document.activeElement.id), 'summary');
	await page.getByRole('link', { name: 'Type your e-mail address.' }).click();
	assert.equal(await page.evaluate(() => document.activeElement.id), 'email');
	await sound(page, 'public-sign-in-errors');
	await page.getByLabel('E-mail address').fill('nobody@nowhere.example');
	await page.getByLabel('Password', { exact: true }).fill('wrong');
	await page.keyboard.press('Enter');
	await page.getByRole('alert').getByText('E-mail or password is not right').waitFor();
	assert.equal(new URL(page.url()).pathname, '/sign-in');
	await close(page);
});

test('who comes in a crowd is let in a little later, and is told so', async () => {
	const page = await open('/sign-in');
	let asked = 0;
	await page.route('**/api/session', (route) => (route.request().method() === 'POST' && ++asked < 3
		? route.fulfill({ status: 503, headers: { 'retry-after': '1' }, contentType: 'application/problem+json', body: '{"type":"/problems/try-again"}' })
		: route.continue()));
	await page.getByRole('button', { name: 'Sign in as Nila Varadan' }).click();
	await page.getByRole('status').getByText('Many people are signing in just now.').waitFor();
	await sound(page, 'public-sign-in-crowd');
	await page.waitForURL(`${portal}/desk`);
	assert.equal(asked, 3);
	await close(page);
});

test('after signing in one is where one wanted to go, and never on another site', async () => {
	for (const [back, there] of [['/help', '/help'], ['//forged.example/', '/desk'], ['/\\forged.example/', '/desk'],
		['https://forged.example/', '/desk'], ['javascript:alert(1)', '/desk'], ['/\t/forged.example/', '/desk']]) {
		const page = await open(`/sign-in?return=${encodeURIComponent(back)}`);
		await page.getByRole('button', { name: 'Sign in as Nila Varadan' }).click();
		await page.waitForURL((url) => url.pathname !== '/sign-in');
		assert.equal(new URL(page.url()).origin, portal, back);
		assert.equal(new URL(page.url()).pathname, there, back);
		await close(page);
	}
});

test('who is signed in sees it on every page, and signs out there', async () => {
	const page = await open('/guide', { email: 'filer@palarveni.example' });
	await page.locator('details.menu summary').click();
	await page.getByText('Palarveni').first().waitFor();
	await sound(page, 'public-guide-signed-in');
	await page.keyboard.press('Escape');
	assert.equal(await page.locator('details.menu').getAttribute('open'), null);
	await page.locator('details.menu summary').click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor();
	await close(page);
});

test('agencies and fees come from the portal', async () => {
	const page = await open('/agencies');
	await page.getByRole('heading', { level: 2 }).first().waitFor();
	assert.match(await page.locator('main').innerText(), /Chennai/);
	await go(page, '/fees');
	assert.match(await page.getByRole('row').filter({ hasText: 'NP-BASE' }).innerText(), /₹236\.00/);
	await close(page);
});

test('a list that does not come says so and offers another try', async () => {
	const page = await visit(browser);
	await page.route('**/api/agencies', (route) => route.fulfill({ status: 502, contentType: 'application/problem+json',
		body: '{"type":"/problems/try-again","title":"Try again in a moment","status":502}' }), { times: 1 });
	await page.goto('/agencies');
	await page.getByRole('heading', { name: 'The list could not be loaded' }).waitFor();
	await picture(page, 'public-agencies-failed');
	await page.getByRole('button', { name: 'Try again' }).click();
	await page.locator('.agency').first().waitFor();
	await close(page);
});

test('opened by plain http under another name the site says so, on localhost it does not', async () => {
	const other = await launch(['--host-resolver-rules=MAP coo.example 127.0.0.1']);
	try {
		const page = await (await other.newContext()).newPage();
		await page.goto(new URL('/sign-in', portal).href.replace('localhost', 'coo.example'));
		await page.getByText('This page came over plain http').waitFor();
		await page.goto(`${portal}/sign-in`);
		await page.getByRole('heading', { name: 'Sign in' }).waitFor();
		assert.equal(await page.locator('.over-http').count(), 0);
	} finally {
		await other.close();
	}
});
