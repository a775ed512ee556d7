/*
 * shell - what stands around every page: header, languages, account, rail, demo band, toasts.
 *
 *	import { start } from "/js/shell.js";
 *	const session = await start({ parts: ["exporter"], kinds: ["exporter"] });
 *
 * start() loads the catalogues (common and faults always), translates the page, asks who is signed in and draws
 * the rest.  With kinds, somebody who is not signed in is led to the sign-in page and back, and
 * somebody of another kind is told so; then start() never returns.  ready (a promise that start()
 * fulfils earlier) says that words are there, for what can be drawn without the session.
 *
 * The page brings the header and the footer itself, so that it can be read without script: copy
 * them from any page of static/ (tests/shape/html.sh compares them).  A page that is worked in has
 * <body class="work"> and an empty <nav class="rail" id="rail" hidden></nav> before <main>.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { del, get, Problem, signInAgain } from "./api.js";
import { lang, load, setLanguage, t, translate } from "./i18n.js";
import { icon } from "./components/icon.js";
import { toast } from "./components/toast.js";

const rails = {
	exporter: [
		["desk", "/desk", "desk"], ["applications", "/applications", "list"],
		["certificates", "/certificates", "seal"], ["verify", "/verify", "search"],
		["help", "/help", "help"],
	],
	officer: [
		["queue", "/queue", "queue"], ["tray", "/tray", "pen"],
		["certificates", "/certificates", "seal"], ["verify", "/verify", "search"],
		["help", "/help", "help"],
	],
	administrator: [
		["certificates", "/certificates", "seal"], ["verify", "/verify", "search"],
		["help", "/help", "help"],
	],
	operator: [["issuing", "/issuing", "lock"], ["verify", "/verify", "search"], ["help", "/help", "help"]],
};

/* Where work of this kind begins. */
export const homeOf = (kind) => rails[kind]?.[0][1] ?? "/";

/* Pages that hang below a place of the rail. */
const below = { "/review": "/queue", "/payments": "/applications", "/receipts": "/applications" };

function here(href) {
	const path = `/${location.pathname.split("/")[1]}`;

	return (below[path] ?? path) === href;
}

function markPlace() {
	for (const link of document.querySelectorAll(".top .links a"))
		if (link.pathname === location.pathname) {
			link.setAttribute("aria-current", "page");
			/* on a phone the links scroll */
			link.parentNode.scrollLeft = link.offsetLeft - link.parentNode.clientWidth / 2;
		}
}

async function signOut() {
	await del("/api/session", { stay: true }).catch(() => {});
	location.assign("/");
}

/* The menu is closed by Escape and by a click beside it. */
function watchMenus() {
	const close = (except) => {
		for (const menu of document.querySelectorAll("details.menu[open]"))
			if (menu !== except)
				menu.open = false;
	};
	document.addEventListener("click", (e) => close(e.target.closest("details.menu")));
	document.addEventListener("keydown", (e) => {
		const menu = e.target.closest?.("details.menu[open]");

		if (e.key !== "Escape" || !menu)
			return;
		menu.open = false;
		menu.querySelector("summary").focus();
	});
}

const languages = () => html`
	<div class="languages" role="group" aria-label=${t("language")}>
		${[["en", "English", "EN"], ["hi", "हिन्दी", "हिं"]].map(([code, name, short]) => html`
			<button type="button" lang=${code} aria-pressed=${String(code === lang)}
				@click=${() => code !== lang && setLanguage(code)}>
				<span class="wide">${name}</span><span class="narrow" aria-hidden="true">${short}</span>
				<span class="sr narrow-only">${name}</span>
			</button>`)}
	</div>`;

const accountMenu = ({ person, kind, role, firm, agency }) => html`
	<details class="menu">
		<summary aria-label=${person.name}>${icon("person")}<span class="name">${person.name}</span>${icon("down", "tiny")}</summary>
		<div class="menu-box">
			<p class="who"><b><bdi>${person.name}</bdi></b>
				<span>${person.designation || t(`role.${role || kind}`)}</span>
				${firm ? html`<span><bdi>${firm.name}</bdi> <span class="code">${firm.iec}</span></span>` : ""}
				${agency ? html`<span>${agency.name}</span>` : ""}
				<span>${person.email}</span></p>
			<a href=${homeOf(kind)}>${icon("desk")}${t("account.work")}</a>
			<button type="button" @click=${signOut}>${icon("out")}${t("account.sign-out")}</button>
		</div>
	</details>`;

function drawTools(session) {
	const tools = document.getElementById("tools");

	if (!tools)
		return;
	const link = tools.querySelector(".sign-in");
	const own = tools.querySelector(".tools-own") ?? document.createElement("div");
	own.className = "tools-own";
	if (!own.parentNode)
		tools.prepend(own);
	if (link)
		link.hidden = Boolean(session?.person);
	render(html`${languages()}${session?.person ? accountMenu(session) : ""}`, own);
}

function drawRail(session) {
	const rail = document.getElementById("rail");

	if (!rail || !session.person)
		return;
	rail.hidden = false;
	rail.setAttribute("aria-label", t("nav.work"));
	render(html`<ul>${(rails[session.kind] ?? []).map(([key, href, image]) => html`
		<li><a href=${href} aria-current=${here(href) ? "page" : "false"}>${icon(image)}<span>${t(`rail.${key}`)}</span></a></li>`)}</ul>`,
	rail);
}

function drawBand(session) {
	if (!session.demo || document.querySelector(".band"))
		return;
	const band = document.createElement("p");

	band.className = "band";
	render(html`<b>${t("demo.word")}</b> <span>${t("demo.text")}</span>`, band);
	document.querySelector(".top").before(band);
}

/* Somebody signed in who has nothing to do here. */
function refuse(session) {
	document.title = t("problem.not-allowed");
	document.getElementById("main").replaceChildren();
	render(html`<h1>${t("problem.not-allowed")}</h1>
		<p class="text">${t("shell.other-role", { name: session.person.name })}</p>
		<p class="actions"><a class="btn btn-primary" href=${homeOf(session.kind)}>${t("account.work")}</a></p>`,
	document.getElementById("main"));
	return new Promise(() => {});
}

/* By plain http on anything but localhost no session cookie is kept, and no camera is given. */
function warnOfHttp() {
	if (window.isSecureContext)
		return;
	const words = document.createElement("p");

	words.className = "over-http";
	words.setAttribute("role", "status");
	words.textContent = t("shell.over-http");
	document.querySelector(".top").append(words);
}

function watchLine() {
	window.addEventListener("offline", () => toast(t("line.lost"), { kind: "bad" }));
	window.addEventListener("online", () => toast(t("line.back"), { kind: "good" }));
}

async function who(stay) {
	try {
		return await get("/api/session", { stay: true });
	} catch (e) {
		if (!stay && e instanceof Problem && e.slug !== "login-needed")
			toast(t("shell.no-answer"), { kind: "bad" });
		return { person: null, demo: false, offices: [] };
	}
}

let isReady;
export const ready = new Promise((done) => { isReady = done; });

export async function start({ parts = [], kinds = null } = {}) {
	const asked = who(!kinds);

	try {
		await load(["common", "faults", ...parts]);
		translate(document);
	} finally {
		document.documentElement.classList.remove("untranslated");
	}
	markPlace();
	warnOfHttp();
	watchMenus();
	watchLine();
	drawTools(null);
	isReady();
	const session = await asked;
	drawTools(session);
	drawRail(session);
	drawBand(session);
	if (!kinds)
		return session;
	if (!session.person)
		return signInAgain();
	return kinds.includes(session.kind) ? session : refuse(session);
}
