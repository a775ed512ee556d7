/*
 * paste - rows of a spreadsheet into items.
 *
 *	rows("64035911\tShoes\t40\n...")	[{hs, description, packages, ...}] or null: no table
 *
 * A first row with names of columns decides which column is which; without one the order is that of
 * the table on the page.  A cell with a line break in it comes in quotes, as spreadsheets copy it.
 */
import { amount, line, lines, whole } from "./content.js";

export const ORDER = ["hs", "description", "marks", "packages", "package_kind", "gross_kg", "net_kg",
	"quantity", "uqc"];

/* Names of columns, as invoices and packing lists have them, without blanks and signs. */
const NAMES = {
	hs: ["hs", "hscode", "hsn", "hsncode", "tariffcode", "itchs", "एचएसकोड"],
	description: ["description", "descriptionofgoods", "goods", "item", "particulars", "विवरण"],
	marks: ["marks", "marksandnumbers", "shippingmarks", "चिह्न"],
	packages: ["packages", "numberofpackages", "noofpackages", "pkgs", "cartons", "ctns", "पैकेज"],
	package_kind: ["packagekind", "kindofpackage", "kind", "packing", "packagetype"],
	gross_kg: ["grosskg", "grossweight", "gross", "grossweightkg", "grwt", "सकलवज़न"],
	net_kg: ["netkg", "netweight", "net", "netweightkg", "ntwt", "शुद्धवज़न"],
	quantity: ["quantity", "qty", "मात्रा"],
	uqc: ["uqc", "unit", "uom", "units", "इकाई"],
};

const bare = (name) => name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, "");

/* Cells of a text as spreadsheets put it on the clipboard. */
export function cells(text) {
	const table = [[""]];
	let quoted = false;

	for (let i = 0; i < text.length; i++) {
		const row = table.at(-1), c = text[i];

		if (quoted && c === "\"" && text[i + 1] === "\"")
			row[row.length - 1] += text[i++];
		else if (c === "\"" && (quoted || row.at(-1) === ""))
			quoted = !quoted;
		else if (c === "\t" && !quoted)
			row.push("");
		else if ((c === "\n" || c === "\r") && !quoted) {
			if (c === "\n" || text[i + 1] !== "\n")
				table.push([""]);
		} else
			row[row.length - 1] += c;
	}
	return table.filter((row) => row.some((cell) => cell.trim() !== ""));
}

function header(row) {
	const found = row.map((cell) =>
		Object.keys(NAMES).find((field) => NAMES[field].includes(bare(cell))) ?? null);

	return found.filter((field) => field !== null).length >= 2 ? found : null;
}

const READ = {
	hs: (s) => s.replace(/[\s.]/g, ""),
	description: lines,
	marks: lines,
	packages: whole,
	gross_kg: amount,
	net_kg: amount,
	quantity: amount,
};

/* "cartons" is CT, "Pairs" is PRS: the code, or what stands there if no list knows it. */
function coded(list, text) {
	const wanted = bare(text);

	return list.find((row) => [row.code, row.name, row.plural, row.hi].some((name) =>
		name !== undefined && bare(name) === wanted))?.code ?? "";
}

export function rows(text, { packages, units }) {
	const table = cells(text);
	const columns = table.length > 0 ? header(table[0]) : null;

	if (table.length === 0 || (table.length === 1 && table[0].length === 1))
		return null;
	READ.package_kind = (s) => coded(packages, s);
	READ.uqc = (s) => coded(units, s);
	return table.slice(columns ? 1 : 0).map((row) => {
		const item = {};

		row.forEach((cell, i) => {
			const field = (columns ?? ORDER)[i];

			if (field && cell.trim() !== "")
				item[field] = (READ[field] ?? line)(cell.trim());
		});
		return item;
	});
}
