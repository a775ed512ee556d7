/*
 * i18n - words, dates, money and numbers in the visitor's language.
 *
 *	await load(["common", "public"]);	catalogues locale/LANG/{common,public}.json
 *	t("desk.drafts", { n: 3 })		"3 drafts"
 *	rich("x.terms", {}, { 1: (text) => html`<a href="/help">${text}</a>` })
 *	date("2026-11-22")			"22 Nov 2026"
 *	moment("2026-11-22T11:34:00Z")		"22 Nov 2026, 17:04 IST"
 *	money(23600)				"₹236.00"
 *	translate(document)			everything that has data-t
 *
 * A catalogue is one flat object.  A value is a text with {names} in it, or {"one": ..., "other":
 * ...} chosen by {n}.  A part in <1>...</1> belongs to the first child element (in pages) or to the
 * wrapper of that number (in rich()).  English stays in the HTML: pages can be read without script.
 * A page in HTML names its texts with data-t="key" and attributes with data-t-ATTRIBUTE="key";
 * <time datetime="..." data-date> or data-moment is written anew.
 */
export const lang = document.documentElement.lang === "hi" ? "hi" : "en";

const words = new Map();
const loading = new Map();

async function fetchPart(part) {
	const reply = await fetch(`/locale/${lang}/${part}.json`);

	if (!reply.ok)
		throw new Error(`no catalogue ${part} in ${lang}`);
	for (const [key, value] of Object.entries(await reply.json()))
		words.set(key, value);
}

export function load(parts) {
	for (const part of parts)
		if (!loading.has(part))
			loading.set(part, fetchPart(part));
	return Promise.all(parts.map((part) => loading.get(part)));
}

export const has = (key) => words.has(key);

const plurals = new Intl.PluralRules(lang);
const digits = new Intl.NumberFormat("en-IN");

/* Numbers among the values are written with separators; everything else as it is. */
function fill(text, values) {
	return text.replace(/\{(\w+)\}/g, (whole, name) => {
		const value = values[name];

		if (value === undefined || value === null)
			return whole;
		return typeof value === "number" ? digits.format(value) : String(value);
	});
}

export function t(key, values = {}) {
	let text = words.get(key);

	if (text === undefined)
		return key;
	if (typeof text === "object")
		text = text[plurals.select(values.n)] ?? text.other;
	return fill(text, values).replace(/<\/?\d+>/g, "");
}

/* The text of ${key}, cut at its <1>...</1>: [{text}] and [{text, child}] in turn. */
function pieces(key, values) {
	let text = words.get(key) ?? key;
	const out = [];
	let end = 0;

	if (typeof text === "object")
		text = text[plurals.select(values.n)] ?? text.other;
	for (const found of text.matchAll(/<(\d+)>(.*?)<\/\1>/gs)) {
		out.push({ text: text.slice(end, found.index) });
		out.push({ text: found[2], child: Number(found[1]) });
		end = found.index + found[0].length;
	}
	out.push({ text: text.slice(end) });
	return out.map((piece) => ({ ...piece, text: fill(piece.text, values) }))
		.filter((piece) => piece.text !== "" || piece.child);
}

/* For templates: a list of texts, with wrappers[n](text) where the catalogue says <n>text</n>. */
export function rich(key, values = {}, wrappers = {}) {
	return pieces(key, values).map(({ text, child }) => child ? wrappers[child](text) : text);
}

function translateElement(element) {
	const key = element.dataset.t;
	const children = [...element.children];

	if (!words.has(key))
		return;
	const values = { ...element.dataset };
	element.replaceChildren(...pieces(key, values).map(({ text, child }) => {
		const node = child && children[child - 1];

		if (!node)
			return text;
		if (text !== "" && !node.dataset.t)
			node.textContent = text;
		return node;
	}));
}

/* What is in the page becomes what the catalogues say.  In English the HTML already says it. */
export function translate(root) {
	for (const element of root.querySelectorAll("time[data-date], time[data-moment]"))
		element.textContent = "date" in element.dataset ?
			date(element.dateTime) : moment(element.dateTime);
	if (lang === "en")
		return;
	for (const element of root.querySelectorAll("[data-t]"))
		translateElement(element);
	for (const element of root.querySelectorAll("*"))
		for (const { name, value } of [...element.attributes])
			if (name.startsWith("data-t-") && words.has(value))
				element.setAttribute(name.slice(7), t(value));
}

const months = {
	en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
	hi: ["जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून", "जुल॰", "अग॰", "सित॰", "अक्टू॰", "नव॰", "दिस॰"],
};
const indian = new Intl.DateTimeFormat("en-GB", {
	timeZone: "Asia/Kolkata", year: "numeric", month: "numeric", day: "numeric",
	hour: "2-digit", minute: "2-digit", hour12: false, hourCycle: "h23",
});

function partsOf(text) {
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
		const [year, month, day] = text.split("-").map(Number);
		return { year, month, day };
	}
	const when = new Date(text);
	if (Number.isNaN(when.getTime()))
		return null;
	return Object.fromEntries(indian.formatToParts(when).map(({ type, value }) =>
		[type, type === "hour" || type === "minute" ? value : Number(value)]));
}

/* A day, or the Indian day of a moment. */
export function date(text) {
	const p = text ? partsOf(text) : null;

	return p ? `${p.day} ${months[lang][p.month - 1]} ${p.year}` : text ?? "";
}

export function month(text) {
	const [year, number] = text.split("-").map(Number);

	return `${months[lang][number - 1]} ${year}`;
}

/* A moment in Indian time, the only time this portal speaks of. */
export function moment(text) {
	const p = text ? partsOf(text) : null;

	return p && p.hour !== undefined ? `${date(text)}, ${p.hour}:${p.minute} IST` : date(text);
}

export function clock(when = new Date()) {
	const p = partsOf(when.toISOString());

	return `${p.hour}:${p.minute}`;
}

/* "3 minutes ago", "in 2 days": for lists, where the day itself stands in the title. */
export function ago(text, now = Date.now()) {
	const seconds = Math.round((new Date(text).getTime() - now) / 1000);
	const relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });

	for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]])
		if (Math.abs(seconds) >= size)
			return relative.format(Math.trunc(seconds / size), unit);
	return relative.format(0, "minute");
}

export function money(paise) {
	return `₹${(paise / 100).toLocaleString("en-IN",
		{ minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

export function number(value, places) {
	return value.toLocaleString("en-IN",
		places === undefined ? {} : { minimumFractionDigits: places, maximumFractionDigits: places });
}

/* 1834 -> "1.8 KB": what upload bars say. */
export function bytes(n) {
	const units = ["B", "KB", "MB", "GB"];
	let i = 0;

	for (; n >= 1024 && i < units.length - 1; i++)
		n /= 1024;
	return `${number(n, i > 1 || (i === 1 && n < 10) ? 1 : 0)} ${units[i]}`;
}

/* The name of a row of /data/*.json in this language. */
export const nameOf = (row) => row?.[lang] ?? row?.name ?? "";

export function setLanguage(code) {
	try {
		localStorage.setItem("lang", code);
	} catch {
		/* the address below says it too */
	}
	const here = new URL(location.href);
	here.searchParams.set("lang", code);
	location.replace(here);
}
