#include <curl/curl.h>
#include <string.h>

#include "net/net.h"

struct taking { char *p; size_t n; };
struct giving { struct text left; };

int
net_start(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? 0 : -1;
}

static size_t
take(char *p, size_t size, size_t n, void *arg)
{
	struct taking *t = arg;

	n *= size;
	if (n > NET_ANSWER_MAX - t->n)
		return 0;			/* longer than any answer should be: given up */
	(void)memcpy(t->p + t->n, p, n);
	t->n += n;
	return n;
}

static size_t
give(char *p, size_t size, size_t n, void *arg)
{
	struct giving *g = arg;

	n *= size;
	if (n > g->left.n)
		n = g->left.n;
	(void)memcpy(p, g->left.p, n);
	g->left = text_sub(g->left, n, g->left.n);
	return n;
}

static void
free_easy(void *easy)
{
	curl_easy_cleanup(easy);
}

static void
free_list(void *list)
{
	curl_slist_free_all(list);
}

static CURL *
begin(struct ctx *c, struct text url, const char *protocols)
{
	CURL *e = curl_easy_init();

	if (e == NULL)
		return NULL;
	ctx_defer(c, free_easy, e);
	return curl_easy_setopt(e, CURLOPT_URL, text_c(c, url)) == CURLE_OK &&
	    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, protocols) == CURLE_OK &&
	    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	    curl_easy_setopt(e, CURLOPT_TIMEOUT, (long)NET_SECONDS) == CURLE_OK &&
	    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, 5L) == CURLE_OK &&
	    curl_easy_setopt(e, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1") == CURLE_OK ?
	    e : NULL;
}

static int
perform(struct ctx *c, CURL *e)
{
	CURLcode rc = curl_easy_perform(e);

	return rc == CURLE_OK ? 0 : problem_set(c, PROBLEM_BUSY, "no answer: %s",
	    curl_easy_strerror(rc));
}

static int
set_list(struct ctx *c, CURL *e, CURLoption option, const char *const *text)
{
	struct curl_slist *list = NULL;

	for (; *text != NULL; text++) {
		struct curl_slist *longer = curl_slist_append(list, *text);

		if (longer == NULL) {
			curl_slist_free_all(list);
			return -1;
		}
		list = longer;
	}
	ctx_defer(c, free_list, list);
	return curl_easy_setopt(e, option, list) == CURLE_OK ? 0 : -1;
}

static int
set_body(struct ctx *c, CURL *e, const struct ask *a)
{
	const char *header[6] = { a->body.p == NULL ? "Accept: application/json" :
	    "Content-Type: application/json" };

	for (size_t i = 0; i < COUNT(a->header) && a->header[i] != NULL; i++)
		header[i + 1] = a->header[i];
	if (set_list(c, e, CURLOPT_HTTPHEADER, header) != 0)
		return -1;
	return a->body.p == NULL ||
	    (curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE, (long)a->body.n) == CURLE_OK &&
	    curl_easy_setopt(e, CURLOPT_POSTFIELDS, a->body.p) == CURLE_OK) ? 0 : -1;
}

static int
set_user(struct ctx *c, CURL *e, const struct ask *a)
{
	return a->user.n == 0 ||
	    (curl_easy_setopt(e, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC) == CURLE_OK &&
	    curl_easy_setopt(e, CURLOPT_USERNAME, text_c(c, a->user)) == CURLE_OK &&
	    curl_easy_setopt(e, CURLOPT_PASSWORD, text_c(c, a->secret)) == CURLE_OK) ? 0 : -1;
}

int
net_ask(struct ctx *c, const struct ask *a, struct answer *out)
{
	CURL *e = begin(c, a->url, "http,https");
	struct taking t = { ctx_alloc(c, NET_ANSWER_MAX), 0 };

	if (e == NULL || set_body(c, e, a) != 0 || set_user(c, e, a) != 0 ||
	    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take) != CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_WRITEDATA, &t) != CURLE_OK)
		return problem_set(c, PROBLEM_INTERNAL, "libcurl refused an option");
	if (perform(c, e) != 0 ||
	    curl_easy_getinfo(e, CURLINFO_RESPONSE_CODE, &out->status) != CURLE_OK)
		return -1;
	out->body = (struct text){ t.p, t.n };
	return 0;
}

int
net_mail(struct ctx *c, const struct letter_out *l, bool *permanent)
{
	CURL *e = begin(c, l->url, "smtp,smtps");
	struct giving g = { l->message };
	const char *to[] = { text_c(c, l->to), NULL };
	long status = 0;
	int rc;

	*permanent = false;
	if (e == NULL || set_list(c, e, CURLOPT_MAIL_RCPT, to) != 0 ||
	    curl_easy_setopt(e, CURLOPT_MAIL_FROM, text_c(c, l->from)) != CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY) != CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_READFUNCTION, give) != CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_READDATA, &g) != CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_UPLOAD, 1L) != CURLE_OK)
		return problem_set(c, PROBLEM_INTERNAL, "libcurl refused an option");
	rc = perform(c, e);
	if (rc != 0 && curl_easy_getinfo(e, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK)
		*permanent = status >= 500 && status < 600;
	return rc;
}
