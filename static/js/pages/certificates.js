/*
 * certificates - those of the firm, of an officer's offices, or of the agency, newest first.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get, words } from "../api.js";
import { dataTable, emptyState } from "../components/data-table.js";
import { icon } from "../components/icon.js";
import { stateChip } from "../components/state-chip.js";
import { toast } from "../components/toast.js";
import { date, moment, t } from "../i18n.js";
import { start } from "../shell.js";
import { codeName, loadCodes } from "./codes.js";
import { failure } from "./failure.js";

const main = document.getElementById("main");
let rows = [], next = null, loading = true, officer = false, agency = false;

const columns = () => [
	{ key: "number", label: t("certificate.number"), head: true, cell: (row) =>
		html`<a class="code" href="/certificates/${row.number}">${row.number}</a>` },
	{ key: "state", label: t("applications.state"), cell: (row) => stateChip(row.state, { kind: "certificate" }) },
	...agency ? [{ key: "firm", label: t("certificate.exporter"), cell: (row) => html`<bdi>${row.firm}</bdi>` }] : [],
	{ key: "consignee", label: t("field.consignee"), cell: (row) => html`<bdi>${row.consignee}</bdi>` },
	{ key: "importing_country", label: t("field.importing_country"), cell: (row) => codeName("countries", row.importing_country) },
	{ key: "office", label: t("field.office_id"), cell: (row) => row.office },
	{ key: "issued_at", label: t("certificate.issued"), cell: (row) => row.issued_at ?
		html`<time datetime=${row.issued_at} title=${moment(row.issued_at)}>${date(row.issued_at)}</time>` : "" },
];

async function load(more) {
	const list = await get("/api/certificates", { query: { after: more ? next : null } });

	rows = more ? [...rows, ...list.items] : list.items;
	next = list.next;
	loading = false;
	draw();
}

async function more() {
	loading = true;
	draw();
	try {
		await load(true);
	} catch (problem) {
		loading = false;
		toast(words(problem), { kind: "bad" });
		draw();
	}
}

function draw() {
	render(html`<div class="head"><h1>${t("certificates.title")}</h1>
		${officer ? html`<a class="btn btn-secondary" href="/tray">${icon("pen")}${t("rail.tray")}</a>` : ""}</div>
		${dataTable({ caption: t("certificates.title"), rows, columns: columns(), loading, next, onmore: more,
			key: (row) => row.number, href: (row) => `/certificates/${row.number}`,
			empty: emptyState({ image: "seal", title: t("certificates.none"),
				text: t(agency ? "certificates.none.officer" : "certificates.none.exporter") }) })}
		<p class="np-note">${icon("info")}<span>${t("foot.np")}</span></p>`, main);
}

const session = await start({ parts: ["faults", "application"], kinds: ["exporter", "officer", "administrator"] });
officer = session.kind === "officer";
agency = session.kind !== "exporter";
main.replaceChildren();
draw();
try {
	await loadCodes(["countries"]);
	await load();
} catch (problem) {
	failure(main, problem, "/");
}
