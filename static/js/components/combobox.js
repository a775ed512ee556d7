/*
 * combobox - one of many codes, found by typing: countries, ports, currencies, units.
 *
 *	combobox({ id, label, hint, error, value: "DE", rows, onpick: (code, row) => ..., optional })
 *	const countries = await rowsOf("countries");		/data/countries.json, loaded once
 *
 * rows: [{ code, name, hi?, country? }].  free: true keeps what was typed when it is no row (ports
 * that the list does not have).  Keys: arrows, Home, End, Enter, Escape; a code typed in full and
 * left is taken.  It follows the ARIA combobox pattern (list, manual choice).
 */
import { html, nothing, render } from "/vendor/lit-html/lit-html.js";
import { nameOf, t } from "../i18n.js";
import { field } from "./field.js";

const files = new Map();

export function rowsOf(name) {
	if (!files.has(name))
		files.set(name, fetch(`/data/${name}.json`).then((reply) => {
			if (!reply.ok)
				throw new Error(`no list ${name}`);
			return reply.json();
		}));
	return files.get(name);
}

const MOST = 60;
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

/* How well a row fits: lower is better, -1 not at all. */
function rank(row, wanted) {
	const code = row.code.toLowerCase();
	const names = [row.name, row.hi ?? ""].map(plain);

	if (code === wanted)
		return 0;
	if (names.some((name) => name.startsWith(wanted)))
		return 1;
	if (code.startsWith(wanted))
		return 2;
	if (names.some((name) => name.includes(` ${wanted}`)))
		return 3;
	return names.some((name) => name.includes(wanted)) ? 4 : -1;
}

export function search(rows, typed) {
	const wanted = plain(typed.trim());

	if (wanted === "")
		return rows.slice(0, MOST);
	return rows.map((row) => [rank(row, wanted), row]).filter(([r]) => r >= 0)
		.sort(([a], [b]) => a - b).slice(0, MOST).map(([, row]) => row);
}

class Combobox extends HTMLElement {
	#config = { rows: [] };
	#typed = null;			/* null: the chosen row is shown */
	#found = [];
	#active = -1;
	#open = false;

	set config(config) {
		this.#config = config;
		this.#draw();
	}

	#row() {
		return this.#config.rows.find((row) => row.code === this.#config.value);
	}

	#shown() {
		const row = this.#row();

		return this.#typed ?? (row ? nameOf(row) : this.#config.value ?? "");
	}

	#type(text) {
		this.#typed = text;
		this.#found = search(this.#config.rows, text);
		this.#active = this.#found.length > 0 && text !== "" ? 0 : -1;
		this.#open = true;
		this.#draw();
	}

	#pick(row) {
		this.#typed = null;
		this.#open = false;
		this.#config = { ...this.#config, value: row?.code ?? "" };
		this.#draw();
		this.#config.onpick?.(row?.code ?? "", row);
	}

	/* Leaving: what fits exactly is taken, an empty field empties, other text stays only if free. */
	#leave() {
		const typed = this.#typed;

		this.#open = false;
		if (typed === null)
			return this.#draw();
		const wanted = plain(typed.trim());
		const row = this.#config.rows.find(({ code, name, hi }) =>
			[code, name, hi ?? ""].some((text) => plain(text) === wanted && wanted !== ""));
		if (row || wanted === "")
			return this.#pick(row);
		if (this.#config.free)
			return this.#pick({ code: typed.trim().toUpperCase(), name: typed.trim() });
		return this.#draw();
	}

	#move(to) {
		if (!this.#open)
			this.#found = search(this.#config.rows, this.#typed ?? "");
		this.#open = true;
		this.#active = Math.max(0, Math.min(this.#found.length - 1, to));
		this.#draw();
		this.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
	}

	#key(e) {
		const moves = { ArrowDown: this.#active + 1, ArrowUp: this.#active - 1, PageDown: this.#active + 8,
			PageUp: this.#active - 8 };

		if (e.key in moves) {
			e.preventDefault();
			this.#move(moves[e.key]);
		} else if (e.key === "Enter" && this.#open && this.#found[this.#active]) {
			e.preventDefault();
			this.#pick(this.#found[this.#active]);
		} else if (e.key === "Escape" && this.#open) {
			e.preventDefault();
			e.stopPropagation();
			this.#open = false;
			this.#typed = null;
			this.#draw();
		}
	}

	#option(row, i) {
		const { id } = this.#config;

		return html`<li role="option" id="${id}-option-${i}" aria-selected=${String(i === this.#active)}
			@mousedown=${(e) => { e.preventDefault(); this.#pick(row); }}>
			<span>${nameOf(row)}</span><span class="code">${row.code}</span></li>`;
	}

	#control({ described, invalid }) {
		const { id, error, disabled, placeholder, lang } = this.#config;
		const open = this.#open && !disabled;

		return html`<div class="combobox">
			<input class="form-control ${error ? "is-invalid" : ""}" id=${id} name=${id} type="text" role="combobox"
				autocomplete="off" spellcheck="false" aria-autocomplete="list" aria-controls="${id}-list"
				aria-expanded=${String(open)} aria-describedby=${described} aria-invalid=${invalid}
				aria-activedescendant=${open && this.#active >= 0 ? `${id}-option-${this.#active}` : nothing}
				placeholder=${placeholder ?? nothing} lang=${lang ?? nothing} ?disabled=${disabled}
				.value=${this.#shown()}
				@input=${(e) => this.#type(e.target.value)} @keydown=${(e) => this.#key(e)}
				@click=${() => this.#open || this.#move(-1)}
				@focus=${(e) => e.target.select()} @blur=${() => this.#leave()}>
			<ul role="listbox" id="${id}-list" aria-label=${this.#config.label} ?hidden=${!open}>
				${open ? this.#found.map((row, i) => this.#option(row, i)) : ""}
				${open && this.#found.length === 0 ? html`<li class="none" role="option" aria-disabled="true" aria-selected="false">${t("combobox.none")}</li>` : ""}
			</ul></div>`;
	}

	#draw() {
		render(field(this.#config, (aria) => this.#control(aria)), this);
	}
}
customElements.define("ecoo-combobox", Combobox);

export const combobox = (config) => html`<ecoo-combobox .config=${config}></ecoo-combobox>`;
