/*
 * applications - all of the firm's applications, newest first, by key, filtered by state.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get, words } from "../api.js";
import { dataTable, emptyState } from "../components/data-table.js";
import { icon } from "../components/icon.js";
import { stateChip } from "../components/state-chip.js";
import { toast } from "../components/toast.js";
import { ago, moment, number, t } from "../i18n.js";
import { start } from "../shell.js";
import { codeName, loadCodes } from "./codes.js";
import { failure } from "./failure.js";
import { newApplication } from "./new-application.js";

const FILTERS = ["", "open", "agency", "issued", "draft", "query", "done"];
const main = document.getElementById("main");
let state = new URLSearchParams(location.search).get("state") ?? "";
let rows = [], next = null, loading = true;

const columns = () => [
	{ key: "consignee", label: t("field.consignee"), head: true, cell: (row) => html`<a href="/applications/${row.id}">
		<bdi>${row.consignee || t("application.untitled")}</bdi></a>
		<span class="d-block muted small"><span class="code">${row.number ?? t("application.draft-name", { number: String(row.id) })}</span></span>` },
	{ key: "state", label: t("applications.state"), cell: (row) => stateChip(row.state) },
	{ key: "importing_country", label: t("field.importing_country"), cell: (row) => codeName("countries", row.importing_country) },
	{ key: "items", label: t("applications.items"), num: true, cell: (row) => number(row.items) },
	{ key: "office", label: t("field.office_id"), cell: (row) => row.office },
	{ key: "updated_at", label: t("applications.changed"), cell: (row) => html`<span class="ago" title=${moment(row.updated_at)}>${ago(row.updated_at)}</span>` },
	{ key: "copy", label: t("copy"), cell: (row) => html`<button type="button" class="btn btn-quiet btn-sm"
		@click=${() => newApplication({ copyOf: row })} title=${t("application.copy")}>${icon("copy")}<span class="sr">${
		t("applications.copy", { name: row.consignee || row.number || String(row.id) })}</span></button>` },
];

async function load(more) {
	loading = true;
	draw();
	const list = await get("/api/applications", { query: { state, after: more ? next : null } });

	rows = more ? [...rows, ...list.items] : list.items;
	next = list.next;
	loading = false;
	draw();
}

async function more() {
	try {
		await load(true);
	} catch (problem) {
		loading = false;
		toast(words(problem), { kind: "bad" });
		draw();
	}
}

function filter(e, wanted) {
	e.preventDefault();
	state = wanted;
	rows = [];
	history.replaceState(null, "", wanted ? `?state=${wanted}` : location.pathname);
	load().catch((problem) => failure(main, problem, "/desk"));
}

const filters = () => html`<nav class="filters" aria-label=${t("applications.filter")}>${FILTERS.map((one) => html`
	<a href=${one ? `?state=${one}` : "/applications"} aria-current=${one === state ? "true" : "false"}
		@click=${(e) => filter(e, one)}>${t(`applications.filter.${one || "all"}`)}</a>`)}</nav>`;

const empty = () => state ? emptyState({ image: "list", title: t("applications.none") }) :
	emptyState({ image: "seal", title: t("desk.empty"), text: t("desk.empty.text") });

function draw() {
	render(html`<div class="head"><h1>${t("applications.title")}</h1>
			<button type="button" class="btn btn-primary" @click=${() => newApplication()}>${icon("plus")}${t("new.start")}</button></div>
		${filters()}
		${dataTable({ caption: t("applications.title"), rows, columns: columns(), loading, next, onmore: more,
			href: (row) => `/applications/${row.id}`, empty: empty() })}
		<p class="np-note">${icon("info")}<span>${t("foot.np")}</span></p>`, main);
}

await start({ parts: ["faults", "application", "exporter"], kinds: ["exporter"] });
main.replaceChildren();
draw();
try {
	await loadCodes(["countries"]);
	await load();
} catch (problem) {
	failure(main, problem, "/desk");
}
