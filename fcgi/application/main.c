#include "fcgi/application/application.h"
#include "files/store.h"
#include "keys/certificate.h"

static const struct param list_param[] = {
	QUERY_TEXT(struct list_form, state, 0, 16, OPTIONAL),
	QUERY_INT(struct list_form, after, 1, INT64_MAX, OPTIONAL),
	QUERY_INT(struct list_form, limit, 1, 100, OPTIONAL),
};
static const struct param new_param[] = {
	PARAM_TEXT(struct new_form, agency, 2, 6, REQUIRED),
	PARAM_INT(struct new_form, office_id, 1, INT64_MAX, REQUIRED),
	PARAM_INT(struct new_form, copy_of, 1, INT64_MAX, OPTIONAL),
};
static const struct param id_param[] = { PATH_INT(struct id_form, id) };
static const struct param firm_param[] = { PATH_TEXT(struct firm_form, iec, 10, 10) };
static const struct param save_param[] = {
	PATH_INT(struct save_form, id),
	PARAM_INT(struct save_form, version, 1, INT64_MAX, REQUIRED),
	PARAM_INT(struct save_form, office_id, 1, INT64_MAX, OPTIONAL),
	PARAM_DOCUMENT(struct save_form, content, 256 * 1024, REQUIRED),
};
static const struct param upload_param[] = {
	PATH_INT(struct upload_form, id),
	QUERY_TEXT(struct upload_form, kind, 2, 24, REQUIRED),
};
static const struct param document_param[] = {
	PATH_INT(struct document_form, id), PATH_INT(struct document_form, document),
};
static const struct param page_param[] = {
	PATH_INT(struct document_form, id), PATH_INT(struct document_form, document),
	PATH_INT(struct document_form, page),
};
static const struct param version_param[] = {
	PATH_INT(struct version_form, id),
	PARAM_INT(struct version_form, version, 1, INT64_MAX, REQUIRED),
};
static const struct param answer_param[] = {
	PATH_INT(struct answer_form, id),
	PARAM_INT(struct answer_form, version, 1, INT64_MAX, REQUIRED),
	PARAM_LINES(struct answer_form, answer, 1, 2000, REQUIRED),
};
static const struct param p7s_param[] = {
	PATH_INT(struct p7s_form, id),
	PARAM_LINES(struct p7s_form, p7s, 1, 128 * 1024, REQUIRED),
};
static const struct param token_param[] = { PATH_TEXT(struct job_form, token, 20, 64) };
static const struct param job_param[] = {
	PATH_TEXT(struct job_form, token, 20, 64),
	PARAM_TEXT(struct job_form, signature, 4, 4096, REQUIRED),
};

#define ID	FORM(id_param, struct id_form)
#define TOKEN	FORM(token_param, struct job_form)
#define ONE	"/api/applications/{id}"
#define JOB	"/api/application-signing/{token}"

