/*
 * timeline - what happened, newest first, and what comes next.
 *
 *	timeline(events, { next: t("application.next.submitted") })
 *
 * events: [{ at, what, by_name, text }] as the API gives them, oldest first.  Words: event.WHAT.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { has, moment, t } from "../i18n.js";
import { icon } from "./icon.js";

const tones = {
	issued: ["green", "done"], approved: ["green", "done"], approval: ["green", "done"],
	queried: ["amber", "hand"], paid: ["green", "done"], signed: ["green", "done"], rejected: ["red", "bad"],
	rejection: ["red", "bad"], cancelled: ["red", "bad"], query: ["amber", "hand"],
	replaced: ["violet", "replaced"],
};
const titleOf = (what) => has(`event.${what}`) ? t(`event.${what}`) : what.replaceAll(/[_-]/g, " ");

function row({ at, what, by_name: by, text }) {
	const [tone, shape] = tones[what] ?? ["blue", "dot"];

	return html`<li class="tone-${tone}">${icon(shape)}
		<p><b>${titleOf(what)}</b>${by ? html` · <bdi>${by}</bdi>` : ""}</p>
		<p class="muted small"><time datetime=${at}>${moment(at)}</time></p>
		${text ? html`<p class="said" dir="auto">${text}</p>` : ""}</li>`;
}

export const timeline = (events, { next = "" } = {}) => html`<ol class="timeline" reversed>
	${next ? html`<li class="next tone-grey">${icon("draft")}<p>${next}</p></li>` : ""}
	${[...events].reverse().map(row)}</ol>`;
