/*
 * fields - the fields of the form, each bound to its place in the content document.
 *
 *	textField(v, "consignee.name", { max: 200, hint })	also areaField, numberField, dateField,
 *	codeField(v, path, "countries", { free, onChange })	checkField, selectField, linesField
 *	idOf("items[2].gross_kg")				the id of the control
 *	faultOf(v, path), errorOf(v, path)			what the check found there
 *
 * v is the view: v.draft, v.faults (Map of path to fault).  The label is field.PATH without indexes.
 */
import { html, nothing } from "/vendor/lit-html/lit-html.js";
import { faultWords, fieldKey } from "../../api.js";
import { combobox } from "../../components/combobox.js";
import * as parts from "../../components/field.js";
import { icon } from "../../components/icon.js";
import { nameOf, t } from "../../i18n.js";
import { codes } from "../codes.js";
import { amount, line, lines } from "./content.js";

export const idOf = (path) => `f-${path.replace(/\]/g, "").replace(/[[.]/g, "-")}`;

export const faultOf = (v, path) => v.faults.get(path);

export function errorOf(v, path) {
	const fault = faultOf(v, path);

	return fault ? html`<p class="wrong" id="${idOf(path)}-error">${icon("alert")}<span>
		<span class="sr">${t("error")}: </span>${faultWords(fault)}</span></p>` : "";
}

/* What all fields have in common. */
const base = (v, path, options) => {
	const fault = faultOf(v, path);

	return {
		id: idOf(path),
		label: options.label ?? t(fieldKey(path)),
		hint: options.hint === nothing ? undefined : options.hint,
		error: fault ? faultWords(fault) : "",
		optional: options.optional,
		max: options.max,
		dir: options.dir,
		mono: options.code,
		middle: options.size === "middle",
		short: options.size === "short",
	};
};

export const textField = (v, path, options = {}) => parts.textField({
	...base(v, path, options),
	value: v.draft.get(path) ?? "",
	oninput: (text) => v.draft.set(path, line(text)),
});

export const areaField = (v, path, options = {}) => parts.areaField({
	...base(v, path, options),
	rows: options.rows,
	value: v.draft.get(path) ?? "",
	oninput: (text) => v.draft.set(path, lines(text)),
});

/* Kept as it is typed, put in order when the field is left. */
export const numberField = (v, path, options = {}) => (options.prefix ? parts.moneyField : parts.textField)({
	...base(v, path, options),
	inputmode: "decimal",
	currency: options.prefix,
	value: v.draft.get(path) ?? "",
	oninput: (text) => v.draft.set(path, line(text)),
	onchange: (text) => v.draft.set(path, amount(line(text))),
});

export const dateField = (v, path, options = {}) => parts.dateField({
	...base(v, path, options),
	value: v.draft.get(path) ?? "",
	onchange: (text) => v.draft.set(path, text),
});

export const checkField = (v, path, options = {}) => parts.checkField({
	...base(v, path, options),
	checked: v.draft.get(path) === true,
	onchange: (on) => v.draft.set(path, on),
});

export const selectField = (v, path, choices, options = {}) => parts.selectField({
	...base(v, path, options),
	value: options.value ?? v.draft.get(path) ?? "",
	options: [...options.value || v.draft.get(path) ? [] : [{ value: "", text: t("choose") }],
		...choices.map(({ value, label }) => ({ value, text: label }))],
	onchange: (value) => v.draft.set(path, options.read ? options.read(value) : value),
});

/* Codes that the trade says aloud stand before their names: FOB, EUR. */
const SPOKEN = new Set(["currencies", "incoterms"]);
const spoken = new Map();

function rowsOf(list) {
	if (!SPOKEN.has(list))
		return codes[list];
	if (!spoken.has(list))
		spoken.set(list, codes[list].map((row) => ({ code: row.code, name: `${row.code} · ${nameOf(row)}` })));
	return spoken.get(list);
}

/* Those that are nearest come first. */
const ordered = (list, prefer) => prefer ? [...rowsOf(list)].sort((a, b) =>
	Number(b.country === prefer) - Number(a.country === prefer)) : rowsOf(list);

export const codeField = (v, path, list, options = {}) => combobox({
	...base(v, path, options),
	rows: ordered(list, options.prefer),
	free: options.free,
	value: v.draft.get(path) ?? "",
	onpick: (code) => (options.onChange ?? ((chosen) => v.draft.set(path, chosen)))(code),
});

/* A list of lines, typed as lines.  The faults of its lines stand with it. */
export function linesField(v, path, options = {}) {
	const config = base(v, path, options);
	const inside = [...v.faults].filter(([at]) => at.startsWith(`${path}[`)).map(([, f]) => faultWords(f));
	const typed = v.draft.get(path);

	return parts.areaField({
		...config,
		max: undefined,
		error: [config.error, ...inside].filter(Boolean).join(" "),
		rows: options.rows,
		value: Array.isArray(typed) ? typed.join("\n") : "",
		oninput: (text) => v.draft.set(path, lines(text).split("\n")),
	});
}
