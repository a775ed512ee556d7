// Off the straight way: a payment that fails, a signature from elsewhere, a lock, a rejection, a halt.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { approve, draft, expect, pay, place, samples, sign, signIn } from '../lib/portal.mjs';
import { launch, picture, sound, visit } from '../lib/browser.mjs';

const FILER = 'filer@palarveni.example', SIGNATORY = 'signatory@palarveni.example', OFFICER = 'officer1@nce.example';
let browser, filer, signatory, officer;

before(async () => {
	browser = await launch();
	[filer, signatory, officer] = await Promise.all([FILER, SIGNATORY, OFFICER].map((email) => signIn(email)));
});
after(() => browser?.close());

async function submitted() {
	const a = await draft(filer);

	await sign(filer, signatory, a);
	await pay(filer, a.id);
	return a.id;
}

test('a signature made by another program is handed in as a file', async () => {
	const a = await draft(filer);
	const page = await visit(browser, { email: SIGNATORY });
	const folder = await mkdtemp(path.join(os.tmpdir(), 'ecoo-p7s-'));
	const key = (end) => path.join(place, 'keys', `signatory.${end}`);

	expect(await filer.post(`/api/applications/${a.id}/signing`, { version: a.version }), 200);
	await page.goto(`/applications/${a.id}`);
	await page.getByText('Sign with another program').click();
	const [download] = await Promise.all([page.waitForEvent('download'),
		page.locator('details').getByRole('link', { name: 'Download what is signed' }).click()]);
	await download.saveAs(path.join(folder, 'application.json'));
	await sound(page, 'application-sign-elsewhere');
	await page.getByLabel('Signature file (.p7s)').setInputFiles(path.join(samples, 'good/shoes-invoice.pdf'));
	await page.locator('#p7s-error').waitFor();
	execFileSync(path.join(place, 'prog/bin/coosign'), ['sign', '--in', path.join(folder, 'application.json'),
		'--out', path.join(folder, 'application.p7s'), '--p12', key('p12'), '--pin-file', key('pin'), '--yes']);
	await page.getByLabel('Signature file (.p7s)').setInputFiles(path.join(folder, 'application.p7s'));
	await page.getByRole('button', { name: 'Pay ₹236.00' }).waitFor();
	await page.context().close();
});

test('a filer takes it back for editing, and sends it again', async () => {
	const a = await draft(filer);
	const page = await visit(browser, { email: FILER });

	await page.goto(`/applications/${a.id}#check`);
	await page.getByRole('button', { name: 'Send for signature' }).click();
	await page.getByRole('button', { name: 'Edit again' }).click();
	await page.getByLabel("Consignee's name").fill('Hafenlicht Schuhhandel und Soehne');
	await page.locator('.saved-saved').waitFor();
	await page.locator('.steps').getByRole('link', { name: /Check/ }).click();
	await page.getByRole('button', { name: 'Send for signature' }).click();
	await page.getByText('Only an authorised signatory of your firm can sign.').waitFor();
	assert.equal((await filer.get(`/api/applications/${a.id}`)).json.content.consignee.name, 'Hafenlicht Schuhhandel und Soehne');
	await page.context().close();
});

