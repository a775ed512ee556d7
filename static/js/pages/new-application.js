/*
 * new-application - where does it go, and is there an earlier one like it?
 *
 *	newApplication();			asks, makes it, and goes to its page
 *	newApplication({ copyOf: application });	{ id, agency, office } as lists or pages have it
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { get, newKey, post, words } from "../api.js";
import { show } from "../components/dialog.js";
import { selectField } from "../components/field.js";
import { icon } from "../components/icon.js";
import { date, t } from "../i18n.js";
import { codeName, loadCodes } from "./codes.js";

const LAST = "ecoo.office";

function remembered() {
	try {
		return JSON.parse(localStorage.getItem(LAST)) ?? {};
	} catch {
		return {};
	}
}

function remember(choice) {
	try {
		localStorage.setItem(LAST, JSON.stringify(choice));
	} catch {
		/* asked again next time */
	}
}

const earlierName = (one) => [one.number ?? t("application.draft-name", { number: String(one.id) }),
	one.consignee, codeName("countries", one.importing_country), date(one.created_at)].filter(Boolean).join(" · ");

export async function newApplication({ copyOf = null } = {}) {
	const asked = { agency: "", office: "", copy: copyOf ? String(copyOf.id) : "" };
	const key = newKey();
	const dialog = show("");
	let agencies = [], earlier = [], busy = false, problem = "";

	const offices = () => agencies.find(({ code }) => code === asked.agency)?.offices ?? [];

	function choose(agency) {
		asked.agency = agency;
		const before = remembered();
		asked.office = String(offices().find(({ id }) => id === before.office)?.id ?? offices()[0]?.id ?? "");
	}

	async function make() {
		if (busy)
			return;
		busy = true;
		problem = "";
		draw();
		try {
			const { id } = await post("/api/applications", { agency: asked.agency, office_id: Number(asked.office),
				...asked.copy ? { copy_of: Number(asked.copy) } : {} }, { key });

			remember({ agency: asked.agency, office: Number(asked.office) });
			location.assign(`/applications/${id}`);
		} catch (e) {
			busy = false;
			problem = words(e);
			draw();
		}
	}

	const form = () => html`
		${selectField({ id: "new-agency", label: t("field.agency"), value: asked.agency,
			options: agencies.map(({ code, name }) => ({ value: code, text: name })),
			onchange: (code) => { choose(code); draw(); } })}
		${selectField({ id: "new-office", label: t("field.office_id"), hint: t("new.office.hint"), value: asked.office,
			options: offices().map(({ id, name, city }) => ({ value: String(id), text: city && city !== name ? `${name}, ${city}` : name })),
			onchange: (id) => { asked.office = id; draw(); } })}
		${earlier.length > 0 ? selectField({ id: "new-copy", label: t("new.copy"), optional: true, hint: t("new.copy.hint"),
			value: asked.copy, options: [{ value: "", text: t("new.empty") },
				...earlier.map((one) => ({ value: String(one.id), text: earlierName(one) }))],
			onchange: (id) => { asked.copy = id; draw(); } }) : ""}`;

	const draw = () => dialog.draw(html`<h2 id="dialog-title">${t("new.title")}</h2>
		${problem ? html`<p class="wrong" role="alert">${icon("alert")}<span>${problem}</span></p>` : ""}
		${agencies.length > 0 ? form() : html`<p role="status">${t("loading")}</p>`}
		<p class="muted small">${t("foot.np")}</p>
		<div class="actions">
			<button type="button" class="btn btn-secondary" @click=${() => dialog.close()}>${t("cancel")}</button>
			<button type="button" class="btn btn-primary" ?disabled=${agencies.length === 0}
				aria-busy=${busy ? "true" : "false"} @click=${make}>${t(asked.copy ? "new.copy.do" : "new.do")}</button></div>`);

	draw();
	try {
		const [all, list] = await Promise.all([get("/api/agencies"), get("/api/applications", { query: { limit: 20 } }),
			loadCodes(["countries"])]);

		agencies = all.items.filter((agency) => agency.offices.length > 0);
		earlier = list.items;
		if (copyOf && !earlier.some(({ id }) => id === copyOf.id))
			earlier.unshift({ id: copyOf.id, number: copyOf.number, created_at: copyOf.created_at,
				consignee: copyOf.consignee?.name ?? copyOf.consignee ?? copyOf.content?.consignee?.name });
		choose(agencies.find(({ code }) => code === (copyOf?.agency?.code ?? copyOf?.agency ?? remembered().agency))?.code ??
			agencies[0]?.code ?? "");
	} catch (e) {
		problem = words(e);
	}
	draw();
	document.getElementById("new-agency")?.focus();
}
