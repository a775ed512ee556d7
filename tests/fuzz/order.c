/*
 * The gateway's answers as the courier reads them: when it makes an order, when it looks for one, and
 * when it asks what was paid.  Network and database are taken away from under the courier's own file;
 * the first byte says which act, and a line of the input is an answer.
 */
#include "fcgi/courier/ask.c"

#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 4 * MIB;	/* of courier */

struct gateway_secrets courier_secrets;
const char *courier_mail_dir;
static struct text answers;
static struct payment_row payment;
static const struct config conf = { .origin = "https://ecoo.example", .gateway_url = "http://localhost:1",
	.gateway_key = "key", .demo = "yes", .notice_url = "" };

void
fuzz_start(void)
{
	courier_secrets.key = courier_secrets.notice = T("a-secret-of-the-gateway");
}

int
net_ask(struct ctx *c, const struct ask *a, struct answer *out)
{
	struct text line;

	MUST(text_find(a->url, '\n') == a->url.n);
	if (text_is(a->url, "https://ecoo.example/api/gateway/notice")) {
		struct json_object *o;

		MUST(json_read(c, a->body, &o) == 0);	/* what is handed in can be read there */
		out->status = 200;
		out->body = T("{}");
		return 0;
	}
	line = fuzz_line(&answers);
	out->status = line.n > 0 && line.p[0] == '!' ? 404 : 200;
	out->body = text_copy(c, text_sub(line, 0, NET_ANSWER_MAX));
	return 0;
}

int
db_one(struct ctx *c, struct db *d, unsigned st, const struct arg *a, size_t n, void *row)
{
	(void)c;
	(void)d;
	if (st == ST_PAYMENT)
		*(struct payment_row *)row = payment;
	if (st == ST_OPENED) {
		MUST(n == 3 && gateway_id_ok(a[1].t) && a[2].t.n <= 400);
		MUST(text_starts(a[2].t, "https://") || text_starts(a[2].t, "http://"));
	}
	return 1;
}

void
fuzz(struct ctx *c, struct text in)
{
	static job_act *const acts[] = { act_order, act_poll, act_order, act_poll };
	unsigned char which = fuzz_byte(&in);
	struct call k = { .c = c, .conf = &conf };
	struct job j = { .row = { .tries = which >> 4 } };

	payment = (struct payment_row){ .id = 7, .state = which & 1 ? T("open") : T("created"),
		.total_paise = 23600, .gateway_order = T("order_1"), .created = 1796083245 };
	answers = in;
	if (json_read(c, T("{\"payment_id\":7,\"soon\":true}"), &j.payload) != 0)
		return;
	if (acts[which & 3](&k, &j) != 0)
		MUST(c->problem.kind == PROBLEM_BUSY || c->problem.kind == PROBLEM_SYNTAX);
	else
		MUST(j.again >= -1);
}
