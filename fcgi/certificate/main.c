#include <stdio.h>

#include "fcgi/certificate/certificate.h"
#include "files/store.h"
#include "keys/certificate.h"
#include "paper/paper.h"

static const struct param list_param[] = {
	QUERY_INT(struct list_form, after, 1, INT64_MAX, OPTIONAL),
};
static const struct param new_param[] = {
	PARAM_INT(struct new_form, application_id, 1, INT64_MAX, REQUIRED),
};
static const struct param number_param[] = { PATH_TEXT(struct number_form, number, 8, 64) };
static const char *const copies[] = { "electronic", "original", "duplicate", NULL };
static const struct param pdf_param[] = {
	PATH_TEXT(struct number_form, number, 8, 64),
	QUERY_CHOICE(struct number_form, copy, copies, OPTIONAL),
};
static const struct param page_param[] = {
	PATH_TEXT(struct number_form, number, 8, 64), PATH_INT(struct number_form, page),
};
static const struct param reason_param[] = {
	PATH_TEXT(struct reason_form, number, 8, 64),
	PARAM_LINES(struct reason_form, reason, 3, 2000, REQUIRED),
};
static const struct param preview_param[] = { PATH_INT(struct preview_form, id) };
static const struct param preview_page_param[] = {
	PATH_INT(struct preview_form, id), PATH_INT(struct preview_form, page),
};
static const struct param token_param[] = { PATH_TEXT(struct job_form, token, 20, 64) };
static const struct param job_param[] = {
	PATH_TEXT(struct job_form, token, 20, 64),
	PARAM_TEXT(struct job_form, signature, 4, 4096, REQUIRED),
};
static const struct param halt_param[] = { PARAM_BOOL(struct halt_form, halted, REQUIRED) };

#define WHO_SEES	(WHO_EXPORTER | WHO_OFFICER | WHO_ADMINISTRATOR)
#define NUMBER		FORM(number_param, struct number_form)
#define TOKEN		FORM(token_param, struct job_form)
#define PREVIEW		FORM(preview_param, struct preview_form)
#define PREVIEW_PAGE	FORM(preview_page_param, struct preview_form)
#define ONE		"/api/certificates/{number}"
#define JOB		"/api/certificate-signing/{token}"

static const struct route routes[] = {
	{ METHOD_GET, "/api/certificates", WHO_SEES, 0, FORM(list_param, struct list_form), on_list,
	    "Certificates of the firm, of one's offices or agency, newest first" },
	{ METHOD_GET, "/api/certificates/tray", WHO_OFFICER, 0, NO_FORM, on_tray,
	    "Approved applications whose certificates wait for a signature" },
	{ METHOD_GET, "/api/certificates/issuing", WHO_OPERATOR, 0, NO_FORM, on_halted,
	    "Whether issuing is halted" },
	{ METHOD_PUT, "/api/certificates/issuing", WHO_OPERATOR, GUARD_ORIGIN,
	    FORM(halt_param, struct halt_form), on_halt, "Halt issuing everywhere, or resume it" },
	{ METHOD_POST, "/api/certificates", WHO_OFFICER, GUARD_ORIGIN | NEEDS_KEY,
	    FORM(new_param, struct new_form), on_create, "Allot the number, draw and check the leaf" },
	{ METHOD_GET, ONE, WHO_SEES, 0, NUMBER, on_show, "One certificate" },
	{ METHOD_GET, ONE "/pdf", WHO_SEES, 0, FORM(pdf_param, struct number_form), on_pdf,
	    "A leaf: electronic, original or duplicate" },
	{ METHOD_GET, ONE "/pages/{page}", WHO_SEES, 0, FORM(page_param, struct number_form),
	    on_page, "A page of the electronic leaf as a picture" },
	{ METHOD_POST, ONE "/signing", WHO_OFFICER, GUARD_ORIGIN, NUMBER, on_sign,
	    "A one-time job for the officer's signer program" },
	{ METHOD_DELETE, ONE "/signing", WHO_OFFICER, GUARD_ORIGIN, NUMBER, on_unsign,
	    "Give up signing for now" },
	{ METHOD_POST, ONE "/cancellation", WHO_OFFICER, GUARD_ORIGIN | NEEDS_KEY,
	    FORM(reason_param, struct reason_form), on_cancel, "Cancel an issued certificate" },
	{ METHOD_GET, "/api/applications/{id}/preview", WHO_EXPORTER, 0, PREVIEW, on_preview,
	    "What the certificate would look like" },
	{ METHOD_GET, "/api/applications/{id}/preview/pages/{page}", WHO_EXPORTER, 0, PREVIEW_PAGE,
	    on_preview_page, "A page of the preview as a picture" },
	{ METHOD_GET, "/api/review/applications/{id}/preview", WHO_OFFICER, 0, PREVIEW, on_preview,
	    "What the certificate will look like" },
	{ METHOD_GET, "/api/review/applications/{id}/preview/pages/{page}", WHO_OFFICER, 0,
	    PREVIEW_PAGE, on_preview_page, "A page of the preview as a picture" },
	{ METHOD_GET, JOB, WHO_ANYONE, GUARD_NONE, TOKEN, on_job_show, "What a signer is to sign" },
	{ METHOD_GET, JOB "/document", WHO_ANYONE, GUARD_NONE, TOKEN, on_job_document,
	    "The bytes a signer is to sign" },
	{ METHOD_POST, JOB, WHO_ANYONE, GUARD_NONE, FORM(job_param, struct job_form), on_job_sign,
	    "Hand in the signature: the certificate is issued" },
};

static int
start(const struct config *conf)
{
	static _Alignas(16) unsigned char block[256 * 1024];
	struct ctx c;

	ctx_open(&c, block, sizeof block);
	if (paper_start(&c, conf->fonts, NULL) != 0) {
		(void)fprintf(stderr, "fonts: %s\n", c.problem.log);
		return -1;
	}
	store_tidy(conf->files, "certificates");
	return trust_start(conf->trust);
}

static const char *const reads[] = { "documents", NULL };
static const char *const writes[] = { "certificates/incoming", NULL };
static const char *const keeps[] = { "certificates", NULL };

static const struct program certificate = {
	.name = "certificate", .route = routes, .nroute = COUNT(routes),
	.stmt = certificate_stmt, .nstmt = CERTIFICATE_STMTS,
	.body_max = 32 * KIB, .memory_max = 128 * MIB,
	.reads = reads, .writes = writes, .keeps = keeps, .fonts = true, .start = start,
};

int
main(int argc, char **argv)
{
	return host_run(&certificate, argc, argv);
}
