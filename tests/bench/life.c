#include <inttypes.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/codec.h"
#include "base/digest.h"
#include "keys/cms.h"
#include "tests/bench/life.h"

#define POLL_MS		50
#define POLLS		600

#define ONE(fmt)	address, sizeof address, "/api/applications/%" PRId64 fmt, l->id

/* Ask and be answered as it should be. */
static int
ask(struct life *l, const char *method, const char *address, const char *cookie, const char *json,
    long wanted)
{
	return client_must(l->k, address, wanted, client_ask(l->k, method, address, cookie, json));
}

static int
draft(struct life *l)
{
	if (ask(l, "POST", "/api/applications", l->people->filer,
	    "{\"agency\":\"NCE\",\"office_id\":2}", 201) != 0)
		return -1;
	l->id = client_int(l->k, "id");
	return 0;
}

static int
fill_in(struct life *l)
{
	char address[96], body[32768];

	(void)snprintf(ONE(""));
	(void)snprintf(body, sizeof body, "{\"version\":1,\"content\":%s}", l->people->content);
	if (ask(l, "PUT", address, l->people->filer, body, 200) != 0)
		return -1;
	l->version = client_int(l->k, "version");
	return 0;
}

static int
upload(struct life *l)
{
	static const struct { const char *kind, *file; } documents[] = {
		{ "invoice", "shoes-invoice.pdf" }, { "packing_list", "shoes-packing-list.pdf" },
		{ "input_statement", "shoes-inputs-statement.pdf" },
	};
	char address[128], path[512];

	for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
		(void)snprintf(address, sizeof address, "/api/applications/%" PRId64
		    "/documents?kind=%s", l->id, documents[i].kind);
		(void)snprintf(path, sizeof path, "%s/%s", l->people->documents, documents[i].file);
		if (client_must(l->k, "upload", 201,
		    client_upload(l->k, address, l->people->filer, path)) != 0)
			return -1;
	}
	return 0;
}

static int
check(struct life *l)
{
	char address[96];

	(void)snprintf(ONE("/check"));
	return ask(l, "GET", address, l->people->filer, NULL, 200);
}

static int
freeze(struct life *l)
{
	char address[96], body[64];

	(void)snprintf(ONE("/signing"));
	(void)snprintf(body, sizeof body, "{\"version\":%" PRId64 "}", l->version);
	if (ask(l, "POST", address, l->people->filer, body, 200) != 0)
		return -1;
	(void)snprintf(ONE("/signing/jobs"));
	if (ask(l, "POST", address, l->people->signatory, NULL, 201) != 0)
		return -1;
	(void)snprintf(l->job, sizeof l->job, "%s", client_text(l->k, "url"));
	return 0;
}

/* What the signer's program does: the document is digested and the attributes are built here. */
static int
sign_hash(struct life *l, EVP_PKEY *key, const unsigned char *hash, struct text *out)
{
	unsigned char signature[512];
	size_t n = sizeof signature;
	EVP_PKEY_CTX *p = EVP_PKEY_CTX_new(key, NULL);
	bool good = p != NULL && EVP_PKEY_sign_init(p) == 1 &&
	    EVP_PKEY_CTX_set_signature_md(p, EVP_sha256()) == 1 &&
	    EVP_PKEY_sign(p, signature, &n, hash, SHA256_BYTES) == 1;

	EVP_PKEY_CTX_free(p);
	*out = base64_text(l->c, (struct text){ (char *)signature, n });
	return good ? 0 : -1;
}

static int
sign(struct life *l, EVP_PKEY *key)
{
	unsigned char document[SHA256_BYTES], hash[SHA256_BYTES];
	char address[600], body[1024];
	struct text der, signature;

	if (ask(l, "GET", l->job, NULL, NULL, 200) != 0 ||
	    !base64_decode(l->c, text_of(client_text(l->k, "certificate")), &der))
		return -1;
	(void)snprintf(address, sizeof address, "%s/document", l->job);
	if (ask(l, "GET", address, NULL, NULL, 200) != 0)
		return -1;
	sha256(document, (struct text){ l->k->answer, l->k->n });
	if (cms_attributes_hash(l->c, der, document, hash) != 0 ||
	    sign_hash(l, key, hash, &signature) != 0)
		return client_must(l->k, "the key does not sign", 0, 1);
	(void)snprintf(body, sizeof body, "{\"signature\":\"%.*s\"}", TEXT_F(signature));
	return ask(l, "POST", l->job, NULL, body, 200);
}

