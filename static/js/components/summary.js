/*
 * summary - all that is wrong, on top of the form, with links to the fields.
 *
 *	html`${errorSummary(errors)}`		errors: [{ id, text }], id of the control, or none
 *	focusSummary()				after rendering: the summary gets the focus
 *
 * Nothing is drawn when there are no errors.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { t } from "../i18n.js";

function jump(e, id) {
	const control = document.getElementById(id);

	if (!control)
		return;
	e.preventDefault();
	const closed = control.closest("details:not([open])");
	if (closed)
		closed.open = true;
	(control.closest(".field") ?? control).scrollIntoView({ block: "center" });
	control.focus({ preventScroll: true });
}

const line = ({ id, text }) => html`<li>${id ?
	html`<a href="#${id}" @click=${(e) => jump(e, id)}>${text}</a>` : text}</li>`;

export const errorSummary = (errors, { title = "" } = {}) => errors.length === 0 ? "" : html`
	<div class="summary" id="summary" role="alert" tabindex="-1" aria-labelledby="summary-title">
		<h2 id="summary-title">${title || t("summary.title", { n: errors.length })}</h2>
		<ul>${errors.map(line)}</ul>
	</div>`;

export function focusSummary() {
	const box = document.getElementById("summary");

	box?.focus();
	box?.scrollIntoView({ block: "start" });
}
