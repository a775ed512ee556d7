/*
 * check - everything that is amiss, in one list, and the step from editing to signing.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { faultWords, newKey, post, words } from "../../api.js";
import { icon } from "../../components/icon.js";
import { toast } from "../../components/toast.js";
import { t } from "../../i18n.js";
import { totals } from "../totals.js";
import { idOf } from "./fields.js";
import { FORM, stepOf } from "./steps.js";

/* "Line 3: " where there are several. */
function place(field) {
	const [, list, i] = /^(items|inputs|invoices)\[(\d+)\]/.exec(field) ?? [];
	const name = { items: "goods.line-n", inputs: "inputs.one", invoices: "invoices.one" }[list];

	return name ? `${t(name, { number: String(Number(i) + 1) })}: ` : "";
}

export const said = (fault) => place(fault.field) + faultWords(fault);

const line = (fault) => html`<li><a href="#${idOf(fault.field)}">${said(fault)}</a></li>`;

const of = (list, step) => list.filter(({ field }) => stepOf(field) === step);

/* All errors on top, by step; it takes the focus. */
const summary = (errors) => html`<div class="summary" id="summary" role="alert" tabindex="-1" aria-labelledby="summary-title">
	<h3 id="summary-title">${t("summary.title", { n: errors.length })}</h3>
	${FORM.filter((step) => of(errors, step).length > 0).map((step) => html`
		<h4>${t(`step.${step}`)}</h4><ul>${of(errors, step).map(line)}</ul>`)}</div>`;

/* What is in order, and what is worth a look. */
function group(step, errors, warnings) {
	const doubtful = of(warnings, step);

	if (of(errors, step).length > 0 && doubtful.length === 0)
		return "";
	return html`<section class="check-group">
		<h3>${icon(doubtful.length > 0 ? "info" : "done", doubtful.length > 0 ? "" : "good")}
			<a href="#${step}">${t(`step.${step}`)}</a>
			<span class="muted">${doubtful.length > 0 ? t("check.warnings", { n: doubtful.length }) : t("check.fine")}</span></h3>
		${doubtful.length > 0 ? html`<ul class="found-list amber">${doubtful.map(line)}</ul>` : ""}
	</section>`;
}

async function freeze(v) {
	v.freezing = v.freezing || newKey();
	v.busy = true;
	v.draw();
	try {
		if (!await v.draft.flush())
			return;
		await post(`/api/applications/${v.app.id}/signing`, { version: v.draft.version }, { key: v.freezing });
		v.freezing = null;
		await v.reload("sign");
	} catch (problem) {
		v.freezing = null;
		if (problem.slug === "invalid-input")
			v.found({ errors: problem.errors, warnings: v.findings?.warnings ?? [] });
		else
			toast(words(problem), { kind: "bad" });
	} finally {
		v.busy = false;
		v.draw();
	}
}

function go(v) {
	if (v.app.state === "query")
		return html`<p class="text">${t("check.answer")}</p>
			<p class="actions"><a class="btn btn-primary" href="#track">${t("check.to-answer")}</a></p>`;
	return html`<p class="text">${t(v.isSignatory ? "check.freeze" : "check.freeze.filer")}</p>
		<p class="actions"><button type="button" class="btn btn-primary btn-lg" aria-busy=${v.busy ? "true" : "false"}
			@click=${() => v.busy || freeze(v)}>${t(v.isSignatory ? "check.sign" : "check.send")}</button></p>`;
}

export function check(v) {
	if (!v.findings)
		return html`<p role="status">${t("check.running")}</p>`;
	const { errors, warnings } = v.findings;

	return html`${errors.length > 0 ? summary(errors) : ""}
		${errors.length === 0 ? html`<div class="notice tone-green">${icon("done")}<div>
			<p><strong>${t("check.sound")}</strong>${warnings.length > 0 ? html` ${t("check.look", { n: warnings.length })}` : ""}</p>
			</div></div>` : ""}
		${FORM.map((step) => group(step, errors, warnings))}
		${totals(v.draft.content.items ?? [])}
		${errors.length === 0 ? go(v) : html`<p class="text muted">${t("check.later")}</p>`}`;
}
