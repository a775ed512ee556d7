/* Agencies: the list, narrowed by a word. */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get } from "../api.js";
import { emptyState, skeleton } from "../components/data-table.js";
import { textField } from "../components/field.js";
import { icon } from "../components/icon.js";
import { t } from "../i18n.js";
import { ready, start } from "../shell.js";

const FEW = 4;			/* so many need no field to find one */
const box = document.getElementById("list");
let agencies = null, wanted = "";

/* Only what can be an address on the web becomes a link. */
function site(text) {
	const url = /^https?:\/\//.test(text) ? text : `https://${text}`;

	return URL.canParse?.(url) ?? true ? html`<a href=${url} rel="noopener">${text.replace(/^https?:\/\//, "")}</a>` : text;
}

const contact = (image, label, content) => html`<li>${icon(image)}<span class="sr">${label}: </span><span>${content}</span></li>`;

const card = (a) => html`<li class="panel agency">
	<div><h2><bdi>${a.name}</bdi></h2>
		<p class="muted">${a.name_local ? html`<bdi lang="hi">${a.name_local}</bdi> · ` : ""}<span class="code">${a.code}</span></p>
		<ul class="contacts">
			${a.city ? contact("pin", t("agencies.city"), a.city) : ""}
			${a.email ? contact("mail", t("agencies.email"), html`<a href="mailto:${a.email}">${a.email}</a>`) : ""}
			${a.phone ? contact("phone", t("agencies.phone"), html`<a href="tel:${a.phone.replace(/[^+\d]/g, "")}">${a.phone}</a>`) : ""}
			${a.website ? contact("globe", t("agencies.website"), site(a.website)) : ""}
		</ul></div>
	<div><h3>${t("agencies.offices")}</h3>
		<ul class="offices">${a.offices.map((o) => html`<li><bdi>${o.name}</bdi>${o.city && o.city !== o.name ? html` <span class="muted">${o.city}</span>` : ""}</li>`)}</ul></div>
	</li>`;

function fits(a) {
	const text = [a.code, a.name, a.name_local, a.city, ...a.offices.flatMap((o) => [o.name, o.city])]
		.join(" ").toLowerCase();

	return wanted.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

const filter = (n) => agencies.length <= FEW ? "" : html`<div class="control-middle">${textField({
	id: "filter", type: "search", label: t("agencies.filter"), value: wanted,
	oninput: (text) => { wanted = text.trim(); draw(); } })}</div>
	<p class="muted small" role="status">${t("agencies.found", { n, all: agencies.length })}</p>`;

function draw() {
	const shown = agencies.filter(fits);

	if (agencies.length === 0)
		return render(emptyState({ image: "building", title: t("agencies.empty"), text: t("agencies.empty-1") }), box);
	return render(html`${filter(shown.length)}${shown.length > 0 ? html`<ul class="agencies">${shown.map(card)}</ul>` :
		emptyState({ image: "search", title: t("agencies.none"), text: t("agencies.none-1") })}`, box);
}

async function load() {
	render(html`<div class="panel">${skeleton(5)}</div>`, box);
	try {
		agencies = (await get("/api/agencies", { stay: true })).items;
		draw();
	} catch {
		render(emptyState({ image: "alert", title: t("agencies.failed"), text: t("problem.try-again"),
			action: html`<button type="button" class="btn btn-secondary" @click=${load}>${t("try-again")}</button>` }), box);
	}
}

ready.then(load);
await start({ parts: ["public"] });
