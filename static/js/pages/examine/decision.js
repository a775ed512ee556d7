/*
 * decision - what was checked, and the three answers.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { live } from "/vendor/lit-html/directives/live.js";
import { icon } from "../../components/icon.js";
import { has, t } from "../../i18n.js";

function tick(v, code, on) {
	v.checked[on ? "add" : "delete"](code);
	v.complaint = "";
	v.draw();
}

const box = (v, { code }, i) => html`<li class="form-check">
	<input class="form-check-input" type="checkbox" id="checked-${code}" .checked=${live(v.checked.has(code))}
		aria-keyshortcuts=${String(i + 1)} @change=${(e) => tick(v, code, e.target.checked)}>
	<label class="form-check-label" for="checked-${code}"><kbd class="only-wide">${i + 1}</kbd> ${
		has(`checklist.${code}`) ? t(`checklist.${code}`) : code}</label></li>`;

const button = (v, kind, key, look, image) => html`<button type="button" class="btn ${look}" aria-keyshortcuts=${key}
	aria-busy=${v.busy === kind ? "true" : "false"} @click=${() => v.decide(kind)}>${icon(image)}${t(`decision.${kind}`)}<kbd class="only-wide">${key.toUpperCase()}</kbd></button>`;

export const decisionBar = (v) => html`<section class="decision" aria-labelledby="decision-title">
	<h2 id="decision-title" class="sr">${t("decision.title")}</h2>
	<fieldset class="checklist"><legend>${t("decision.checked")}</legend>
		<ul>${v.app.checklist.map((mark, i) => box(v, mark, i))}</ul></fieldset>
	<div class="decision-do">
		<p class="wrong" role="alert">${v.complaint}</p>
		<div class="actions">
			${button(v, "approval", "a", "btn-primary", "check")}
			${button(v, "query", "q", "btn-secondary", "mail")}
			${button(v, "rejection", "x", "btn-secondary", "cross")}
			<button type="button" class="btn btn-quiet" aria-keyshortcuts="n" @click=${() => v.giveBack()}>${t("decision.next")}<kbd class="only-wide">N</kbd></button>
		</div>
	</div></section>`;