static const struct route routes[] = {
	{ METHOD_GET, "/api/agencies", WHO_ANYONE, GUARD_NONE, NO_FORM, on_agencies,
	    "Issuing agencies and their offices" },
	{ METHOD_GET, "/api/fees", WHO_ANYONE, GUARD_NONE, NO_FORM, on_fees,
	    "Fees by rule set and date" },
	{ METHOD_GET, "/api/firms/{iec}", WHO_EXPORTER, 0, FORM(firm_param, struct firm_form),
	    on_firm, "The firm under an IEC: one's own" },
	{ METHOD_GET, "/api/applications", WHO_EXPORTER, 0, FORM(list_param, struct list_form),
	    on_list, "The firm's applications, newest first" },
	{ METHOD_GET, "/api/applications/summary", WHO_EXPORTER, 0, NO_FORM, on_summary,
	    "How many stand where, and the last twelve months" },
	{ METHOD_POST, "/api/applications", WHO_EXPORTER, GUARD_ORIGIN | NEEDS_KEY,
	    FORM(new_param, struct new_form), on_create, "Begin an application, empty or as a copy" },
	{ METHOD_GET, ONE, WHO_EXPORTER, 0, ID, on_show, "One application, whole" },
	{ METHOD_PUT, ONE, WHO_EXPORTER, GUARD_ORIGIN, FORM(save_param, struct save_form), on_save,
	    "Save the content of a draft" },
	{ METHOD_POST, ONE "/documents", WHO_EXPORTER, GUARD_ORIGIN | BODY_STREAM,
	    FORM(upload_param, struct upload_form), on_upload, "Attach a document" },
	{ METHOD_GET, ONE "/documents/{document}", WHO_EXPORTER, 0,
	    FORM(document_param, struct document_form), on_document, "A document's file" },
	{ METHOD_GET, ONE "/documents/{document}/pages/{page}", WHO_EXPORTER, 0,
	    FORM(page_param, struct document_form), on_page, "A document's page as a picture" },
	{ METHOD_DELETE, ONE "/documents/{document}", WHO_EXPORTER, GUARD_ORIGIN,
	    FORM(document_param, struct document_form), on_document_drop, "Take a document away" },
	{ METHOD_GET, ONE "/check", WHO_EXPORTER, 0, ID, on_check, "Everything that is amiss" },
	{ METHOD_POST, ONE "/signing", WHO_EXPORTER, GUARD_ORIGIN | NEEDS_KEY,
	    FORM(version_param, struct version_form), on_freeze, "Freeze it for signing" },
	{ METHOD_DELETE, ONE "/signing", WHO_EXPORTER, GUARD_ORIGIN, ID, on_thaw,
	    "Go back to editing; the signature is void" },
	{ METHOD_GET, ONE "/signing/text", WHO_EXPORTER, 0, ID, on_signing_text,
	    "The bytes to be signed (RFC 8785)" },
	{ METHOD_POST, ONE "/signing/jobs", WHO_SIGNATORY, GUARD_ORIGIN, ID, on_job,
	    "A one-time job for the signer program" },
	{ METHOD_POST, ONE "/signature", WHO_SIGNATORY, GUARD_ORIGIN,
	    FORM(p7s_param, struct p7s_form), on_p7s, "Hand in a detached CMS signature" },
	{ METHOD_GET, ONE "/signature/p7s", WHO_EXPORTER, 0, ID, on_signature_p7s,
	    "The signature that counts" },
	{ METHOD_GET, ONE "/signature/text", WHO_EXPORTER, 0, ID, on_signature_text,
	    "The bytes that it signs" },
	{ METHOD_POST, ONE "/resubmission", WHO_EXPORTER, GUARD_ORIGIN | NEEDS_KEY,
	    FORM(answer_param, struct answer_form), on_resubmit, "Answer the officer's query" },
	{ METHOD_POST, ONE "/withdrawal", WHO_EXPORTER, GUARD_ORIGIN,
	    FORM(version_param, struct version_form), on_withdraw, "Withdraw it" },
	{ METHOD_GET, JOB, WHO_ANYONE, GUARD_NONE, TOKEN, on_job_show, "What a signer is to sign" },
	{ METHOD_GET, JOB "/document", WHO_ANYONE, GUARD_NONE, TOKEN, on_job_document,
	    "The document a signer is to sign" },
	{ METHOD_POST, JOB, WHO_ANYONE, GUARD_NONE, FORM(job_param, struct job_form), on_job_sign,
	    "Hand in the signature" },
};

static int
start(const struct config *conf)
{
	store_tidy(conf->files, "documents");
	return trust_start(conf->trust);
}

static const char *const writes[] = { "documents/incoming", NULL };
static const char *const keeps[] = { "documents", NULL };

static const struct program application = {
	.name = "application", .route = routes, .nroute = COUNT(routes),
	.stmt = application_stmt, .nstmt = APPLICATION_STMTS,
	.body_max = 384 * KIB, .upload_max = 11 * MIB, .memory_max = 16 * MIB,
	.writes = writes, .keeps = keeps, .start = start,
};

int
main(int argc, char **argv)
{
	return host_run(&application, argc, argv);
}
