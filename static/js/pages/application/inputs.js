/*
 * inputs - what went into the goods: the statement of inputs that HBP 2.93 asks for.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { t } from "../../i18n.js";
import { sum } from "./content.js";
import { linesOf } from "./grid.js";
import { askRows } from "./paste-dialog.js";
import { INPUTS } from "./paste.js";
import { sheetView } from "./sheet.js";

const abroad = (input) => Boolean(input.origin) && input.origin !== "IN";

/* What is Indian pays no duty on import; of what is not, it has to be said. */
function changed(v, i, name, value) {
	v.draft.change((content) => {
		const input = content.inputs[i];

		input[name] = value;
		if (name === "origin" && value === "IN")
			input.duty = "none";
		else if (name === "origin" && input.duty === "none")
			delete input.duty;
	});
}

const duties = (v, input) => [...abroad(input) ? [{ value: "", label: t("choose") }] : [],
	...(abroad(input) ? ["paid", "free"] : ["none"]).map((value) => ({ value, label: t(`inputs.duty.short.${value}`) }))];

const items = (v) => [{ value: "0", label: t("inputs.all") }, ...(v.draft.content.items ?? []).map((_, i) =>
	({ value: String(i + 1), label: t("goods.line-n", { number: String(i + 1) }) }))];

const sheet = {
	list: "inputs", shape: INPUTS, changed, captionKey: "inputs.title", lineKey: "inputs.one",
	addKey: "inputs.add", noneKey: "inputs.nothing", removedKey: "inputs.removed",
	fresh: (above) => ({ item: above?.item ?? 0, origin: "IN", duty: "none" }),
	columns: [
		{ name: "description", kind: "lines", max: 500 },
		{ name: "origin", kind: "text", max: 60, list: "countries", names: true },
		{ name: "duty", kind: "choice", choices: duties },
		{ name: "supplier", kind: "lines", max: 200 },
		{ name: "quantity", kind: "number", max: 24 },
		{ name: "uqc", kind: "code", max: 40, list: "units" },
		{ name: "value_inr", kind: "number", max: 24 },
		{ name: "hs", kind: "code", max: 16 },
		{ name: "item", kind: "choice", choices: items, read: Number },
	],
};

/* Which item it went into is a question where there are several. */
const shape = (v) => (v.draft.content.items ?? []).length > 1 ? sheet :
	{ ...sheet, columns: sheet.columns.filter(({ name }) => name !== "item") };

export function inputs(v) {
	const list = linesOf(v, sheet);
	const imported = list.filter(abroad).length;

	return html`<section class="form-part" aria-labelledby="part-inputs">
		<h3 id="part-inputs">${t("inputs.title")}</h3>
		<p class="text muted">${t("inputs.lead")}</p>
		${sheetView(v, shape(v), { paste: () => askRows(v, sheet), more: list.length === 0 ? "" : html`<span class="muted small">${
			t("inputs.sum", { n: list.length, imported, value: sum(list.map((input) => input.value_inr)) })}</span>` })}
	</section>`;
}
