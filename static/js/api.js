/*
 * api - the portal's API: JSON in, JSON out, every refusal as a Problem.
 *
 *	const list = await get("/api/applications", { query: { state: "open", after } });
 *	await post(`/api/applications/${id}/signing`, { version }, { key: true });
 *	await upload(url, file, { onProgress: (share) => ... });
 *	catch (e) { if (e instanceof Problem && e.slug === "changed-meanwhile") ... }
 *
 * { key: true } sends an Idempotency-Key; the same call made again after a lost line must send the
 * same one: make it with newKey() when the form opens, and pass { key: it }.  A session that has
 * ended leads to the sign-in page and back here, unless { stay: true }.
 * words(problem) is one sentence for people; faultWords(fault) that of one field.
 */
import { date, has, t } from "./i18n.js";

export class Problem extends Error {
	constructor(status, body = {}, retryAfter = null) {
		super(body.title ?? `HTTP ${status}`);
		this.status = status;
		this.slug = (body.type ?? "").split("/").pop() || "internal";
		this.title = body.title ?? "";
		this.detail = body.detail ?? "";
		this.errors = body.errors ?? [];
		this.instance = body.instance ?? "";
		this.retryAfter = retryAfter;
	}
}

/* 32 hex digits.  (randomUUID() is there for https only.) */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))]
	.map((byte) => byte.toString(16).padStart(2, "0")).join("");

/* No answer at all: the line is down, or was cut. */
const offline = () => new Problem(0, { type: "/problems/offline" });

function refused(status, text, retryAfter) {
	let body = {};

	try {
		body = JSON.parse(text);
	} catch {
		body = { type: status >= 500 ? "/problems/try-again" : "/problems/malformed" };
	}
	return new Problem(status, body, retryAfter === null ? null : Number(retryAfter));
}

export function signInAgain() {
	const back = location.pathname + location.search;

	location.assign(`/sign-in?return=${encodeURIComponent(back)}`);
	return new Promise(() => {});		/* the page is being left */
}

function address(path, query) {
	const url = new URL(path, location.origin);

	for (const [name, value] of Object.entries(query ?? {}))
		if (value !== undefined && value !== null && value !== "")
			url.searchParams.set(name, value);
	return url;
}

async function call(method, path, { body, key, query, signal, stay } = {}) {
	const headers = { Accept: "application/json" };
	let reply, text;

	if (body !== undefined)
		headers["Content-Type"] = "application/json";
	if (key)
		headers["Idempotency-Key"] = key === true ? newKey() : key;
	try {
		reply = await fetch(address(path, query), {
			method, headers, signal, cache: "no-store",
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		text = await reply.text();
	} catch (e) {
		throw e.name === "AbortError" ? e : offline();
	}
	if (reply.ok)
		return text === "" ? null : JSON.parse(text);
	const problem = refused(reply.status, text, reply.headers.get("Retry-After"));
	if (problem.slug === "login-needed" && !stay)
		return signInAgain();
	throw problem;
}

export const get = (path, options) => call("GET", path, options);
export const post = (path, body = {}, options = {}) => call("POST", path, { ...options, body });
export const put = (path, body = {}, options = {}) => call("PUT", path, { ...options, body });
export const del = (path, options) => call("DELETE", path, options);

/*
 * One file as the part "file".  onProgress gets the share that has left (0 to 1, null while the
 * server examines it) and the seconds that are probably left.  signal ends it.
 */
export function upload(path, file, { onProgress = () => {}, signal, stay } = {}) {
	const request = new XMLHttpRequest();
	const form = new FormData();
	const began = performance.now();

	form.append("file", file, file.name);
	return new Promise((done, fail) => {
		request.open("POST", path);
		request.setRequestHeader("Accept", "application/json");
		request.upload.addEventListener("progress", ({ loaded, total }) => {
			const spent = (performance.now() - began) / 1000;

			onProgress(loaded / total, loaded > 0 ? spent * (total - loaded) / loaded : null);
		});
		request.upload.addEventListener("load", () => onProgress(null, null));
		request.addEventListener("error", () => fail(offline()));
		request.addEventListener("abort", () => fail(new DOMException("ended", "AbortError")));
		request.addEventListener("load", () => {
			if (request.status >= 200 && request.status < 300)
				return done(request.responseText === "" ? null : JSON.parse(request.responseText));
			const problem = refused(request.status, request.responseText,
				request.getResponseHeader("Retry-After"));
			return problem.slug === "login-needed" && !stay ? signInAgain() : fail(problem);
		});
		signal?.addEventListener("abort", () => request.abort());
		request.send(form);
	});
}

/* What to tell a person about a problem: our words by its slug, and the server's own sentence. */
export function words(problem) {
	const key = `problem.${problem.slug}`;
	const said = has(key) ? t(key) : problem.title || t("problem.internal");

	if (problem.slug === "too-many-requests" && problem.retryAfter > 0)
		return t("problem.wait", { n: Math.ceil(problem.retryAfter) });
	return problem.detail && document.documentElement.lang === "en" ?
		`${said}${/[.:?!।]$/.test(said) ? "" : "."} ${problem.detail}` : said;
}

/* "items[2].gross_kg" -> "items.gross_kg": what the catalogue calls it. */
export const fieldKey = (field) => `field.${field.replace(/\[\d+\]/g, "")}`;

const shown = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? date(text) : text);

/* A fault's words.  {a} of a missing field is its label, which the catalogue has by its name. */
export function faultWords(fault) {
	const label = has(fieldKey(fault.field)) ? t(fieldKey(fault.field)) : fault.a;
	const named = fault.code.endsWith("missing") || fault.code === "missing";
	const a = named && label ? label : fault.a;
	const key = a && has(`fault.${fault.code}.a`) ? `fault.${fault.code}.a` : `fault.${fault.code}`;

	return has(key) ? t(key, { a: shown(a ?? ""), b: shown(fault.b ?? "") }) : fault.reason;
}
