// The gateway simulator's page, and the way there and back, with the keyboard alone.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { launch, sound, soundIn, visit } from '../lib/browser.mjs';
import { expect, portal, signIn, until } from '../lib/portal.mjs';
import { sql, withdraw } from '../lib/world.mjs';

const EMAIL = 'filer@palarveni.example';
const made = [];
let browser, filer;

before(async () => { [browser, filer] = await Promise.all([launch(), signIn(EMAIL)]); });
after(async () => {
	withdraw(made);
	await browser?.close();
});

async function open() {
	const id = Number(sql(`INSERT INTO application (iec, agency, office_id, rule_set, state, content, exporter, created_by,
		created_at, updated_at) SELECT iec, 'NCE', 1, 'NP-BASE', 'payment_pending', '{}', '{}', id, UTC_TIMESTAMP(3),
		UTC_TIMESTAMP(3) FROM person WHERE email = '${EMAIL}'; SELECT LAST_INSERT_ID();`));
	made.push(id);
	const p = expect(await filer.post('/api/payments', { application_id: id }), 201);
	return (await until(() => filer.get(`/api/payments/${p.id}`), (r) => r.json.checkout_url)).json;
}

test('the page is sound, wide and on a phone, without a script', async () => {
	const p = await open();
	const page = await visit(browser);
	await page.goto(p.checkout_url);
	assert.equal(await page.title(), 'Pay ₹ 236.00 - gateway simulator');
	assert.equal(await page.locator('h1').innerText(), '₹ 236.00');
	assert.equal(await page.locator('script').count(), 0);
	assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector('header')).backgroundColor), 'rgba(0, 0, 0, 0)');
	await soundIn(page, 'paysim', ['wide', 'phone', 'narrow']);
	await page.context().close();
});

test('refused, tried again, paid and back: with the keyboard', async () => {
	const p = await open();
	const page = await visit(browser, { email: EMAIL });
	await page.goto(p.checkout_url);
	const press = async (name) => {
		for (let i = 0; i < 20; i++) {
			await page.keyboard.press('Tab');
			if (await page.evaluate(() => document.activeElement.value) === name) break;
		}
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	};
	await press('fail');
	assert.equal(await page.getByRole('status').innerText(), 'The bank refused. Nothing was paid.');
	await sound(page, 'paysim-refused');
	await press('pay');
	await page.waitForURL(`${portal}/payments/${p.id}`);
	await until(() => filer.get(`/api/payments/${p.id}`), (r) => r.json.state === 'paid');
	await page.goto(p.checkout_url);
	await sound(page, 'paysim-paid');
	await page.getByRole('link', { name: 'Back to the portal' }).click();
	await page.waitForURL(`${portal}/payments/${p.id}`);
	await page.context().close();
});
