/*
 * What the gateway says, and what follows from it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fcgi/payment/fact.h"
#include "gateway/gateway.h"

#define SECRET "EnLs21M47BllR3X8PSFtjtbd"

static _Alignas(16) unsigned char block[1 << 20];
static struct ctx c;

static int
begin(void **state)
{
	(void)state;
	ctx_open(&c, block, sizeof block);
	ctx_begin(&c);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	ctx_begin(&c);		/* releases what json-c holds */
	return 0;
}

/* The vector of Razorpay's documentation. */
static void
signature_of_the_return(void **state)
{
	struct gateway_secrets s = { .key = T(SECRET) };
	struct text order = T("order_IEIaMR65cu6nz3"), payment = T("pay_IH4NVgf4Dreq1l");
	struct text good = T("0d4e745a1838664ad6c9c9902212a32d627d68e917290b0ad5f08ff4561bc50f");

	(void)state;
	assert_true(gateway_return_ok(&c, &s, order, payment, good));
	assert_false(gateway_return_ok(&c, &s, payment, order, good));
	assert_false(gateway_return_ok(&c, &s, order, payment, text_sub(good, 0, 63)));
	assert_false(gateway_return_ok(&c, &s, order, payment, T("")));
}

static void
write_secrets(char *path, const char *words)
{
	FILE *f;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	f = fdopen(fd, "w");
	assert_non_null(f);
	(void)fputs(words, f);
	assert_int_equal(fclose(f), 0);
}

static void
secrets_old_and_new(void **state)
{
	char path[] = "/tmp/ecoo-secrets-XXXXXX", brief[] = "/tmp/ecoo-secrets-XXXXXX";
	struct gateway_secrets s;
	struct text body = T("{}");

	(void)state;
	write_secrets(path, "the-secret-of-the-key\nthe-new-notice-secret\n\nthe-old-notice-secret\n");
	assert_int_equal(gateway_secrets_read(path, &s), 0);
	(void)unlink(path);
	assert_true(text_is(s.key, "the-secret-of-the-key"));
	assert_true(gateway_notice_ok(&c, &s, body, gateway_sign(&c, s.notice, body)));
	assert_true(gateway_notice_ok(&c, &s, body,
	    gateway_sign(&c, T("the-old-notice-secret"), body)));
	assert_false(gateway_notice_ok(&c, &s, body, gateway_sign(&c, s.key, body)));
	write_secrets(brief, "short\n");
	assert_int_equal(gateway_secrets_read(brief, &s), -1);
	(void)unlink(brief);
	assert_int_equal(gateway_secrets_read("/nonexistent", &s), -1);
}

static void
ids(void **state)
{
	(void)state;
	assert_true(gateway_id_ok(T("order_IEIaMR65cu6nz3")));
	assert_false(gateway_id_ok(T("")));
	assert_false(gateway_id_ok(T("order 1")));
	assert_false(gateway_id_ok(T("order\0one")));
	assert_false(gateway_id_ok(T("12345678901234567890123456789012345678901234567890123456789012345")));
}

#define ENTITY(members) "{\"event\":\"payment.captured\",\"payload\":{\"payment\":{\"entity\":{" members "}}}}"
#define WHOLE "\"id\":\"pay_1\",\"order_id\":\"order_1\",\"status\":\"captured\",\"currency\":\"INR\",\"amount\":23600"

static void
a_notice(void **state)
{
	struct fact f;

	(void)state;
	assert_int_equal(fact_read(&c, T(ENTITY(WHOLE)), &f), 1);
	assert_true(text_is(f.order, "order_1"));
	assert_true(text_is(f.payment, "pay_1"));
	assert_true(text_is(f.status, "captured"));
	assert_int_equal(f.amount, 23600);
	assert_string_equal(f.source, "notice");
	assert_int_equal(fact_read(&c, T("{\"event\":\"poll.captured\",\"payload\":{\"payment\":"
	    "{\"entity\":{" WHOLE "}}}}"), &f), 1);
	assert_string_equal(f.source, "poll");
	assert_int_equal(fact_read(&c, T("{\"event\":\"settlement.processed\"}"), &f), 0);
}

