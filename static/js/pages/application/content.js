/*
 * content - the content document of an application: members by path, empty members left out, and
 * sums that are exact.
 *
 *	at(content, "items[2].gross_kg")	the value, or undefined
 *	set(content, "consignee.city", "Hamburg")
 *	tidy(content)				as the server takes it: without empty members
 *	sum(["444.000", "333.5"])		"777.5"
 */
const steps = (path) => path.match(/[^.[\]]+/g).map((s) => /^\d+$/.test(s) ? Number(s) : s);

export function at(content, path) {
	return steps(path).reduce((o, step) => o?.[step], content);
}

export function set(content, path, value) {
	const way = steps(path);
	const last = way.pop();
	let o = content;

	way.forEach((step, i) => {
		o[step] ??= typeof (way[i + 1] ?? last) === "number" ? [] : {};
		o = o[step];
	});
	o[last] = value;
}

/* What has nothing in it is not sent; an element of a list stays, its place has a meaning. */
function without(value, inList) {
	if (Array.isArray(value)) {
		const list = value.map((v) => without(v, true));

		while (list.at(-1) === "")
			list.pop();
		return list.length > 0 ? list : undefined;
	}
	if (value !== null && typeof value === "object") {
		const kept = Object.entries(value).map(([k, v]) => [k, without(v, false)])
			.filter(([, v]) => v !== undefined);

		return kept.length > 0 || inList ? Object.fromEntries(kept) : undefined;
	}
	if (value === "" || value === null || value === undefined || value === false)
		return inList ? "" : undefined;
	return value;
}

export const tidy = (content) => without(content, false) ?? {};

/* The order of members does not matter. */
function sorted(value) {
	if (Array.isArray(value))
		return value.map(sorted);
	if (value === null || typeof value !== "object")
		return value;
	return Object.fromEntries(Object.keys(value).sort().map((k) => [k, sorted(value[k])]));
}

export const same = (a, b) => JSON.stringify(sorted(tidy(a))) === JSON.stringify(sorted(tidy(b)));

/* The paths at which two documents differ, down to single values; lists of texts count as one. */
export function differences(a, b, path = "") {
	const plain = (v) => v === null || typeof v !== "object" ||
		(Array.isArray(v) && v.every((e) => typeof e !== "object"));

	if (plain(a ?? "") && plain(b ?? ""))
		return JSON.stringify(a ?? "") === JSON.stringify(b ?? "") ? [] : [path];
	const keys = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})]);
	return [...keys].flatMap((key) => differences(a?.[key], b?.[key],
		Array.isArray(a ?? b) ? `${path}[${key}]` : path ? `${path}.${key}` : key));
}

const PLACES = 6;

const readable = (text) => /^\d{1,15}(\.\d{1,6})?$/.test(text);

/* Decimal texts added without rounding; what is no number yet counts nothing. */
export function sum(texts) {
	let total = 0n, places = 0;

	for (const text of texts.filter((s) => readable(s ?? ""))) {
		const [whole, part = ""] = text.split(".");

		places = Math.max(places, part.length);
		total += BigInt(whole + part.padEnd(PLACES, "0"));
	}
	const all = total.toString().padStart(PLACES + 1, "0");
	return all.slice(0, -PLACES) + (places > 0 ? `.${all.slice(-PLACES).slice(0, places)}` : "");
}

/* One line of text as the server takes it; people paste tabs, line ends and thin blanks. */
export const line = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");
export const lines = (text) => text.replace(/\r\n?|\u2028|\u2029/g, "\n")
	.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/g, " ");

/* "1,234.50" and "1 234.50" are typed and pasted: the document has 1234.50. */
export function amount(text) {
	const bare = text.trim().replace(/[\s\u00a0\u202f]/g, "");

	return /^\d{1,3}(,\d{2,3})+(\.\d*)?$/.test(bare) ? bare.replaceAll(",", "") : bare;
}

export function whole(text) {
	const bare = amount(text);

	return /^\d{1,7}$/.test(bare) ? Number(bare) : null;
}
