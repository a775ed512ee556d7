/*
 * ask - the box for a certificate number, on the home page and on the verify page.
 *
 * The form in the page works by itself: it reaches /verify?number=..., which leads to the answer.
 * With this a number that cannot be one is told so beside the box, before anything is asked.
 */
import { t } from "./i18n.js";
import { address, readNumber } from "./number.js";

export function watchAsk() {
	const form = document.getElementById("ask");
	const box = document.getElementById("number");
	const error = document.getElementById("number-error");

	const tell = (verdict) => {
		error.hidden = !verdict;
		error.textContent = verdict ? t(`verify.${verdict}`) : "";
		box.classList.toggle("is-invalid", Boolean(verdict));
		box.setAttribute("aria-describedby", verdict ? "number-error number-hint" : "number-hint");
		box.toggleAttribute("aria-invalid", Boolean(verdict));
		if (verdict)
			box.setAttribute("aria-invalid", "true");
	};
	form.addEventListener("submit", (e) => {
		const { verdict, number } = readNumber(box.value);

		e.preventDefault();
		if (verdict === "ok")
			return location.assign(address(number));
		tell(verdict);
		return box.focus();
	});
	box.addEventListener("input", () => error.hidden || tell(null));
}
