/* What the gateway says of a payment, signed or not. */
#include "fcgi/payment/fact.h"
#include "gateway/gateway.h"
#include "rules/fee.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 1 * MIB;	/* of payment */

static struct gateway_secrets secrets;

void
fuzz_start(void)
{
	secrets = (struct gateway_secrets){ .line = { "a-key-of-the-gateway", "a-secret-of-notices" }, .n = 2 };
	secrets.key = text_of(secrets.line[0]);
	secrets.notice = text_of(secrets.line[1]);
}

void
fuzz(struct ctx *c, struct text in)
{
	struct fact f = { .amount = -1 };
	struct text right = gateway_sign(c, secrets.notice, in);
	int rc;

	MUST(gateway_notice_ok(c, &secrets, in, right));
	MUST(!gateway_notice_ok(c, &secrets, in, text_sub(right, 0, 63)));
	MUST(!gateway_notice_ok(c, &secrets, in, in));
	if (in.n > 64 * KIB || (rc = fact_read(c, in, &f)) == 0)
		return;
	if (rc < 0) {
		MUST(c->problem.kind == PROBLEM_SYNTAX);
		return;
	}
	MUST(gateway_id_ok(f.order) && gateway_id_ok(f.payment) && f.currency.n == 3);
	MUST(f.amount >= 0 && f.amount <= FEE_MAX);
	if (fact_outcome(&f, 23600, false, false, APPLICATION_PAYMENT) == OUTCOME_SETTLED)
		MUST(f.amount == 23600 && text_is(f.status, "captured") && text_is(f.currency, "INR"));
	MUST(fact_outcome(&f, 23600, true, true, APPLICATION_ISSUED) != OUTCOME_SETTLED);
}
