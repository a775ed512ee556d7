// The whole job, clicked through: apply, sign, pay, answer a query, issue, download, verify.
import nodeTest, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { coosign, place, portal, samples, shipment, signIn, until } from '../lib/portal.mjs';
import { launch, picture, sound, soundIn, visit } from '../lib/browser.mjs';
import { full } from '../lib/world.mjs';

const FILER = 'filer@palarveni.example', SIGNATORY = 'signatory@palarveni.example', OFFICER = 'officer1@nce.example';
const good = (name) => path.join(samples, 'good', name);
let browser, filer, signatory, officer, address, id, number, shoes;

before(async () => {
	browser = await launch();
	shoes = (await shipment(0)).content;
});
after(() => browser?.close());

// One story: what follows a step that failed would only fail too.
let broken = false;
const test = (name, act) => nodeTest(name, async (t) => {
	if (broken)
		return t.skip('an earlier step failed');
	broken = true;
	await act();
	broken = false;
});

const saved = (page) => page.locator('.saved-saved').waitFor();
const step = async (page, name) => {
	await page.locator('.steps').getByRole('link', { name }).click();
	await page.locator('#step-title').waitFor();
};

// A combobox: typed into, and the first proposal taken.
async function choose(page, label, typed) {
	const box = page.getByRole('combobox', { name: label, exact: true });
	await box.click();
	await box.fill(typed);
	await page.getByRole('option').first().waitFor();
	await box.press('Enter');
}

