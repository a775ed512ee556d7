/*
 * kinds - what kinds of documents are called.
 */
import { has, t } from "../../i18n.js";

export const kindName = (kind) => has(`field.documents.${kind}`) ? t(`field.documents.${kind}`) :
	kind.replaceAll("_", " ");
