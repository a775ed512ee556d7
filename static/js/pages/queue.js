/*
 * queue - what waits for the officer, oldest first; j and k go through it, Enter opens.
 */
import { html, nothing, render } from "/vendor/lit-html/lit-html.js";
import { get, words } from "../api.js";
import { barChart } from "../components/chart.js";
import { emptyState } from "../components/data-table.js";
import { icon } from "../components/icon.js";
import { stateChip } from "../components/state-chip.js";
import { toast } from "../components/toast.js";
import { ago, clock, date, moment, number, t } from "../i18n.js";
import { start } from "../shell.js";
import { codeName, loadCodes } from "./codes.js";
import { failure } from "./failure.js";
import { lastDays, series } from "./spans.js";

const TABS = ["waiting", "mine", "query", "approved"];
const FRESH = 30000, DAY = 86400000, DAYS = 14;
const main = document.getElementById("main");
const asked = new URLSearchParams(location.search);
let tab = TABS.includes(asked.get("state")) ? asked.get("state") : "waiting";
let office = asked.get("office") ?? "";
let session, rows = [], next = null, loading = true, summary = null, at = -1;

const query = () => ({ state: tab, office_id: office || null });

async function load(more) {
	const list = await get("/api/review/queue", { query: { ...query(), after: more ? next : null } });

	rows = more ? [...rows, ...list.items] : list.items;
	next = list.next;
	loading = false;
	at = Math.min(at, rows.length - 1);
	draw();
}

/* A press that fails tells; the quiet renewing does not. */
const attempt = (what) => what().catch((problem) => {
	loading = false;
	toast(words(problem), { kind: "bad" });
	draw();
});

function change(e, { to = tab, where = office }) {
	e?.preventDefault();
	tab = to;
	office = where;
	rows = [];
	at = -1;
	loading = true;
	draw();
	const address = new URLSearchParams({ ...tab !== "waiting" ? { state: tab } : {}, ...office ? { office } : {} });
	history.replaceState(null, "", address.size > 0 ? `?${address}` : location.pathname);
	attempt(() => load());
}

const toTray = (n) => html`<a class="btn btn-primary" href="/tray">${t("queue.to-tray", { n })}${icon("right")}</a>`;
const href = (row) => tab === "approved" ? "/tray" : `/review/${row.id}`;

function move(to) {
	at = Math.max(0, Math.min(rows.length - 1, to));
	draw();
	const link = document.querySelector(`[data-index="${at}"]`);

	link?.focus();
	link?.scrollIntoView({ block: "nearest" });
}

function onKey(e) {
	if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, select, textarea, dialog"))
		return;
	if (e.key === "j")
		move(at + 1);
	else if (e.key === "k")
		move(at - 1);
	else if (e.key === "Enter" && at === -1 && rows.length > 0 && e.target === document.body)
		location.assign(href(rows[0]));
}

/* Amber from a day on, red from three. */
function age(row) {
	const waits = Date.now() - new Date(row.submitted_at);

	return html`<span class=${waits > 3 * DAY ? "age-red" : waits > DAY ? "age-amber" : ""} title=${moment(row.submitted_at)}>
		${ago(row.submitted_at)}</span>`;
}

function lock(row) {
	if (!row.lock_name || new Date(row.lock_until) < new Date())
		return "";
	return row.lock_person === session.person.id ? html`<span class="muted small">${icon("lock", "tiny")} ${t("queue.mine")}</span>` :
		html`<span class="muted small">${icon("lock", "tiny")} ${t("queue.locked", { name: row.lock_name, time: clock(new Date(row.lock_until)) })}</span>`;
}

const line = (row, i) => html`<tr class="opens ${i === at ? "current" : ""}" @click=${(e) => e.target.closest("a") || location.assign(href(row))}>
	<th scope="row" data-label=${t("queue.application")}><a href=${href(row)} data-index=${i} @focus=${() => { if (at !== i) { at = i; draw(); } }}>
		<span class="code">${row.number}</span></a>${lock(row)}</th>
	<td data-label=${t("certificate.exporter")}><span class="cell-lines"><bdi>${row.firm}</bdi><span class="muted small code">${row.iec}</span></span></td>
	<td data-label=${t("field.consignee")}><span class="cell-lines"><bdi>${row.consignee}</bdi><span class="muted small">${codeName("countries", row.importing_country)}</span></span></td>
	<td class="num" data-label=${t("applications.items")}>${number(row.items)}</td>
	<td data-label=${t("field.office_id")}>${row.office}</td>
	<td data-label=${t("queue.age")}>${age(row)}</td>
	<td data-label=${t("applications.state")}>${stateChip(row.state, { view: "officer" })}</td></tr>`;

