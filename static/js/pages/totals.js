/*
 * totals - how much goods there are: lines, packages by kind, weights, without rounding.
 */
import { html } from "/vendor/lit-html/lit-html.js";
import { number, t } from "../i18n.js";
import { sum } from "./application/content.js";
import { packagesName } from "./codes.js";

/* "120 cartons", or each kind for itself. */
function packages(list) {
	const kinds = new Map();

	for (const { packages: count, package_kind: kind } of list)
		if (count)
			kinds.set(kind ?? "", (kinds.get(kind ?? "") ?? 0) + count);
	return [...kinds].map(([kind, count]) => packagesName(count, kind)).join(", ") || "0";
}

const weight = (list, name) => `${sum(list.map((item) => item[name]))} kg`;

export const totals = (list) => html`<dl class="totals">
	<div><dt>${t("goods.total.lines")}</dt><dd>${number(list.length)}</dd></div>
	<div><dt>${t("goods.total.packages")}</dt><dd>${packages(list)}</dd></div>
	<div><dt>${t("goods.total.gross")}</dt><dd>${weight(list, "gross_kg")}</dd></div>
	<div><dt>${t("goods.total.net")}</dt><dd>${weight(list, "net_kg")}</dd></div>
</dl>`;
