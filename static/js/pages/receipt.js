/*
 * receipt - what was paid to whom, to be printed.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get } from "../api.js";
import { icon } from "../components/icon.js";
import { moment, money, t } from "../i18n.js";
import { start } from "../shell.js";
import { failure } from "./failure.js";
import { scrolls } from "./scrolls.js";

const name = decodeURIComponent(location.pathname.slice("/receipts/".length));
const main = document.getElementById("main");

const lines = (list) => (Array.isArray(list) ? list : [list]).filter(Boolean)
	.map((text) => html`<span class="d-block"><bdi>${text}</bdi></span>`);

// A tax is a line of the receipt like any other, by its name.
const rates = { CGST: 9, SGST: 9, UTGST: 9, IGST: 18 };
const words = (line) => (rates[line.text] ? `${line.text} ${rates[line.text]} %` : line.text);

const party = (title, one) => html`<section><h2 class="small-title">${title}</h2>
	<p><strong><bdi>${one.name}</bdi></strong>${lines(one.address)}
		${one.city ? html`<span class="d-block">${[one.city, one.pin].filter(Boolean).join(" ")}${one.state ? `, ${one.state}` : ""}</span>` : ""}
		${one.iec ? html`<span class="d-block">IEC <span class="code">${one.iec}</span></span>` : ""}
		${one.gstin ? html`<span class="d-block">GSTIN <span class="code">${one.gstin}</span></span>` : ""}</p></section>`;

function draw(receipt) {
	document.title = `${t("receipt.title")} ${receipt.number}`;
	render(html`<p class="no-print"><a class="back" href="/applications/${receipt.application_id}">${icon("left")}${receipt.application_number}</a></p>
		<article class="panel receipt">
			<div class="head"><h1>${t("receipt.title")}</h1>
				<button type="button" class="btn btn-secondary no-print" @click=${() => print()}>${icon("print")}${t("print")}</button></div>
			<dl class="receipt-facts">
				<div><dt>${t("receipt.number")}</dt><dd class="code">${receipt.number}</dd></div>
				<div><dt>${t("receipt.date")}</dt><dd>${moment(receipt.paid_at)}</dd></div>
				<div><dt>${t("receipt.application")}</dt><dd class="code">${receipt.application_number}</dd></div>
			</dl>
			<div class="receipt-parties">${party(t("receipt.from"), receipt.agency)}${party(t("receipt.by"), receipt.firm)}</div>
			${scrolls(t("fee.title"), html`<table class="table fee"><caption class="sr">${t("fee.title")}</caption>
				<thead><tr><th scope="col">SAC</th><th scope="col">${t("receipt.what")}</th><th scope="col" class="num">${t("receipt.amount")}</th></tr></thead>
				<tbody>${receipt.lines.map((line) => html`<tr><td class="code">${line.sac}</td><th scope="row">${words(line)}</th><td class="num">${money(line.amount_paise)}</td></tr>`)}
					<tr class="fee-total"><td></td><th scope="row">${t("fee.total")}</th><td class="num">${money(receipt.total_paise)}</td></tr></tbody></table>`)}
			<p class="muted small">${t("receipt.gateway")} <span class="code">${receipt.gateway_payment}</span></p>
			<p class="muted small">${t("receipt.made")}</p>
		</article>`, main);
}

await start({ parts: ["faults", "application", "exporter"], kinds: ["exporter"] });
main.replaceChildren();
try {
	draw(await get(`/api/receipts/${encodeURIComponent(name)}`));
} catch (problem) {
	failure(main, problem, "/applications");
}
