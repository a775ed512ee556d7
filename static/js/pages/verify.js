/* Verify: a number, a QR code or a file. */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { upload } from "../api.js";
import { watchAsk } from "../ask.js";
import { fileDrop } from "../components/file-drop.js";
import { icon } from "../components/icon.js";
import { t } from "../i18n.js";
import { address } from "../number.js";
import { canScan, watchScan } from "../scan.js";
import { ready, start } from "../shell.js";

const looks = {
	identical: ["green", "done"], extended: ["amber", "alert"], different: ["red", "bad"],
	unknown: ["red", "ban"],
};
const compare = document.getElementById("compare");

/* The bytes may be right and the certificate withdrawn: that comes first. */
function verdict({ answer, number, state }) {
	const ended = number && (state === "cancelled" || state === "replaced");
	const [tone, shape] = ended ? ["red", "bad"] : looks[answer];

	return html`<div class="answer answer-small tone-${tone}" role="status" tabindex="-1" id="compared">
		${icon(shape, "icon-big")}
		<div><h3>${ended ? `${t(`certificate-state.${state}`)} · ` : ""}${t(`verify.${answer}`)}</h3>
			${ended ? html`<p><b>${t(`verify.but-${state}`)}</b></p>` : ""}
			<p>${t(`verify.${answer}-1`)}</p>
			${number ? html`<p><a href=${address(number)}>${t("verify.look", { number })}</a></p>` : ""}</div></div>`;
}

function draw(answer = null) {
	render(html`${fileDrop({
		id: "pdf", label: t("verify.file-label"), hint: t("verify.file-hint"), accept: ".pdf,application/pdf",
		most: 12 * 2 ** 20, keep: false, done: draw,
		send: (file, options) => upload("/api/verify", file, { ...options, stay: true }),
	})}${answer ? verdict(answer) : ""}`, compare);
	document.getElementById("compared")?.focus();
}

ready.then(async () => {
	watchAsk();
	draw();
	if (await canScan())
		watchScan(document.getElementById("scan"));
});
await start({ parts: ["public"] });
