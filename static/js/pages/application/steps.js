/*
 * steps - the way from a draft to a certificate, and where on it something stands.
 *
 *	STEPS			parties ... track
 *	stepOf("items[2].hs")	"goods": where a field is filled in
 *	firstStep(application)	where its page opens
 *	stepStates(v)		for the step bar
 */
export const FORM = ["parties", "transport", "goods", "origin", "documents"];
export const STEPS = [...FORM, "check", "sign", "pay", "track"];

const PLACES = [
	[/^(consignee|importing_country|exporter|office_id)/, "parties"],
	[/^(transport|invoices)/, "transport"],
	[/^items\[\d+\]\.(origin|operations)/, "origin"],
	[/^items/, "goods"],
	[/^(inputs|process|declaration)/, "origin"],
	[/^documents/, "documents"],
];

export const stepOf = (path) => PLACES.find(([form]) => form.test(path))?.[1] ?? "parties";

const OPENS = { draft: "parties", sign_pending: "sign", payment_pending: "pay" };

export const firstStep = ({ state }) => OPENS[state] ?? "track";

/* Steps that lie behind an application in this state. */
const BEHIND = { draft: 0, query: 0, sign_pending: 6, payment_pending: 7 };

const begun = (content, step) => ({
	parties: content.consignee?.name || content.consignee?.to_order,
	transport: content.transport?.mode || content.invoices?.length,
	goods: content.items?.length,
	origin: content.items?.some((item) => item.origin) || content.inputs?.length,
})[step];

function stateOf(v, step, i) {
	if (step === v.step)
		return "now";
	if ((step === "sign" && v.app.signature) || (step === "pay" && v.app.paid))
		return "done";
	if (!v.app.editable)
		return i < (BEHIND[v.app.state] ?? STEPS.length) && step !== "track" ? "done" : "";
	if (!FORM.includes(step) || !v.findings)
		return "";
	const wrong = v.findings.errors.some(({ field }) => stepOf(field) === step);
	const visited = v.checked || (step === "documents" ? v.app.documents.length > 0 :
		begun(v.draft.content, step));

	if (wrong)
		return v.checked ? "error" : "";
	return visited ? "done" : "";
}

export const stepStates = (v) => STEPS.map((step, i) => ({ step, state: stateOf(v, step, i) }));
