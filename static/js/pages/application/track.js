/*
 * track - what happened, what comes next, and what the exporter can do about it.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { newKey, post, words } from "../../api.js";
import { confirm } from "../../components/dialog.js";
import { areaField } from "../../components/field.js";
import { icon } from "../../components/icon.js";
import { timeline } from "../../components/timeline.js";
import { toast } from "../../components/toast.js";
import { has, t } from "../../i18n.js";
import { signature } from "./sign.js";

const MOST = 2000;
const WITHDRAWN = ["draft", "sign_pending", "payment_pending", "submitted"];

async function send(v) {
	const answer = (v.answer ?? "").trim();

	v.answerError = answer === "" ? t("answer.missing") : answer.length > MOST ? t("fault.too-long") : "";
	v.draw();
	if (v.answerError)
		return document.getElementById("answer").focus();
	v.answering ??= newKey();
	v.busy = true;
	v.draw();
	try {
		if (!await v.draft.flush())
			return null;
		await post(`/api/applications/${v.app.id}/resubmission`,
			{ version: v.draft.version, answer }, { key: v.answering });
		v.answer = "";
		await v.reload();
		toast(t(v.app.state === "sign_pending" ? "answer.sign" : "answer.sent"), { kind: "good" });
	} catch (problem) {
		if (problem.slug === "invalid-input" && problem.errors.every(({ field }) => field !== "answer")) {
			v.found({ errors: problem.errors, warnings: [] });
			location.hash = "#check";
		} else
			toast(words(problem), { kind: "bad" });
	} finally {
		v.answering = null;
		v.busy = false;
		v.draw();
	}
	return null;
}

export const query = ({ text, by_name: by, at }, moment) => html`<div class="notice tone-amber">${icon("hand")}<div>
	<p><strong>${t("query.title", { name: by })}</strong> <span class="muted small">${moment(at)}</span></p>
	<p class="pre" dir="auto">${text}</p></div></div>`;

const answer = (v) => html`<section class="panel" aria-labelledby="answer-title">
	<h3 id="answer-title">${t("answer.title")}</h3>
	${areaField({ id: "answer", label: t("field.answer"), hint: t("answer.hint"), error: v.answerError, rows: 4,
		max: MOST, value: v.answer, oninput: (text) => { v.answer = text; v.answerError = ""; v.draw(); } })}
	<p class="actions"><button type="button" class="btn btn-primary" aria-busy=${v.busy ? "true" : "false"}
		@click=${() => v.busy || send(v)}>${t("answer.send")}</button>
		<a class="btn btn-quiet" href="#parties">${t("answer.change")}</a></p>
</section>`;

async function withdraw(v) {
	const sure = await confirm({ title: t("withdraw.title", { name: v.name() }),
		text: t(v.app.paid ? "withdraw.text.paid" : "withdraw.text"), action: t("withdraw.do"), danger: true });

	if (!sure)
		return;
	try {
		await v.draft?.flush();
		await post(`/api/applications/${v.app.id}/withdrawal`, { version: v.draft?.version ?? v.app.version });
	} catch (problem) {
		toast(words(problem), { kind: "bad" });
	}
	await v.reload("track");
}

export const withdrawButton = (v) => WITHDRAWN.includes(v.app.state) ? html`<button type="button"
	class="btn btn-quiet danger-link" @click=${() => withdraw(v)}>${t("withdraw.ask")}</button>` : "";

function certificate({ certificate: one }) {
	return one ? html`<a class="card open-card" href="/certificates/${one.number}">${icon("seal", "icon-big")}
		<span><strong>${t("track.certificate")}</strong> <span class="code">${one.number}</span>
		<span class="muted d-block">${t("track.certificate.hint")}</span></span>${icon("right")}</a>` : "";
}

const receipt = ({ payment }) => html`<p><a class="with-icon"
	href="/receipts/${encodeURIComponent(payment.receipt_number)}">${icon("rupee")}${
	t("pay.receipt", { number: payment.receipt_number })}</a></p>`;

export function track(v) {
	const { app } = v;
	const next = `track.next.${app.state}`;

	return html`${app.state === "query" && app.query ? answer(v) : ""}
		<section class="panel" aria-labelledby="history-title"><h3 id="history-title">${t("track.history")}</h3>
			${timeline(app.events, { next: has(next) ? t(next) : "" })}</section>`;
}

/* Beside it: what can be taken away. */
export const trackSide = (v) => html`${certificate(v.app)}
	${v.app.payment?.receipt_number ? html`<section class="panel"><h3>${t("pay.paid")}</h3>${receipt(v.app)}</section>` : ""}
	${v.app.signature ? html`<section class="panel signature-panel"><h3>${t("signature.title")}</h3>${signature(v)}</section>` : ""}
	${withdrawButton(v)}`;
