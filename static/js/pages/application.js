/*
 * application - one application on one page: filled in, checked, signed, paid, followed.
 *
 * The step stands in the address (#goods).  Everything that the steps share is the view v: the
 * application as the server gave it, the draft while it can be edited, what the check found.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get, put } from "../api.js";
import { icon } from "../components/icon.js";
import { stateChip } from "../components/state-chip.js";
import { stepbar } from "../components/stepbar.js";
import { moment, money, t } from "../i18n.js";
import { start } from "../shell.js";
import { check } from "./application/check.js";
import { documents, documentsRead } from "./application/documents.js";
import { idOf } from "./application/fields.js";
import { goods } from "./application/goods.js";
import { origin } from "./application/origin.js";
import { parties } from "./application/parties.js";
import { payStep } from "./application/pay.js";
import { preview } from "./application/preview.js";
import { conflict, savedWord } from "./application/saving.js";
import { sign } from "./application/sign.js";
import { FORM, STEPS, firstStep, stepOf, stepStates } from "./application/steps.js";
import { open } from "./application/store.js";
import { query, track, trackSide, withdrawButton } from "./application/track.js";
import { transport } from "./application/transport.js";
import { codeName, loadCodes } from "./codes.js";
import { detailParts } from "./details.js";
import { failure } from "./failure.js";
import { newApplication } from "./new-application.js";

const id = location.pathname.split("/")[2];
const main = document.getElementById("main");
const url = `/api/applications/${id}`;
const forms = { parties, transport, goods, origin, documents, check, sign, pay: payStep, track };
const CHECK_PAUSE = 600, WATCH = 5000;
/* What is merely not filled in yet is not told before somebody asks. */
const NOT_YET = /missing$|^packages-zero$/;

const v = {
	app: null, draft: null, step: "parties", tab: "form", faults: new Map(), findings: null,
	checked: false, previewVersion: 0, draw, reload, found, moment,
	documentsChanged() {
		runCheck();
		draw();
	},
	name: () => v.app.number ?? t("application.draft-name", { number: String(v.app.id) }),
};

function findFaults() {
	v.faults = new Map();
	for (const fault of v.findings?.errors ?? [])
		if ((v.checked || !NOT_YET.test(fault.code)) && !v.faults.has(fault.field))
			v.faults.set(fault.field, fault);
	for (const fault of v.draft?.faults ?? [])
		v.faults.set(fault.field, fault);
}

/* What the server found when it was asked for more than the check. */
function found(findings) {
	v.findings = findings;
	v.checked = true;
	findFaults();
}

let checking;
async function runCheck() {
	const mine = checking = {};

	try {
		const findings = await get(`${url}/check`);

		if (checking === mine)
			v.findings = findings;
	} catch {
		return;		/* the next save asks again */
	}
	findFaults();
	draw();
}

let soon;
function onDraft(what) {
	if (what === "status" && v.draft?.status === "closed")
		reload();
	if (what === "status" && v.draft?.status === "saved") {
		v.previewVersion++;
		clearTimeout(soon);
		soon = setTimeout(runCheck, CHECK_PAUSE);
	}
	findFaults();
	draw();
}

function take(application) {
	v.app = application;
	v.draft?.end();
	v.draft = application.editable ? open(application,
		{ save: (body) => put(url, body), read: () => get(url), onChange: onDraft }) : null;
	v.job = null;
	v.previewVersion++;
	findFaults();
}

async function reload(step) {
	take(await get(url));
	if (step && location.hash !== `#${step}`)
		location.hash = `#${step}`;
	else
		goTo(step ?? firstStep(v.app));
	if (v.draft)
		runCheck();
}

const title = () => {
	const to = (v.draft?.content ?? v.app.content).consignee?.name;
	const country = (v.draft?.content ?? v.app.content).importing_country;

	return to || country ? [to, country && codeName("countries", country)].filter(Boolean).join(", ") :
		t("application.untitled");
};

const since = () => v.app.events?.at(-1)?.at ?? v.app.updated_at;

function saying() {
	const { state, agency, office, signature } = v.app;
	const values = { agency: agency.name, office: office.name, since: moment(since()), signer: signature?.signer ?? "",
		who: v.app.content.declaration?.signatory || t("sign.somebody"), amount: money(v.app.fee?.total_paise ?? 0),
		number: v.app.certificate?.number ?? "" };
	const own = state === "sign_pending" && v.isSignatory ? "say.sign_pending.you" : `say.${state}`;

	return t(own, values);
}

const head = () => html`<a class="back" href="/applications">${icon("left")}${t("applications.title")}</a>
	<div class="head application-head"><div>
		<p class="over">${v.app.number ? html`<span class="code">${v.app.number}</span>` : t("application.draft-name", { number: String(v.app.id) })}
			<span class="muted">· ${v.app.agency.name}, ${v.app.office.name}</span></p>
		<h1><bdi>${title()}</bdi></h1>
		<p class="state-line">${stateChip(v.app.state)}<span>${saying()}</span></p>
	</div><div class="head-side">${savedWord(v)}
		<button type="button" class="btn btn-secondary btn-sm" @click=${() => newApplication({ copyOf: v.app })}>${icon("copy")}${t("application.copy")}</button>
	</div></div>`;

const bar = () => stepbar(stepStates(v).map(({ step, state }) =>
	({ label: t(step === "track" && v.app.state === "query" ? "step.answer" : `step.${step}`), href: `#${step}`, state })),
{ label: t("application.steps") });

function body() {
	if (v.draft || !FORM.includes(v.step))
		return v.step === "check" && !v.draft ? html`<p class="empty-line">${t("check.done")}</p>` : forms[v.step](v);
	return v.step === "documents" ? documentsRead(v) : detailParts(v.app).find((part) => part.id === v.step).body;
}

