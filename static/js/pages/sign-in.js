/* Sign in: e-mail and password, and back to where one came from. */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { post, Problem, words } from "../api.js";
import { field, textField } from "../components/field.js";
import { icon } from "../components/icon.js";
import { errorSummary, focusSummary } from "../components/summary.js";
import { t } from "../i18n.js";
import { homeOf, ready, start } from "../shell.js";

const box = document.getElementById("form");
const back = new URLSearchParams(location.search).get("return");
const state = { email: "", password: "", seen: false, busy: false, waiting: false, errors: {}, said: "", session: null };
const tries = 6;
const demoPassword = "origin-demo-2026";
const demoPeople = [
	["Nila Varadan", "filer@palarveni.example", "filer"],
	["Ezhilvani Thirumaran-Sahay", "signatory@palarveni.example", "signatory"],
	["Meenakshi Raghunathan", "officer1@nce.example", "officer"],
];

/* Only to a page of this site: "//x", "/\\x" and "/<tab>/x" would lead elsewhere. */
function onward(kind) {
	const to = back?.startsWith("/") ? new URL(back, location.origin) : null;

	return to?.origin === location.origin && to.pathname !== "/sign-in" ? to.pathname + to.search + to.hash : homeOf(kind);
}

function check() {
	const errors = {};

	if (state.email.trim() === "")
		errors.email = t("signin.email-missing");
	else if (!/^\S+@\S+$/.test(state.email.trim()))
		errors.email = t("signin.email-odd");
	if (state.password === "")
		errors.password = t("signin.password-missing");
	return errors;
}

/* The browser fills the fields without telling: what counts is what stands in them. */
function read() {
	state.email = document.getElementById("email").value;
	state.password = document.getElementById("password").value;
}

function send(e) {
	e.preventDefault();
	if (state.busy)
		return;
	read();
	signIn();
}

/* When many come at once, who finds no room is asked to come again: for a while the page does so. */
async function ask(body) {
	for (let i = 1; ; i++)
		try {
			return await post("/api/session", body, { stay: true });
		} catch (problem) {
			if (problem.slug !== "try-again" || i === tries)
				throw problem;
			state.waiting = true;
			draw();
			await new Promise((done) => setTimeout(done, 1000 * (problem.retryAfter ?? 2)));
		}
}

async function signIn() {
	state.said = "";
	state.errors = check();
	if (Object.keys(state.errors).length > 0)
		return fail();
	state.busy = true;
	draw();
	try {
		const session = await ask({ email: state.email.trim(), password: state.password });

		location.assign(onward(session.kind));
	} catch (problem) {
		state.busy = state.waiting = false;
		if (!(problem instanceof Problem))
			throw problem;
		state.said = problem.slug === "sign-in-refused" ? t("signin.refused") : words(problem);
		state.errors = problem.slug === "sign-in-refused" ? { password: state.said } : {};
		fail();
	}
}

function fail() {
	draw();
	focusSummary();
}

function signInAs(email) {
	if (state.busy)
		return;
	Object.assign(state, { email, password: demoPassword });
	signIn();
}

const problems = () => {
	const listed = Object.entries(state.errors).map(([id, text]) => ({ id, text }));

	return listed.length > 0 ? listed : state.said ? [{ text: state.said }] : [];
};

const password = () => field({ id: "password", label: t("signin.password"), error: state.errors.password }, ({ described, invalid }) => html`
	<div class="reveal">
		<input class="form-control ${state.errors.password ? "is-invalid" : ""}" id="password" name="password"
			type=${state.seen ? "text" : "password"} autocomplete="current-password" spellcheck="false"
			autocapitalize="none" .value=${state.password} aria-describedby=${described} aria-invalid=${invalid}
			@input=${(e) => { state.password = e.target.value; }}>
		<button type="button" class="btn btn-secondary" aria-label=${t(state.seen ? "signin.hide-password" : "signin.show-password")}
			@click=${() => { read(); state.seen = !state.seen; draw(); }}>${t(state.seen ? "signin.hide" : "signin.show")}</button>
	</div>`);

const demo = () => html`<section class="panel demo" aria-labelledby="demo-title">
	<h2 id="demo-title">${t("signin.demo")}</h2><p class="muted">${t("signin.demo-1")}</p>
	<ul>${demoPeople.map(([name, email, role]) => html`<li>
		<div><b>${name}</b><span class="muted">${t(`signin.demo-${role}`)}</span></div>
		<button type="button" class="btn btn-secondary btn-sm" aria-label=${t("signin.demo-as", { name })}
			@click=${() => signInAs(email)}>${t("signin.action")}</button></li>`)}</ul></section>`;

function draw() {
	const { session } = state;

	render(html`
		${back && state.said === "" && !session?.person ? html`<p class="notice tone-blue">${icon("info")}<span>${t("signin.again")}</span></p>` : ""}
		${session?.person ? html`<p class="notice tone-green">${icon("done")}<span>${t("signin.already", { name: session.person.name })}. <a href=${onward(session.kind)}>${t("signin.go-on")}</a></span></p>` : ""}
		${errorSummary(problems())}
		<form class="panel" novalidate @submit=${send}>
			${textField({ id: "email", type: "email", label: t("signin.email"), value: state.email, autocomplete: "username",
				inputmode: "email", error: state.errors.email, oninput: (text) => { state.email = text; } })}
			${password()}
			<button class="btn btn-primary btn-lg w-100" id="submit" aria-busy=${String(state.busy)}>${t("signin.action")}</button>
			<p class="muted small spaced-small" role="status">${state.waiting ? t("signin.waiting") : ""}</p>
			<p class="muted small spaced-small">${t("signin.forgotten")}</p>
		</form>
		${session?.demo ? demo() : ""}`, box);
}

ready.then(() => {
	box.replaceChildren();
	draw();
});
state.session = await start({ parts: ["public"] });
if (document.getElementById("email"))
	read();
draw();
