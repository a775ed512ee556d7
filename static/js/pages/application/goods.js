/*
 * goods - the items of the shipment.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { t } from "../../i18n.js";
import { totals } from "../totals.js";
import { linesOf } from "./grid.js";
import { askRows } from "./paste-dialog.js";
import { ITEMS } from "./paste.js";
import { sheetView } from "./sheet.js";

/* A new line has the marks and the kind of the one above: that is how packing lists go. */
function fresh(above) {
	const item = {};

	for (const name of ["hs", "marks", "package_kind", "uqc", "origin"])
		if (above?.[name])
			item[name] = above[name];
	if (above?.operations)
		item.operations = [...above.operations];
	return item;
}

/* Inputs say by number which item they went into. */
function shifted(content, number, by) {
	for (const input of content.inputs ?? [])
		if (by < 0 && input.item === number)
			input.item = 0;
		else if (input.item > (by < 0 ? number : number - 1))
			input.item += by;
}

const sheet = {
	list: "items", shape: ITEMS, fresh, shifted, captionKey: "goods.table", lineKey: "goods.line-n",
	addKey: "goods.add", noneKey: "goods.none", removedKey: "goods.removed",
	columns: [
		{ name: "hs", kind: "code", max: 16 },
		{ name: "description", kind: "lines", max: 2000 },
		{ name: "marks", kind: "lines", max: 1000 },
		{ name: "packages", kind: "count", max: 7 },
		{ name: "package_kind", kind: "text", max: 60, list: "packages", names: true },
		{ name: "gross_kg", kind: "number", max: 24 },
		{ name: "net_kg", kind: "number", max: 24 },
		{ name: "quantity", kind: "number", max: 24 },
		{ name: "uqc", kind: "code", max: 40, list: "units" },
	],
};

export const goods = (v) => html`<p class="text">${t("goods.lead")}</p>
	${sheetView(v, sheet, { paste: () => askRows(v, sheet),
		more: html`<span class="muted small only-wide">${t("goods.keys")}</span>` })}
	${totals(linesOf(v, sheet))}`;
