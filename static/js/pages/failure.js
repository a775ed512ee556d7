/*
 * failure - a page whose subject could not be had: why, and where to go from here.
 *
 *	failure(main, problem, "/applications")
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { Problem, words } from "../api.js";
import { t } from "../i18n.js";

export function failure(main, problem, back) {
	if (!(problem instanceof Problem))
		throw problem;
	render(html`<h1>${problem.status === 404 ? t("failure.none") : t("failure.title")}</h1>
		<p class="text">${problem.status === 404 ? t("failure.none.text") : words(problem)}</p>
		<p class="actions">${problem.status === 404 ? "" : html`<button type="button" class="btn btn-primary"
			@click=${() => location.reload()}>${t("try-again")}</button>`}
			<a class="btn btn-secondary" href=${back}>${t("back")}</a></p>
		${problem.instance ? html`<p class="muted small">${t("failure.instance")} <span class="code">${
			problem.instance.split(":").pop()}</span></p>` : ""}`, main);
}
