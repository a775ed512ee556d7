/*
 * codes - the lists of codes, once loaded at hand without waiting.
 *
 *	await loadCodes(["countries", "ports"]);
 *	codes.countries				[{code, name, hi}]
 *	codeName("countries", "DE")		"Germany", in the page's language; the code if unknown
 */
import { Problem } from "../api.js";
import { rowsOf } from "../components/combobox.js";
import { nameOf } from "../i18n.js";

export const codes = {};
const index = {};

export async function loadCodes(names) {
	await Promise.all(names.filter((name) => !codes[name]).map(async (name) => {
		codes[name] = await rowsOf(name).catch(() => {
			throw new Problem(0, { type: "/problems/offline" });
		});
		index[name] = new Map(codes[name].map((row) => [row.code, row]));
	}));
}

export const codeRow = (list, code) => index[list]?.get(code);

export const codeName = (list, code) => nameOf(codeRow(list, code)) || code || "";

/* "Chennai, India": ports are known by their country too. */
export function portName(code) {
	const row = codeRow("ports", code);

	return row ? `${nameOf(row)}, ${codeName("countries", row.country)}` : code ?? "";
}

/* "40 cartons" */
export function packagesName(count, kind) {
	const row = codeRow("packages", kind);

	if (!row)
		return kind ? `${count ?? ""} ${kind}` : String(count ?? "");
	const name = row.hi && document.documentElement.lang === "hi" ? row.hi :
		count === 1 ? row.name : row.plural ?? row.name;
	return row.plural ? `${count ?? ""} ${name}`.trim() : name;
}
