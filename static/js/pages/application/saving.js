/*
 * saving - how safe what was typed is, in words; and both versions when two people edited.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { fieldKey } from "../../api.js";
import { icon } from "../../components/icon.js";
import { clock, has, moment, t } from "../../i18n.js";
import { at, differences, tidy } from "./content.js";
import { scrolls } from "../scrolls.js";

const LOOKS = { saved: "check", typing: "draft", saving: "draft", offline: "alert", refused: "alert",
	conflict: "alert", closed: "lock" };

export function savedWord({ draft }) {
	if (!draft)
		return "";
	return html`<p class="saved saved-${draft.status}" role="status">${icon(LOOKS[draft.status])}
		<span>${t(`saved.${draft.status}`, { time: clock(new Date(draft.savedAt)) })}</span></p>`;
}

/* A path as people read it: "Goods, line 3: Gross weight (kg)". */
function nameOf(path) {
	const [, list, i] = /^(items|inputs|invoices)\[(\d+)\]/.exec(path) ?? [];
	const own = fieldKey(path);
	const name = has(own) ? t(own) : path;

	return list ? `${t(`field.${list}`)} ${Number(i) + 1}: ${name}` : name;
}

function value(content, path) {
	const found = at(content, path);

	if (found === undefined || found === null || found === "")
		return html`<span class="muted">${t("conflict.nothing")}</span>`;
	if (typeof found === "object")
		return Array.isArray(found) && found.every((one) => typeof one === "string") ? found.join("\n") :
			t("conflict.more");
	return typeof found === "boolean" ? t(found ? "yes" : "no") : String(found);
}

const row = (mine, theirs, path) => html`<tr><th scope="row">${nameOf(path)}</th>
	<td class="pre"><bdi>${value(mine, path)}</bdi></td><td class="pre"><bdi>${value(theirs, path)}</bdi></td></tr>`;

export function conflict(v) {
	if (v.draft?.status !== "conflict")
		return "";
	const mine = tidy(v.draft.content), theirs = tidy(v.draft.theirs.content ?? {});

	return html`<section class="notice tone-amber conflict" aria-labelledby="conflict-title">${icon("alert")}<div>
		<h2 id="conflict-title" tabindex="-1">${t("conflict.title")}</h2>
		<p>${t("conflict.text", { time: moment(v.draft.theirs.updated_at) })}</p>
		${scrolls(t("conflict.title"), html`<table class="table table-sm plain">
			<caption class="sr">${t("conflict.title")}</caption>
			<thead><tr><td></td><th scope="col">${t("conflict.mine")}</th><th scope="col">${t("conflict.theirs")}</th></tr></thead>
			<tbody>${differences(mine, theirs).map((path) => row(mine, theirs, path))}</tbody></table>`)}
		<p class="actions">
			<button type="button" class="btn btn-primary" @click=${() => v.draft.keepMine()}>${t("conflict.keep")}</button>
			<button type="button" class="btn btn-secondary" @click=${() => v.draft.takeTheirs()}>${t("conflict.take")}</button>
		</p></div></section>`;
}
