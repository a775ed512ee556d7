#include "fcgi/payment/payment.h"

struct gateway_secrets payment_secrets;

static const struct param create_param[] = {
	PARAM_INT(struct create_form, application_id, 1, INT64_MAX, REQUIRED),
};
static const struct param list_param[] = {
	QUERY_INT(struct list_form, application_id, 1, INT64_MAX, OPTIONAL),
	QUERY_INT(struct list_form, after, 1, INT64_MAX, OPTIONAL),
};
static const struct param id_param[] = { PATH_INT(struct id_form, id) };
static const struct param number_param[] = { PATH_TEXT(struct number_form, number, 1, 16) };
static const struct param return_param[] = {
	QUERY_TEXT(struct return_form, razorpay_payment_id, 1, 64, REQUIRED),
	QUERY_TEXT(struct return_form, razorpay_order_id, 1, 64, REQUIRED),
	QUERY_TEXT(struct return_form, razorpay_signature, 1, 128, REQUIRED),
};

static const struct route routes[] = {
	{ METHOD_POST, "/api/payments", WHO_EXPORTER, GUARD_ORIGIN | NEEDS_KEY,
	    FORM(create_param, struct create_form), on_create, "Ask to pay for an application" },
	{ METHOD_GET, "/api/payments", WHO_EXPORTER, 0, FORM(list_param, struct list_form), on_list,
	    "One's firm's payments, newest first" },
	{ METHOD_GET, "/api/payments/{id}", WHO_EXPORTER, 0, FORM(id_param, struct id_form), on_show,
	    "A payment" },
	{ METHOD_GET, "/api/receipts/{number}", WHO_EXPORTER, 0,
	    FORM(number_param, struct number_form), on_receipt, "A receipt, as it was given" },
	{ METHOD_POST, "/api/gateway/notice", WHO_ANYONE, GUARD_NONE | BODY_RAW, NO_FORM,
	    on_notice, "The gateway tells what became of a payment; signed by it" },
	{ METHOD_GET, "/api/gateway/return", WHO_ANYONE, GUARD_NONE,
	    FORM(return_param, struct return_form), on_return,
	    "The browser comes back from the gateway; signed by it" },
	{ METHOD_POST, "/api/gateway/return", WHO_ANYONE, GUARD_NONE | BODY_RAW, NO_FORM,
	    on_return_form, "The same, as a form" },
};

static int
start(const struct config *conf)
{
	return gateway_secrets_read(conf->gateway_secret_file, &payment_secrets);
}

static const struct program payment = {
	.name = "payment", .route = routes, .nroute = COUNT(routes),
	.stmt = payment_stmt, .nstmt = PAYMENT_STMTS,
	.body_max = 64 * KIB, .memory_max = 1 * MIB, .start = start,
};

int
main(int argc, char **argv)
{
	return host_run(&payment, argc, argv);
}
