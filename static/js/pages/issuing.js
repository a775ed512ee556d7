/*
 * issuing - the operator's switch: whether certificates are issued at all.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { get, put, words } from "../api.js";
import { confirm } from "../components/dialog.js";
import { icon } from "../components/icon.js";
import { toast } from "../components/toast.js";
import { t } from "../i18n.js";
import { start } from "../shell.js";
import { failure } from "./failure.js";

const main = document.getElementById("main");
let halted = false, busy = false;

async function turn() {
	const to = !halted;

	if (!await confirm({ title: t(to ? "issuing.halt?" : "issuing.resume?"), text: t(to ? "issuing.halt.text" : "issuing.resume.text"),
		action: t(to ? "issuing.halt" : "issuing.resume"), danger: to }))
		return;
	busy = true;
	draw();
	try {
		({ halted } = await put("/api/certificates/issuing", { halted: to }));
		toast(t(halted ? "issuing.halted" : "issuing.open"), { kind: "good" });
	} catch (problem) {
		toast(words(problem), { kind: "bad" });
	} finally {
		busy = false;
		draw();
	}
}

const draw = () => render(html`<h1>${t("issuing.title")}</h1>
	<section class="panel text">
		<h2 role="status">${icon(halted ? "ban" : "done")} ${t(halted ? "issuing.halted" : "issuing.open")}</h2>
		<p>${t(halted ? "issuing.halted.text" : "issuing.open.text")}</p>
		<p class="actions mb-0"><button type="button" class="btn ${halted ? "btn-primary" : "btn-danger"}" aria-busy=${busy} ?disabled=${busy}
			@click=${turn}>${t(halted ? "issuing.resume" : "issuing.halt")}</button></p>
	</section>`, main);

const session = await start({ parts: ["officer"], kinds: ["operator"] });
if (session)
	try {
		({ halted } = await get("/api/certificates/issuing"));
		main.replaceChildren();
		draw();
	} catch (problem) {
		failure(main, problem, "/verify");
	}
