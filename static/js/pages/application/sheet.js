/*
 * sheet - a list as a table that is typed into; on a narrow screen each line is a card.
 *
 *	sheet(v, { list: "items", columns, caption, lineKey, addKey, ... })	see goods.js, inputs.js
 *
 * A column is { name, kind, max, list, names, choices }.  kind: lines (wraps), text, code, number
 * (put in order when it is left), count (digits only), choice (choices(v, line)).  With list the
 * browser proposes codes; with names the cell shows the name and takes code or name.
 */
import { html, nothing } from "/vendor/lit-html/lit-html.js";
import { live } from "/vendor/lit-html/directives/live.js";
import { icon } from "../../components/icon.js";
import { nameOf, t } from "../../i18n.js";
import { codeName, codeRow, codes } from "../codes.js";
import { amount, line, lines, whole } from "./content.js";
import { errorOf, faultOf, idOf } from "./fields.js";
import { MOST, addLine, copyLine, linesOf, onKey, onPaste, put, removeLine } from "./grid.js";
import { coded } from "./paste.js";

const READ = {
	lines, text: line, code: (s) => line(s).replace(/[\s.]/g, "").toUpperCase(),
	number: line, count: whole, choice: (s) => s,
};

/* What is only understood when the cell is left stays as typed until then. */
function typed(v, sheet, i, column, e) {
	if (column.kind === "count")
		e.target.value = e.target.value.replace(/\D/g, "");
	if (column.names)
		v.typing = { id: e.target.id, text: e.target.value };
	else
		put(v, sheet, i, column.name, READ[column.kind](e.target.value));
}

function left(v, sheet, i, column, e) {
	v.typing = null;
	const value = column.names ? coded(column.list, e.target.value) :
		column.kind === "number" ? amount(line(e.target.value)) : READ[column.kind](e.target.value);

	if (sheet.changed)
		sheet.changed(v, i, column.name, value);
	else
		put(v, sheet, i, column.name, value);
}

function shown(v, column, id, value) {
	if (v.typing?.id === id)
		return v.typing.text;
	if (value === undefined || value === null)
		return "";
	return column.names ? codeName(column.list, value) : String(value);
}

function choice(v, sheet, i, column, one, common) {
	return html`<select class="form-select grid-control ${common.invalid ? "is-invalid" : ""}" id=${common.id}
		data-row=${i} data-column=${column.name} aria-label=${common.label}
		aria-invalid=${common.invalid ? "true" : nothing} aria-describedby=${common.words}
		@change=${(e) => put(v, sheet, i, column.name, column.read ? column.read(e.target.value) : e.target.value)}>
		${column.choices(v, one).map(({ value, label }) => html`<option value=${value}
			.selected=${value === String(one[column.name] ?? "")}>${label}</option>`)}</select>`;
}

function control(v, sheet, i, column, one) {
	const path = `${sheet.list}[${i}].${column.name}`;
	const id = idOf(path), value = one[column.name];
	const invalid = Boolean(faultOf(v, path));
	const words = invalid ? `${id}-error` : nothing;
	const label = t("goods.cell", { line: t(sheet.lineKey, { number: String(i + 1) }), column: t(`field.${sheet.list}.${column.name}`) });
	const name = `form-control grid-control grid-${column.kind} ${invalid ? "is-invalid" : ""}`;

	if (column.kind === "choice")
		return choice(v, sheet, i, column, one, { id, invalid, words, label });
	if (column.kind === "lines")
		return html`<textarea id=${id} class=${name} rows="1" maxlength=${column.max} data-row=${i} data-column=${column.name}
			aria-label=${label} aria-invalid=${invalid ? "true" : nothing} aria-describedby=${words}
			.value=${live(shown(v, column, id, value))} @input=${(e) => typed(v, sheet, i, column, e)}></textarea>`;
	return html`<input id=${id} class=${name} type="text" autocomplete="off" maxlength=${column.max} data-row=${i}
		data-column=${column.name} inputmode=${["number", "count"].includes(column.kind) ? "decimal" : "text"}
		list=${column.list ? `codes-${column.list}` : nothing} title=${column.list ? nameOf(codeRow(column.list, value)) : nothing}
		aria-label=${label} aria-invalid=${invalid ? "true" : nothing} aria-describedby=${words}
		.value=${live(shown(v, column, id, value))}
		@input=${(e) => typed(v, sheet, i, column, e)} @change=${(e) => left(v, sheet, i, column, e)}>`;
}

function cell(v, sheet, i, column, one) {
	return html`<td class="cell-${column.name}" data-label=${t(`field.${sheet.list}.${column.name}`)}>
		${control(v, sheet, i, column, one)}${errorOf(v, `${sheet.list}[${i}].${column.name}`)}</td>`;
}

const button = (image, words, act, off = false) => html`<button type="button" class="btn btn-quiet btn-sm" title=${words}
	?disabled=${off} @click=${act}>${icon(image)}<span class="cell-word">${words}</span></button>`;

function row(v, sheet, one, i) {
	const number = String(i + 1);

	return html`<tr><th scope="row" class="cell-line"><span class="line-word">${t(sheet.lineKey, { number })}</span>
			<span class="line-number" aria-hidden="true">${number}</span></th>
		${sheet.columns.map((column) => cell(v, sheet, i, column, one))}
		<td class="cell-actions">
			${button("copy", t("goods.copy", { number }), () => copyLine(v, sheet, i), linesOf(v, sheet).length >= MOST)}
			${button("trash", t("goods.remove", { number }), () => removeLine(v, sheet, i))}
		</td></tr>`;
}

/* The browser shows value and label; where names are shown, names are proposed. */
const proposals = ({ list, names }) => html`<datalist id="codes-${list}">${codes[list].map((one) => names ?
	html`<option value=${nameOf(one)}>${one.code}</option>` : html`<option value=${one.code}>${nameOf(one)}</option>`)}</datalist>`;

const table = (v, sheet) => html`<div class="grid-scroll" role="region" tabindex="0" aria-label=${t(sheet.captionKey)}>
	<table class="table grid grid-${sheet.list}" @keydown=${(e) => onKey(v, sheet, e)} @paste=${(e) => onPaste(v, sheet, e)}>
		<caption class="sr">${t(sheet.captionKey)}</caption>
		<thead><tr><th scope="col"><span class="sr">${t("goods.line")}</span></th>
			${sheet.columns.map((column) => html`<th scope="col" class="cell-${column.name}">${t(`field.${sheet.list}.${column.name}`)}</th>`)}
			<th scope="col"><span class="sr">${t("goods.actions")}</span></th></tr></thead>
		<tbody>${linesOf(v, sheet).map((one, i) => row(v, sheet, one, i))}</tbody>
	</table></div>`;

export function sheetView(v, sheet, { paste, more = "" }) {
	const count = linesOf(v, sheet).length;

	return html`<div id=${idOf(sheet.list)} tabindex="-1">${errorOf(v, sheet.list)}</div>
		${count > 0 ? table(v, sheet) : html`<p class="empty-line">${t(sheet.noneKey)}</p>`}
		<div class="actions grid-actions">
			<button type="button" class="btn btn-secondary" ?disabled=${count >= MOST} @click=${() => addLine(v, sheet)}>
				${icon("plus")}${t(sheet.addKey)}</button>
			<button type="button" class="btn btn-quiet" ?disabled=${count >= MOST} @click=${paste}>${icon("list")}${t("goods.paste")}</button>
			${more}
		</div>
		${sheet.columns.filter(({ list }) => list).map(proposals)}`;
}
