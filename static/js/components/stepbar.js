/*
 * stepbar - the steps of something long, and where one is.
 *
 *	stepbar([{ label, href: "#goods", state: "done" | "now" | "error" | "" }], { label: t("...") })
 *
 * Steps with href or onclick can be gone to.
 */
import { html, nothing } from "/vendor/lit-html/lit-html.js";
import { t } from "../i18n.js";
import { icon } from "./icon.js";

const ball = (state, i) => html`<span class="ball" aria-hidden="true">${
	state === "done" ? icon("check") : state === "error" ? icon("alert") : i + 1}</span>`;

const spoken = (state) => state === "done" || state === "error" ?
	html`<span class="sr"> (${t(`step.${state}`)})</span>` : "";

export const stepbar = (steps, { label = t("step.all") } = {}) => html`<nav aria-label=${label}><ol class="steps">
	${steps.map(({ label: text, href, state = "", onclick }, i) => html`<li class=${state}>${href ?
		html`<a href=${href} aria-current=${state === "now" ? "step" : nothing} @click=${onclick ?? nothing}>${ball(state, i)}${text}${spoken(state)}</a>` :
		html`<span class="step" aria-current=${state === "now" ? "step" : nothing}>${ball(state, i)}${text}${spoken(state)}</span>`}</li>`)}
	</ol></nav>`;