static int
sign_application(struct life *l)
{
	return sign(l, l->people->signatory_key);
}

static double
now(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* Until a member of the payment is as it should be (NULL: there). */
static int
await(struct life *l, const char *name, const char *value)
{
	char address[96];
	double since = now();
	const char *is;

	(void)snprintf(address, sizeof address, "/api/payments/%" PRId64, l->payment);
	for (int i = 0; i < POLLS; i++) {
		if (ask(l, "GET", address, l->people->filer, NULL, 200) != 0)
			return -1;
		is = client_text(l->k, name);
		if (value == NULL ? *is != '\0' : strcmp(is, value) == 0) {
			l->waited += now() - since;
			return 0;
		}
		(void)nanosleep(&(struct timespec){ 0, POLL_MS * 1000000L }, NULL);
	}
	return client_must(l->k, "the payment does not come on", 0, 1);
}

static int
order(struct life *l)
{
	char body[64];

	(void)snprintf(body, sizeof body, "{\"application_id\":%" PRId64 "}", l->id);
	if (ask(l, "POST", "/api/payments", l->people->filer, body, 201) != 0)
		return -1;
	l->payment = client_int(l->k, "id");
	if (await(l, "checkout_url", NULL) != 0)
		return -1;
	(void)snprintf(l->checkout, sizeof l->checkout, "%s", client_text(l->k, "checkout_url"));
	return 0;
}

/* The browser is sent back to the portal, and from there to the payment's page. */
static int
pay(struct life *l)
{
	return client_must(l->k, "checkout", 200, client_form(l->k, l->checkout, l->people->filer,
	    "act=pay")) != 0 ? -1 : await(l, "state", "paid");
}

static int
examine(struct life *l)
{
	char address[96];

	if (ask(l, "GET", "/api/review/queue", l->people->officer, NULL, 200) != 0)
		return -1;
	(void)snprintf(address, sizeof address, "/api/review/applications/%" PRId64 "/lock", l->id);
	if (ask(l, "PUT", address, l->people->officer, "{}", 200) != 0)
		return -1;
	l->version = client_int(l->k, "version");
	*strrchr(address, '/') = '\0';
	return ask(l, "GET", address, l->people->officer, NULL, 200);
}

static int
approve(struct life *l)
{
	char address[96], body[256];

	(void)snprintf(address, sizeof address, "/api/review/applications/%" PRId64 "/approval", l->id);
	(void)snprintf(body, sizeof body, "{\"version\":%" PRId64 ",\"checked\":[\"parties\","
	    "\"goods_match_invoice\",\"weights\",\"hs\",\"marks\",\"origin\",\"documents_legible\"]}",
	    l->version);
	return ask(l, "POST", address, l->people->officer, body, 200);
}

static int
prepare(struct life *l)
{
	char address[96], body[64];

	(void)snprintf(body, sizeof body, "{\"application_id\":%" PRId64 "}", l->id);
	if (ask(l, "POST", "/api/certificates", l->people->officer, body, 201) != 0)
		return -1;
	(void)snprintf(l->number, sizeof l->number, "%s", client_text(l->k, "number"));
	(void)snprintf(address, sizeof address, "/api/certificates/%s/signing", l->number);
	if (ask(l, "POST", address, l->people->officer, NULL, 201) != 0)
		return -1;
	(void)snprintf(l->job, sizeof l->job, "%s", client_text(l->k, "url"));
	return 0;
}

static int
issue(struct life *l)
{
	return sign(l, l->people->officer_key);
}

const struct step life_steps[] = {
	{ "draft", draft }, { "fill in", fill_in }, { "three uploads", upload }, { "check", check },
	{ "freeze", freeze }, { "sign", sign_application }, { "order", order }, { "pay", pay },
	{ "examine", examine }, { "approve", approve }, { "number and page", prepare },
	{ "sign and issue", issue },
};
const size_t life_nsteps = sizeof life_steps / sizeof *life_steps;
