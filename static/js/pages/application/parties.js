/*
 * parties - who sends, who receives, and which office of the agency examines.
 */
import { html, nothing } from "/vendor/lit-html/lit-html.js";
import { live } from "/vendor/lit-html/directives/live.js";
import { t } from "../../i18n.js";
import { exporterLines } from "../details.js";
import { checkField, codeField, errorOf, faultOf, idOf, linesField, textField } from "./fields.js";

function office(v) {
	const offices = v.offices ?? [v.app.office];
	const fixed = v.app.submitted_at !== null && v.app.submitted_at !== undefined;

	return html`<section class="form-part" aria-labelledby="part-agency">
		<h3 id="part-agency">${t("parties.agency")}</h3>
		<p>${v.app.agency.name}</p>
		<div class="field">
			<label class="form-label" for=${idOf("office_id")}>${t("parties.office")}</label>
			<p class="hint" id="office-hint">${t(fixed ? "parties.office.fixed" : "parties.office.hint")}</p>
			<select class="form-select control-middle" id=${idOf("office_id")} ?disabled=${fixed}
				aria-describedby="office-hint" .value=${live(String(v.draft.officeId))}
				@change=${(e) => v.draft.setOffice(Number(e.target.value))}>
				${offices.map((o) => html`<option value=${o.id} ?selected=${o.id === v.draft.officeId}>
					${o.city && o.city !== o.name ? `${o.name}, ${o.city}` : o.name}</option>`)}
			</select>
		</div>
	</section>`;
}

function exporter(v) {
	const firm = v.app.exporter;

	return html`<section class="form-part" aria-labelledby="part-exporter">
		<h3 id="part-exporter">${t("parties.exporter")}</h3>
		<div class="fixed-party">${exporterLines(firm)}</div>
		<p class="muted small">${t("parties.exporter.hint")}</p>
		${["exporter.name", "exporter.address", "exporter.iec"].map((path) => errorOf(v, path))}
	</section>`;
}

/* Another script is asked for where it is used. */
function local(v) {
	const given = v.draft.get("consignee.name_local") || v.draft.get("consignee.address_local")?.length;

	return html`<details class="more" ?open=${Boolean(given)}>
		<summary>${t("parties.local")}</summary>
		<p class="muted small text">${t("parties.local.hint")}</p>
		${textField(v, "consignee.name_local", { max: 200, dir: "auto" })}
		${linesField(v, "consignee.address_local", { rows: 4, max: 100, dir: "auto" })}
	</details>`;
}

/* The importing country follows the consignee until somebody says otherwise. */
function country(v, code) {
	const before = v.draft.get("consignee.country");
	const importing = v.draft.get("importing_country");

	v.draft.set("consignee.country", code);
	if (!importing || importing === before)
		v.draft.set("importing_country", code);
}

function consignee(v) {
	const toOrder = v.draft.get("consignee.to_order") === true;

	return html`<section class="form-part" aria-labelledby="part-consignee">
		<h3 id="part-consignee">${t("parties.consignee")}</h3>
		${checkField(v, "consignee.to_order", { hint: t("parties.to_order.hint") })}
		${textField(v, "consignee.name", { max: 200, hint: toOrder ? t("parties.to_order.name") : nothing,
			complete: "off" })}
		${linesField(v, "consignee.address", { rows: 4, max: 100, hint: t("parties.address.hint") })}
		<div class="pair">
			${textField(v, "consignee.city", { max: 100, hint: t("parties.city.hint") })}
			${codeField(v, "consignee.country", "countries", { onChange: (code) => country(v, code) })}
		</div>
		${local(v)}
		${codeField(v, "importing_country", "countries", { hint: t("parties.importing.hint"), size: "middle" })}
		${faultOf(v, "exporter.gstin") ? errorOf(v, "exporter.gstin") : ""}
	</section>`;
}

export const parties = (v) => html`${exporter(v)}${consignee(v)}${office(v)}`;
