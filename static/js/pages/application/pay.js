/*
 * pay - the fee, what it is made of, and the way to the gateway.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { get, newKey, post, words } from "../../api.js";
import { icon } from "../../components/icon.js";
import { toast } from "../../components/toast.js";
import { money, t } from "../../i18n.js";
import { thaw } from "./sign.js";

const PATIENCE = 60000, PAUSE = 700;

export const feeTable = (fee) => html`<table class="table fee">
	<caption class="sr">${t("fee.title")}</caption>
	<tbody>
		<tr><th scope="row">${t("fee.fee")}<span class="muted small"> · SAC <span class="code">${fee.sac}</span></span></th>
			<td class="num">${money(fee.fee_paise)}</td></tr>
		${[["cgst", 9], ["sgst", 9], ["igst", 18]].filter(([tax]) => fee[`${tax}_paise`] > 0).map(([tax, rate]) => html`
			<tr><th scope="row">${t(`fee.${tax}`, { rate })}</th><td class="num">${money(fee[`${tax}_paise`])}</td></tr>`)}
		<tr class="fee-total"><th scope="row">${t("fee.total")}</th><td class="num">${money(fee.total_paise)}</td></tr>
	</tbody></table>`;

const pause = () => new Promise((done) => { setTimeout(done, PAUSE); });

/* The order is made at the gateway meanwhile; then there is an address to go to. */
export async function checkout(applicationId, key) {
	let payment = await post("/api/payments", { application_id: applicationId }, { key });

	for (const until = Date.now() + PATIENCE; payment.state === "created" && Date.now() < until;) {
		await pause();
		payment = await get(`/api/payments/${payment.id}`);
	}
	return payment;
}

export async function pay(v) {
	v.paying = newKey();
	v.draw();
	try {
		const payment = await checkout(v.app.id, v.paying);

		if (payment.state === "open" && payment.checkout_url)
			return location.assign(payment.checkout_url);
		if (payment.state === "created")
			toast(t("pay.slow"), { kind: "bad" });
		else
			location.assign(`/payments/${payment.id}`);
	} catch (problem) {
		toast(words(problem), { kind: "bad" });
		if (problem.slug === "wrong-state")
			await v.reload();
	}
	v.paying = null;
	return v.draw();
}

function paid(v) {
	const number = v.app.payment?.receipt_number;

	return html`<div class="notice tone-green">${icon("done")}<div><p><strong>${t("pay.paid")}</strong></p>
		${number ? html`<p><a href="/receipts/${encodeURIComponent(number)}">${t("pay.receipt", { number })}</a></p>` : ""}
		</div></div>${v.app.fee ? feeTable(v.app.fee) : ""}`;
}

export function payStep(v) {
	if (v.app.paid)
		return paid(v);
	if (v.app.state !== "payment_pending")
		return html`<p class="empty-line">${t("pay.later")}</p>${v.app.fee ? feeTable(v.app.fee) : ""}`;
	return html`<p class="text">${t("pay.lead", { agency: v.app.agency.name })}</p>
		${v.app.fee ? feeTable(v.app.fee) : ""}
		<div class="actions">
			<button type="button" class="btn btn-primary btn-lg" aria-busy=${v.paying ? "true" : "false"}
				@click=${() => v.paying || pay(v)}>${icon("rupee")}${t("pay.pay", { amount: money(v.app.fee?.total_paise ?? 0) })}</button>
			<button type="button" class="btn btn-quiet" @click=${() => thaw(v)}>${t("sign.edit")}</button>
		</div>
		<p role="status" class="muted">${v.paying ? t("pay.setting-up") : ""}</p>
		<p class="muted small text">${t("pay.gateway")}</p>`;
}
