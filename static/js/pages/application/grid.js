/*
 * grid - what can be done with a table that is typed into: lines added, copied, removed, filled from
 * a spreadsheet, and the keys that go through it.
 *
 * A sheet says what is special about a list: { list, shape, columns, fresh, shifted, removedKey }.
 * Enter and the arrows go from line to line, Ctrl+D takes over what stands above, rows copied from a
 * spreadsheet are pasted where the cursor is.
 */
import { toast } from "../../components/toast.js";
import { t } from "../../i18n.js";
import { idOf } from "./fields.js";
import { cells, record, rows } from "./paste.js";

export const MOST = 200;

export const linesOf = (v, sheet) => v.draft.content[sheet.list] ?? [];

function focusCell(sheet, i, name) {
	requestAnimationFrame(() => {
		const cell = document.getElementById(idOf(`${sheet.list}[${i}].${name}`));

		cell?.focus();
		cell?.select?.();
	});
}

export function addLine(v, sheet, at = linesOf(v, sheet).length, one = null) {
	const fresh = one ?? sheet.fresh(linesOf(v, sheet)[at - 1]);
	const empty = sheet.columns.find(({ name }) => !fresh[name]) ?? sheet.columns[0];

	v.draft.change((content) => {
		content[sheet.list] ??= [];
		content[sheet.list].splice(at, 0, fresh);
		sheet.shifted?.(content, at + 1, 1);
	});
	focusCell(sheet, at, one ? sheet.columns[0].name : empty.name);
}

export const copyLine = (v, sheet, i) => addLine(v, sheet, i + 1, structuredClone(linesOf(v, sheet)[i]));

export function removeLine(v, sheet, i) {
	const before = structuredClone(v.draft.content);

	v.draft.change((content) => {
		content[sheet.list].splice(i, 1);
		sheet.shifted?.(content, i + 1, -1);
	});
	if (linesOf(v, sheet).length > 0)
		focusCell(sheet, Math.min(i, linesOf(v, sheet).length - 1), sheet.columns[0].name);
	toast(t(sheet.removedKey, { number: String(i + 1) }), {
		undo: () => v.draft.change((content) => {
			content.items = before.items;
			content.inputs = before.inputs;
		}),
	});
}

export const put = (v, sheet, i, name, value) => v.draft.set(`${sheet.list}[${i}].${name}`, value);

/* Rows of a spreadsheet behind what is there; lines that are still empty go. */
export function appendRows(v, sheet, list) {
	v.draft.change((content) => {
		const kept = (content[sheet.list] ?? []).filter((one) => one.hs || one.description);

		content[sheet.list] = [...kept, ...list.map((row) => ({ ...sheet.fresh(), ...row }))].slice(0, MOST);
	});
}

/* What was copied from a spreadsheet, from this cell to the right and down. */
function fill(v, sheet, i, from, text) {
	const table = cells(text);
	const fields = Object.keys(sheet.shape);
	const first = fields.indexOf(from);

	if (first < 0 || table.length === 0 || (table.length === 1 && table[0].length === 1))
		return false;
	const list = first === 0 && table[0].length > 2 ? rows(text, sheet.shape) :
		table.map((row) => record(row, sheet.shape, fields.slice(first)));

	v.draft.change((content) => {
		const lines = content[sheet.list];

		list.slice(0, MOST - i).forEach((row, n) => {
			lines[i + n] = { ...lines[i + n] ?? sheet.fresh(lines[i + n - 1]), ...row };
		});
	});
	return true;
}

function step(v, sheet, e, i, column) {
	const last = linesOf(v, sheet).length - 1;
	const to = { ArrowUp: i - 1, ArrowDown: i + 1, Enter: i + 1 }[e.key];

	if (to === undefined || to < 0 || (to > last && e.key !== "Enter"))
		return;
	e.preventDefault();
	if (to <= last)
		focusCell(sheet, to, column);
	else if (last + 1 < MOST) {
		e.target.dispatchEvent(new Event("change"));
		addLine(v, sheet);
	}
}

export function onKey(v, sheet, e) {
	const { row, column } = e.target.dataset;
	const i = Number(row);

	if (column === undefined || e.altKey || e.metaKey || e.isComposing)
		return;
	if (e.ctrlKey && e.key.toLowerCase() === "d" && i > 0) {
		const above = linesOf(v, sheet)[i - 1][column];

		e.preventDefault();
		v.typing = null;
		if (above !== undefined)
			put(v, sheet, i, column, above);
	} else if (!e.ctrlKey && !e.shiftKey && e.target.tagName === "INPUT" && !(e.target.list && e.key !== "Enter"))
		step(v, sheet, e, i, column);
}

export function onPaste(v, sheet, e) {
	const { row, column } = e.target.dataset;

	if (column !== undefined && fill(v, sheet, Number(row), column, e.clipboardData.getData("text/plain")))
		e.preventDefault();
}
