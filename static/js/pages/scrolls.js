/*
 * scrolls - a table that may be wider than a phone: it scrolls by itself, by keyboard too.
 *
 *	scrolls(t("inputs.title"), html`<table>...`)
 */
import { html } from "/vendor/lit-html/lit-html.js";

export const scrolls = (label, table) => html`<div class="plain-scroll" role="region" tabindex="0" aria-label=${label}>${table}</div>`;
