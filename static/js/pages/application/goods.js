/*
 * goods - the items, as a table on wide screens and as a card each on narrow ones (css/desk.css).
 */
import { html, nothing } from "/vendor/lit-html/lit-html.js";
import { live } from "/vendor/lit-html/directives/live.js";
import { icon } from "../../components/icon.js";
import { t } from "../../i18n.js";
import { codeRow, codes } from "../codes.js";
import { totals } from "../totals.js";
import { errorOf, faultOf, idOf } from "./fields.js";
import { COLUMNS, MOST, addItem, copyItem, items, onKey, onPaste, put, removeItem } from "./grid.js";
import { askRows } from "./paste-dialog.js";

const shown = (value) => live(value === undefined || value === null ? "" : String(value));

/* The name of a code that was typed, where a pointer rests on it. */
const meaning = (column, value) =>
	column.list && value ? codeRow(column.list, value)?.name ?? nothing : nothing;

/* Numbers are put in order when the cell is left, not while they are being typed. */
function typing(v, i, column, e) {
	if (column.name === "packages")
		e.target.value = e.target.value.replace(/\D/g, "");
	put(v, i, column.kind === "number" && column.name !== "packages" ?
		{ ...column, read: (s) => s } : column, e.target.value);
}

function control(v, i, column, value) {
	const path = `items[${i}].${column.name}`;
	const fault = faultOf(v, path);
	const label = t("goods.cell", { number: String(i + 1), column: t(`field.items.${column.name}`) });
	const name = `form-control grid-control grid-${column.kind} ${fault ? "is-invalid" : ""}`;
	const wrong = fault ? "true" : nothing;
	const words = fault ? `${idOf(path)}-error` : nothing;

	if (column.kind === "lines")
		return html`<textarea id=${idOf(path)} class=${name} rows="1" maxlength=${column.max}
			data-row=${i} data-column=${column.name} aria-label=${label} aria-invalid=${wrong}
			aria-describedby=${words} .value=${shown(value)}
			@input=${(e) => typing(v, i, column, e)}></textarea>`;
	return html`<input id=${idOf(path)} class=${name} type="text" autocomplete="off"
		inputmode=${column.kind === "number" ? "decimal" : "text"} maxlength=${column.max}
		data-row=${i} data-column=${column.name} list=${column.list ? `codes-${column.list}` : nothing}
		title=${meaning(column, value)} aria-label=${label} aria-invalid=${wrong}
		aria-describedby=${words} .value=${shown(value)}
		@input=${(e) => typing(v, i, column, e)} @change=${(e) => put(v, i, column, e.target.value)}>`;
}

function cell(v, i, column, value) {
	return html`<td class="cell-${column.name}" data-label=${t(`field.items.${column.name}`)}>
		${control(v, i, column, value)}${errorOf(v, `items[${i}].${column.name}`)}</td>`;
}

function row(v, item, i) {
	const name = String(i + 1);

	return html`<tr>
		<th scope="row" class="cell-line"><span class="line-word">${t("goods.line")}</span> ${name}</th>
		${COLUMNS.map((column) => cell(v, i, column, item[column.name]))}
		<td class="cell-actions">
			<button type="button" class="btn btn-quiet btn-sm" @click=${() => copyItem(v, i)}
				?disabled=${items(v).length >= MOST} title=${t("goods.copy", { number: name })}>
				${icon("copy")}<span class="cell-word">${t("goods.copy", { number: name })}</span></button>
			<button type="button" class="btn btn-quiet btn-sm" @click=${() => removeItem(v, i)}
				title=${t("goods.remove", { number: name })}>
				${icon("trash")}<span class="cell-word">${t("goods.remove", { number: name })}</span></button>
		</td>
	</tr>`;
}

const choices = (list) => html`<datalist id="codes-${list}">
	${codes[list].map((c) => html`<option value=${c.code}>${c.name}</option>`)}</datalist>`;

function table(v) {
	return html`<div class="grid-scroll" role="region" tabindex="0" aria-label=${t("goods.table")}>
		<table class="table grid" @keydown=${(e) => onKey(v, e)} @paste=${(e) => onPaste(v, e)}>
			<caption class="sr">${t("goods.table")}</caption>
			<thead><tr><th scope="col">${t("goods.line")}</th>
				${COLUMNS.map((column) => html`<th scope="col" class="cell-${column.name}">
					${t(`field.items.${column.name}`)}</th>`)}
				<th scope="col"><span class="sr">${t("goods.actions")}</span></th></tr></thead>
			<tbody>${items(v).map((item, i) => row(v, item, i))}</tbody>
		</table>
	</div>`;
}

export function goods(v) {
	const full = items(v).length >= MOST;

	return html`<p class="text">${t("goods.lead")}</p>
		<div id=${idOf("items")} tabindex="-1">${errorOf(v, "items")}</div>
		${items(v).length > 0 ? table(v) : html`<p class="empty-line">${t("goods.none")}</p>`}
		<div class="actions grid-actions">
			<button type="button" class="btn btn-secondary" ?disabled=${full} @click=${() => addItem(v)}>
				${icon("plus")}${t("goods.add")}</button>
			<button type="button" class="btn btn-quiet" ?disabled=${full} @click=${() => askRows(v)}>
				${icon("list")}${t("goods.paste")}</button>
			<span class="muted small only-wide">${t("goods.keys")}</span>
		</div>
		${totals(items(v))}
		${choices("packages")}${choices("units")}`;
}