const waiting = () => Array.from({ length: 4 }, () => html`<tr aria-hidden="true">${Array.from({ length: 7 }, () =>
	html`<td><span class="skeleton"></span></td>`)}</tr>`);

function table() {
	if (rows.length === 0 && !loading)
		return html`<div class="table-box">${emptyState({ image: "done", title: t(`queue.none.${tab}`), text: t(`queue.none.${tab}.text`),
			action: tab === "waiting" && summary?.approved ? toTray(summary.approved) : "" })}</div>`;
	return html`<div class="table-box" aria-busy=${loading ? "true" : nothing}><table class="data folds queue-table">
		<caption class="sr">${t("queue.title")}</caption>
		<thead><tr>${["queue.application", "certificate.exporter", "field.consignee", "applications.items", "field.office_id", "queue.age", "applications.state"].map((key) =>
			html`<th scope="col" class=${key === "applications.items" ? "num" : ""}>${t(key)}</th>`)}</tr></thead>
		<tbody>${rows.length === 0 ? waiting() : rows.map(line)}</tbody></table>
		${next ? html`<div class="data-foot"><button type="button" class="btn btn-secondary btn-sm" @click=${() => attempt(() => load(true))}>${t("table.more")}</button></div>` : ""}
	</div>`;
}

/* As many as its list has; how many of those under examination are mine the summary does not say. */
const COUNTS = { waiting: (s) => s.waiting + s.under_review, query: (s) => s.query, approved: (s) => s.approved };

const tabs = () => html`<div class="filter-row"><nav class="filters" aria-label=${t("queue.tabs")}>${TABS.map((one) => html`
	<a href=${one === "waiting" ? "/queue" : `?state=${one}`} aria-current=${one === tab ? "true" : "false"} @click=${(e) => change(e, { to: one })}>
		${t(`queue.tab.${one}`)}${summary && COUNTS[one] ? html` <b class="badge-count">${COUNTS[one](summary)}</b>` : ""}</a>`)}</nav>
	${session.offices.length > 1 ? html`<label class="office-filter"><span>${t("field.office_id")}</span>
		<select class="form-select" @change=${(e) => change(null, { where: e.target.value })}>
			<option value="" .selected=${office === ""}>${t("queue.all-offices")}</option>
			${session.offices.map(({ id, name }) => html`<option value=${id} .selected=${String(id) === office}>${name}</option>`)}
		</select></label>` : ""}</div>`;

function load14() {
	const days = lastDays(DAYS);
	const values = (name) => series(summary.days, "date", days, name);

	return html`<details class="panel load" open><summary><h2>${t("queue.load")}</h2></summary>
	${barChart({ title: t("queue.load"), labels: days.map((day) => date(day)),
		short: days.map((day) => date(day).split(" ")[0]),
		series: [{ name: t("queue.came"), values: values("submitted") },
			{ name: t("queue.decided"), values: values("decided") }] })}</details>`;
}

function draw() {
	const first = rows.find((row) => !row.lock_name || row.lock_person === session.person.id) ?? rows[0];

	render(html`<div class="head"><div><h1>${t("queue.title")}</h1>
			<p class="muted lead-line">${summary ? t("queue.line", { n: COUNTS.waiting(summary), today: summary.issued_today }) : ""}</p></div>
			${tab === "waiting" && first ? html`<a class="btn btn-primary" href=${href(first)}>${t("queue.next")}${icon("right")}</a>` : ""}</div>
		${tabs()}${table()}
		<p class="muted small only-wide">${t("queue.keys")}</p>
		${summary?.days?.length ? load14() : ""}`, main);
}

session = await start({ parts: ["faults", "application", "officer"], kinds: ["officer"] });
main.replaceChildren();
draw();
try {
	await loadCodes(["countries"]);
	await load();
	summary = await get("/api/review/summary");
	draw();
	document.addEventListener("keydown", onKey);
	setInterval(() => document.hidden || next || load().catch(() => {}), FRESH);
} catch (problem) {
	failure(main, problem, "/");
}
