/*
 * dialog - a question that has to be answered first.
 *
 *	if (await confirm({ title, text, action: t("withdraw"), danger: true })) ...
 *	const { text } = await ask({ title, label, hint, action, max: 500 }) ?? {};	null: cancelled
 *	show(template, { wide: true })	any content; returns { close, closed }
 *
 * It names the thing; Escape and the first button are the safe answer, and have the focus.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { t } from "../i18n.js";
import { areaField } from "./field.js";

export function show(content, { wide = false, label = "dialog-title" } = {}) {
	const box = document.createElement("dialog");
	const before = document.activeElement;
	let finish;
	const closed = new Promise((done) => { finish = done; });

	box.setAttribute("aria-labelledby", label);
	box.className = wide ? "wide" : "";
	const close = (answer = null) => {
		box.remove();
		if (before?.isConnected)
			before.focus();
		finish(answer);
	};
	const draw = (template) => render(html`<div class="dialog-in">${template}</div>`, box);
	box.addEventListener("cancel", (e) => { e.preventDefault(); close(); });
	draw(typeof content === "function" ? content(close) : content);
	document.body.append(box);
	box.showModal();
	return { close, closed, draw };
}

const buttons = ({ action, danger, cancel }, close, yes) => html`<div class="actions">
	<button type="button" class="btn btn-secondary" autofocus @click=${() => close(null)}>${cancel ?? t("cancel")}</button>
	<button type="button" class="btn ${danger ? "btn-danger" : "btn-primary"}" @click=${yes}>${action}</button></div>`;

export async function confirm(config) {
	const answer = await show((close) => html`<h2 id="dialog-title">${config.title}</h2>
		<p>${config.text}</p>${buttons(config, close, () => close(true))}`).closed;

	return answer === true;
}

/* One text, which is needed. */
export function ask(config) {
	let value = config.value ?? "", error = "";
	const dialog = show("", {});
	const draw = () => dialog.draw(html`<h2 id="dialog-title">${config.title}</h2>
		${config.text ? html`<p>${config.text}</p>` : ""}
		${areaField({ id: "dialog-text", label: config.label, hint: config.hint, error, value, max: config.max,
			rows: 4, oninput: (typed) => { value = typed; error = ""; draw(); } })}
		${buttons(config, dialog.close, yes)}`);

	function yes() {
		const text = value.trim();

		if (text === "")
			error = t("fault.missing");
		else if (config.max && text.length > config.max)
			error = t("fault.too-long");
		else
			return dialog.close({ text });
		draw();
		return document.getElementById("dialog-text").focus();
	}
	draw();
	document.getElementById("dialog-text").focus();
	return dialog.closed;
}
