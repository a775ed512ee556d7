/*
 * examine - one application before the officer: documents left, data right, the decision at the
 * foot.  Opening takes the lock; deciding leads to the next one.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { del, get, newKey, post, put, words } from "../api.js";
import { ask } from "../components/dialog.js";
import { icon } from "../components/icon.js";
import { stateChip } from "../components/state-chip.js";
import { toast } from "../components/toast.js";
import { clock, moment, t } from "../i18n.js";
import { start } from "../shell.js";
import { codeName, loadCodes } from "./codes.js";
import { decisionBar } from "./examine/decision.js";
import { data, sources } from "./examine/panes.js";
import { failure } from "./failure.js";

const id = location.pathname.split("/")[2];
const url = `/api/review/applications/${id}`;
const main = document.getElementById("main");
const OPEN = ["submitted", "resubmitted", "under_review"];
const RENEW = 5 * 60000, MOST = 2000;

const v = { app: null, lockedBy: "", mine: false, shown: 0, tab: "data", checked: new Set(), busy: false,
	complaint: "", draw, decide, giveBack, next, choose };

const LAST = "ecoo.decided";

function say(text) {
	try {
		sessionStorage.setItem(LAST, text);
	} catch {
		/* the queue shows it anyway */
	}
}

function said() {
	const text = sessionStorage.getItem(LAST);

	sessionStorage.removeItem(LAST);
	if (text)
		toast(text, { kind: "good" });
}

/* The first that nobody else holds; the queue is oldest first. */
async function next() {
	const { items } = await get("/api/review/queue", { query: { state: "waiting" } });
	const one = items.find((row) => String(row.id) !== id && (!row.lock_name ||
		row.lock_person === v.session.person.id || new Date(row.lock_until) < new Date()));

	location.assign(one ? `/review/${one.id}` : "/queue");
}

async function giveBack(to) {
	if (v.mine)
		await del(`${url}/lock`).catch(() => {});
	v.mine = false;
	return to ? location.assign(to) : next();
}

async function lock() {
	try {
		await put(`${url}/lock`);
		v.mine = true;
		v.lockedBy = "";
	} catch (problem) {
		v.mine = false;
		v.lockedBy = problem.slug === "locked" ? words(problem) : "";
		if (!["locked", "wrong-state"].includes(problem.slug))
			throw problem;
	}
}

async function load() {
	v.app = await get(url);
	if (OPEN.includes(v.app.state)) {
		await lock();
		v.app = await get(url);
	} else
		v.mine = false;
	draw();
}

/* A decision that could not be made: why, and what is true now. */
async function refused(problem) {
	toast(words(problem), { kind: "bad" });
	if (["wrong-state", "changed-meanwhile", "locked"].includes(problem.slug))
		await load();
}

const DIALOGS = {
	query: { danger: false },
	rejection: { danger: true },
};

async function text(kind) {
	const answer = await ask({ title: t(`decision.${kind}.title`, { number: v.app.number }), text: t(`decision.${kind}.text`),
		label: t(`decision.${kind}.label`), hint: t(`decision.${kind}.hint`), action: t(`decision.${kind}.do`),
		max: MOST, ...DIALOGS[kind] });

	return answer?.text ?? null;
}

/* What was not looked at is not approved. */
function complete() {
	const left = v.app.checklist.filter(({ code }) => !v.checked.has(code));

	v.complaint = left.length > 0 ? t("decision.incomplete", { n: left.length }) : "";
	draw();
	if (left.length > 0)
		document.getElementById(`checked-${left[0].code}`)?.focus();
	return left.length === 0;
}

/* An approval can be taken back with a question, as long as nobody signs. */
const may = (kind) => v.mine || (kind === "query" && v.app.state === "approved");

async function decide(kind) {
	if (v.busy || !may(kind))
		return;
	const body = { version: v.app.version };

	if (kind === "approval") {
		if (!complete())
			return;
		body.checked = [...v.checked];
	} else {
		body.text = await text(kind);
		if (body.text === null)
			return;
	}
	v.busy = kind;
	draw();
	try {
		await post(`${url}/${kind}`, body, { key: newKey() });
		say(t(`decision.${kind}.done`, { number: v.app.number }));
		v.mine = false;
		await next();
	} catch (problem) {
		await refused(problem);
	} finally {
		v.busy = false;
		draw();
	}
}

