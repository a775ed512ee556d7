// What the browser tests share: a browser, people signed in, pictures, and what no page may do.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { PASSWORD, place, portal } from './portal.mjs';

/* Nothing comes back from loading it: its last value is a tree of thousands. */
const axeSource = `${await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')}; undefined`;
const AXE = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'], preload: false };
const pictures = path.join(place, 'screenshots');
const WIDE = { width: 1280, height: 800 }, PHONE = { width: 390, height: 844 }, NARROW = { width: 320, height: 640 };
// How a page that is open can be looked at.
const LOOKS = { wide: [WIDE, 'light'], phone: [PHONE, 'light'], narrow: [NARROW, 'light'], dark: [WIDE, 'dark'] };

export const launch = async (more = []) => {
	await mkdir(pictures, { recursive: true });
	return chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', ...more] });
};

// A page of somebody of its own.  What the console complains of is a fault of the page.
export async function visit(browser, { email = null, phone = false, narrow = false, lang = 'en', dark = false, script = true } = {}) {
	const context = await browser.newContext({ baseURL: portal, viewport: narrow ? NARROW : phone ? PHONE : WIDE, locale: 'en-IN',
		colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: script, acceptDownloads: true });
	if (lang !== 'en')
		await context.addInitScript((code) => localStorage.setItem('lang', code), lang);
	const page = await context.newPage();
	if (email) {
		await page.goto('/robots.txt');		// any address of the site: a __Host- cookie is the browser's own
		assert.equal(await page.evaluate(async (who) => (await fetch('/api/session', { method: 'POST',
			headers: { 'content-type': 'application/json' }, body: JSON.stringify(who) })).status,
		{ email, password: PASSWORD }), 201);
	}
	page.faults = [];
	page.on('pageerror', (e) => page.faults.push(e.message));
	page.on('console', (m) => {
		if (m.type() === 'error' && !/Failed to load resource/.test(m.text()))
			page.faults.push(m.text());
	});
	/* A page that is left while it loads loses its requests: that is no fault of the next one. */
	page.on('framenavigated', (frame) => {
		if (frame === page.mainFrame())
			page.faults = page.faults.filter((f) => f !== 'Failed to fetch');
	});
	page.setDefaultTimeout(15000);
	return page;
}

// From the top, so that what sticks to the screen is where it belongs, and covers no half of a button.
const toTop = (page) => page.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }));

export async function picture(page, name) {
	await toTop(page);
	await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}

// Words, account and contents are there, and nothing moves.
export async function settled(page) {
	await page.waitForFunction(() => document.readyState === 'complete' && !document.querySelector('main .skeleton') &&
		!document.documentElement.matches('.untranslated') && (!document.getElementById('tools') || document.querySelector('.tools-own')));
	await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.playState === 'running' &&
		a.effect.getComputedTiming().iterations !== Infinity ? a.finished.catch(() => {}) : null)));
}

// WCAG 2.2 A and AA by axe; nothing wider than the screen; no word missing from the catalogue.
export async function sound(page, name) {
	await settled(page);
	await toTop(page);
	if (!await page.evaluate(() => Boolean(window.axe)))
		await page.evaluate(axeSource);
	const { violations } = await page.evaluate((how) => window.axe.run(document, how), AXE);
	assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(' | ')}`), [], name);
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} is wider than the screen`);
	const words = await page.evaluate(() => document.body.innerText.match(/(?<![\w/@.:-])[a-z_]+(?:\.[a-z_-]+){1,3}(?![\w/@])/g) ?? []);
	assert.deepEqual(words.filter((w) => !/\.(pdf|png|jpg|tif|json|p7s|pem|example|invalid)$/.test(w)), [], `${name} has words without a translation`);
	assert.deepEqual(page.faults, [], name);
	await picture(page, name);
}

// The page that is open, in each of these looks: turned and resized as people do it, not loaded again.
export async function soundIn(page, name, looks) {
	for (const look of looks) {
		const [size, colorScheme] = LOOKS[look];
		await page.setViewportSize(size);
		await page.emulateMedia({ colorScheme });
		await sound(page, `${name}-${look}`);
	}
}
