/*
 * state-chip - where an application, a certificate or a payment stands: colour, word and shape.
 *
 *	stateChip("query")				as the exporter sees it
 *	stateChip("submitted", { view: "officer" })	what waits for the exporter waits for the officer
 *	stateChip("issued", { kind: "certificate" })	kind: application, certificate, payment
 *	toneOf(state, options)				"amber", for a border or a bar
 *
 * grey draft, amber waiting for the reader, blue with the other side, green issued, red ended badly,
 * violet replaced.  Words: state.STATE, certificate-state.STATE, payment-state.STATE.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { t } from "../i18n.js";
import { icon } from "./icon.js";

const looks = {
	application: {
		draft: ["grey", "draft"], sign_pending: ["amber", "hand"], payment_pending: ["amber", "hand"],
		submitted: ["blue", "agency"], under_review: ["blue", "agency"], query: ["amber", "hand"],
		resubmitted: ["blue", "agency"], approved: ["blue", "agency"], issued: ["green", "done"],
		rejected: ["red", "bad"], cancelled: ["red", "bad"], replaced: ["violet", "replaced"],
		withdrawn: ["grey", "ban"], expired: ["grey", "ban"],
	},
	officer: {
		submitted: ["amber", "hand"], under_review: ["amber", "hand"], resubmitted: ["amber", "hand"],
		approved: ["amber", "hand"], query: ["blue", "agency"],
	},
	certificate: {
		prepared: ["grey", "draft"], signing: ["amber", "hand"], issued: ["green", "done"],
		valid: ["green", "done"], void: ["grey", "ban"], cancelled: ["red", "bad"],
		replaced: ["violet", "replaced"],
	},
	payment: {
		created: ["grey", "draft"], open: ["amber", "hand"], paid: ["green", "done"],
		failed: ["red", "bad"],
	},
};
const prefix = { application: "state", certificate: "certificate-state", payment: "payment-state" };

function look(state, { kind = "application", view = "exporter" } = {}) {
	const own = view === "officer" && kind === "application" ? looks.officer[state] : null;

	return own ?? looks[kind][state] ?? ["grey", "dot"];
}

export const toneOf = (state, options) => look(state, options)[0];

export function stateChip(state, options = {}) {
	const [tone, shape] = look(state, options);

	return html`<span class="chip tone-${tone}">${icon(shape)}${t(`${prefix[options.kind ?? "application"]}.${state}`)}</span>`;
}
