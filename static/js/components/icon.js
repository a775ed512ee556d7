/*
 * icon - an image of the sprite /img/icons.svg.  Decoration: a word always stands beside it.
 *
 *	icon("check")		icon("check", "icon-big")
 */
import { svg } from "/vendor/lit-html/lit-html.js";
import { html } from "/vendor/lit-html/lit-html.js";

export const icon = (name, more = "") => html`<svg class="icon ${more}" aria-hidden="true"
	focusable="false">${svg`<use href="/img/icons.svg#${name}"></use>`}</svg>`;
