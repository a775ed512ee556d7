/*
 * scan - a QR code before the camera, where the browser can read one (BarcodeDetector).
 *
 *	if (await canScan()) render(scanner(...))
 *
 * An address of this site below /verify/, or a bare number, leads to the answer.  An address of
 * another site is never opened: a forged certificate may lead to a forged portal.
 */
import { html, render } from "/vendor/lit-html/lit-html.js";
import { icon } from "./components/icon.js";
import { t } from "./i18n.js";
import { address, readNumber } from "./number.js";

export async function canScan() {
	if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia)
		return false;
	return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

/* What a code says: { go } an address of ours, or { says } why not. */
export function readCode(text) {
	const { verdict, number } = readNumber(text);
	let url, named;

	if (verdict === "ok")
		return { go: address(number) };
	try {
		url = new URL(text);
		named = readNumber(decodeURIComponent(url.pathname.replace(/^\/verify\//, "")));
	} catch {
		return { says: t("verify.scan-none") };
	}
	if (!/^https?:$/.test(url.protocol))
		return { says: t("verify.scan-none") };
	if (url.origin !== location.origin)
		return { says: t("verify.scan-other", { site: url.host }) };
	return named.verdict === "ok" ? { go: address(named.number, url.searchParams.get("code") ?? "") } :
		{ says: t("verify.scan-none") };
}

export function watchScan(box) {
	let stream = null, says = "";

	function draw() {
		render(html`<button type="button" class="btn btn-secondary" @click=${stream ? stop : begin}>
			${icon(stream ? "cross" : "scan")}${t(stream ? "verify.scan-stop" : "verify.scan")}</button>
			${stream ? html`<p class="hint spaced-small">${t("verify.scan-hold")}</p>
				<video muted playsinline .srcObject=${stream} @loadedmetadata=${look}></video>` : ""}
			<p class="wrong" role="alert" ?hidden=${says === ""}>${says}</p>`, box);
	}

	function stop() {
		for (const track of stream?.getTracks() ?? [])
			track.stop();
		stream = null;
		draw();
	}

	async function begin() {
		says = "";
		try {
			stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
		} catch {
			says = t("verify.scan-refused");
		}
		draw();
	}

	async function look(e) {
		const video = e.target;
		const detector = new BarcodeDetector({ formats: ["qr_code"] });

		await video.play();
		while (stream) {
			const [code] = await detector.detect(video).catch(() => []);
			const answer = code && readCode(code.rawValue);

			if (answer?.go) {
				stop();
				return location.assign(answer.go);
			}
			if (answer) {
				says = answer.says;
				return stop();
			}
			await new Promise((done) => { setTimeout(done, 200); });
		}
		return null;
	}
	addEventListener("pagehide", stop);
	draw();
}
