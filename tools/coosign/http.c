#include <curl/curl.h>
#include <openssl/evp.h>
#include <string.h>

#include "tools/coosign/http.h"

#define ANSWER_MAX	((size_t)65536)
#define DOCUMENT_MAX	(64 * MIB)

struct sink {
	char		*to;		/* NULL: digest */
	size_t		n, limit;
	EVP_MD_CTX	*digest;
	bool		over;
};

struct request {
	const char	*url;
	struct text	body;
	bool		post, digest;
	long		seconds;
};

bool
http_start(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static size_t
take(char *p, size_t one, size_t n, void *arg)
{
	struct sink *s = arg;

	n *= one;
	if (n > s->limit - s->n) {
		s->over = true;
		return 0;
	}
	if (s->to != NULL)
		(void)memcpy(s->to + s->n, p, n);
	else if (EVP_DigestUpdate(s->digest, p, n) != 1)
		return 0;
	s->n += n;
	return n;
}

static bool
set_up(CURL *h, const struct options *o, const struct portal *p, const struct request *q)
{
	const char *schemes = p->local ? "http,https" : "https";

	return curl_easy_setopt(h, CURLOPT_URL, q->url) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, schemes) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_REDIR_PROTOCOLS_STR, "https") == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1") == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, 15L) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_TIMEOUT, q->seconds) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_USERAGENT, "coosign") == CURLE_OK &&
	    (o->cacert == NULL || curl_easy_setopt(h, CURLOPT_CAINFO, o->cacert) == CURLE_OK) &&
	    (!q->post || (curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE, (long)q->body.n) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_COPYPOSTFIELDS, q->body.p) == CURLE_OK));
}

static enum outcome
judge(const struct portal *p, const struct request *q, CURLcode rc, const struct sink *s,
    const char *why, long status)
{
	if (s->over)
		return fail(FAILED, "the portal sends more than it should");
	if (rc != CURLE_OK && q->post)
		return fail(FAILED, "the signature was sent, and no answer came (%s): look at the portal's "
		    "page before you try again", why);
	if (rc != CURLE_OK)
		return fail(FAILED, "%.*s does not answer: %s", TEXT_F(p->origin), why);
	if (status >= 300 && status < 400)
		return fail(REFUSED, "the portal sends us elsewhere, which is not followed");
	return DONE;
}

static enum outcome
perform(CURL *h, const struct options *o, const struct portal *p, const struct request *q,
    struct sink *s, struct http_answer *out)
{
	struct curl_slist *head = curl_slist_append(NULL, "Content-Type: application/json");
	char error[CURL_ERROR_SIZE] = "";
	CURLcode rc = CURLE_FAILED_INIT;

	if (head != NULL && set_up(h, o, p, q) &&
	    (!q->post || curl_easy_setopt(h, CURLOPT_HTTPHEADER, head) == CURLE_OK) &&
	    curl_easy_setopt(h, CURLOPT_ERRORBUFFER, error) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_WRITEDATA, s) == CURLE_OK)
		rc = curl_easy_perform(h);
	(void)curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &out->status);
	curl_slist_free_all(head);
	return judge(p, q, rc, s, error[0] != '\0' ? error : curl_easy_strerror(rc), out->status);
}

static enum outcome
request(struct ctx *c, const struct options *o, const struct portal *p, const struct request *q,
    struct http_answer *out)
{
	struct sink s = { .limit = q->digest ? DOCUMENT_MAX : ANSWER_MAX };
	CURL *h = curl_easy_init();
	enum outcome how = FAILED;

	*out = (struct http_answer){ .status = 0 };
	s.to = q->digest ? NULL : ctx_alloc(c, ANSWER_MAX + 1);
	s.digest = EVP_MD_CTX_new();
	if (h != NULL && s.digest != NULL && EVP_DigestInit_ex(s.digest, EVP_sha256(), NULL) == 1)
		how = perform(h, o, p, q, &s, out);
	else
		(void)fail(FAILED, "no memory");
	if (how == DONE && EVP_DigestFinal_ex(s.digest, out->sha256, NULL) != 1)
		how = fail(FAILED, "no digest");
	EVP_MD_CTX_free(s.digest);
	curl_easy_cleanup(h);
	out->size = s.n;
	if (s.to != NULL)
		out->body = (struct text){ s.to, s.n };
	return how;
}

enum outcome
http_get(struct ctx *c, const struct options *o, const struct portal *p, struct http_answer *out)
{
	return request(c, o, p, &(struct request){ .url = p->url, .seconds = 30 }, out);
}

enum outcome
http_digest(struct ctx *c, const struct options *o, const struct portal *p, struct http_answer *out)
{
	return request(c, o, p, &(struct request){ .url = text_fmt(c, "%s/document", p->url).p,
	    .digest = true, .seconds = 180 }, out);
}

enum outcome
http_post(struct ctx *c, const struct options *o, const struct portal *p, struct text json,
    struct http_answer *out)
{
	return request(c, o, p, &(struct request){ .url = p->url, .body = json, .post = true,
	    .seconds = 60 }, out);
}
