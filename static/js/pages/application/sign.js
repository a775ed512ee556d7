/*
 * sign - what is signed, by whom, with which program; the page goes on when the signature is there.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { del, get, post, words } from "../../api.js";
import { copyButton, factList } from "../../components/fact-list.js";
import { icon } from "../../components/icon.js";
import { signerPanel } from "../../components/signer-panel.js";
import { toast } from "../../components/toast.js";
import { bytes, t } from "../../i18n.js";
import { codeName } from "../codes.js";
import { totals } from "../totals.js";

const LARGEST = 96 * 1024;

async function attempt(v, what) {
	v.busy = true;
	v.draw();
	try {
		await what();
	} catch (problem) {
		if (problem.slug === "wrong-state")
			await v.reload();
		else
			toast(words(problem), { kind: "bad" });
	} finally {
		v.busy = false;
		v.draw();
	}
}

const ask = (v) => attempt(v, async () => {
	v.job = await post(`/api/applications/${v.app.id}/signing/jobs`);
});

/* Back to editing: what was signed is void. */
export const thaw = (v) => attempt(v, async () => {
	await del(`/api/applications/${v.app.id}/signing`);
	v.job = null;
	await v.reload(v.app.submitted_at ? "track" : "parties");
});

async function moved(v) {
	const { state } = await get(`/api/applications/${v.app.id}`);

	return state === "sign_pending" ? "waiting" : "done";
}

function panel(v) {
	return signerPanel({
		job: v.job, check: () => moved(v), again: () => ask(v),
		done: () => v.reload("pay"),
		cancel: () => { v.job = null; v.draw(); },
	});
}

/* DER or PEM, as other programs write it. */
async function base64(file) {
	const bytesOf = new Uint8Array(await file.arrayBuffer());
	let binary = "";

	if (bytesOf[0] === 0x2d)			/* "-----BEGIN" */
		return new TextDecoder().decode(bytesOf);
	for (const byte of bytesOf)
		binary += String.fromCharCode(byte);
	return btoa(binary);
}

async function handIn(v, file) {
	if (!file)
		return;
	v.p7sError = file.size > LARGEST ? t("sign.p7s.large", { most: bytes(LARGEST) }) : "";
	v.draw();
	if (v.p7sError)
		return;
	try {
		await post(`/api/applications/${v.app.id}/signature`, { p7s: await base64(file) });
		await v.reload("pay");
	} catch (problem) {
		v.p7sError = words(problem);
		v.draw();
	}
}

const elsewhere = (v) => html`<details class="more">
	<summary>${t("sign.other")}</summary>
	<ol class="text">
		<li>${t("sign.other.1")} <a href="/api/applications/${v.app.id}/signing/text" download>${t("sign.text")}</a></li>
		<li>${t("sign.other.2")}
			<div class="command"><code tabindex="0">openssl cms -sign -binary -in application.json -outform DER -out application.p7s -signer certificate.pem -inkey key.pem</code></div></li>
		<li>${t("sign.other.3")}</li>
	</ol>
	<label class="form-label" for="p7s">${t("sign.p7s")}</label>
	${v.p7sError ? html`<p class="wrong" id="p7s-error">${icon("alert")}<span>${v.p7sError}</span></p>` : ""}
	<input type="file" class="form-control control-middle" id="p7s" accept=".p7s,.p7m,.pem,.der"
		aria-describedby=${v.p7sError ? "p7s-error" : ""}
		@change=${(e) => { handIn(v, e.target.files[0]); e.target.value = ""; }}>
</details>`;

function contents(v) {
	const { content, documents } = v.app;

	return html`<section class="panel signed-panel" aria-labelledby="signed-title">
		<h3 id="signed-title">${t("sign.what")}</h3>
		${factList([
			{ label: t("parties.consignee"), value: content.consignee?.name },
			{ label: t("field.importing_country"), value: codeName("countries", content.importing_country) },
			{ label: t("invoices.title"), value: (content.invoices ?? []).map(({ number }) => number).join(", "), mono: true },
			{ label: t("step.documents"), value: documents.map(({ name }) => name).join("\n") },
		])}
		${totals(content.items ?? [])}
		<blockquote class="declaration"><p>${t("sign.declaration")}</p></blockquote>
		<p class="actions"><a class="btn btn-secondary btn-sm" href="/api/applications/${v.app.id}/signing/text" download>
			${icon("download")}${t("sign.text")}</a><span class="muted small">${t("sign.text.hint")}</span></p>
	</section>`;
}

/* The page that a filer leaves open goes on by itself too. */
function waiting(v) {
	const who = v.app.content.declaration?.signatory;

	return html`<div class="notice tone-amber">${icon("hand")}<div>
			<p><strong>${t("sign.not-you")}</strong></p>
			<p>${who ? t("sign.who", { name: who }) : t("sign.who.unknown")}</p></div></div>
		<div class="command"><code tabindex="0">${location.origin}/applications/${v.app.id}</code>
			${copyButton(`${location.origin}/applications/${v.app.id}`, t("sign.address"))}</div>
		<p class="muted small" role="status">${t("sign.goes-on")}</p>`;
}

export function sign(v) {
	if (v.app.state !== "sign_pending")
		return v.app.signature ? signature(v) : html`<p class="empty-line">${t("sign.later")}</p>`;
	return html`${v.isSignatory && v.job ? panel(v) : ""}
		${v.isSignatory ? "" : waiting(v)}
		${contents(v)}
		<div class="actions">
			${v.isSignatory && !v.job ? html`<button type="button" class="btn btn-primary btn-lg"
				aria-busy=${v.busy ? "true" : "false"} @click=${() => v.busy || ask(v)}>${icon("pen")}${t("sign.now")}</button>` : ""}
			<button type="button" class="btn btn-quiet" @click=${() => thaw(v)}>${t("sign.edit")}</button>
		</div>
		${v.isSignatory ? elsewhere(v) : ""}`;
}

/* Afterwards: who signed what, and the proof to take away. */
export function signature(v) {
	const { signer, signed_at: at, sha256, fingerprint } = v.app.signature;

	return html`${factList([
		{ label: t("signature.signer"), value: signer },
		{ label: t("signature.at"), value: v.moment(at) },
		{ label: t("signature.sha256"), value: sha256, mono: true, copy: true },
		{ label: t("signature.fingerprint"), value: fingerprint, mono: true, copy: true },
	])}
	<p class="actions under">
		<a class="btn btn-secondary btn-sm" href="/api/applications/${v.app.id}/signature/text" download>${icon("download")}${t("signature.text")}</a>
		<a class="btn btn-secondary btn-sm" href="/api/applications/${v.app.id}/signature/p7s" download>${icon("download")}${t("signature.p7s")}</a>
	</p>
	<p class="muted small text">${t("signature.hint")}</p>`;
}
