#include "fcgi/review/review.h"

static const struct param queue_param[] = {
	QUERY_TEXT(struct queue_form, state, 0, 16, OPTIONAL),
	QUERY_INT(struct queue_form, office_id, 1, INT64_MAX, OPTIONAL),
	QUERY_INT(struct queue_form, after, 1, INT64_MAX, OPTIONAL),
};
static const struct param id_param[] = { PATH_INT(struct id_form, id) };
static const struct param document_param[] = {
	PATH_INT(struct document_form, id), PATH_INT(struct document_form, document),
};
static const struct param page_param[] = {
	PATH_INT(struct document_form, id), PATH_INT(struct document_form, document),
	PATH_INT(struct document_form, page),
};
static const struct param decide_param[] = {
	PATH_INT(struct decide_form, id),
	PARAM_INT(struct decide_form, version, 1, INT64_MAX, REQUIRED),
	PARAM_LINES(struct decide_form, text, 3, 2000, REQUIRED),
};
static const struct param approve_param[] = {
	PATH_INT(struct approve_form, id),
	PARAM_INT(struct approve_form, version, 1, INT64_MAX, REQUIRED),
	PARAM_WORDS(struct approve_form, checked, 1000, REQUIRED),
};

#define ID	FORM(id_param, struct id_form)
#define DECIDE	FORM(decide_param, struct decide_form)
#define ONE	"/api/review/applications/{id}"

static const struct route routes[] = {
	{ METHOD_GET, "/api/review/queue", WHO_OFFICER, 0, FORM(queue_param, struct queue_form),
	    on_queue, "What waits for one's offices, oldest first" },
	{ METHOD_GET, "/api/review/summary", WHO_OFFICER, 0, NO_FORM, on_summary,
	    "How much waits, and the last fourteen days" },
	{ METHOD_GET, ONE, WHO_OFFICER, 0, ID, on_show, "One application, whole, with findings" },
	{ METHOD_PUT, ONE "/lock", WHO_OFFICER, GUARD_ORIGIN, ID, on_lock,
	    "Open it: nobody else may decide for fifteen minutes" },
	{ METHOD_DELETE, ONE "/lock", WHO_OFFICER, GUARD_ORIGIN, ID, on_unlock, "Give it back" },
	{ METHOD_GET, ONE "/documents/{document}", WHO_OFFICER, 0,
	    FORM(document_param, struct document_form), on_document, "A document's file" },
	{ METHOD_GET, ONE "/documents/{document}/pages/{page}", WHO_OFFICER, 0,
	    FORM(page_param, struct document_form), on_page, "A document's page as a picture" },
	{ METHOD_POST, ONE "/query", WHO_OFFICER, GUARD_ORIGIN | NEEDS_KEY, DECIDE, on_query,
	    "Ask the exporter" },
	{ METHOD_POST, ONE "/rejection", WHO_OFFICER, GUARD_ORIGIN | NEEDS_KEY, DECIDE, on_reject,
	    "Reject, for good" },
	{ METHOD_POST, ONE "/approval", WHO_OFFICER, GUARD_ORIGIN | NEEDS_KEY,
	    FORM(approve_param, struct approve_form), on_approve, "Approve" },
};

static const char *const reads[] = { "documents", NULL };

static const struct program review = {
	.name = "review", .route = routes, .nroute = COUNT(routes),
	.stmt = review_stmt, .nstmt = REVIEW_STMTS,
	.body_max = 32 * KIB, .memory_max = 16 * MIB, .reads = reads,
};

int
main(int argc, char **argv)
{
	return host_run(&review, argc, argv);
}
