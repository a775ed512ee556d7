#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/client.h"

#define PATIENCE_S 30L

static size_t
take(char *p, size_t size, size_t n, void *arg)
{
	struct client *k = arg;

	n *= size;
	if (n > ANSWER_MAX - k->n)
		return 0;
	(void)memcpy(k->answer + k->n, p, n);
	k->n += n;
	return n;
}

int
client_open(struct client *k, const char *portal, unsigned index)
{
	*k = (struct client){ .curl = curl_easy_init(), .portal = portal, .index = index,
		.answer = malloc(ANSWER_MAX + 1) };
	return k->curl != NULL && k->answer != NULL ? 0 : -1;
}

void
client_close(struct client *k)
{
	curl_easy_cleanup(k->curl);
	(void)json_object_put(k->json);
	free(k->answer);
}

static void
read_answer(struct client *k)
{
	char *type = NULL;

	k->answer[k->n] = '\0';
	(void)curl_easy_getinfo(k->curl, CURLINFO_RESPONSE_CODE, &k->status);
	(void)curl_easy_getinfo(k->curl, CURLINFO_CONTENT_TYPE, &type);
	if (type != NULL && strstr(type, "json") != NULL)
		k->json = json_tokener_parse(k->answer);
}

static void
aim(struct client *k, const char *address, const char *cookie)
{
	char url[1024];

	(void)json_object_put(k->json);
	k->json = NULL;
	k->n = 0;
	curl_easy_reset(k->curl);
	(void)snprintf(url, sizeof url, "%s%s", *address == '/' ? k->portal : "", address);
	(void)curl_easy_setopt(k->curl, CURLOPT_URL, url);
	(void)curl_easy_setopt(k->curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(k->curl, CURLOPT_TIMEOUT, PATIENCE_S);
	(void)curl_easy_setopt(k->curl, CURLOPT_WRITEFUNCTION, take);
	(void)curl_easy_setopt(k->curl, CURLOPT_WRITEDATA, k);
	if (cookie != NULL && *cookie != '\0')
		(void)curl_easy_setopt(k->curl, CURLOPT_COOKIE, cookie);
}

static struct curl_slist *
headers(struct client *k, bool json)
{
	struct curl_slist *h = curl_slist_append(NULL, "Sec-Fetch-Site: same-origin");
	char key[64];

	(void)snprintf(key, sizeof key, "Idempotency-Key: bench-%08u-%08llu", k->index,
	    (unsigned long long)k->keys++);
	h = curl_slist_append(h, key);
	h = curl_slist_append(h, "Expect:");
	return json ? curl_slist_append(h, "Content-Type: application/json") : h;
}

static long
send_it(struct client *k, struct curl_slist *h)
{
	CURLcode rc;

	(void)curl_easy_setopt(k->curl, CURLOPT_HTTPHEADER, h);
	rc = curl_easy_perform(k->curl);
	curl_slist_free_all(h);
	if (rc != CURLE_OK) {
		(void)fprintf(stderr, "client: %s\n", curl_easy_strerror(rc));
		return -1;
	}
	read_answer(k);
	return k->status;
}

long
client_ask(struct client *k, const char *method, const char *address, const char *cookie,
    const char *json)
{
	bool get = strcmp(method, "GET") == 0;

	aim(k, address, cookie);
	if (!get) {
		(void)curl_easy_setopt(k->curl, CURLOPT_CUSTOMREQUEST, method);
		(void)curl_easy_setopt(k->curl, CURLOPT_POSTFIELDS, json == NULL ? "" : json);
	}
	return send_it(k, get ? NULL : headers(k, json != NULL));
}

long
client_form(struct client *k, const char *address, const char *cookie, const char *body)
{
	aim(k, address, cookie);
	(void)curl_easy_setopt(k->curl, CURLOPT_POSTFIELDS, body);
	(void)curl_easy_setopt(k->curl, CURLOPT_FOLLOWLOCATION, 1L);
	return send_it(k, curl_slist_append(NULL, "Sec-Fetch-Site: same-origin"));
}

long
client_upload(struct client *k, const char *address, const char *cookie, const char *path)
{
	curl_mime *form;
	curl_mimepart *part;
	long status;

	aim(k, address, cookie);
	form = curl_mime_init(k->curl);
	part = curl_mime_addpart(form);
	(void)curl_mime_name(part, "file");
	(void)curl_mime_filedata(part, path);
	(void)curl_easy_setopt(k->curl, CURLOPT_MIMEPOST, form);
	status = send_it(k, headers(k, false));
	curl_mime_free(form);
	return status;
}

static struct json_object *
member(const struct client *k, const char *name)
{
	struct json_object *m = NULL;

	return json_object_object_get_ex(k->json, name, &m) ? m : NULL;
}

const char *
client_text(const struct client *k, const char *name)
{
	const char *t = json_object_get_string(member(k, name));

	return t == NULL ? "" : t;
}

int64_t
client_int(const struct client *k, const char *name)
{
	return json_object_get_int64(member(k, name));
}

int
client_must(const struct client *k, const char *what, long wanted, long got)
{
	if (got == wanted)
		return 0;
	(void)fprintf(stderr, "life: %s: %ld instead of %ld: %.300s\n", what, got, wanted, k->answer);
	return -1;
}