const tsv = (rows, names) => rows.map((row) => names.map((name) => {
	const cell = String(row[name] ?? '');
	return /[\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}).join('\t')).join('\n');

async function paste(page, text, lines) {
	await page.getByRole('button', { name: 'Paste from a spreadsheet' }).click();
	await page.locator('#paste-text').fill(text);
	await page.getByRole('button', { name: new RegExp(`Take ${lines} lines over`) }).click();
}

async function soundAt(page, at, name, looks) {
	await page.goto(at);
	await page.locator('main h1').waitFor();
	await soundIn(page, name, looks);
}

// What the page tells people to run, run for the demo's key.
async function signAs(page, who) {
	const command = await page.locator('.signer .command code', { hasText: 'coosign job' }).textContent();
	assert.match(command, /^coosign job /);
	assert.match(await page.getByRole('link', { name: 'Open signer' }).getAttribute('href'), /^coosign:job\?u=/);
	await coosign(command.split(' ').pop(), who);
}

test('somebody not signed in is asked to, and comes back to where he wanted to go', async () => {
	filer = await visit(browser);
	await filer.goto('/desk');
	await filer.waitForURL(/\/sign-in\?return=/);
	await filer.getByLabel('E-mail').fill(FILER);
	await filer.getByLabel('Password', { exact: true }).fill('origin-demo-2026');
	await filer.getByRole('button', { name: 'Sign in', exact: true }).click();
	await filer.waitForURL('**/desk');
	await filer.getByRole('heading', { name: 'Your desk' }).waitFor();
	await filer.getByRole('main').getByText('Palarveni Footwear').waitFor();
	await sound(filer, 'desk-empty');
});

test('a new application is begun from the desk', async () => {
	await filer.getByRole('button', { name: 'New application' }).click();
	await filer.getByLabel('Office', { exact: true }).selectOption({ label: 'Chennai' });
	await picture(filer, 'new-application');
	await filer.getByRole('button', { name: 'Begin' }).click();
	await filer.waitForURL(/\/applications\/\d+/);
	address = new URL(filer.url()).pathname;
	id = address.split('/').pop();
	await filer.getByRole('heading', { name: 'Who sends, who receives' }).waitFor();
	await sound(filer, 'application-parties-empty');
});

test('the check of an empty form lists all that is needed and leads to each field', async () => {
	await step(filer, /Check/);
	await filer.getByRole('heading', { name: /There are \d+ things to correct/ }).waitFor();
	await sound(filer, 'application-check-errors');
	await filer.getByRole('link', { name: 'Port of discharge: this is needed.' }).click();
	await filer.waitForFunction(() => document.activeElement?.id === 'f-transport-port_of_discharge');
	await filer.getByText('Port of discharge: this is needed.').waitFor();
	await step(filer, /Check/);
	await filer.getByRole('link', { name: 'Goods: this is needed.' }).click();
	await filer.waitForFunction(() => document.activeElement?.id === 'f-items');
});

test('the parties are filled in, the importing country follows', async () => {
	await step(filer, /Parties/);
	await filer.getByLabel("Consignee's name").fill(shoes.consignee.name);
	await filer.getByLabel("Consignee's address").fill(shoes.consignee.address.join('\n'));
	await filer.getByLabel('City').fill(shoes.consignee.city);
	await choose(filer, "Consignee's country", 'germ');
	assert.equal(await filer.getByRole('combobox', { name: 'Importing country' }).inputValue(), 'Germany');
	await saved(filer);
	await filer.getByRole('heading', { level: 1, name: 'Hafenlicht Schuhhandel GmbH, Germany' }).waitFor();
});

test('what is typed survives a closed tab and a lost line', async () => {
	const context = filer.context();
	await filer.getByLabel('City').fill('20457 Hamburg (closed at once)');
	await filer.close();
	filer = await context.newPage();
	filer.faults = [];
	await filer.goto(address);
	await filer.getByLabel('City').waitFor();
	assert.equal(await filer.getByLabel('City').inputValue(), '20457 Hamburg (closed at once)');
	await saved(filer);
	await context.setOffline(true);
	await filer.getByLabel('City').fill(shoes.consignee.city);
	await filer.locator('.saved-offline').waitFor();
	await context.setOffline(false);
	await saved(filer);
	const person = await signIn(FILER);
	assert.equal((await person.get(`/api${address}`)).json.content.consignee.city, shoes.consignee.city);
});

test('two people at one draft: both versions are shown, one is chosen', async () => {
	const person = await signIn(FILER);
	const { version, content } = (await person.get(`/api${address}`)).json;
	await person.put(`/api${address}`, { version, content: { ...content, process: 'Said elsewhere' } });
	await filer.getByLabel("Consignee's name").fill('Hafenlicht Schuhhandel AG');
	await filer.getByRole('heading', { name: 'Somebody else saved this too' }).waitFor();
	await filer.getByRole('cell', { name: 'Said elsewhere' }).waitFor();
	await filer.getByRole('cell', { name: 'Hafenlicht Schuhhandel AG' }).waitFor();
	await sound(filer, 'application-conflict');
	await filer.getByRole('button', { name: 'Take the other' }).click();
	assert.equal(await filer.getByLabel("Consignee's name").inputValue(), shoes.consignee.name);
	await saved(filer);
});

test('transport and invoice', async () => {
	await step(filer, /Transport/);
	await filer.getByText('By sea', { exact: true }).click();
	await choose(filer, 'Port of loading', 'INMAA');
	await choose(filer, 'Port of discharge', 'hamb');
	assert.equal(await filer.getByLabel('Final destination').inputValue(), 'Hamburg, Germany');
	await filer.getByLabel('Vessel').fill(shoes.transport.conveyance);
	await filer.getByLabel('Voyage number').fill(shoes.transport.voyage);
	await filer.getByRole('button', { name: 'Add the invoice' }).click();
	await filer.getByLabel('Invoice number').fill(shoes.invoices[0].number);
	await filer.getByLabel('Invoice date').fill(shoes.invoices[0].date);
	await choose(filer, 'Currency', 'EUR');
	await filer.getByLabel('Invoice value').fill('32,331.00');
	await choose(filer, 'Delivery term (optional)', 'FOB');
	await saved(filer);
	assert.equal(await filer.getByLabel('Invoice value').inputValue(), '32331.00');
	await sound(filer, 'application-transport');
});

test('goods are pasted from a spreadsheet, and typed by keyboard', async () => {
	await step(filer, /Goods/);
	const names = ['hs', 'description', 'marks', 'packages', 'package_kind', 'gross_kg', 'net_kg', 'quantity', 'uqc'];
	await paste(filer, tsv(shoes.items.slice(0, 3), names), 3);
	await filer.getByLabel('Line 3, Unit').press('Enter');
	await filer.waitForFunction(() => document.activeElement?.id === 'f-items-3-description');
	const last = shoes.items[3];
	await filer.keyboard.type(last.description);
	await filer.getByLabel('Line 4, Number of packages').fill(String(last.packages));
	await filer.getByLabel('Line 4, Kind of package').press('Control+d');
	await filer.getByLabel('Line 4, Net weight (kg)').fill(last.gross_kg);
	await filer.getByLabel('Line 4, Gross weight (kg)').fill(last.net_kg);
	await filer.getByText(/Net weight \(272.500 kg\) is more than gross weight \(228.000 kg\)/).waitFor();
	await filer.getByLabel('Line 4, Net weight (kg)').fill(last.net_kg);
	await filer.getByLabel('Line 4, Gross weight (kg)').fill(last.gross_kg);
	await filer.getByLabel('Line 4, Quantity').fill(last.quantity);
	await filer.getByRole('button', { name: 'Remove line 2' }).click();
	await filer.getByRole('button', { name: 'Undo' }).click();
	await filer.locator('.totals').getByText('120 cartons').waitFor();
	await filer.locator('.totals').getByText('1319.500 kg').waitFor();
	await filer.locator('.totals').getByText('1108.200 kg').waitFor();
	await saved(filer);
	await sound(filer, 'application-goods');
});

test('origin: simple operations alone do not pass, inputs are stated', async () => {
	await step(filer, /Origin/);
	await filer.getByLabel(/Imported inputs were used too/).check();
	await filer.getByText('Simple operations, HBP 2.93(a)(II)').click();
	await filer.getByLabel(/Changes of packing/).check();
	await filer.getByText(/Imported inputs were only put through operation \(ii\)/).waitFor();
	await filer.getByLabel(/The goods were really made in India/).check();
	await paste(filer, tsv(shoes.inputs, ['description', 'origin', 'supplier', 'quantity', 'uqc', 'value_inr', 'hs']), shoes.inputs.length);
	for (const i of shoes.inputs.keys())
		if (shoes.inputs[i].origin !== 'IN')
			await filer.getByLabel(`Input ${i + 1}, Duty on import`).selectOption('paid');
	await filer.getByLabel('How the goods were made').fill(shoes.process);
	await filer.getByLabel('Place', { exact: true }).fill(shoes.declaration.place);
	await filer.getByLabel('Name of the signatory').fill(shoes.declaration.signatory);
	await filer.getByLabel('Designation').fill(shoes.declaration.designation);
	await saved(filer);
	await sound(filer, 'application-origin');
});

test('documents: a bad one is told off, good ones are kept and can be looked at', async () => {
	await step(filer, /Documents/);
	await filer.locator('#f-documents-invoice').setInputFiles(path.join(samples, 'hostile/exe-renamed.pdf'));
	await filer.locator('.uploads .tone-red').first().waitFor();
	for (const [kind, file] of [['invoice', 'shoes-invoice.pdf'], ['packing_list', 'shoes-packing-list.pdf']]) {
		await filer.locator(`#f-documents-${kind}`).setInputFiles(good(file));
		await filer.locator('.attached-name').getByText(file).waitFor();
	}
	await filer.getByLabel('Kind of document').selectOption('input_statement');
	await filer.locator('#f-documents-input_statement').setInputFiles(good('shoes-inputs-statement.pdf'));
	await filer.locator('.attached-name').getByText('shoes-inputs-statement.pdf').waitFor();
	await sound(filer, 'application-documents');
	await filer.getByRole('button', { name: 'Look at it shoes-invoice.pdf' }).click();
	await filer.locator('dialog .viewer img').waitFor();
	await picture(filer, 'application-document');
	await filer.keyboard.press('Escape');
});

test('the preview shows the certificate with its watermark', async () => {
	const side = filer.locator('.bench-side .viewer img');
	await side.waitFor();
	assert.ok(await side.evaluate((img) => img.complete && img.naturalWidth > 800));
});

test('the check finds nothing, and the application goes to the signatory', async () => {
	await step(filer, /Check/);
	await filer.getByText('Nothing has to be corrected.').waitFor();
	await sound(filer, 'application-check');
	await filer.getByRole('button', { name: 'Send for signature' }).click();
	await filer.getByText('Only an authorised signatory of your firm can sign.').waitFor();
	await sound(filer, 'application-sign-filer');
});

test('the signatory signs with coosign, both pages go on by themselves', async () => {
	signatory = await visit(browser, { email: SIGNATORY });
	await signatory.goto('/desk');
	await signatory.locator(`a.todo[href="/applications/${id}"]`).click();
	await signatory.getByRole('button', { name: 'Sign now' }).click();
	await signatory.locator('.signer .waiting').waitFor();
	await sound(signatory, 'application-sign');
	await signAs(signatory, 'signatory');
	await signatory.getByRole('button', { name: 'Pay ₹236.00' }).waitFor();
	await filer.getByRole('button', { name: 'Pay ₹236.00' }).waitFor();
	await sound(filer, 'application-pay');
});

test('the fee is paid at the gateway, the application is submitted', async () => {
	await filer.getByRole('button', { name: 'Pay ₹236.00' }).click();
	await filer.waitForURL(/\/paysim\//);
	await filer.getByRole('button', { name: /^Pay ₹/ }).click();
	await filer.waitForURL(/\/payments\/\d+/);
	await filer.getByText('Paid. Your application is submitted.').waitFor();
	await sound(filer, 'payment');
	await filer.getByRole('link', { name: 'Receipt' }).click();
	await filer.waitForURL(/\/receipts\//);
	await filer.getByText('Nilgagan Chamber of Export Commerce').waitFor();
	await filer.getByText('₹236.00').waitFor();
	await sound(filer, 'receipt');
	await filer.emulateMedia({ media: 'print' });
	assert.ok(await filer.locator('.top').isHidden());
	await picture(filer, 'receipt-print');
	await filer.emulateMedia({ media: 'screen' });
	await filer.goto(address);
	await filer.getByText(/With Nilgagan Chamber of Export Commerce, Chennai/).waitFor();
	await sound(filer, 'application-track');
});

test('the officer finds it in the queue, looks at it and asks, by keyboard', async () => {
	officer = await visit(browser, { email: OFFICER });
	await officer.goto('/queue');
	await officer.getByRole('link', { name: /A-NCE-/ }).first().waitFor();
	await sound(officer, 'queue');
	await officer.keyboard.press('j');
	await officer.keyboard.press('Enter');
	await officer.waitForURL(/\/review\/\d+/);
	await officer.getByText(/yours until/).waitFor();
	await officer.keyboard.press('u');
	await officer.waitForURL('**/queue');
	await officer.getByRole('link', { name: /A-NCE-/ }).first().waitFor();
	await officer.goto(`/review/${id}`);
	await officer.getByText(/yours until/).waitFor();
	await officer.locator('.viewer img').waitFor();
	await sound(officer, 'examine');
	await officer.keyboard.press(']');
	await officer.locator('.viewer .title', { hasText: 'shoes-packing-list.pdf' }).waitFor();
	await officer.keyboard.press('a');
	await officer.getByText('7 points are not ticked yet').waitFor();
	await officer.keyboard.press('q');
	await officer.getByRole('textbox', { name: 'Your question' }).fill('The packing list has 120 cartons. Is this so?');
	await picture(officer, 'examine-ask');
	await officer.getByRole('button', { name: 'Send the question' }).click();
	await officer.waitForURL((url) => url.pathname !== `/review/${id}`);
});

test('the exporter answers, the officer approves and is led on', async () => {
	await filer.reload();
	await filer.getByText('The packing list has 120 cartons. Is this so?').first().waitFor();
	await filer.getByRole('textbox', { name: 'Answer' }).fill('Yes: C/NO. 1-120.');
	await sound(filer, 'application-query');
	await filer.getByRole('button', { name: 'Send the answer' }).click();
	await filer.getByText(/Your answer is with Nilgagan/).waitFor();
	await officer.goto(`/review/${id}`);
	await officer.getByText('Yes: C/NO. 1-120.').first().waitFor();
	for (const key of '1234567')
		await officer.keyboard.press(key);
	await officer.keyboard.press('a');
	await officer.waitForURL((url) => url.pathname !== `/review/${id}`);
	const person = await signIn(OFFICER);
	assert.equal((await person.get(`/api/review/applications/${id}`)).json.state, 'approved');
});

test('the officer prepares the certificate, signs it, and it is issued', async () => {
	await officer.goto(`/tray?application=${id}`);
	await officer.getByRole('button', { name: 'Prepare the certificate' }).click();
	await officer.getByRole('button', { name: 'Sign and issue' }).waitFor();
	await officer.locator('.tray-desk .viewer img').waitFor();
	number = (await officer.locator('#tray-title').textContent()).trim();
	assert.match(number, /^NP-NCE-\d\d-\d{7}-[0-9A-Z*]$/);
	await sound(officer, 'tray');
	await officer.getByRole('button', { name: 'Sign and issue' }).click();
	await officer.locator('.signer .waiting').waitFor();
	await sound(officer, 'tray-signing');
	await signAs(officer, 'officer1');
	await officer.getByText(`${number} is issued.`).waitFor();
});

test('the exporter downloads the three leaves', async () => {
	await filer.goto('/certificates');
	await filer.getByRole('link', { name: number }).click();
	await filer.getByText(/^Valid\. Issued on/).waitFor();
	await filer.locator('.viewer img').waitFor();
	await sound(filer, 'certificate');
	const { sha256 } = (await (await signIn(FILER)).get(`/api/certificates/${number}`)).json;
	for (const name of ['Electronic certificate', 'Original leaf', 'Duplicate leaf']) {
		const [download] = await Promise.all([filer.waitForEvent('download'), filer.getByRole('link', { name }).click()]);
		const bytes = await readFile(await download.path());
		assert.equal(bytes.subarray(0, 5).toString(), '%PDF-', name);
		if (name.startsWith('Electronic'))
			assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256);
	}
	await filer.goto(address);
	await filer.getByText(`Issued as ${number}.`).waitFor();
	await sound(filer, 'application-issued');
});

test('a stranger without script verifies it by number', async () => {
	const stranger = await visit(browser, { script: false });
	await stranger.goto(`/verify/${number}`);
	await stranger.getByText('Palarveni Footwear').first().waitFor();
	assert.match(await stranger.locator('body').innerText(), /valid/i);
	await picture(stranger, 'verify-no-script');
});

test('a copy begins the next shipment', async () => {
	await filer.getByRole('button', { name: 'Copy', exact: true }).click();
	await filer.getByRole('button', { name: 'Copy and begin' }).click();
	await filer.waitForURL((url) => /\/applications\/\d+/.test(url.pathname) && url.pathname !== address);
	await filer.getByLabel("Consignee's name").waitFor();
	assert.equal(await filer.getByLabel("Consignee's name").inputValue(), shoes.consignee.name);
	await filer.getByRole('button', { name: 'Withdraw…' }).click();
	await filer.getByRole('button', { name: 'Withdraw', exact: true }).click();
	await filer.getByText(/^Withdrawn on/).waitFor();
});

test('the officer cancels a certificate with its reason', async () => {
	await officer.goto(`/certificates/${number}`);
	await officer.getByRole('button', { name: 'Cancel this certificate…' }).click();
	await officer.getByRole('textbox', { name: 'Reason' }).fill('The shipment did not leave.');
	await officer.getByRole('button', { name: 'Cancel the certificate' }).click();
	await officer.getByText(/^Cancelled on/).waitFor();
	await officer.getByText('The shipment did not leave.').waitFor();
	await sound(officer, 'certificate-cancelled');
});

// In Hindi, on a phone, in the dark: the pages people use most.  The story above was told in English, wide and light.
for (const [lang, looks] of full ? [['en', ['phone', 'dark']], ['hi', ['wide', 'phone']]] : [['en', ['dark']], ['hi', ['phone']]])
	test(`the pages are sound in ${lang}: ${looks.join(', ')}`, async () => {
		const f = await visit(browser, { email: FILER, lang });
		for (const [name, at] of [['desk', '/desk'], ['applications', '/applications'], ['application', address],
			['goods', `${address}#goods`], ['certificate', `/certificates/${number}`]])
			await soundAt(f, at, `${name}-${lang}`, looks);
		const o = await visit(browser, { email: OFFICER, lang });
		for (const [name, at] of [['queue', '/queue'], ['examine', `/review/${id}`], ['tray', '/tray']])
			await soundAt(o, at, `${name}-${lang}`, looks);
		await Promise.all([f.context().close(), o.context().close()]);
	});
