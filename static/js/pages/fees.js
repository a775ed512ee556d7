/* Fees: the dated rules below the text. */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get } from "../api.js";
import { dataTable } from "../components/data-table.js";
import { date, has, money, number, t } from "../i18n.js";
import { ready, start } from "../shell.js";

const box = document.getElementById("rows");
const asked = get("/api/fees", { stay: true }).catch(() => null);

const tax = (row) => Math.round(row.fee_paise * row.gst_bp / 10000);
const event = (row) => has(`fees.event-${row.event}`) ? t(`fees.event-${row.event}`) : row.event;
const columns = () => [
	{ key: "rule_set", label: t("fees.set"), head: true, cell: (row) => html`<span class="code">${row.rule_set}</span>` },
	{ key: "event", label: t("fees.event"), cell: event },
	{ key: "valid_from", label: t("fees.from"), cell: (row) => date(row.valid_from) },
	{ key: "fee_paise", label: t("fees.net"), num: true, cell: (row) => money(row.fee_paise) },
	{ key: "gst_bp", label: t("fees.gst-share"), num: true, cell: (row) => `${number(row.gst_bp / 100)}%` },
	{ key: "sum", label: t("fees.sum"), num: true, cell: (row) => money(row.fee_paise + tax(row)) },
	{ key: "sac", label: t("fees.sac"), cell: (row) => html`<span class="code">${row.sac}</span>` },
];

function draw(rows, loading) {
	render(dataTable({ caption: t("fees.rows"), columns: columns(), rows, loading,
		key: (row) => `${row.rule_set} ${row.event} ${row.valid_from}` }), box);
}

ready.then(async () => {
	box.replaceChildren();
	draw([], true);
	const answer = await asked;
	if (answer)
		draw(answer.items, false);
	else
		render(html`<p class="muted">${t("fees.failed")}</p>`, box);
});
await start({ parts: ["public"] });
