/*
 * tray - approved applications whose certificates wait for the officer's own signature.
 *
 * Preparing allots the number and draws the leaf; signing is asked of the officer's token.  The page
 * goes on to the next one by itself.
 */
import { html, nothing, render } from "/vendor/lit-html/lit-html.js";
import { del, get, newKey, post, words } from "../api.js";
import { emptyState, skeleton } from "../components/data-table.js";
import { documentViewer } from "../components/document-viewer.js";
import { icon } from "../components/icon.js";
import { signerPanel } from "../components/signer-panel.js";
import { stateChip } from "../components/state-chip.js";
import { toast } from "../components/toast.js";
import { ago, moment, t } from "../i18n.js";
import { start } from "../shell.js";
import { codeName, loadCodes } from "./codes.js";
import { failure } from "./failure.js";

const FRESH = 15000, LATELY = 5;
const main = document.getElementById("main");
let rows = null, halted = false, chosen = null, job = null, busy = false, issued = [];

const current = () => rows?.find((row) => row.application_id === chosen) ?? null;
const path = (number) => `/api/certificates/${encodeURIComponent(number)}`;

async function load() {
	({ items: rows, halted } = await get("/api/certificates/tray"));
	if (!current())
		chosen = rows[0]?.application_id ?? null;
	draw();
}

async function attempt(what) {
	if (busy)
		return;
	busy = true;
	draw();
	try {
		await what();
	} catch (problem) {
		toast(words(problem), { kind: "bad" });
		if (problem.slug === "issuing-halted")
			halted = true;
		await load().catch(() => {});
	} finally {
		busy = false;
		draw();
	}
}

const prepare = () => attempt(async () => {
	const row = current();
	const made = await post("/api/certificates", { application_id: row.application_id }, { key: newKey() });

	Object.assign(row, { number: made.number, certificate_state: made.state, pages: made.pages });
});

const sign = () => attempt(async () => {
	const row = current();

	job = await post(`${path(row.number)}/signing`);
	row.certificate_state = "signing";
});

const giveUp = () => attempt(async () => {
	const row = current();

	await del(`${path(row.number)}/signing`);
	row.certificate_state = "prepared";
	job = null;
});

async function look(number) {
	const { state } = await get(path(number));

	return state === "issued" ? "done" : state === "signing" ? "waiting" : "failed";
}

/* Issued: on to the next, which is prepared at once if this officer is in the swing of it. */
async function done(row) {
	issued = [row.number, ...issued];
	toast(t("tray.issued", { number: row.number }), { kind: "good" });
	job = null;
	chosen = rows.find((other) => other !== row)?.application_id ?? null;
	await load();
	document.getElementById("tray-title")?.focus();
}

function choose(row) {
	if (job)
		return;
	chosen = row.application_id;
	draw();
	document.getElementById("tray-title")?.focus();
}

const line = (row) => html`<li><button type="button" class="tray-line" aria-current=${row.application_id === chosen ? "true" : "false"}
	?disabled=${job !== null && row.application_id !== chosen} @click=${() => choose(row)}>
	<strong><bdi>${row.firm}</bdi></strong>
	<span><bdi>${row.consignee}</bdi>, ${codeName("countries", row.importing_country)}</span>
	<span class="muted small"><span class="code">${row.number ?? row.application_number}</span> · <span title=${moment(row.approved_at)}>${ago(row.approved_at)}</span></span>
	${row.certificate_state ? stateChip(row.certificate_state, { kind: "certificate" }) : ""}</button></li>`;

function action(row) {
	if (job)
		return signerPanel({ job, title: t("tray.signing", { number: row.number }), check: () => look(row.number),
			done: () => done(row), again: sign, cancel: giveUp });
	if (!row.number)
		return html`<p class="text">${t("tray.prepare.text")}</p>
			<p class="actions"><button type="button" class="btn btn-primary btn-lg" ?disabled=${halted} aria-busy=${busy ? "true" : "false"}
				@click=${prepare}>${icon("seal")}${t("tray.prepare")}</button>
			<a class="btn btn-quiet" href="/review/${row.application_id}">${t("tray.look")}</a></p>`;
	return html`<p class="text">${t("tray.sign.text")}</p>
		<p class="actions"><button type="button" class="btn btn-primary btn-lg" ?disabled=${halted} aria-busy=${busy ? "true" : "false"}
			@click=${sign}>${icon("pen")}${t("tray.sign")}</button>
		<a class="btn btn-quiet" href="/review/${row.application_id}">${t("tray.look")}</a></p>`;
}

const desk = (row) => html`<section class="panel tray-desk" aria-labelledby="tray-title">
	<h2 id="tray-title" tabindex="-1">${row.number ? html`<span class="code">${row.number}</span>` : html`<span class="code">${row.application_number}</span>`}</h2>
	<p><bdi>${row.firm}</bdi> → <bdi>${row.consignee}</bdi>, ${codeName("countries", row.importing_country)}</p>
	${action(row)}
	${row.number ? documentViewer({ title: row.number, page: (n) => `${path(row.number)}/pages/${n}`, pages: row.pages ?? null,
		version: row.certificate_state, alt: (n) => t("certificate.alt", { number: row.number, n }) }) :
		documentViewer({ title: t("preview.title"), page: (n) => `/api/review/applications/${row.application_id}/preview/pages/${n}`,
			pages: null, alt: (n) => t("preview.alt", { n }) })}
</section>`;

const haltedBanner = () => halted ? html`<div class="notice tone-red" role="alert">${icon("ban")}<div>
	<p><strong>${t("tray.halted")}</strong></p><p>${t("tray.halted.text")}</p></div></div>` : "";

/* Where to go from here: look at it, print its leaves. */
const lately = () => issued.length > 0 ? html`<p class="notice tone-green">${icon("done")}<span>${t("tray.lately")}
	${issued.slice(0, LATELY).map((number) => html`<a class="code" href="/certificates/${number}">${number}</a> `)}</span></p>` : "";

function draw() {
	const row = current();

	render(html`<div class="head"><div><h1>${t("tray.title")}</h1>
			<p class="muted lead-line">${rows ? t("tray.line", { n: rows.length }) : ""}${issued.length > 0 ? ` · ${t("tray.today", { n: issued.length })}` : ""}</p></div>
			<a class="btn btn-secondary" href="/certificates">${icon("seal")}${t("certificates.title")}</a></div>
		${haltedBanner()}${lately()}
		${rows === null ? html`<div class="panel">${skeleton(5)}</div>` : rows.length === 0 ? html`<div class="panel">${
			emptyState({ image: "done", title: t("tray.none"), text: t("tray.none.text"),
				action: html`<a class="btn btn-primary" href="/queue">${t("tray.to-queue")}</a>` })}</div>` :
			html`<div class="tray"><ol class="tray-list" aria-label=${t("tray.title")}>${rows.map(line)}</ol>${row ? desk(row) : nothing}</div>`}
		<p class="np-note">${icon("info")}<span>${t("foot.np")}</span></p>`, main);
}

await start({ parts: ["faults", "application", "officer"], kinds: ["officer"] });
main.replaceChildren();
draw();
try {
	await loadCodes(["countries"]);
	await load();
	const from = Number(new URLSearchParams(location.search).get("application"));
	if (rows.some((row) => row.application_id === from)) {
		chosen = from;
		draw();
	}
	setInterval(() => document.hidden || job || busy || load().catch(() => {}), FRESH);
} catch (problem) {
	failure(main, problem, "/queue");
}
