/*
 * inputs - what went into the goods: the statement of inputs that HBP 2.93 asks for, a card each.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { icon } from "../../components/icon.js";
import { toast } from "../../components/toast.js";
import { t } from "../../i18n.js";
import { sum } from "./content.js";
import { areaField, codeField, errorOf, idOf, numberField, selectField, textField } from "./fields.js";

const MOST = 200;
const list = (v) => v.draft.content.inputs ?? [];

function add(v) {
	const at = list(v).length;

	v.draft.change((content) => {
		content.inputs ??= [];
		content.inputs.push({ item: 0, origin: "IN", duty: "none" });
	});
	requestAnimationFrame(() => document.getElementById(idOf(`inputs[${at}].description`))?.focus());
}

function remove(v, i) {
	const [gone] = list(v).slice(i, i + 1);

	v.draft.change((content) => content.inputs.splice(i, 1));
	document.getElementById("add-input")?.focus();
	toast(t("inputs.removed", { what: gone.description || String(i + 1) }), {
		undo: () => v.draft.change((content) => content.inputs.splice(i, 0, gone)),
	});
}

/* What is Indian pays no duty on import. */
function origin(v, i, code) {
	v.draft.change((content) => {
		const input = content.inputs[i];

		input.origin = code;
		if (code === "IN")
			input.duty = "none";
		else if (input.duty === "none")
			delete input.duty;
	});
}

function itemChoices(v) {
	const items = v.draft.content.items ?? [];

	return [{ value: "0", label: t("inputs.all") }, ...items.map((item, i) => ({
		value: String(i + 1),
		label: `${t("goods.line")} ${i + 1}: ${(item.description ?? "").slice(0, 40)}`,
	}))];
}

const duties = () => ["paid", "free", "none"].map((value) =>
	({ value, label: t(`inputs.duty.${value}`) }));

function card(v, input, i) {
	const at = (name) => `inputs[${i}].${name}`;

	return html`<section class="card item-card" aria-labelledby="input-${i}">
		<div class="card-head"><h4 id="input-${i}">${t("inputs.one", { number: String(i + 1) })}</h4>
			<button type="button" class="btn btn-quiet btn-sm" @click=${() => remove(v, i)}>
				${icon("trash")}${t("remove")}<span class="sr"> ${t("inputs.one", { number: String(i + 1) })}</span>
			</button></div>
		${areaField(v, at("description"), { max: 500, rows: 1 })}
		<div class="pair">
			${codeField(v, at("origin"), "countries", { onChange: (code) => origin(v, i, code) })}
			${input.origin && input.origin !== "IN" ? selectField(v, at("duty"), duties().slice(0, 2)) :
				textField(v, at("supplier"), { max: 200 })}
		</div>
		<div class="pair three">
			${numberField(v, at("quantity"))}
			${codeField(v, at("uqc"), "units")}
			${numberField(v, at("value_inr"), { prefix: "₹" })}
		</div>
		<div class="pair">
			${textField(v, at("hs"), { max: 16, code: true })}
			${(v.draft.content.items ?? []).length > 1 ? selectField(v, at("item"), itemChoices(v),
				{ read: Number, value: String(input.item ?? 0) }) : ""}
		</div>
		${input.origin && input.origin !== "IN" ? textField(v, at("supplier"), { max: 200 }) : ""}
	</section>`;
}

export function inputs(v) {
	const imported = list(v).filter((input) => input.origin && input.origin !== "IN").length;

	return html`<section class="form-part" aria-labelledby="part-inputs">
		<h3 id="part-inputs">${t("inputs.title")}</h3>
		<p class="text muted">${t("inputs.lead")}</p>
		<div id=${idOf("inputs")} tabindex="-1">${errorOf(v, "inputs")}</div>
		${list(v).map((input, i) => card(v, input, i))}
		<div class="actions">
			<button type="button" id="add-input" class="btn btn-secondary" ?disabled=${list(v).length >= MOST}
				@click=${() => add(v)}>${icon("plus")}${t("inputs.add")}</button>
			${list(v).length > 0 ? html`<span class="muted small">${t("inputs.sum", { n: list(v).length,
				imported, value: sum(list(v).map((input) => input.value_inr)) })}</span>` : ""}
		</div>
	</section>`;
}
