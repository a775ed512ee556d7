/*
 * details - what an application says, to be read: for the exporter once it is frozen, and for the
 * officer beside the documents.
 *
 *	detailParts(application, { faults })	[{ id, title, body }]: parties, transport, goods, origin
 *	exporterLines(firm)			name, address, IEC and GSTIN as one block
 *
 * faults: Map of path to { fault, warning }; what was found stands under what it is about.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { faultWords } from "../api.js";
import { factList } from "../components/fact-list.js";
import { icon } from "../components/icon.js";
import { date, t } from "../i18n.js";
import { codeName, codeRow, packagesName, portName } from "./codes.js";
import { totals } from "./totals.js";
import { scrolls } from "./scrolls.js";

const lines = (list) => (list ?? []).filter(Boolean).join("\n");

export const exporterLines = (firm) => html`<p class="party"><strong><bdi>${firm.name}</bdi></strong>
	${(firm.address ?? []).map((text) => html`<span><bdi>${text}</bdi></span>`)}
	<span>${[firm.city, firm.pin].filter(Boolean).join(" ")}, ${firm.state}</span>
	<span class="muted">IEC <span class="code">${firm.iec}</span>${firm.gstin ?
		html` · GSTIN <span class="code">${firm.gstin}</span>` : ""}</span></p>`;

const country = (code) => code ? `${codeName("countries", code)} (${code})` : "";

/* Everything found at a path or below it. */
function found(faults, ...paths) {
	const list = [...faults ?? []].filter(([at]) => paths.some((path) =>
		at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`)));

	return list.map(([, { fault, warning }]) => html`<p class="found ${warning ? "tone-amber" : "tone-red"}">
		${icon("alert")}<span>${faultWords(fault)}</span></p>`);
}

const fact = (path, value, more = {}) => ({ label: t(`field.${path}`), value, ...more });

function parties({ exporter, content, office }, { faults }) {
	const to = content.consignee ?? {};

	return html`<h4>${t("parties.exporter")}</h4>${exporterLines(exporter)}${found(faults, "exporter")}
		<h4>${t("parties.consignee")}</h4>
		<p class="party">${to.to_order ? html`<span class="muted">${t("field.consignee.to_order")}</span>` : ""}
			<strong><bdi>${to.name}</bdi></strong>
			${to.name_local ? html`<span><bdi>${to.name_local}</bdi></span>` : ""}
			${(to.address ?? []).map((text) => html`<span><bdi>${text}</bdi></span>`)}
			${(to.address_local ?? []).map((text) => html`<span><bdi>${text}</bdi></span>`)}
			<span><bdi>${to.city}</bdi>${to.city && to.country ? ", " : ""}${country(to.country)}</span></p>
		${factList([fact("importing_country", country(content.importing_country)),
			{ label: t("parties.office"), value: office.city && office.city !== office.name ?
				`${office.name}, ${office.city}` : office.name }])}
		${found(faults, "consignee", "importing_country", "office_id")}`;
}

function invoice(one) {
	return html`<tr><th scope="row"><span class="code">${one.number}</span></th><td>${date(one.date)}</td>
		<td class="num">${one.currency} ${one.value}</td><td>${one.incoterm}</td></tr>`;
}

function invoices(list) {
	return html`<h4>${t("invoices.title")}</h4>${scrolls(t("invoices.title"), html`<table class="table table-sm plain">
		<caption class="sr">${t("invoices.title")}</caption>
		<thead><tr><th scope="col">${t("field.invoices.number")}</th><th scope="col">${t("field.invoices.date")}</th>
			<th scope="col" class="num">${t("field.invoices.value")}</th><th scope="col">${t("field.invoices.incoterm")}</th></tr></thead>
		<tbody>${list.map(invoice)}</tbody></table>`)}`;
}

function transport({ content }, { faults }) {
	const by = content.transport ?? {};
	const port = (code) => code ? `${portName(code)}${codeRow("ports", code) ? ` (${code})` : ""}` : "";

	return html`${factList([
		fact("transport.mode", codeName("modes", by.mode)),
		{ label: t(`transport.conveyance.${by.mode || "sea"}`), value: [by.conveyance, by.voyage].filter(Boolean).join(", ") },
		fact("transport.place_of_receipt", by.place_of_receipt),
		fact("transport.port_of_loading", port(by.port_of_loading)),
		fact("transport.port_of_discharge", port(by.port_of_discharge)),
		fact("transport.final_destination", by.final_destination),
		fact("transport.departure_date", date(by.departure_date)),
	])}${found(faults, "transport")}
	${content.invoices?.length ? invoices(content.invoices) : ""}${found(faults, "invoices")}`;
}

/* Marks that are those of the line above are not repeated: what differs is seen. */
const marks = (one, above) => one.marks && one.marks === above?.marks ? html`<span class="muted">${t("goods.same")}</span>` :
	html`<bdi>${one.marks}</bdi>`;

function item(one, i, faults, above) {
	const weights = [one.gross_kg && `${one.gross_kg} kg`, one.net_kg && `${t("goods.net")} ${one.net_kg} kg`,
		one.quantity && `${one.quantity} ${one.uqc ?? ""}`].filter(Boolean);

	return html`<tr><td>${i + 1}</td><td class="pre">${marks(one, above)}</td>
		<td><strong>${packagesName(one.packages, one.package_kind)}</strong>
			<span class="item-goods pre"><bdi>${one.description}</bdi></span>
			<span class="muted">HS <span class="code">${one.hs}</span></span>${found(faults, `items[${i}]`)}</td>
		<td class="num pre">${weights.join("\n")}</td></tr>`;
}

function goods({ content }, { faults }) {
	const list = content.items ?? [];

	return html`${scrolls(t("goods.table"), html`<table class="table table-sm plain goods-read">
		<caption class="sr">${t("goods.table")}</caption>
		<thead><tr><th scope="col"><span class="sr">${t("goods.line")}</span></th>
			<th scope="col">${t("field.items.marks")}</th><th scope="col">${t("field.items.description")}</th>
			<th scope="col" class="num">${t("goods.weights")}</th></tr></thead>
		<tbody>${list.map((one, i) => item(one, i, faults, list[i - 1]))}</tbody></table>`)}
		${totals(list)}${faults?.has("items") ? found([["items", faults.get("items")]], "items") : ""}`;
}

const operation = (code) => code === "beyond" ? t("origin.beyond") : `(${code}) ${codeName("operations", code)}`;

function criterion(list) {
	const kinds = new Map();

	list.forEach(({ origin, operations }, i) => {
		const key = JSON.stringify([origin ?? "", operations ?? []]);

		kinds.set(key, [...kinds.get(key) ?? [], i + 1]);
	});
	return [...kinds].map(([key, numbers]) => {
		const [origin, operations] = JSON.parse(key);

		return html`<p>${kinds.size > 1 ? html`<strong>${t("origin.items", { numbers: numbers.join(", ") })}</strong> ` : ""}
			${origin ? t(`origin.${origin}`) : t("origin.unsaid")}
			${operations.map((code) => html`<span class="operation">${operation(code)}</span>`)}</p>`;
	});
}

function input(one) {
	const abroad = one.origin && one.origin !== "IN";

	return html`<tr class=${abroad ? "from-abroad" : ""}><th scope="row"><bdi>${one.description}</bdi>
			${one.hs ? html`<span class="muted code"> ${one.hs}</span>` : ""}</th>
		<td>${codeName("countries", one.origin)}${abroad && one.duty ? html`<span class="muted small"> · ${t(`inputs.duty.${one.duty}`)}</span>` : ""}</td>
		<td><bdi>${one.supplier}</bdi></td><td class="num">${one.quantity} ${one.uqc}</td>
		<td class="num">${one.value_inr ? `₹${one.value_inr}` : ""}</td></tr>`;
}

const inputs = (list) => html`<h4>${t("inputs.title")}</h4>${scrolls(t("inputs.title"), html`<table class="table table-sm plain">
	<caption class="sr">${t("inputs.title")}</caption>
	<thead><tr><th scope="col">${t("field.inputs.description")}</th><th scope="col">${t("field.inputs.origin")}</th>
		<th scope="col">${t("field.inputs.supplier")}</th><th scope="col" class="num">${t("field.inputs.quantity")}</th>
		<th scope="col" class="num">${t("field.inputs.value_inr")}</th></tr></thead>
	<tbody>${list.map(input)}</tbody></table>`)}`;

function origin({ content }, { faults }) {
	const says = content.declaration ?? {};

	return html`${criterion(content.items ?? [])}
		${content.inputs?.length ? inputs(content.inputs) : html`<p class="muted">${t("inputs.nothing")}</p>`}
		${found(faults, "inputs")}
		${content.process ? html`<h4>${t("field.process")}</h4><p class="pre text"><bdi>${content.process}</bdi></p>` : ""}
		${found(faults, "process")}
		<h4>${t("declaration.title")}</h4>
		<p>${lines([[says.signatory, says.designation].filter(Boolean).join(", "), says.place]).replace("\n", " · ")}</p>
		${found(faults, "declaration")}`;
}

export const detailParts = (application, options = {}) => [
	["parties", parties], ["transport", transport], ["goods", goods], ["origin", origin],
].map(([id, body]) => ({ id, title: t(`step.${id}`),
	body: body({ ...application, content: application.content ?? {} }, options) }));
