/*
 * signer-panel - a signature in the making: the link and the command for coosign, and the waiting.
 *
 *	signerPanel({ job, title, check: async () => "done" | "waiting" | "failed", done: () => ...,
 *		again: () => ..., cancel: () => ... })
 *
 * job: { link, command, demo_command?, expires_at, signer } as the API gives it.  check() is asked every two
 * seconds while the page is seen, every ten otherwise; done() is called once.  When the job has run
 * out, again() asks for another.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { clock, t } from "../i18n.js";
import { copyButton } from "./fact-list.js";
import { icon } from "./icon.js";

const command = (words) => html`<div class="command"><code tabindex="0">${words}</code>${copyButton(words, t("signer.command-name"))}</div>`;

class Signer extends HTMLElement {
	#config = null;
	#timer = 0;
	#state = "waiting";
	#url = "";

	set config(config) {
		this.#config = config;
		if (config.job.link !== this.#url) {
			this.#url = config.job.link;
			this.#state = "waiting";
			this.#wait();
		}
		this.#draw();
	}

	connectedCallback() {
		if (this.#config && this.#state === "waiting")
			this.#wait();
		queueMicrotask(() => this.#takeFocus());
	}

	/* The button that asked for the job is gone, and the focus with it. */
	#takeFocus() {
		if (document.activeElement === document.body)
			this.querySelector("#signer-title")?.focus();
	}

	disconnectedCallback() {
		clearTimeout(this.#timer);
	}

	#wait() {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#look(), document.hidden ? 10000 : 2000);
	}

	async #look() {
		const { job, check, done } = this.#config;
		const answer = await check().catch(() => "waiting");	/* a dropped line: look again */

		if (!this.isConnected || this.#config.job !== job)
			return this.isConnected && this.#wait();
		if (answer === "done") {
			this.#state = "done";
			this.#draw();
			return done();
		}
		if (answer === "failed" || new Date(job.expires_at) <= new Date()) {
			this.#state = "expired";
			return this.#draw();
		}
		return this.#wait();
	}

	/* In a demonstration the one that works there comes first. */
	#commands() {
		const { job } = this.#config;

		return [...job.demo_command ? [[t("signer.demo"), job.demo_command]] : [], [t("signer.command"), job.command]];
	}

	#waiting() {
		const { job, cancel } = this.#config;

		return html`<p>${t("signer.text", { signer: job.signer })}</p>
			<p class="actions"><a class="btn btn-primary" href=${job.link}>${icon("key")}${t("signer.open")}</a>
				${cancel ? html`<button type="button" class="btn btn-quiet" @click=${cancel}>${t("signer.cancel")}</button>` : ""}</p>
			${this.#commands().map(([words, line]) => html`<p class="mb-1">${words}</p>${command(line)}`)}
			<p class="waiting" role="status">${t("signer.waiting")}</p>
			<p class="muted small mb-0">${t("signer.until", { time: clock(new Date(job.expires_at)) })}</p>`;
	}

	#expired() {
		return html`<p role="status">${t("signer.expired")}</p>
			<p class="actions mb-0"><button type="button" class="btn btn-primary" @click=${this.#config.again}>${t("signer.again")}</button></p>`;
	}

	#draw() {
		const bodies = { waiting: () => this.#waiting(), expired: () => this.#expired(),
			done: () => html`<p class="mb-0" role="status">${icon("done")} ${t("signer.done")}</p>` };

		render(html`<section class="signer" aria-labelledby="signer-title">
			<h2 id="signer-title" tabindex="-1">${this.#config.title ?? t("signer.title")}</h2>${bodies[this.#state]()}</section>`, this);
	}
}
customElements.define("ecoo-signer", Signer);

export const signerPanel = (config) => html`<ecoo-signer .config=${config}></ecoo-signer>`;