function walk() {
	const i = STEPS.indexOf(v.step);
	const before = STEPS[i - 1], after = STEPS[i + 1];

	if (!v.draft || !FORM.includes(v.step))
		return "";
	return html`<nav class="actions walk" aria-label=${t("application.walk")}>
		<a class="btn btn-primary" href="#${after}">${t("application.on", { step: t(`step.${after}`) })}${icon("right")}</a>
		${before ? html`<a class="btn btn-quiet" href="#${before}">${t("back")}</a>` : html`${withdrawButton(v)}`}
	</nav>`;
}

const tabs = () => html`<div class="tabs only-narrow" role="group" aria-label=${t("application.views")}>
	${["form", "preview"].map((tab) => html`<button type="button" aria-pressed=${String(v.tab === tab)}
		@click=${() => { v.tab = tab; draw(); }}>${t(`application.tab.${tab}`)}</button>`)}</div>`;

/* Paying needs no preview; the tables of goods and inputs need the width, it stands below them. */
const previewed = () => FORM.includes(v.step) || v.step === "check" || v.step === "sign";

function side() {
	if (v.step === "track")
		return html`<aside class="bench-side" aria-label=${t("track.side")}>${trackSide(v)}</aside>`;
	return previewed() ? html`<aside class="bench-side" aria-label=${t("preview.title")}>${preview(v)}</aside>` : "";
}

const bench = () => `bench ${previewed() || v.step === "track" ? "with-side" : ""} ${
	["goods", "origin"].includes(v.step) && v.draft ? "side-below" : ""} ${v.step === "track" ? "bench-plain" : ""}`;

function draw() {
	if (!v.app)
		return;
	document.title = `${title()} · eCoO`;
	render(html`${head()}
		${v.app.state === "query" && v.app.query ? query(v.app.query, moment) : ""}
		${v.app.state === "rejected" && v.app.rejection ? html`<div class="notice tone-red">${icon("bad")}<div>
			<p><strong>${t("rejection.title", { name: v.app.rejection.by_name })}</strong></p>
			<p class="pre" dir="auto">${v.app.rejection.text}</p></div></div>` : ""}
		${v.draft?.recovered ? html`<div class="notice tone-blue">${icon("info")}<div><p>${t("saved.recovered")}</p></div></div>` : ""}
		${conflict(v)}
		${bar()}
		${previewed() ? tabs() : ""}
		<div class=${bench()} data-tab=${v.tab}>
			<section class="bench-form ${v.step === "track" ? "" : "panel"}" aria-labelledby="step-title">
				<h2 id="step-title" tabindex="-1">${t(v.step === "track" && v.app.state === "query" ? "step.answer" : `step.${v.step}.title`)}</h2>
				${body()}${walk()}
			</section>
			${side()}
		</div>
		<p class="np-note">${icon("info")}<span>${t("foot.np")}</span></p>`, main);
}

function goTo(step) {
	v.step = step;
	v.tab = "form";
	draw();
	const mark = document.querySelector(".steps [aria-current]");
	mark?.closest("ol").scrollTo({ left: mark.offsetLeft - 24 });
}

/* Faults are known by the id of their field; some questions are asked once for all items. */
function focusField(fieldId) {
	const fault = [...v.findings?.errors ?? [], ...v.findings?.warnings ?? [], ...v.draft?.faults ?? []]
		.find(({ field }) => idOf(field) === fieldId);

	goTo(stepOf(fault?.field ?? ""));
	requestAnimationFrame(() => {
		const control = document.getElementById(fieldId) ??
			document.getElementById(fieldId.replace(/^f-items-\d+-/, "f-items-0-")) ??
			document.getElementById(fieldId.replace(/-\d+$/, ""));
		const target = control ?? document.getElementById("step-title");

		for (let box = target.closest("details:not([open])"); box; box = box.parentElement.closest("details:not([open])"))
			box.open = true;
		(target.closest(".field") ?? target).scrollIntoView({ block: "center" });
		target.focus({ preventScroll: true });
	});
}

async function showCheck() {
	v.checked = true;
	await v.draft?.flush();
	await runCheck();
	const box = document.getElementById("summary") ?? document.getElementById("step-title");
	box?.focus();
}

function onAddress(e) {
	const hash = location.hash.slice(1);

	if (hash.startsWith("f-"))
		return focusField(hash);
	goTo(STEPS.includes(hash) ? hash : firstStep(v.app));
	if (v.step === "check" && v.draft)
		return showCheck();
	if (e)
		document.getElementById("step-title").focus();
	if (e)
		scrollTo(0, 0);
	return undefined;
}

/* Others move it too: the signatory, the gateway, the officer. */
async function watch() {
	if (v.draft || v.job || document.hidden || v.busy || v.paying)
		return;
	const now = await get(url).catch(() => null);

	if (now && (now.state !== v.app.state || now.version !== v.app.version)) {
		take(now);
		goTo(firstStep(v.app));
	}
}

const session = await start({ parts: ["faults", "application", "exporter"], kinds: ["exporter"] });
main.replaceChildren();
v.session = session;
v.isSignatory = session.role === "signatory";
try {
	const [application, agencies] = await Promise.all([get(url), get("/api/agencies"),
		loadCodes(["countries", "ports", "packages", "units", "currencies", "incoterms", "modes", "operations"])]);

	v.offices = agencies.items.find(({ code }) => code === application.agency.code)?.offices;
	take(application);
	onAddress();
	if (v.draft)
		runCheck();
	addEventListener("hashchange", onAddress);
	setInterval(watch, WATCH);
} catch (problem) {
	failure(main, problem, "/applications");
}
