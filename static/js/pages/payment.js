/*
 * payment - where the browser comes back to from the gateway: paid, on its way, or failed.
 *
 * What the browser brings back decides nothing; the page waits for the fact that the gateway
 * confirms, and says so.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get, newKey, words } from "../api.js";
import { factList } from "../components/fact-list.js";
import { icon } from "../components/icon.js";
import { stateChip } from "../components/state-chip.js";
import { toast } from "../components/toast.js";
import { moment, money, t } from "../i18n.js";
import { start } from "../shell.js";
import { checkout, feeTable } from "./application/pay.js";
import { failure } from "./failure.js";

const id = location.pathname.split("/")[2];
const main = document.getElementById("main");
const SOON = 1500, LATER = 5000, PATIENCE = 90000;
const began = Date.now();
let payment, busy = false;

async function again() {
	busy = true;
	draw();
	try {
		const next = await checkout(payment.application_id, newKey());

		if (next.checkout_url)
			return location.assign(next.checkout_url);
		toast(t("pay.slow"), { kind: "bad" });
	} catch (problem) {
		toast(words(problem), { kind: "bad" });
	}
	busy = false;
	return draw();
}

const notice = (tone, image, title, text) => html`<div class="notice tone-${tone}" role="status">${icon(image)}<div>
	<p><strong>${title}</strong></p><p>${text}</p></div></div>`;

const payButton = (key) => html`<button type="button" class="btn btn-primary btn-lg" aria-busy=${busy ? "true" : "false"}
	@click=${() => busy || again()}>${icon("rupee")}${t(key, { amount: money(payment.total_paise) })}</button>`;

const LOOKS = {
	paid: () => html`${notice("green", "done", t("payment.paid"), t("payment.paid.text", { agency: payment.agency_name }))}
		<p class="actions"><a class="btn btn-primary btn-lg" href="/applications/${payment.application_id}">${t("payment.follow")}</a>
			${payment.receipt_number ? html`<a class="btn btn-secondary" href="/receipts/${encodeURIComponent(payment.receipt_number)}">${t("payment.receipt")}</a>` : ""}</p>`,
	failed: () => html`${notice("red", "bad", t("payment.failed"), t("payment.failed.text"))}
		<p class="actions">${payButton("payment.again")}<a class="btn btn-quiet" href="/applications/${payment.application_id}">${t("payment.back")}</a></p>`,
	open: () => Date.now() - began < PATIENCE ? html`<div class="panel waiting-panel" role="status"><span class="turning" aria-hidden="true"></span>
		<div><p><strong>${t("payment.waiting")}</strong></p><p class="muted">${t("payment.waiting.text")}</p></div></div>
		<p class="actions"><a class="btn btn-secondary" href=${payment.checkout_url ?? "#"}>${t("payment.to-gateway")}</a>
			<a class="btn btn-quiet" href="/applications/${payment.application_id}">${t("payment.back")}</a></p>` :
		html`${notice("amber", "clock", t("payment.unpaid"), t("payment.unpaid.text"))}
		<p class="actions">${payButton("pay.pay")}<a class="btn btn-quiet" href="/applications/${payment.application_id}">${t("payment.back")}</a></p>`,
};
LOOKS.created = LOOKS.open;

function draw() {
	render(html`<a class="back" href="/applications/${payment.application_id}">${icon("left")}${
			payment.application_number ?? t("application.draft-name", { number: String(payment.application_id) })}</a>
		<div class="head"><h1>${t("payment.title", { amount: money(payment.total_paise) })}</h1>${stateChip(payment.state, { kind: "payment" })}</div>
		<div class="text">${LOOKS[payment.state]()}
		<section class="panel under"><h2>${t("fee.title")}</h2>${feeTable(payment)}
			${factList([{ label: t("payment.to"), value: payment.agency_name },
				{ label: t("payment.begun"), value: moment(payment.created_at) },
				{ label: t("payment.at"), value: payment.paid_at ? moment(payment.paid_at) : "" },
				{ label: t("payment.receipt"), value: payment.receipt_number, mono: true }])}</section></div>`, main);
}

async function look() {
	payment = await get(`/api/payments/${id}`);
	document.title = `${t(`payment-state.${payment.state}`)} · eCoO`;
	draw();
	if (["created", "open"].includes(payment.state))
		setTimeout(() => look().catch(() => setTimeout(look, LATER)), Date.now() - began < PATIENCE ? SOON : LATER);
}

await start({ parts: ["faults", "application", "exporter"], kinds: ["exporter"] });
main.replaceChildren();
try {
	await look();
} catch (problem) {
	failure(main, problem, "/applications");
}
