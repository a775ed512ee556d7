/*
 * desk - the exporter's desk: what waits for him, what is under way, what came lately.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get } from "../api.js";
import { barChart } from "../components/chart.js";
import { emptyState, skeleton } from "../components/data-table.js";
import { icon } from "../components/icon.js";
import { stateChip } from "../components/state-chip.js";
import { ago, moment, month, t } from "../i18n.js";
import { start } from "../shell.js";
import { codeName, loadCodes } from "./codes.js";
import { failure } from "./failure.js";
import { newApplication } from "./new-application.js";
import { lastMonths, series } from "./spans.js";

const main = document.getElementById("main");
const LATELY = 5, SHOWN = 8, MONTHS = 12;

let session, lists, summary;

const count = (...states) => states.reduce((n, state) => n + (summary?.states[state] ?? 0), 0);

/* What somebody has to do comes with the word for doing it. */
function todo(one) {
	const can = one.state !== "sign_pending" || session.role === "signatory";

	return html`<li><a class="todo" href="/applications/${one.id}">
		<span class="todo-what"><strong><bdi>${one.consignee || t("application.untitled")}</bdi></strong>
			<span class="muted">${[codeName("countries", one.importing_country), one.number].filter(Boolean).join(" · ")}</span></span>
		${stateChip(one.state)}
		<span class="muted small" title=${moment(one.updated_at)}>${ago(one.updated_at)}</span>
		<span class="todo-do">${t(can ? `desk.do.${one.state}` : "desk.do.look")}${icon("right")}</span></a></li>`;
}

const line = (one) => html`<li><a class="todo" href=${one.certificate ? `/certificates/${one.certificate}` : `/applications/${one.id}`}>
	<span class="todo-what"><strong><bdi>${one.consignee || t("application.untitled")}</bdi></strong>
		<span class="muted">${[codeName("countries", one.importing_country), one.certificate ?? one.number].filter(Boolean).join(" · ")}</span></span>
	${stateChip(one.state)}<span class="muted small" title=${moment(one.updated_at)}>${ago(one.updated_at)}</span>
	<span class="todo-do"><span></span>${icon("right")}</span></a></li>`;

function part(name, list, { each = line, state, none }) {
	return html`<section class="panel desk-part" aria-labelledby="desk-${name}">
		<div class="part-head"><h2 id="desk-${name}">${t(`desk.${name}`)}</h2>
			${list.length > 0 ? html`<a href="/applications?state=${state}">${t("desk.all")}</a>` : ""}</div>
		${list.length > 0 ? html`<ul class="todos">${list.slice(0, SHOWN).map(each)}</ul>` :
			html`<p class="muted">${none}</p>`}
	</section>`;
}

const figure = (name, n, state) => html`<a class="figure" href="/applications?state=${state}">
	<b>${n}</b><span>${t(`desk.figure.${name}`, { n })}</span></a>`;

const figures = () => html`<nav class="figures" aria-label=${t("desk.figures")}>
	${figure("waiting", count("sign_pending", "payment_pending", "query"), "open")}
	${figure("drafts", count("draft"), "draft")}
	${figure("agency", count("submitted", "under_review", "resubmitted", "approved"), "agency")}
	${figure("issued", count("issued"), "issued")}</nav>`;

function chart() {
	const months = lastMonths(MONTHS);
	const values = (name) => series(summary.months, "month", months, name);

	return html`<section class="panel" aria-labelledby="desk-chart"><h2 id="desk-chart">${t("desk.chart")}</h2>
		${barChart({ title: t("desk.chart"), labels: months.map((one) => month(one)),
			short: months.map((one) => month(one).split(" ")[0]),
			series: [{ name: t("desk.submitted"), values: values("submitted") },
				{ name: t("desk.issued-series"), values: values("issued") }] })}</section>`;
}

const head = () => html`<div class="head"><div><h1>${t("desk.title")}</h1>
	<p class="muted lead-line">${session ? html`<bdi>${session.firm?.name}</bdi>` : ""}</p></div>
	<button type="button" class="btn btn-primary" @click=${() => newApplication()}>${icon("plus")}${t("new.start")}</button></div>`;

const beginning = () => html`<div class="panel">${emptyState({ image: "seal", title: t("desk.empty"),
	text: t("desk.empty.text"), action: html`<ol class="first-steps">${["1", "2", "3", "4"].map((n) =>
		html`<li>${t(`desk.empty.${n}`)}</li>`)}</ol>
	<p><a href="/guide">${t("nav.guide")}</a></p>` })}</div>`;

function body() {
	if (!lists)
		return html`<div class="panel">${skeleton(5)}</div>`;
	if (lists.every((list) => list.length === 0))
		return beginning();
	const [open, agency, done] = lists;
	const waiting = open.filter(({ state }) => state !== "draft");
	const drafts = open.filter(({ state }) => state === "draft");

	return html`${figures()}<div class="desk-columns"><div>
			${part("waiting", waiting, { each: todo, state: "open", none: t("desk.waiting.none") })}
			${part("drafts", drafts, { each: todo, state: "draft", none: t("desk.drafts.none") })}
			${part("agency", agency, { state: "agency", none: t("desk.agency.none") })}
		</div><div>
			${part("lately", done.slice(0, LATELY), { state: "done", none: t("desk.lately.none") })}
			${chart()}
		</div></div>`;
}

function draw() {
	render(html`${head()}${body()}<p class="np-note">${icon("info")}<span>${t("foot.np")}</span></p>`, main);
}

session = await start({ parts: ["faults", "application", "exporter"], kinds: ["exporter"] });
main.replaceChildren();
draw();
try {
	const list = async (state) => (await get("/api/applications", { query: { state, limit: 50 } })).items;

	[summary, ...lists] = await Promise.all([get("/api/applications/summary"), list("open"), list("agency"),
		list("done"), loadCodes(["countries"])]);
	lists = lists.slice(0, 3);
	draw();
} catch (problem) {
	failure(main, problem, "/");
}
