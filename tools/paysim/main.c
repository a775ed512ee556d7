#include <stdio.h>

#include "net/net.h"
#include "paysim.h"

struct gateway_secrets paysim_secrets;

static const struct param order_param[] = {
	PARAM_INT(struct order_form, amount, 100, INT64_C(1000000000), REQUIRED),
	PARAM_TEXT(struct order_form, currency, 3, 3, REQUIRED),
	PARAM_TEXT(struct order_form, receipt, 1, 40, REQUIRED),
	PARAM_DOCUMENT(struct order_form, notes, 4000, OPTIONAL),
	PARAM_DOCUMENT(struct order_form, payment, 4000, OPTIONAL),
};
static const struct param receipt_param[] = {
	QUERY_TEXT(struct receipt_form, receipt, 1, 40, REQUIRED),
};
static const struct param id_param[] = { PATH_TEXT(struct id_form, id, 1, 40) };
static const struct param page_param[] = {
	PATH_TEXT(struct page_form, id, 1, 40), QUERY_TEXT(struct page_form, said, 0, 16, OPTIONAL),
};
#define SWITCH(m, hi) PARAM_INT(struct fault_row, m, 0, hi, OPTIONAL)
static const struct param fault_param[] = {
	SWITCH(drop_notices, 1), SWITCH(duplicate_notices, 10), SWITCH(delay_notices_ms, 60000),
	SWITCH(forge_notices, 1), SWITCH(forge_return, 1), SWITCH(refuse_orders, 1000),
	SWITCH(lose_orders, 1000),
};

#define ID FORM(id_param, struct id_form)

static const struct route routes[] = {
	{ METHOD_POST, "/paysim/v1/orders", WHO_ANYONE, GUARD_NONE,
	    FORM(order_param, struct order_form), on_order, "Make an order" },
	{ METHOD_GET, "/paysim/v1/orders", WHO_ANYONE, GUARD_NONE,
	    FORM(receipt_param, struct receipt_form), on_orders, "Orders by their receipt" },
	{ METHOD_GET, "/paysim/v1/orders/{id}", WHO_ANYONE, GUARD_NONE, ID, on_order_show,
	    "An order" },
	{ METHOD_GET, "/paysim/v1/orders/{id}/payments", WHO_ANYONE, GUARD_NONE, ID, on_payments,
	    "What was paid for it" },
	{ METHOD_GET, "/paysim/checkout/{id}", WHO_ANYONE, GUARD_NONE,
	    FORM(page_param, struct page_form), on_checkout, "The page where one pays" },
	{ METHOD_POST, "/paysim/checkout/{id}", WHO_ANYONE, GUARD_NONE | BODY_STREAM, ID, on_pay,
	    "Pay, or let it go wrong" },
	{ METHOD_POST, "/paysim/faults", WHO_ANYONE, GUARD_NONE,
	    FORM(fault_param, struct fault_row), on_faults,
	    "What goes wrong from now on; what is not named does not" },
};

static int
start(const struct config *conf)
{
	if (net_start() != 0) {
		(void)fprintf(stderr, "libcurl does not start\n");
		return -1;
	}
	return gateway_secrets_read(conf->gateway_secret_file, &paysim_secrets);
}

static const struct program paysim = {
	.name = "paysim", .route = routes, .nroute = COUNT(routes),
	.stmt = paysim_stmt, .nstmt = PAYSIM_STMTS, .no_sessions = true, .schema = "ecoo_paysim",
	.body_max = 16 * KIB, .memory_max = 1 * MIB, .network = true,
	.nbeside = 1, .beside = paysim_tell, .start = start,
};

int
main(int argc, char **argv)
{
	return host_run(&paysim, argc, argv);
}