static void
notices_that_cannot_be_read(void **state)
{
	static const char *const bad[] = {
		"", "{", "[]", "null", "7", ENTITY(""),
		ENTITY("\"id\":\"pay_1\",\"order_id\":null,\"status\":\"captured\",\"currency\":\"INR\",\"amount\":1"),
		ENTITY("\"id\":\"pay_1\",\"order_id\":\"order_1\",\"status\":\"captured\",\"currency\":\"INR\",\"amount\":-1"),
		ENTITY("\"id\":\"pay_1\",\"order_id\":\"order_1\",\"status\":\"captured\",\"currency\":\"INR\",\"amount\":\"23600\""),
		ENTITY("\"id\":\"pay_1\",\"order_id\":\"order_1\",\"status\":\"captured\",\"currency\":\"INR\",\"amount\":236.5"),
		ENTITY("\"id\":\"pay_1\",\"order_id\":\"order_1\",\"status\":\"captured\",\"currency\":\"INR\",\"amount\":1e30"),
		ENTITY("\"id\":\"pay_1\",\"order_id\":\"order_1\",\"status\":\"paid\",\"currency\":\"INR\",\"amount\":1"),
		ENTITY("\"id\":\"pay 1\",\"order_id\":\"order_1\",\"status\":\"captured\",\"currency\":\"INR\",\"amount\":1"),
		ENTITY("\"id\":\"pay_1\",\"order_id\":\"order_1\",\"status\":\"captured\",\"currency\":\"RUPEE\",\"amount\":1"),
	};
	struct fact f;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		problem_clear(&c.problem);
		if (fact_read(&c, text_of(bad[i]), &f) != -1)
			fail_msg("read: %s", bad[i]);
	}
}

static void
what_follows(void **state)
{
	static const struct {
		const char *status, *currency;
		int64_t amount;
		bool payment_paid, application_paid;
		enum application_state at;
		enum outcome want;
	} rows[] = {
		{ "captured", "INR", 23600, false, false, APPLICATION_PAYMENT, OUTCOME_SETTLED },
		{ "captured", "INR", 23600, false, false, APPLICATION_DRAFT, OUTCOME_SETTLED },
		{ "captured", "INR", 23600, false, false, APPLICATION_SIGN, OUTCOME_SETTLED },
		{ "captured", "INR", 23600, true, true, APPLICATION_SUBMITTED, OUTCOME_REFUND_DUE },
		{ "captured", "INR", 23600, false, true, APPLICATION_DRAFT, OUTCOME_REFUND_DUE },
		{ "captured", "INR", 23600, true, false, APPLICATION_PAYMENT, OUTCOME_REFUND_DUE },
		{ "captured", "INR", 23600, false, false, APPLICATION_WITHDRAWN, OUTCOME_REFUND_DUE },
		{ "captured", "INR", 23600, false, false, APPLICATION_EXPIRED, OUTCOME_REFUND_DUE },
		{ "captured", "INR", 23599, false, false, APPLICATION_PAYMENT, OUTCOME_REFUND_DUE },
		{ "captured", "INR", 23601, false, false, APPLICATION_PAYMENT, OUTCOME_REFUND_DUE },
		{ "captured", "USD", 23600, false, false, APPLICATION_PAYMENT, OUTCOME_MISMATCH },
		{ "captured", "inr", 23600, false, false, APPLICATION_PAYMENT, OUTCOME_MISMATCH },
		{ "authorized", "INR", 23600, false, false, APPLICATION_PAYMENT, OUTCOME_NOTED },
		{ "failed", "INR", 23600, false, false, APPLICATION_PAYMENT, OUTCOME_NOTED },
		{ "created", "INR", 23600, false, false, APPLICATION_PAYMENT, OUTCOME_NOTED },
		{ "refunded", "INR", 23600, true, true, APPLICATION_SUBMITTED, OUTCOME_NOTED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fact f = { .status = text_of(rows[i].status),
			.currency = text_of(rows[i].currency), .amount = rows[i].amount };

		assert_string_equal(outcome_name(fact_outcome(&f, 23600, rows[i].payment_paid,
		    rows[i].application_paid, rows[i].at)), outcome_name(rows[i].want));
	}
}

static void
receipt_numbers(void **state)
{
	(void)state;
	assert_true(text_is(receipt_number(&c, T("NCE"), 2026, 1), "R-NCE-26-000001"));
	assert_true(text_is(receipt_number(&c, T("NC"), 2099, 999999), "R-NC-99-999999"));
	assert_true(text_is(receipt_number(&c, T("CLEX"), 2026, 12), "R-CLEX-26-000012"));
	assert_true(text_is(receipt_number(&c, T("CLEXX"), 2026, 12), "RCLEXX-26-000012"));
	assert_true(text_is(receipt_number(&c, T("FIEOMU"), 2105, 12), "FIEOMU-05-000012"));
	assert_true(text_is(receipt_number(&c, T("NCE"), 2026, 1000000), "R-NCE-26-1000000"));
	assert_int_equal(receipt_number(&c, T("NCE"), 2026, 10000000).n, 0);
	assert_int_equal(receipt_number(&c, T("FIEOMU"), 2026, 1000000).n, 0);
}

static void
money_in_words(void **state)
{
	(void)state;
	assert_true(text_is(rupees(&c, 23600), "Rs 236.00"));
	assert_true(text_is(rupees(&c, 5), "Rs 0.05"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
		TEST(signature_of_the_return), TEST(secrets_old_and_new), TEST(ids),
		TEST(a_notice), TEST(notices_that_cannot_be_read), TEST(what_follows),
		TEST(receipt_numbers), TEST(money_in_words),
	};

	return cmocka_run_group_tests_name("payment", tests, NULL, NULL);
}
