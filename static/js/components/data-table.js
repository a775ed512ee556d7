/*
 * data-table - rows with a head that stays, sorted by a click, folded into cards on a phone.
 *
 *	dataTable({ caption: t("applications.list"), rows, columns: [
 *		{ key: "number", label: t("..."), cell: (row) => html`...`, head: true },
 *		{ key: "items", label: t("..."), num: true, sort: true }],
 *	  href: (row) => `/applications/${row.id}`, sort: { key, down }, onsort: (key) => ...,
 *	  empty: emptyState({ ... }), next, onmore: () => ..., loading })
 *
 * href makes the whole row a target for the mouse; the head cell must hold the link for the
 * keyboard.  loading draws a skeleton when there are no rows yet.  sortRows(rows, sort) sorts what
 * is there; emptyState({ image, title, text, action }) says what to do when nothing is.
 */
import { html, nothing } from "/vendor/lit-html/lit-html.js";
import { repeat } from "/vendor/lit-html/directives/repeat.js";
import { t } from "../i18n.js";
import { icon } from "./icon.js";

export const emptyState = ({ image = "file", title, text = "", action = "" }) => html`
	<div class="empty">${icon(image)}<h2>${title}</h2>${text ? html`<p>${text}</p>` : ""}${action}</div>`;

export const skeleton = (lines = 3) => html`<div aria-hidden="true">${Array.from({ length: lines }, () =>
	html`<span class="skeleton"></span>`)}</div>`;

export function sortRows(rows, { key, down } = {}) {
	if (!key)
		return rows;
	return [...rows].sort((a, b) => {
		const [x, y] = [a[key] ?? "", b[key] ?? ""];
		const order = typeof x === "number" && typeof y === "number" ? x - y :
			String(x).localeCompare(String(y), undefined, { numeric: true });

		return down ? -order : order;
	});
}

function head(column, { sort, onsort }) {
	const on = sort?.key === column.key;
	const direction = sort?.down ? "descending" : "ascending";

	if (!column.sort || !onsort)
		return html`<th scope="col" class=${column.num ? "num" : ""}>${column.label}</th>`;
	return html`<th scope="col" class=${column.num ? "num" : ""} aria-sort=${on ? direction : "none"}>
		<button type="button" @click=${() => onsort(column.key)}>${column.label}${on ?
			icon(sort.down ? "down" : "up") : ""}</button></th>`;
}

function cell(column, row) {
	const value = column.cell ? column.cell(row) : row[column.key] ?? "";
	const css = column.num ? "num" : "";

	return column.head ? html`<th scope="row" class=${css} data-label=${column.label}>${value}</th>` :
		html`<td class=${css} data-label=${column.label}>${value}</td>`;
}

function open(e, row, href) {
	if (!href || e.target.closest("a, button, input, label, summary") || getSelection().toString())
		return;
	location.assign(href(row));
}

const waiting = (columns) => Array.from({ length: 4 }, () => html`<tr aria-hidden="true">${columns.map(() =>
	html`<td><span class="skeleton"></span></td>`)}</tr>`);

export function dataTable(config) {
	const { caption, columns, rows, href, empty, next, onmore, loading, key = (row) => row.id ?? row.number } = config;

	if (rows.length === 0 && !loading)
		return html`<div class="table-box">${empty ?? emptyState({ title: t("table.empty") })}</div>`;
	return html`<div class="table-box" aria-busy=${loading ? "true" : nothing}>
		<table class="data folds">
			<caption class="sr">${caption}</caption>
			<thead><tr>${columns.map((column) => head(column, config))}</tr></thead>
			<tbody>${rows.length === 0 ? waiting(columns) : repeat(rows, key, (row) => html`
				<tr class=${href ? "opens" : ""} @click=${(e) => open(e, row, href)}>${columns.map((column) => cell(column, row))}</tr>`)}
			</tbody>
		</table>
		${next ? html`<div class="data-foot"><button type="button" class="btn btn-secondary btn-sm"
			aria-busy=${loading ? "true" : nothing} @click=${onmore}>${t("table.more")}</button></div>` : ""}
	</div>`;
}
