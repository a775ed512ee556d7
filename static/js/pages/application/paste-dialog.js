/*
 * paste-dialog - rows of a spreadsheet, shown as they were understood before they are taken.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { show } from "../../components/dialog.js";
import { t } from "../../i18n.js";
import { appendRows } from "./grid.js";
import { rows } from "./paste.js";
import { scrolls } from "../scrolls.js";

const SHOWN = 5;

const preview = (sheet, list) => html`<p><strong>${t("paste.found", { n: list.length })}</strong></p>
	${scrolls(t("paste.label"), html`<table class="table table-sm plain">
		<caption class="sr">${t("paste.found", { n: list.length })}</caption>
		<thead><tr>${Object.keys(sheet.shape).map((name) => html`<th scope="col">${t(`field.${sheet.list}.${name}`)}</th>`)}</tr></thead>
		<tbody>${list.slice(0, SHOWN).map((row) => html`<tr>${Object.keys(sheet.shape).map((name) =>
			html`<td>${String(row[name] ?? "").slice(0, 40)}</td>`)}</tr>`)}</tbody></table>`)}
	${list.length > SHOWN ? html`<p class="muted small">${t("paste.more", { n: list.length - SHOWN })}</p>` : ""}`;

export function askRows(v, sheet) {
	let list = null, typed = "";
	const dialog = show("", { wide: true });

	function read(text) {
		typed = text;
		list = rows(text, sheet.shape);
		draw();
	}
	function take() {
		if (!list)
			return document.getElementById("paste-text").focus();
		appendRows(v, sheet, list);
		return dialog.close();
	}
	const draw = () => dialog.draw(html`<h2 id="dialog-title">${t("paste.title")}</h2>
		<p class="text">${t("paste.lead")}</p>
		<p class="muted small">${Object.keys(sheet.shape).map((name) => t(`field.${sheet.list}.${name}`)).join(" · ")}</p>
		<label class="form-label" for="paste-text">${t("paste.label")}</label>
		<textarea id="paste-text" class="form-control code" rows="6" spellcheck="false"
			@input=${(e) => read(e.target.value)}></textarea>
		<div class="under" aria-live="polite">${list ? preview(sheet, list) :
			typed.trim() === "" ? "" : html`<p class="wrong">${t("paste.none")}</p>`}</div>
		<div class="actions">
			<button type="button" class="btn btn-secondary" @click=${() => dialog.close()}>${t("cancel")}</button>
			<button type="button" class="btn btn-primary" @click=${take}>
				${list ? t("paste.take", { n: list.length }) : t("paste.take.none")}</button></div>`);

	draw();
	document.getElementById("paste-text").focus();
}
