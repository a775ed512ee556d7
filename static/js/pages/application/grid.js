/*
 * grid - what can be done with the table of items: lines added, copied, removed, filled from a
 * spreadsheet, and the keys that go through it.
 *
 * Enter and the arrows go from line to line, Ctrl+D takes over what stands above, rows copied from a
 * spreadsheet are pasted where the cursor is.
 */
import { toast } from "../../components/toast.js";
import { t } from "../../i18n.js";
import { codes } from "../codes.js";
import { amount, line, lines, whole } from "./content.js";
import { idOf } from "./fields.js";
import { ORDER, cells, rows } from "./paste.js";

export const MOST = 200;

export const COLUMNS = [
	{ name: "hs", kind: "code", max: 16, read: (s) => line(s).replace(/[\s.]/g, "") },
	{ name: "description", kind: "lines", max: 2000, read: lines },
	{ name: "marks", kind: "lines", max: 1000, read: lines },
	{ name: "packages", kind: "number", max: 7, read: whole },
	{ name: "package_kind", kind: "code", max: 2, list: "packages", read: (s) => line(s).toUpperCase() },
	{ name: "gross_kg", kind: "number", max: 24, read: amount },
	{ name: "net_kg", kind: "number", max: 24, read: amount },
	{ name: "quantity", kind: "number", max: 24, read: amount },
	{ name: "uqc", kind: "code", max: 3, list: "units", read: (s) => line(s).toUpperCase() },
];

export const items = (v) => v.draft.content.items ?? [];

function focusCell(i, name) {
	requestAnimationFrame(() => {
		const cell = document.getElementById(idOf(`items[${i}].${name}`));

		cell?.focus();
		cell?.select?.();
	});
}

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

export function addItem(v, at = items(v).length, item = fresh(items(v)[at - 1])) {
	v.draft.change((content) => {
		content.items ??= [];
		content.items.splice(at, 0, item);
		shiftInputs(content, at + 1, 1);
	});
	focusCell(at, item.hs ? "description" : "hs");
}

/* Inputs say by number which item they went into. */
function shiftInputs(content, from, by) {
	for (const input of content.inputs ?? [])
		if (input.item >= from)
			input.item += by;
}

export function removeItem(v, i) {
	const before = structuredClone(v.draft.content);
	const number_ = i + 1;

	v.draft.change((content) => {
		content.items.splice(i, 1);
		for (const input of content.inputs ?? [])
			if (input.item === number_)
				input.item = 0;
		shiftInputs(content, number_ + 1, -1);
	});
	focusCell(Math.min(i, items(v).length - 1), "hs");
	toast(t("goods.removed", { number: String(number_) }), {
		undo: () => v.draft.change((content) => {
			content.items = before.items;
			content.inputs = before.inputs;
		}),
	});
}

export function put(v, i, column, text) {
	v.draft.set(`items[${i}].${column.name}`, column.read(text));
}

export function copyItem(v, i) {
	addItem(v, i + 1, structuredClone(items(v)[i]));
}

/* Rows of a spreadsheet behind what is there; a table that is still empty is replaced. */
export function appendRows(v, list) {
	v.draft.change((content) => {
		const kept = (content.items ?? []).filter((item) => item.hs || item.description);

		content.items = [...kept, ...list].slice(0, MOST);
	});
}

/* What was copied from a spreadsheet, from this cell to the right and down. */
function fill(v, i, from, text) {
	const table = cells(text);
	const first = ORDER.indexOf(from);

	if (table.length === 1 && table[0].length === 1)
		return false;
	const full = table[0].length > 2 && first === 0 ? rows(text, codes) : null;
	v.draft.change((content) => {
		const list = full ?? table.map((row) => Object.fromEntries(row
			.map((cell, c) => [COLUMNS[first + c], cell.trim()])
			.filter(([column, cell]) => column && cell !== "")
			.map(([column, cell]) => [column.name, column.read(cell)])));

		content.items ??= [];
		list.slice(0, MOST - i).forEach((row, n) => {
			content.items[i + n] = { ...fresh(content.items[i - 1]), ...content.items[i + n], ...row };
		});
	});
	return true;
}

export function onKey(v, e) {
	const { row, column } = e.target.dataset;
	const i = Number(row);

	if (column === undefined || e.altKey || e.metaKey || e.isComposing)
		return;
	const single = e.target.tagName === "INPUT";
	if (e.ctrlKey && e.key.toLowerCase() === "d" && i > 0) {
		const above = items(v)[i - 1][column];

		e.preventDefault();
		if (above !== undefined)
			v.draft.set(`items[${i}].${column}`, above);
		return;
	}
	if (e.ctrlKey || e.shiftKey || !single)
		return;
	if (e.key === "ArrowUp" && i > 0) {
		e.preventDefault();
		focusCell(i - 1, column);
	} else if (e.key === "ArrowDown" && i + 1 < items(v).length) {
		e.preventDefault();
		focusCell(i + 1, column);
	} else if (e.key === "Enter") {
		e.preventDefault();
		if (i + 1 < items(v).length)
			focusCell(i + 1, column);
		else if (items(v).length < MOST)
			addItem(v);
	}
}

export function onPaste(v, e) {
	const { row, column } = e.target.dataset;

	if (column !== undefined && fill(v, Number(row), column, e.clipboardData.getData("text/plain")))
		e.preventDefault();
}
