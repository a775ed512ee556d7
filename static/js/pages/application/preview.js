/*
 * preview - the certificate as it would look, drawn by the server after each save.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { documentViewer } from "../../components/document-viewer.js";
import { clock, t } from "../../i18n.js";

export const preview = (v) => html`<div class="preview">
	${documentViewer({
		title: t("preview.title"),
		page: (n) => `/api/applications/${v.app.id}/preview/pages/${n}`,
		version: v.previewVersion,
		download: `/api/applications/${v.app.id}/preview`,
		alt: (n) => t("preview.alt", { n }),
	})}
	<p class="muted small" role="status">${v.draft && v.draft.status !== "saved" ? t("preview.behind") :
		t("preview.hint", { time: clock(new Date(v.draft?.savedAt ?? v.app.updated_at)) })}</p>
</div>`;
