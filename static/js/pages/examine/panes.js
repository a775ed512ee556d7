/*
 * panes - what the officer compares: the documents one at a time, and the data with what was found.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { faultWords } from "../../api.js";
import { documentViewer } from "../../components/document-viewer.js";
import { icon } from "../../components/icon.js";
import { timeline } from "../../components/timeline.js";
import { t } from "../../i18n.js";
import { kindName } from "../application/kinds.js";
import { detailParts } from "../details.js";

/* Everything that can be looked at: the documents, then the certificate as it would be. */
export function sources(v) {
	const base = `/api/review/applications/${v.app.id}`;

	return [...v.app.documents.map((one) => ({
		key: String(one.id), tab: kindName(one.kind), title: one.name, pages: one.pages,
		page: (n) => `${base}/documents/${one.id}/pages/${n}`, download: `${base}/documents/${one.id}`,
	})), {
		key: "preview", tab: t("examine.preview"), title: t("preview.title"), pages: null,
		page: (n) => `${base}/preview/pages/${n}`, download: `${base}/preview`,
	}];
}

function documents(v) {
	const list = sources(v);
	const { title, page, pages, download } = list[v.shown] ?? list[0];

	return html`<div class="examine-documents">
		<div class="filters document-tabs" role="group" aria-label=${t("step.documents")}>${list.map((one, i) => html`
			<button type="button" aria-pressed=${String(i === v.shown)} @click=${() => v.choose(i)}>${one.tab}</button>`)}</div>
		${documentViewer({ title, page, pages, download })}</div>`;
}

const finding = ({ tone, fault }) => html`<li class="tone-${tone}">${icon("alert")}<span>${faultWords(fault)}</span></li>`;

function findings({ findings: { errors, warnings }, same_invoice: same }) {
	const list = [...errors.map((fault) => ({ tone: "red", fault })), ...warnings.map((fault) => ({ tone: "amber", fault }))];

	if (list.length === 0 && same.length === 0)
		return html`<p class="sound">${icon("done", "good")} ${t("examine.sound")}</p>`;
	return html`<section class="panel findings" aria-labelledby="findings-title"><h2 id="findings-title">${t("examine.findings", { n: list.length + same.length })}</h2>
		<ul>${list.map(finding)}${same.map((one) => html`<li class="tone-amber">${icon("copy")}<span>${t("examine.same-invoice", { invoice: one.invoice ?? "" })}
			<a class="code" href="/review/${one.id}">${one.number ?? one.id}</a></span></li>`)}</ul></section>`;
}

function faults({ findings: { errors, warnings } }) {
	const map = new Map();

	for (const fault of warnings)
		map.set(fault.field, { fault, warning: true });
	for (const fault of errors)
		map.set(fault.field, { fault, warning: false });
	return map;
}

/* A query that was answered: question and answer, above all else. */
function answered({ query, events }) {
	const answer = events.filter(({ what }) => what === "answered").at(-1);

	if (!query || !answer)
		return "";
	return html`<section class="notice tone-blue">${icon("mail")}<div><p><strong>${t("examine.asked")}</strong></p>
		<p class="pre" dir="auto">${query.text}</p><p><strong>${t("examine.answer", { name: answer.by_name })}</strong></p>
		<p class="pre" dir="auto">${answer.text}</p></div></section>`;
}

const part = ({ id, title, body }) => html`<section class="panel data-part" aria-labelledby="data-${id}">
	<h2 id="data-${id}">${title}</h2>${body}</section>`;

const history = ({ events }) => html`<details class="panel data-part"><summary>${t("track.history")}</summary>${timeline(events)}</details>`;

export const data = (v) => html`<div class="examine" data-tab=${v.tab}>
	${documents(v)}
	<div class="examine-data">${answered(v.app)}${findings(v.app)}
		${detailParts(v.app, { faults: faults(v.app) }).map(part)}${history(v.app)}</div></div>`;
