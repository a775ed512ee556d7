/*
 * documents - what is attached: a place for each kind that is needed, one for others, and the pages.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { del, faultWords, upload, words } from "../../api.js";
import { confirm, show } from "../../components/dialog.js";
import { documentViewer } from "../../components/document-viewer.js";
import { fileDrop } from "../../components/file-drop.js";
import { icon } from "../../components/icon.js";
import { toast } from "../../components/toast.js";
import { bytes, has, t } from "../../i18n.js";
import { faultOf } from "./fields.js";
import { kindName } from "./kinds.js";

const ACCEPT = ".pdf,.jpg,.jpeg,.png,.tif,.tiff";
const LARGEST = 10 * 2 ** 20;

export const documentUrl = (base, id, one) => `${base}/applications/${id}/documents/${one.id}`;

/* The pages, in a window over the form. */
export function look(base, id, one) {
	const url = documentUrl(base, id, one);

	show((close) => html`<h2 id="dialog-title" class="sr">${one.name}</h2>
		${documentViewer({ title: one.name, page: (n) => `${url}/pages/${n}`, pages: one.pages, download: url })}
		<div class="actions"><button type="button" class="btn btn-secondary" autofocus
			@click=${() => close()}>${t("close")}</button></div>`, { wide: true });
}

async function remove(v, one) {
	const sure = await confirm({ title: t("documents.remove.title", { name: one.name }),
		text: t("documents.remove.text"), action: t("remove"), danger: true });

	if (!sure)
		return;
	try {
		await del(`/api/applications/${v.app.id}/documents/${one.id}`);
	} catch (problem) {
		toast(words(problem), { kind: "bad" });
		return;
	}
	v.app.documents = v.app.documents.filter(({ id }) => id !== one.id);
	v.documentsChanged();
}

export const documentFacts = (one) => html`<span class="muted small">${bytes(one.size)} · ${
	t("documents.pages", { n: one.pages })}</span>`;

const attached = (v, one, removable) => html`<li class="attached">
	${icon("file")}
	<div class="attached-name"><bdi>${one.name}</bdi>${documentFacts(one)}</div>
	<div class="actions">
		<button type="button" class="btn btn-secondary btn-sm" @click=${() => look("/api", v.app.id, one)}>
			${t("documents.look")}<span class="sr"> ${one.name}</span></button>
		${removable ? html`<button type="button" class="btn btn-quiet btn-sm" @click=${() => remove(v, one)}>
			${t("remove")}<span class="sr"> ${one.name}</span></button>` : ""}
	</div></li>`;

/* A new file of a kind takes the place of the old one when there may be one only. */
function drop(v, kind, { label, hint, error }) {
	return fileDrop({
		id: `f-documents-${kind}`, label, hint, error, accept: ACCEPT, most: LARGEST, keep: false, multiple: true,
		send: (file, { onProgress, signal }) => upload(
			`/api/applications/${v.app.id}/documents?kind=${encodeURIComponent(kind)}`, file, { onProgress, signal }),
		done: (one) => {
			v.app.documents = [...v.app.documents, one];
			v.documentsChanged();
			toast(t("documents.received", { name: one.name }), { kind: "good" });
		},
	});
}

function needed(v, kind) {
	const there = v.app.documents.filter((one) => one.kind === kind);
	const fault = faultOf(v, `documents.${kind}`);
	const error = fault ? faultWords(fault) : "";

	return html`<section class="document-kind ${there.length > 0 ? "has-files" : ""}">
		${there.length === 0 ? drop(v, kind, { label: kindName(kind), error,
			hint: has(`documents.hint.${kind}`) ? t(`documents.hint.${kind}`) : t("documents.hint") }) : html`
			<h3>${icon("done", "good")} ${kindName(kind)}</h3>
			<ul class="attached-list">${there.map((one) => attached(v, one, true))}</ul>
			${error ? html`<p class="wrong">${icon("alert")}<span>${error}</span></p>` : ""}
			<details class="more"><summary>${t("documents.another")}</summary>
				${drop(v, kind, { label: kindName(kind), hint: t("documents.hint") })}</details>`}
	</section>`;
}

function others(v) {
	const kinds = v.app.document_kinds.filter((kind) => !v.app.required_documents.includes(kind));
	const there = v.app.documents.filter(({ kind }) => !v.app.required_documents.includes(kind));

	if (kinds.length === 0)
		return "";
	v.otherKind ??= kinds.includes("other") ? "other" : kinds[0];
	return html`<section class="document-kind">
		<h3>${t("documents.others")}</h3>
		<p class="muted text">${t("documents.others.lead")}</p>
		<ul class="attached-list">${there.map((one) => html`${attached(v, one, true)}`)}</ul>
		<label class="form-label" for="other-kind">${t("documents.kind")}</label>
		<select class="form-select control-middle" id="other-kind"
			@change=${(e) => { v.otherKind = e.target.value; v.draw(); }}>
			${kinds.map((kind) => html`<option value=${kind} .selected=${kind === v.otherKind}>${kindName(kind)}</option>`)}
		</select>
		<div class="under">${drop(v, v.otherKind, { label: kindName(v.otherKind), hint: t("documents.hint") })}</div>
	</section>`;
}

export const documents = (v) => html`<p class="text muted">${t("documents.lead")}</p>
	${v.app.required_documents.map((kind) => needed(v, kind))}${others(v)}`;

/* When nothing may be changed any more. */
export const documentsRead = (v) => html`<ul class="attached-list">${v.app.documents.map((one) => html`
	<li class="attached">${icon("file")}
		<div class="attached-name"><span class="muted small">${kindName(one.kind)}</span><bdi>${one.name}</bdi>
			${documentFacts(one)}</div>
		<div class="actions"><button type="button" class="btn btn-secondary btn-sm"
			@click=${() => look("/api", v.app.id, one)}>${t("documents.look")}<span class="sr"> ${one.name}</span></button></div>
	</li>`)}</ul>`;
