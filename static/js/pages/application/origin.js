/*
 * origin - what makes the goods Indian (HBP 2.93): imported inputs or none, what was done to them,
 * the inputs themselves, the making, and the declaration of box 12.
 *
 * Most shipments have one answer for all items; it is asked once, and by item only where it differs.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { icon } from "../../components/icon.js";
import { nameOf, t } from "../../i18n.js";
import { codes } from "../codes.js";
import { areaField, errorOf, faultOf, idOf, textField } from "./fields.js";
import { inputs } from "./inputs.js";

const items = (v) => v.draft.content.items ?? [];
const key = (item) => JSON.stringify([item.origin ?? "", [...item.operations ?? []].sort()]);

/* One answer for all, unless they differ already or the reader wants to tell them apart. */
export const byItem = (v) => v.originByItem || new Set(items(v).map(key)).size > 1;

function answer(v, indexes, origin) {
	v.draft.change((content) => {
		for (const i of indexes) {
			content.items[i].origin = origin;
			if (origin === "wholly")
				content.items[i].operations = [];
		}
	});
}

function tick(v, indexes, code, on) {
	v.draft.change((content) => {
		for (const i of indexes) {
			const done = new Set(content.items[i].operations ?? []);

			done[on ? "add" : "delete"](code);
			content.items[i].operations = [...done];
		}
	});
}

function choice(v, indexes, origin, chosen) {
	const name = `origin-${indexes[0]}`;

	return html`<div class="form-check choice">
		<input class="form-check-input" type="radio" name=${name}
			id=${origin === "wholly" ? idOf(`items[${indexes[0]}].origin`) : `${name}-${origin}`}
			.checked=${chosen === origin} @change=${() => answer(v, indexes, origin)}>
		<label class="form-check-label"
			for=${origin === "wholly" ? idOf(`items[${indexes[0]}].origin`) : `${name}-${origin}`}>
			<strong>${t(`origin.${origin}`)}</strong>
			<span class="muted small choice-hint">${t(`origin.${origin}.hint`)}</span></label>
	</div>`;
}

function operation(v, indexes, code, words, done) {
	const id = code === "beyond" ? idOf(`items[${indexes[0]}].operations`) : `op-${indexes[0]}-${code}`;

	return html`<div class="form-check ${code === "beyond" ? "choice" : ""}">
		<input class="form-check-input" type="checkbox" id=${id} .checked=${done.includes(code)}
			@change=${(e) => tick(v, indexes, code, e.target.checked)}>
		<label class="form-check-label" for=${id}>${words}</label>
	</div>`;
}

function operations(v, indexes) {
	const path = `items[${indexes[0]}].operations`;
	const done = items(v)[indexes[0]].operations ?? [];
	const only = done.length > 0 && !done.includes("beyond");

	return html`<fieldset class="operations">
		<legend>${t("origin.operations")}</legend>
		${errorOf(v, path)}
		${operation(v, indexes, "beyond", html`<strong>${t("origin.beyond")}</strong>
			<span class="muted small choice-hint">${t("origin.beyond.hint")}</span>`, done)}
		<details ?open=${done.some((code) => code !== "beyond")}>
			<summary>${t("origin.simple")}</summary>
			<p class="small muted text">${t("origin.simple.hint")}</p>
			${codes.operations.map((op) => operation(v, indexes, op.code,
				html`<span class="op-code">(${op.code})</span> ${nameOf(op)}`, done))}
		</details>
		${only && !faultOf(v, path) ? html`<p class="note note-amber">${icon("alert")}
			<span>${t("origin.only")}</span></p>` : ""}
	</fieldset>`;
}

function question(v, indexes) {
	const item = items(v)[indexes[0]];

	return html`<fieldset>
		<legend class=${indexes.length === items(v).length ? "" : "sr"}>${t("origin.question")}</legend>
		${errorOf(v, `items[${indexes[0]}].origin`)}
		${choice(v, indexes, "wholly", item.origin)}
		${choice(v, indexes, "processed", item.origin)}
	</fieldset>
	${item.origin === "processed" ? operations(v, indexes) : ""}`;
}

function eachItem(v) {
	return items(v).map((item, i) => html`<section class="card item-card">
		<h3>${t("goods.line")} ${i + 1}<span class="muted"> · ${item.description ?? ""}</span></h3>
		${question(v, [i])}</section>`);
}

function split(v) {
	v.originByItem = true;
	v.draw();
}

/* Back to one answer: that of the first item. */
function join(v) {
	v.originByItem = false;
	v.draft.change((content) => {
		for (const item of content.items) {
			item.origin = content.items[0].origin;
			item.operations = [...content.items[0].operations ?? []];
		}
	});
}

function criterion(v) {
	const all = items(v).map((_, i) => i);

	if (all.length === 0)
		return html`<p class="empty-line">${t("origin.none")} <a href="#goods">${t("step.goods")}</a></p>`;
	if (all.length === 1)
		return question(v, all);
	return byItem(v) ? html`${eachItem(v)}
		<button type="button" class="btn btn-quiet" @click=${() => join(v)}>${t("origin.join")}</button>` :
		html`${question(v, all)}
		<button type="button" class="btn btn-quiet" @click=${() => split(v)}>${t("origin.split")}</button>`;
}

function declaration(v) {
	return html`<section class="form-part" aria-labelledby="part-declaration">
		<h3 id="part-declaration">${t("declaration.title")}</h3>
		<p class="text muted">${t("declaration.lead")}</p>
		${textField(v, "declaration.place", { max: 100, size: "middle" })}
		<div class="pair">
			${textField(v, "declaration.signatory", { max: 120, hint: t("declaration.signatory.hint") })}
			${textField(v, "declaration.designation", { max: 120 })}
		</div>
	</section>`;
}

export function origin(v) {
	return html`<section class="form-part">${criterion(v)}</section>
		${inputs(v)}
		<section class="form-part">
			${areaField(v, "process", { max: 4000, rows: 3, hint: t("origin.process.hint") })}
		</section>
		${declaration(v)}`;
}
