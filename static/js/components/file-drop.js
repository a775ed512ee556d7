/*
 * file-drop - files by dropping, by choosing, by camera; each with its bar, its verdict and a way out.
 *
 *	fileDrop({ id, label, hint, error, accept: ".pdf,.png,.jpg,.tif", most: 10 * 2 ** 20,
 *		send: (file, { onProgress, signal }) => upload(url, file, { onProgress, signal }),
 *		done: (answer, file) => ..., multiple: true, doneText: (answer) => ... })
 *
 * What is too large or of another kind by its name is told before anything is sent; what the server
 * finds (file-refused, too-large) stands beside the file.  What was sent well leaves the list when
 * keep is false: the page then shows it in its own list.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { Problem, words } from "../api.js";
import { bytes, t } from "../i18n.js";
import { icon } from "./icon.js";

const SLOW = 3;			/* seconds left from which on we say so */

/* All sent: how long the examination takes is not known. */
const bar = ({ file, share }) => share === null ?
	html`<progress max="1" aria-label=${file.name}></progress>` :
	html`<progress max="1" value=${share} aria-label=${file.name}></progress>`;

class FileDrop extends HTMLElement {
	#config = null;
	#files = [];
	#over = false;

	set config(config) {
		this.#config = config;
		this.#draw();
	}

	#known(file) {
		const { accept } = this.#config;

		return !accept || accept.split(",").some((end) => end.startsWith(".") ?
			file.name.toLowerCase().endsWith(end.trim()) : file.type === end.trim());
	}

	#add(list) {
		const files = [...list];

		for (const file of this.#config.multiple ? files : files.slice(0, 1))
			this.#send(file);
	}

	#complaint(file) {
		if (file.size === 0)
			return t("drop.empty");
		if (this.#config.most && file.size > this.#config.most)
			return t("drop.large", { size: bytes(file.size), most: bytes(this.#config.most) });
		return this.#known(file) ? "" : t("drop.kind");
	}

	async #send(file) {
		const one = { file, share: 0, left: null, verdict: "", bad: false, stop: new AbortController() };

		if (!this.#config.multiple)
			this.#files = [];
		one.verdict = this.#complaint(file);
		one.bad = one.verdict !== "";
		this.#files.push(one);
		this.#draw();
		if (!one.bad)
			await this.#carry(one);
	}

	async #carry(one) {
		const onProgress = (share, left) => {
			one.share = share;
			one.left = left;
			this.#draw();
		};
		try {
			const answer = await this.#config.send(one.file, { onProgress, signal: one.stop.signal });

			one.verdict = this.#config.doneText?.(answer) ?? t("drop.done");
			one.done = true;
			if (this.#config.keep === false)
				this.#files = this.#files.filter((other) => other !== one);
			this.#config.done?.(answer, one.file);
		} catch (e) {
			if (e.name === "AbortError")
				return this.#remove(one);
			one.bad = true;
			one.verdict = e instanceof Problem ? words(e) : t("problem.internal");
		}
		return this.#draw();
	}

	#remove(one) {
		this.#files = this.#files.filter((other) => other !== one);
		this.#draw();
	}

	#saying(one) {
		if (one.verdict)
			return one.verdict;
		if (one.share === null)
			return t("drop.checking");
		const sent = t("drop.sent", { done: bytes(one.share * one.file.size), all: bytes(one.file.size) });
		return one.left > SLOW ? `${sent} · ${t("drop.left", { n: Math.ceil(one.left) })}` : sent;
	}

	#line(one) {
		const busy = !one.bad && !one.done;

		return html`<li class=${one.bad ? "tone-red" : one.done ? "tone-green" : "tone-blue"}>
			${icon(one.bad ? "alert" : one.done ? "done" : "file")}
			<div><div class="file-name"><bdi>${one.file.name}</bdi></div><div class="verdict" role=${busy ? "none" : "status"}>${this.#saying(one)}</div></div>
			<button type="button" class="btn btn-quiet btn-sm" @click=${() => busy ? one.stop.abort() : this.#remove(one)}>${t(busy ? "cancel" : "remove")}<span class="sr"> ${one.file.name}</span></button>
			${busy ? bar(one) : ""}</li>`;
	}

	#hover(e, over) {
		e.preventDefault();
		if (this.#over === over)
			return;
		this.#over = over;
		this.#draw();
	}

	#draw() {
		const { id, label, hint, error, accept, multiple } = this.#config;

		render(html`<div class="field ${error ? "has-error" : ""}">
			<label class="form-label" for=${id}>${label}</label>
			${error ? html`<p class="wrong" id="${id}-error">${icon("alert")}<span>${error}</span></p>` : ""}
			<div class="drop ${this.#over ? "over" : ""}" @dragover=${(e) => this.#hover(e, true)}
				@dragleave=${(e) => this.#hover(e, false)}
				@drop=${(e) => { this.#hover(e, false); this.#add(e.dataTransfer.files); }}>
				${icon("upload")}
				<p>${t("drop.here")} <u>${t("drop.choose")}</u></p>
				${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : ""}
				<input type="file" id=${id} accept=${accept ?? ""} ?multiple=${multiple}
					aria-describedby="${hint ? `${id}-hint` : ""} ${error ? `${id}-error` : ""}"
					@change=${(e) => { this.#add(e.target.files); e.target.value = ""; }}>
			</div>
			<ul class="uploads" ?hidden=${this.#files.length === 0}>${this.#files.map((one) => this.#line(one))}</ul></div>`, this);
	}
}
customElements.define("ecoo-file-drop", FileDrop);

export const fileDrop = (config) => html`<ecoo-file-drop .config=${config}></ecoo-file-drop>`;
