/*
 * fact-list - labels and values, with a button to copy what people type elsewhere.
 *
 *	factList([{ label: t("field.iec"), value: iec, mono: true, copy: true }, ...])
 *
 * value is a text (lines kept) or a template; facts without a value are left out.
 * copyButton(text, label) is the button alone.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { t } from "../i18n.js";
import { icon } from "./icon.js";
import { toast } from "./toast.js";

async function copy(text) {
	try {
		await navigator.clipboard.writeText(text);
		toast(t("copied", { text }), { kind: "good" });
	} catch {
		toast(t("copy-failed"), { kind: "bad" });
	}
}

export const copyButton = (text, label) => html`<button type="button" class="copy" title=${t("copy")}
	aria-label=${t("copy-what", { what: label })} @click=${() => copy(text)}>${icon("copy")}</button>`;

const fact = ({ label, value, mono, copy: copies }) => html`<div><dt>${label}</dt>
	<dd><bdi class=${mono ? "code" : ""}>${value}</bdi>${copies ? copyButton(String(value), label) : ""}</dd></div>`;

export const factList = (facts) => html`<dl class="facts">${facts
	.filter(({ value }) => value !== undefined && value !== null && value !== "").map(fact)}</dl>`;
