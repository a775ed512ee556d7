/*
 * toast - a short word that something was done, read aloud, gone after a while.
 *
 *	toast(t("saved"));	toast(text, { kind: "good" | "bad", undo: () => ... })
 *
 * A toast with undo stays twelve seconds, others six; it waits as long as it is pointed at or has
 * the focus.  What a person must not miss is no toast: use a notice or the summary.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { t } from "../i18n.js";

const shown = [];

function region() {
	let box = document.querySelector(".toasts");

	if (!box) {
		box = document.createElement("div");
		box.className = "toasts";
		box.setAttribute("role", "status");
		document.body.append(box);
	}
	return box;
}

function draw() {
	render(shown.map((one) => html`
		<div class="toast-one ${one.kind}" @mouseenter=${one.hold} @mouseleave=${one.go}
			@focusin=${one.hold} @focusout=${one.go}>
			<span>${one.text}</span>
			${one.undo ? html`<button type="button" @click=${() => { one.close(); one.undo(); }}>${t("undo")}</button>` : ""}
			<button type="button" @click=${one.close}>${t("close")}</button>
		</div>`), region());
}

export function toast(text, { kind = "", undo = null } = {}) {
	const one = { text, kind, undo };
	let timer;

	one.close = () => {
		clearTimeout(timer);
		if (shown.includes(one))
			shown.splice(shown.indexOf(one), 1);
		draw();
	};
	one.hold = () => clearTimeout(timer);
	one.go = () => {
		clearTimeout(timer);
		timer = setTimeout(one.close, undo ? 12000 : 6000);
	};
	shown.push(one);
	one.go();
	draw();
	return one.close;
}
