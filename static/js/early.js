/*
 * early - the language, before anything is drawn.  The only script that is no module: it has to run
 * before the first paint.  Says <html lang>, which i18n.js reads; a page that is not in English yet
 * is held back until it is (css/parts.css shows it after a second at the latest).
 */
(() => {
	const known = ["en", "hi"];
	const asked = new URLSearchParams(location.search).get("lang");
	let lang = null;

	try {
		if (known.includes(asked))
			localStorage.setItem("lang", asked);
		lang = localStorage.getItem("lang");
	} catch {
		lang = asked;		/* storage is refused: the address decides */
	}
	if (!known.includes(lang))
		lang = known.includes(asked) ? asked : "en";
	document.documentElement.lang = lang;
	document.documentElement.classList.add("scripted");
	if (lang !== "en")
		document.documentElement.classList.add("untranslated");
})();
