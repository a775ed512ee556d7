/*
 * document-viewer - pages of a document or certificate as images, beside the data.
 *
 *	documentViewer({ title, page: (n) => `/api/applications/${id}/documents/${d}/pages/${n}`,
 *		pages: 3, download: url, alt: (n) => ... })
 *
 * pages may be null: then it is read from the Page-Count of the first answer.  version (anything)
 * makes it load again when it changes.  Keys inside: PageUp/PageDown, + and -.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { t } from "../i18n.js";
import { icon } from "./icon.js";

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

class Viewer extends HTMLElement {
	#config = null;
	#shown = "";			/* what the image was loaded for */
	#n = 1;
	#pages = null;
	#zoom = 2;			/* index into ZOOMS; 1 is the width of the box */
	#image = "";
	#state = "wait";
	#asked = 0;

	set config(config) {
		const before = this.#config;
		const other = before?.page(1) !== config.page(1);

		this.#config = config;
		if (other)
			this.#n = 1;
		this.#pages = config.pages ?? (other ? null : this.#pages);
		this.#load();
	}

	disconnectedCallback() {
		URL.revokeObjectURL(this.#image);
		this.#shown = "";
	}

	async #load() {
		const what = `${this.#config.page(this.#n)} ${this.#config.version ?? ""}`;

		if (what === this.#shown)
			return this.#draw();
		const asked = this.#asked += 1;
		this.#shown = what;
		if (!this.#image)
			this.#state = "wait";
		this.#draw();
		try {
			const reply = await fetch(this.#config.page(this.#n), { cache: "no-store" });

			if (!reply.ok)
				throw new Error(String(reply.status));
			const picture = await reply.blob();
			if (asked !== this.#asked)
				return null;
			URL.revokeObjectURL(this.#image);
			this.#image = URL.createObjectURL(picture);
			this.#pages = this.#config.pages ?? (Number(reply.headers.get("Page-Count")) || this.#pages || 1);
			this.#state = "there";
		} catch {
			if (asked !== this.#asked)
				return null;
			this.#state = "failed";
			this.#shown = "";
		}
		return this.#draw();
	}

	#turn(by) {
		const to = Math.max(1, Math.min(this.#pages ?? 1, this.#n + by));

		if (to === this.#n)
			return;
		this.#n = to;
		this.#load();
		this.querySelector(".viewer-pages").scrollTop = 0;
	}

	#scale(by) {
		this.#zoom = Math.max(0, Math.min(ZOOMS.length - 1, this.#zoom + by));
		this.#draw();
	}

	#key(e) {
		const keys = { PageDown: () => this.#turn(1), PageUp: () => this.#turn(-1), "+": () => this.#scale(1),
			"=": () => this.#scale(1), "-": () => this.#scale(-1) };

		if (!(e.key in keys) || e.ctrlKey || e.metaKey || e.altKey)
			return;
		e.preventDefault();
		keys[e.key]();
	}

	#button(name, image, act, off) {
		return html`<button type="button" class="btn btn-quiet btn-sm" title=${t(`viewer.${name}`)}
			aria-label=${t(`viewer.${name}`)} ?disabled=${off} @click=${act}>${icon(image)}</button>`;
	}

	#bar() {
		const { title, download } = this.#config;
		const last = this.#pages ?? 1;

		return html`<div class="viewer-bar">
			<span class="title" title=${title}><bdi>${title}</bdi></span>
			${last > 1 ? html`${this.#button("back", "left", () => this.#turn(-1), this.#n === 1)}
				<span class="tabular small" aria-live="polite">${t("viewer.page", { n: this.#n, of: last })}</span>
				${this.#button("on", "right", () => this.#turn(1), this.#n === last)}` : ""}
			${this.#button("smaller", "zoom-out", () => this.#scale(-1), this.#zoom === 0)}
			${this.#button("larger", "zoom-in", () => this.#scale(1), this.#zoom === ZOOMS.length - 1)}
			${download ? html`<a class="btn btn-quiet btn-sm" href=${download} download>${icon("download")}<span>${t("download")}</span></a>` : ""}
		</div>`;
	}

	#page() {
		const { title, alt } = this.#config;

		if (this.#state === "failed")
			return html`<div class="wait"><div><p>${t("viewer.failed")}</p>
				<button type="button" class="btn btn-secondary btn-sm" @click=${() => this.#load()}>${t("try-again")}</button></div></div>`;
		if (this.#state === "wait")
			return html`<div class="wait" role="status">${t("viewer.wait")}</div>`;
		return html`<img src=${this.#image} .style=${`width: ${ZOOMS[this.#zoom] * 100}%`}
			alt=${alt ? alt(this.#n) : t("viewer.alt", { title, n: this.#n, of: this.#pages ?? 1 })}>`;
	}

	#draw() {
		render(html`<section class="viewer" aria-label=${this.#config.title} @keydown=${(e) => this.#key(e)}>
			${this.#bar()}<div class="viewer-pages" tabindex="0" role="group" aria-label=${t("viewer.pages")}>${this.#page()}</div></section>`, this);
	}
}
customElements.define("ecoo-viewer", Viewer);

export const documentViewer = (config) => html`<ecoo-viewer .config=${config}></ecoo-viewer>`;
