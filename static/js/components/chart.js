/*
 * chart - bars over time, with the table of the same figures behind it.
 *
 *	barChart({ title, labels: ["Jun 2026", ...], short: ["Jun", ...],
 *		series: [{ name, values: [3, 5, ...] }, ...] })		one or two series
 */
import { html, svg } from "/vendor/lit-html/lit-html.js";
import { number, t } from "../i18n.js";

const W = 640, H = 200, LEFT = 36, BOTTOM = 24, TOP = 8;

/* The round number above the highest bar: 1, 2 or 5 times a power of ten. */
function ceiling(most) {
	const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));

	return [1, 2, 4, 5, 10].map((k) => k * power).find((top) => top >= most && top >= 4) ?? 4;
}

const lines = (top) => [0, 0.25, 0.5, 0.75, 1].filter((share) => Number.isInteger(share * top)).map((share) => {
	const y = TOP + (1 - share) * (H - TOP - BOTTOM);

	return svg`<line class="grid" x1=${LEFT} x2=${W} y1=${y} y2=${y}></line>
		<text x=${LEFT - 8} y=${y + 4} text-anchor="end">${number(share * top)}</text>`;
});

function bars({ series, labels, short }, top) {
	const slot = (W - LEFT) / labels.length;
	const width = Math.min(28, slot * 0.7 / series.length);
	const every = Math.ceil(labels.length / 12);

	return labels.map((label, i) => svg`
		${series.map(({ name, values }, s) => {
			const h = values[i] / top * (H - TOP - BOTTOM);
			const x = LEFT + slot * (i + 0.5) + (s - series.length / 2) * width + 1;

			return svg`<rect class=${s === 0 ? "bar" : "bar-2"} x=${x} y=${H - BOTTOM - h} width=${width - 2}
				height=${h} rx="2"><title>${label}: ${name} ${number(values[i])}</title></rect>`;
		})}
		${(labels.length - 1 - i) % every === 0 ? svg`<text x=${LEFT + slot * (i + 0.5)} y=${H - 6} text-anchor="middle">${(short ?? labels)[i]}</text>` : ""}`);
}

const table = ({ title, labels, series }) => html`<details><summary>${t("chart.table")}</summary>
	<table class="table table-sm"><caption class="sr">${title}</caption>
		<thead><tr><td></td>${series.map(({ name }) => html`<th scope="col" class="num">${name}</th>`)}</tr></thead>
		<tbody>${labels.map((label, i) => html`<tr><th scope="row">${label}</th>${series.map(({ values }) =>
			html`<td class="num">${number(values[i])}</td>`)}</tr>`)}</tbody></table></details>`;

const legend = (series) => html`<ul class="legend">${series.map(({ name }, s) => html`<li>
	<svg viewBox="0 0 12 12" aria-hidden="true"><rect class=${s === 0 ? "bar" : "bar-2"} width="12" height="12" rx="2"></rect></svg>${name}</li>`)}</ul>`;

export function barChart(config) {
	const top = ceiling(Math.max(0, ...config.series.flatMap(({ values }) => values)));

	return html`<figure class="chart">
		<svg viewBox="0 0 ${W} ${H}" role="img" aria-label=${config.title}>${lines(top)}${bars(config, top)}</svg>
		${config.series.length > 1 ? legend(config.series) : ""}
		${table(config)}
	</figure>`;
}
