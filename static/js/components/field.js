/*
 * field - label, hint, error and count around a control.
 *
 *	textField({ id, label, hint, error, value, max, optional, oninput, onchange, ... })
 *	areaField  moneyField({ currency: "₹" })  dateField  selectField({ options: [{ value, text }] })
 *	checkField({ id, label, checked, onchange })
 *	radioField({ id, label, options: [{ value, text, hint }], value, onchange })
 *	field(config, control)	anything else: control({ described, invalid }) gives the control
 *
 * oninput and onchange get (value, event).  max shows a count once four fifths are used and is not
 * enforced: text is never cut while somebody types.  error is a text or "".  type, inputmode,
 * autocomplete, short, middle, mono, rows, dir, disabled as expected.  id is also the name.
 */
import { html, nothing } from "/vendor/lit-html/lit-html.js";
import { live } from "/vendor/lit-html/directives/live.js";
import { number, t } from "../i18n.js";
import { icon } from "./icon.js";

function described({ id, hint, error, max, value = "" }) {
	const ids = [hint && `${id}-hint`, error && `${id}-error`,
		max && value.length > max * 0.8 && `${id}-count`].filter(Boolean);

	return ids.length > 0 ? ids.join(" ") : nothing;
}

const count = ({ id, max, value = "" }) => max && value.length > max * 0.8 ? html`
	<p class="count" id="${id}-count">${value.length > max ?
		t("count.over", { n: value.length - max }) : t("count.left", { n: max - value.length })}</p>` : "";

const above = ({ id, hint, error }) => html`
	${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : ""}
	${error ? html`<p class="wrong" id="${id}-error">${icon("alert")}<span><span class="sr">${t("error")}: </span>${error}</span></p>` : ""}`;

const mark = (optional) => optional ? html` <span class="optional">(${t("optional")})</span>` : "";

export const field = (config, control) => html`
	<div class="field ${config.error ? "has-error" : ""}">
		<label class="form-label" for=${config.id}>${config.label}${mark(config.optional)}</label>
		${above(config)}
		${control({ described: described(config), invalid: config.error ? "true" : nothing })}
		${count(config)}
	</div>`;

const sizes = ({ short, middle, mono, error, more = "" }) => `${more} ${short ? "control-short" : ""} ${
	middle ? "control-middle" : ""} ${mono ? "code" : ""} ${error ? "is-invalid" : ""}`;

const input = (config) => ({ described: ids, invalid }) => html`
	<input class="form-control ${sizes(config)}" id=${config.id} name=${config.name ?? config.id}
		type=${config.type ?? "text"} inputmode=${config.inputmode ?? nothing}
		autocomplete=${config.autocomplete ?? "off"} dir=${config.dir ?? nothing}
		spellcheck=${config.mono ? "false" : nothing} placeholder=${config.placeholder ?? nothing}
		?disabled=${config.disabled} ?required=${config.required} min=${config.low ?? nothing}
		max=${config.high ?? nothing} .value=${live(config.value ?? "")}
		aria-describedby=${ids} aria-invalid=${invalid}
		@input=${(e) => config.oninput?.(e.target.value, e)}
		@change=${(e) => config.onchange?.(e.target.value, e)}>`;

export const textField = (config) => field(config, input(config));
export const dateField = (config) => field(config, input({ ...config, type: "date", short: true }));

export const moneyField = (config) => field(config, (aria) => html`<div class="prefix control-middle">
	<span>${config.currency ?? "₹"}</span>${input({ ...config, inputmode: "decimal", more: "control-money" })(aria)}</div>`);

export const areaField = (config) => field(config, ({ described: ids, invalid }) => html`
	<textarea class="form-control ${sizes(config)}" id=${config.id} name=${config.name ?? config.id}
		rows=${config.rows ?? 3} dir=${config.dir ?? nothing} ?disabled=${config.disabled}
		.value=${live(config.value ?? "")} aria-describedby=${ids} aria-invalid=${invalid}
		@input=${(e) => config.oninput?.(e.target.value, e)}
		@change=${(e) => config.onchange?.(e.target.value, e)}></textarea>`);

export const selectField = (config) => field(config, ({ described: ids, invalid }) => html`
	<select class="form-select ${sizes(config)}" id=${config.id} name=${config.name ?? config.id}
		?disabled=${config.disabled} aria-describedby=${ids} aria-invalid=${invalid}
		@change=${(e) => config.onchange?.(e.target.value, e)}>
		${config.options.map(({ value, text, disabled }) => html`<option value=${value} ?disabled=${disabled}
			.selected=${value === (config.value ?? "")}>${text}</option>`)}
	</select>`);

export const checkField = ({ id, label, hint, error, checked, disabled, onchange }) => html`
	<div class="field ${error ? "has-error" : ""}">
		${error ? above({ id, error }) : ""}
		<div class="form-check">
			<input class="form-check-input" type="checkbox" id=${id} .checked=${live(Boolean(checked))}
				?disabled=${disabled} aria-describedby=${described({ id, hint, error })}
				aria-invalid=${error ? "true" : nothing} @change=${(e) => onchange?.(e.target.checked, e)}>
			<label class="form-check-label" for=${id}>${label}</label>
			${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : ""}
		</div>
	</div>`;

export const radioField = ({ id, label, hint, error, options, value, disabled, optional, onchange }) => html`
	<fieldset class="field ${error ? "has-error" : ""}" aria-describedby=${described({ id, hint, error })}>
		<legend>${label}${mark(optional)}</legend>
		${above({ id, hint, error })}
		${options.map((option, i) => html`<div class="form-check">
			<input class="form-check-input" type="radio" id=${i === 0 ? id : `${id}-${i}`} name=${id}
				value=${option.value} .checked=${live(option.value === value)} ?disabled=${disabled}
				@change=${(e) => onchange?.(option.value, e)}>
			<label class="form-check-label" for=${i === 0 ? id : `${id}-${i}`}>${option.text}
				${option.hint ? html`<span class="hint d-block">${option.hint}</span>` : ""}</label>
		</div>`)}
	</fieldset>`;

/* "3 of 20": under lists that have a limit. */
export const limit = (n, most) => t("count.of", { n: number(n), most: number(most) });
