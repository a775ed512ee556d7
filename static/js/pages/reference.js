/* API reference: one table for each program, out of the OpenAPI document. */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get } from "../api.js";
import { dataTable } from "../components/data-table.js";
import { t } from "../i18n.js";
import { ready, start } from "../shell.js";

const box = document.getElementById("operations");
const asked = get("/api/openapi.json", { stay: true }).catch(() => null);

/* Names of the path, the query and the body; what may be left out says so. */
function takes(operation) {
	const body = operation.requestBody?.content ?? {};
	const schema = body["application/json"]?.schema;
	const members = Object.keys(schema?.properties ?? {}).map((name) =>
		({ name, needed: schema.required?.includes(name) }));
	const named = (operation.parameters ?? []).filter((p) => p.name && p.in !== "path")
		.map(({ name, required }) => ({ name, needed: required }));
	const words = [...named, ...members].map(({ name, needed }) => html`<li><code>${name}</code>${
		needed ? "" : ` (${t("reference.optional")})`}</li>`);

	if (body["multipart/form-data"])
		words.push(html`<li>${t("reference.file")}</li>`);
	if ((operation.parameters ?? []).some((p) => p.$ref?.endsWith("/IdempotencyKey")))
		words.push(html`<li>${t("reference.key")}</li>`);
	return words.length > 0 ? html`<ul class="list-unstyled m-0">${words}</ul>` : "";
}

const columns = () => [
	{ key: "address", label: t("reference.address"), head: true, cell: ({ method, path }) =>
		html`<code class="text-break">${method} ${path}</code>` },
	{ key: "says", label: t("reference.says"), cell: ({ operation }) =>
		html`<span lang="en">${operation.summary}<br><span class="muted small">${operation.description}</span></span>` },
	{ key: "takes", label: t("reference.takes"), cell: ({ operation }) => takes(operation) },
];

function section(tag, rows) {
	return html`<section class="spaced" aria-labelledby=${`of-${tag.name}`}>
		<h2 id=${`of-${tag.name}`}><code>${tag.name}</code></h2>
		<p class="text" lang="en">${tag.description ?? ""}</p>
		${dataTable({ caption: tag.name, columns: columns(), rows, key: (row) => `${row.method} ${row.path}` })}
	</section>`;
}

ready.then(async () => {
	const description = await asked;

	box.replaceChildren();
	if (!description) {
		render(html`<p class="muted">${t("reference.failed")}</p>`, box);
		return;
	}
	const rows = Object.entries(description.paths).flatMap(([path, item]) =>
		Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));
	render(description.tags.map((tag) =>
		section(tag, rows.filter(({ operation }) => operation.tags.includes(tag.name)))), box);
});
await start({ parts: ["reference"] });
