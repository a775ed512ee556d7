/*
 * certificate - one certificate: is it good, what does it look like, and its three leaves.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get, newKey, post, words } from "../api.js";
import { ask } from "../components/dialog.js";
import { documentViewer } from "../components/document-viewer.js";
import { factList } from "../components/fact-list.js";
import { icon } from "../components/icon.js";
import { stateChip } from "../components/state-chip.js";
import { toast } from "../components/toast.js";
import { date, moment, t } from "../i18n.js";
import { start } from "../shell.js";
import { failure } from "./failure.js";

const number = decodeURIComponent(location.pathname.split("/")[2]);
const url = `/api/certificates/${encodeURIComponent(number)}`;
const main = document.getElementById("main");
const TONES = { issued: ["green", "done"], cancelled: ["red", "bad"], replaced: ["violet", "replaced"],
	void: ["grey", "ban"], prepared: ["grey", "draft"], signing: ["amber", "hand"] };
let session, one;

function notice() {
	const [tone, image] = TONES[one.state] ?? ["grey", "info"];
	const values = { at: moment(one.issued_at), by: one.issued_by_name ?? "", agency: one.agency.name,
		office: one.office, ended: one.ended_at ? moment(one.ended_at) : "" };

	return html`<div class="notice tone-${tone}">${icon(image)}<div>
		<p><strong>${t(`certificate.say.${one.state}`, values)}</strong></p>
		${one.reason ? html`<p class="pre" dir="auto">${t("certificate.reason")}: ${one.reason}</p>` : ""}
		${one.replaced_by ? html`<p>${t("certificate.replaced-by")} <a class="code" href="/certificates/${one.replaced_by}">${one.replaced_by}</a></p>` : ""}
		</div></div>`;
}

const leaf = (copy, primary) => html`<li><a class="btn ${primary ? "btn-primary" : "btn-secondary"}" href="${url}/pdf?copy=${copy}" download>
	${icon("download")}${t(`certificate.leaf.${copy}`)}</a><span class="muted small">${t(`certificate.leaf.${copy}.hint`)}</span></li>`;

const issued = () => ["issued", "cancelled", "replaced"].includes(one.state);

const leaves = () => html`<section class="panel" aria-labelledby="leaves-title"><h2 id="leaves-title">${t("certificate.leaves")}</h2>
	<ul class="leaves">${leaf("electronic", one.state === "issued")}${leaf("original")}${leaf("duplicate")}</ul></section>`;

const checking = () => html`<section class="panel" aria-labelledby="verify-title"><h2 id="verify-title">${t("certificate.verify")}</h2>
	<p class="small">${t("certificate.verify.text")}</p>
	${factList([
		{ label: t("certificate.number"), value: one.number, mono: true, copy: true },
		{ label: t("certificate.code"), value: one.check_code, mono: true, copy: true },
		{ label: t("certificate.link"), value: one.verify_url, copy: true },
	])}
	<p class="actions under"><a class="btn btn-secondary btn-sm" href="/verify/${one.number}?code=${one.check_code}">${icon("search")}${t("certificate.verify.do")}</a></p></section>`;

const facts = () => html`<section class="panel" aria-labelledby="facts-title"><h2 id="facts-title">${t("certificate.facts")}</h2>
	${factList([
		{ label: t("certificate.exporter"), value: one.face?.exporter?.[0] },
		{ label: t("field.consignee"), value: one.face?.consignee?.[0] },
		{ label: t("field.importing_country"), value: one.face?.importing_country },
		{ label: t("invoices.title"), value: one.face?.invoices?.join("\n") },
		{ label: t("certificate.agency"), value: [one.agency.name, one.office].filter(Boolean).join(", ") },
		{ label: t("certificate.by"), value: one.issued_by_name },
		{ label: t("certificate.issued"), value: one.issued_at ? moment(one.issued_at) : "" },
		{ label: t("signature.sha256"), value: one.sha256, mono: true, copy: Boolean(one.sha256) },
	])}
	${one.application_id && session.kind !== "administrator" ? html`<p class="under"><a class="with-icon" href=${session.kind === "officer" ?
		`/review/${one.application_id}` : `/applications/${one.application_id}`}>${icon("list")}${t("certificate.application")}</a></p>` : ""}</section>`;

async function cancel() {
	const answer = await ask({ title: t("cancel.title", { number: one.number }), text: t("cancel.text"),
		label: t("field.reason"), hint: t("cancel.hint"), action: t("cancel.do"), max: 2000, danger: true });

	if (!answer)
		return;
	try {
		await post(`${url}/cancellation`, { reason: answer.text }, { key: newKey() });
		toast(t("cancel.done", { number: one.number }), { kind: "good" });
	} catch (problem) {
		toast(words(problem), { kind: "bad" });
	}
	one = await get(url);
	draw();
}

function draw() {
	document.title = `${one.number} · eCoO`;
	render(html`<a class="back" href="/certificates">${icon("left")}${t("certificates.title")}</a>
		<div class="head"><div><p class="over">${t("certificate.np")}</p>
			<h1 class="number-title"><span class="code">${one.number}</span></h1>
			<p class="state-line">${stateChip(one.state, { kind: "certificate" })}<span class="muted">${
				one.issued_at ? date(one.issued_at) : ""}</span></p></div></div>
		${notice()}
		<div class="bench with-side certificate-bench">
			<div class="bench-form">${documentViewer({ title: one.number, page: (n) => `${url}/pages/${n}`, pages: one.pages,
				version: one.state, alt: (n) => t("certificate.alt", { number: one.number, n }) })}</div>
			<div class="bench-side">
				${issued() ? leaves() : ""}${issued() ? checking() : ""}${facts()}
				${session.kind === "officer" && one.state === "issued" ? html`<p class="actions under"><button type="button"
					class="btn btn-quiet danger-link" @click=${cancel}>${icon("ban")}${t("cancel.ask")}</button></p>` : ""}
			</div>
		</div>
		<p class="np-note">${icon("info")}<span>${t("foot.np")}</span></p>`, main);
}

session = await start({ parts: ["faults", "application"], kinds: ["exporter", "officer", "administrator"] });
main.replaceChildren();
try {
	one = await get(url);
	draw();
} catch (problem) {
	failure(main, problem, "/certificates");
}
