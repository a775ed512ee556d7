/*
 * paste - rows of a spreadsheet into items or inputs.
 *
 *	rows("64035911\tShoes\t40\n...", ITEMS)	[{ hs, description, packages, ... }], or null: no table
 *	cells(text)				the bare table
 *
 * A first row with names of columns decides which column is which; without one the order is that of
 * the shape.  A cell with a line break in it comes in quotes, as spreadsheets copy it.
 */
import { codes } from "../codes.js";
import { amount, line, lines, whole } from "./content.js";

const bare = (name) => name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, "");

/* "cartons" is CT, "Italy" is IT: the code of what was written, or what was written. */
export function coded(list, text) {
	const wanted = bare(text);

	return codes[list].find((row) => [row.code, row.name, row.plural, row.hi].some((name) =>
		name !== undefined && bare(name) === wanted))?.code ?? line(text).trim();
}

const hs = (text) => line(text).replace(/[\s.]/g, "");

/* For each list: its fields in order, how each is read, and what its column may be called. */
export const ITEMS = {
	hs: [hs, "hs hscode hsn hsncode tariffcode itchs एचएसकोड"],
	description: [lines, "description descriptionofgoods goods item particulars विवरण"],
	marks: [lines, "marks marksandnumbers shippingmarks चिह्न"],
	packages: [whole, "packages numberofpackages noofpackages pkgs cartons ctns पैकेज"],
	package_kind: [(s) => coded("packages", s), "packagekind kindofpackage kind packing packagetype"],
	gross_kg: [amount, "grosskg grossweight gross grossweightkg grwt ग्रॉसवज़न ग्रॉसवज़नkg सकलवज़न"],
	net_kg: [amount, "netkg netweight net netweightkg ntwt नेटवज़न नेटवज़नkg शुद्धवज़न"],
	quantity: [amount, "quantity qty मात्रा"],
	uqc: [(s) => coded("units", s), "uqc unit uom units इकाई"],
};

export const INPUTS = {
	description: [lines, "description input material rawmaterial particulars विवरण"],
	origin: [(s) => coded("countries", s), "origin country countryoforigin उत्पत्तिकादेश मूल"],
	supplier: [line, "supplier vendor party सप्लायर आपूर्तिकर्ता"],
	quantity: [amount, "quantity qty मात्रा"],
	uqc: [(s) => coded("units", s), "uqc unit uom units इकाई"],
	value_inr: [amount, "value valueinr amount cost मूल्य"],
	hs: [hs, "hs hscode hsn hsncode tariffcode itchs एचएसकोड"],
};

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

/* Two names that are known make a row of names. */
function header(row, shape) {
	const found = row.map((cell) => Object.keys(shape).find((field) =>
		shape[field][1].split(" ").includes(bare(cell))) ?? null);

	return found.filter((field) => field !== null).length >= 2 ? found : null;
}

/* Cells from the field ${first} on; empty ones leave what is there. */
export function record(row, shape, columns) {
	const out = {};

	row.forEach((cell, i) => {
		const field = columns[i];

		if (field && cell.trim() !== "")
			out[field] = shape[field][0](cell.trim());
	});
	return out;
}

export function rows(text, shape) {
	const table = cells(text);
	const columns = table.length > 0 ? header(table[0], shape) : null;

	if (table.length === 0 || (table.length === 1 && table[0].length === 1))
		return null;
	return table.slice(columns ? 1 : 0).map((row) => record(row, shape, columns ?? Object.keys(shape)));
}