test('a payment that fails is told and tried again', async () => {
	const a = await draft(filer);
	const page = await visit(browser, { email: FILER });

	await sign(filer, signatory, a);
	await page.goto(`/applications/${a.id}`);
	await page.getByRole('button', { name: 'Pay ₹236.00' }).click();
	await page.waitForURL(/\/paysim\//);
	await page.locator('button[value="fail"]').click();
	await page.getByText('The bank refused').first().waitFor();
	const [{ id }] = expect(await filer.get(`/api/payments?application_id=${a.id}`), 200).items;
	await page.goto(`/payments/${id}`);
	await page.getByText(/The payment did not go through|Waiting for the gateway/).first().waitFor();
	await sound(page, 'payment-not-paid');
	await page.goto(`/applications/${a.id}`);
	await page.getByRole('button', { name: 'Pay ₹236.00' }).click();
	await page.waitForURL(/\/paysim\//);
	await page.getByRole('button', { name: /^Pay ₹/ }).click();
	await page.getByText('Paid. Your application is submitted.').waitFor();
	await page.context().close();
});

test('what one officer examines another one only reads', async () => {
	const id = await submitted();
	const page = await visit(browser, { email: 'officer2@nce.example' });

	expect(await officer.put(`/api/review/applications/${id}/lock`, {}), 200);
	await page.goto(`/review/${id}`);
	await page.getByText('Meenakshi Raghunathan is examining this').waitFor();
	assert.equal(await page.getByRole('button', { name: /Approve/ }).count(), 0);
	await sound(page, 'examine-locked');
	await page.goto('/queue');
	await page.getByText(/Meenakshi Raghunathan, until/).first().waitFor();
	await page.context().close();
});

test('a rejection reaches the exporter word for word', async () => {
	const id = await submitted();
	const page = await visit(browser, { email: OFFICER });
	const exporter = await visit(browser, { email: FILER });

	await page.goto(`/review/${id}`);
	await page.getByText(/yours until/).waitFor();
	await page.keyboard.press('x');
	await page.getByRole('button', { name: 'Reject the application' }).click();
	await page.getByText('This is needed.').waitFor();
	await page.getByRole('textbox', { name: 'Reason' }).fill('The invoice belongs to another shipment.');
	await page.getByRole('button', { name: 'Reject the application' }).click();
	await page.waitForURL((url) => url.pathname !== `/review/${id}`);
	await exporter.goto(`/applications/${id}`);
	await exporter.getByText('Rejected by Meenakshi Raghunathan:').waitFor();
	await exporter.getByText('The invoice belongs to another shipment.').first().waitFor();
	await sound(exporter, 'application-rejected');
	await Promise.all([page.context().close(), exporter.context().close()]);
});

test('while issuing is halted the tray says so and prepares nothing', async () => {
	const id = await submitted();
	const operator = await signIn('operator@ecoo.example');
	const page = await visit(browser, { email: OFFICER });

	await approve(officer, id);
	expect(await operator.put('/api/certificates/issuing', { halted: true }), 200);
	try {
		await page.goto(`/tray?application=${id}`);
		await page.getByText('Issuing is halted').first().waitFor();
		assert.ok(await page.getByRole('button', { name: 'Prepare the certificate' }).isDisabled());
		await sound(page, 'tray-halted');
	} finally {
		expect(await operator.put('/api/certificates/issuing', { halted: false }), 200);
	}
	await page.reload();
	await page.getByRole('button', { name: 'Prepare the certificate' }).click();
	await page.getByRole('button', { name: 'Sign and issue' }).click();
	await page.getByRole('button', { name: 'Do not sign now' }).click();
	await page.getByRole('button', { name: 'Sign and issue' }).waitFor();
	await page.context().close();
});

test('another firm sees nothing of it', async () => {
	const a = await draft(filer);
	const page = await visit(browser, { email: 'filer@sahyavastra.example' });

	await page.goto(`/applications/${a.id}`);
	await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
	await page.goto('/queue');
	await page.getByText(/This page is for another role/).waitFor();
	await page.context().close();
});

// A draft on a phone and on the narrowest screen: every step, in both languages.
for (const [name, options] of [['phone', { phone: true }], ['narrow-hi', { narrow: true, lang: 'hi' }]])
	test(`a draft can be worked on: ${name}`, async () => {
		const a = await draft(filer);
		const page = await visit(browser, { email: FILER, ...options });

		for (const step of ['parties', 'transport', 'goods', 'origin', 'documents', 'check']) {
			await page.goto(`/applications/${a.id}#${step}`);
			await page.reload();
			await page.locator('#step-title').waitFor();
			await sound(page, `draft-${step}-${name}`);
		}
		await page.goto(`/applications/${a.id}#parties`);
		await page.locator('.tabs button').nth(1).click();
		await page.locator('.bench-side .viewer img').waitFor();
		await picture(page, `draft-preview-${name}`);
		await page.context().close();
	});
