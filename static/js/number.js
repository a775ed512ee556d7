/*
 * number - a certificate number as people type it, read as modules/rules/number.c reads it.
 *
 *	readNumber("np nce-26 0000123w")	{ verdict: "ok", number: "NP-NCE-26-0000123-W" }
 *	verdict: "empty", "malformed", "mistyped" (the check character does not fit), "ok"
 *	address(number, code)			where the answer stands, in the visitor's language
 *
 * The server decides; this only saves a way there and back.
 */
import { lang } from "./i18n.js";

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const form = /^NP([0-9A-Z]{2,6})(\d{2})(\d{7})([0-9A-Z])$/;

/* ISO 7064 MOD 37,36 */
function checkCharacter(text) {
	let p = 36;

	for (const letter of text) {
		p = (p + letters.indexOf(letter)) % 36;
		p = (p === 0 ? 36 : p) * 2 % 37;
	}
	return letters[(37 - p) % 36];
}

/* The agency's code holds a letter; what separates does not count. */
export function readNumber(typed) {
	const flat = typed.replace(/[\s\u00ad\u200b\ufeff\-_./\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, "")
		.toUpperCase();
	const found = form.exec(flat);

	if (flat === "")
		return { verdict: "empty" };
	if (!found || !/[A-Z]/.test(found[1]) || Number(found[3]) === 0)
		return { verdict: "malformed" };
	if (checkCharacter(flat.slice(0, -1)) !== found[4])
		return { verdict: "mistyped" };
	return { verdict: "ok", number: `NP-${found.slice(1).join("-")}` };
}

export function address(number, code = "") {
	const query = new URLSearchParams({ ...(code ? { code } : {}), lang });

	return `/verify/${encodeURIComponent(number)}?${query}`;
}
