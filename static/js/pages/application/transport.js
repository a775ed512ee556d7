/*
 * transport - the way of the goods, and the invoices they travel on.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { live } from "/vendor/lit-html/directives/live.js";
import { icon } from "../../components/icon.js";
import { toast } from "../../components/toast.js";
import { nameOf, t } from "../../i18n.js";
import { codeRow, codes } from "../codes.js";
import { codeField, dateField, errorOf, idOf, numberField, textField } from "./fields.js";

const MOST = 20;
const list = (v) => v.draft.content.invoices ?? [];

function mode(v, { code, ...row }) {
	const id = code === "sea" ? idOf("transport.mode") : `mode-${code}`;

	return html`<div class="segment">
		<input type="radio" class="btn-check" name="mode" id=${id} .checked=${live(v.draft.get("transport.mode") === code)}
			@change=${() => v.draft.set("transport.mode", code)}>
		<label class="btn btn-secondary" for=${id}>${nameOf(row)}</label>
	</div>`;
}

/* A ship has a voyage, an aircraft a flight; "conveyance" is nobody's word. */
function labels(v) {
	const by = v.draft.get("transport.mode");
	const known = ["sea", "air", "road", "rail", "post"].includes(by) ? by : "sea";

	return { conveyance: t(`transport.conveyance.${known}`), voyage: t(`transport.voyage.${known}`) };
}

/* "Hamburg, Germany" once the port is known and nobody has written anything else. */
function discharge(v, code) {
	const place = (c) => codeRow("ports", c) ?
		`${codeRow("ports", c).name}, ${codeRow("countries", codeRow("ports", c).country)?.name ?? ""}` : "";
	const before = place(v.draft.get("transport.port_of_discharge"));
	const written = v.draft.get("transport.final_destination");

	v.draft.set("transport.port_of_discharge", code);
	if (!written || written === before)
		v.draft.set("transport.final_destination", place(code));
}

function route(v) {
	const named = labels(v);

	return html`<section class="form-part" aria-labelledby="part-route">
		<h3 id="part-route">${t("transport.route")}</h3>
		<p class="muted text">${t("transport.lead")}</p>
		<fieldset class="field"><legend class="form-label">${t("field.transport.mode")}</legend>
			${errorOf(v, "transport.mode")}
			<div class="segments">${codes.modes.map((m) => mode(v, m))}</div></fieldset>
		<div class="pair">
			${codeField(v, "transport.port_of_loading", "ports", { free: true, prefer: "IN" })}
			${codeField(v, "transport.port_of_discharge", "ports",
				{ free: true, onChange: (code) => discharge(v, code) })}
		</div>
		${textField(v, "transport.final_destination", { max: 120, size: "middle" })}
		<div class="pair">
			${textField(v, "transport.conveyance", { max: 80, label: named.conveyance, optional: true })}
			${textField(v, "transport.voyage", { max: 40, label: named.voyage, optional: true })}
		</div>
		<div class="pair">
			${textField(v, "transport.place_of_receipt", { max: 100, optional: true,
				hint: t("transport.receipt.hint") })}
			${dateField(v, "transport.departure_date", { optional: true, hint: t("transport.departure.hint") })}
		</div>
	</section>`;
}

function add(v) {
	const at = list(v).length;
	const last = list(v).at(-1);

	v.draft.change((content) => {
		content.invoices ??= [];
		content.invoices.push({ currency: last?.currency ?? "USD", incoterm: last?.incoterm ?? "" });
	});
	requestAnimationFrame(() => document.getElementById(idOf(`invoices[${at}].number`))?.focus());
}

function remove(v, i) {
	const gone = list(v)[i];

	v.draft.change((content) => content.invoices.splice(i, 1));
	document.getElementById("add-invoice")?.focus();
	toast(t("invoices.removed", { what: gone.number || String(i + 1) }), {
		undo: () => v.draft.change((content) => content.invoices.splice(i, 0, gone)),
	});
}

function invoice(v, _, i) {
	const at = (name) => `invoices[${i}].${name}`;

	return html`<section class="card item-card" aria-labelledby="invoice-${i}">
		<div class="card-head"><h4 id="invoice-${i}">${t("invoices.one", { number: String(i + 1) })}</h4>
			<button type="button" class="btn btn-quiet btn-sm" @click=${() => remove(v, i)}>
				${icon("trash")}${t("remove")}<span class="sr"> ${t("invoices.one", { number: String(i + 1) })}</span>
			</button></div>
		<div class="pair">
			${textField(v, at("number"), { max: 64, code: true, hint: t("invoices.number.hint") })}
			${dateField(v, at("date"))}
		</div>
		<div class="pair three">
			${codeField(v, at("currency"), "currencies")}
			${numberField(v, at("value"))}
			${codeField(v, at("incoterm"), "incoterms", { optional: true })}
		</div>
	</section>`;
}

function invoices(v) {
	return html`<section class="form-part" aria-labelledby="part-invoices">
		<h3 id="part-invoices">${t("invoices.title")}</h3>
		<p class="muted text">${t("invoices.lead")}</p>
		<div id=${idOf("invoices")} tabindex="-1">${errorOf(v, "invoices")}</div>
		${list(v).map((one, i) => invoice(v, one, i))}
		<div class="actions"><button type="button" id="add-invoice" class="btn btn-secondary"
			?disabled=${list(v).length >= MOST} @click=${() => add(v)}>
			${icon("plus")}${t(list(v).length > 0 ? "invoices.more" : "invoices.add")}</button></div>
	</section>`;
}

export const transport = (v) => html`${route(v)}${invoices(v)}`;