function choose(i) {
	const list = sources(v);

	v.shown = (i + list.length) % list.length;
	v.tab = "documents";
	draw();
}

const KEYS = {
	a: () => decide("approval"), q: () => decide("query"), x: () => decide("rejection"),
	n: () => giveBack(), u: () => giveBack("/queue"),
	"[": () => choose(v.shown - 1), "]": () => choose(v.shown + 1),
};

function onKey(e) {
	if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]") ||
	    e.target.closest("textarea, select, input:not([type=checkbox])"))
		return;
	const mark = v.app.checklist[Number(e.key) - 1];

	if (mark && v.mine) {
		v.checked[v.checked.has(mark.code) ? "delete" : "add"](mark.code);
		v.complaint = "";
		draw();
	} else if (e.key in KEYS) {
		e.preventDefault();
		KEYS[e.key]();
	}
}

function notice() {
	if (v.lockedBy)
		return html`<div class="notice tone-amber" role="status">${icon("lock")}<div><p>${v.lockedBy}</p>
			<p class="muted">${t("examine.reading")}</p></div></div>`;
	if (v.mine || OPEN.includes(v.app.state))
		return "";
	return html`<div class="notice tone-blue" role="status">${icon("info")}<div><p>${t(`examine.say.${v.app.state}`)}</p>
		${v.app.state === "approved" ? html`<p><a href="/tray?application=${v.app.id}">${t("examine.to-tray")}</a></p>
			<p class="actions mb-0"><button type="button" class="btn btn-secondary btn-sm" aria-busy=${v.busy === "query"} @click=${() => decide("query")}>${t("decision.take-back")}</button></p>` : ""}
		${v.app.certificate ? html`<p><a class="code" href="/certificates/${v.app.certificate.number}">${v.app.certificate.number}</a></p>` : ""}</div></div>`;
}

const leave = (e) => {
	e.preventDefault();
	giveBack("/queue");
};

const head = () => html`<div class="head examine-head"><div>
		<p class="over"><a class="back" href="/queue" @click=${leave}>${icon("left")}${t("queue.title")}</a> <span class="muted">·</span> <span class="code">${v.app.number}</span> <span class="muted">· ${v.app.office.name}</span></p>
		<h1><bdi>${v.app.exporter.name}</bdi> → ${codeName("countries", v.app.content.importing_country)}</h1>
		<p class="state-line">${stateChip(v.app.state, { view: "officer" })}
			<span class="muted">${t("examine.since", { time: moment(v.app.submitted_at) })}</span>
			${v.mine && v.app.lock ? html`<span class="muted">${icon("lock", "tiny")} ${t("examine.lock", { time: clock(new Date(v.app.lock.until)) })}</span>` : ""}</p>
	</div></div>`;

const tabs = () => html`<div class="tabs only-narrow" role="group" aria-label=${t("application.views")}>
	${["data", "documents"].map((tab) => html`<button type="button" aria-pressed=${String(v.tab === tab)}
		@click=${() => { v.tab = tab; draw(); }}>${t(`examine.tab.${tab}`)}</button>`)}</div>`;

function draw() {
	if (!v.app)
		return;
	document.title = `${v.app.number} · eCoO`;
	render(html`${head()}${notice()}${tabs()}${data(v)}${v.mine ? decisionBar(v) : ""}
		<p class="np-note">${icon("info")}<span>${t("foot.np")}</span></p>`, main);
}

v.session = await start({ parts: ["faults", "application", "officer"], kinds: ["officer"] });
main.replaceChildren();
try {
	await loadCodes(["countries", "ports", "packages", "units", "modes", "operations"]);
	await load();
	said();
	document.addEventListener("keydown", onKey);
	setInterval(() => v.mine && !document.hidden && lock().then(draw, () => {}), RENEW);
} catch (problem) {
	failure(main, problem, "/queue");
}
