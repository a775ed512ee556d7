/*
 * client - a person's requests to the portal over one kept connection, for the bench.
 *
 * Trust:   the portal is ours; its answers are JSON, or bytes that are only digested.
 * Memory:  an answer lives until the next request of the same client.
 * Fails:   with a sentence on standard error and -1.
 * Needs:   curl_global_init().
 */
#ifndef BENCH_CLIENT_H
#define BENCH_CLIENT_H
#include <curl/curl.h>
#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

#define ANSWER_MAX	((size_t)4 << 20)

struct client {
	CURL		*curl;
	const char	*portal;	/* http://localhost:8080 */
	char		*answer;
	size_t		n;
	long		status;
	struct json_object *json;	/* NULL: not JSON */
	uint64_t	keys;		/* for Idempotency-Key: one a request */
	unsigned	index;
};

int client_open(struct client *, const char *portal, unsigned index);
void client_close(struct client *);

/* client_ask(k, method, address, cookie, json): the status, or -1.  ${json} NULL: no body. */
long client_ask(struct client *, const char *, const char *, const char *, const char *);
/* client_form(k, address, body): as a browser sends a form, and follows to where it is sent. */
long client_form(struct client *, const char *, const char *, const char *);
/* client_upload(k, address, cookie, path): a file as multipart/form-data. */
long client_upload(struct client *, const char *, const char *, const char *);

/* Members of the last answer: "" and 0 where there is none. */
const char *client_text(const struct client *, const char *);
int64_t client_int(const struct client *, const char *);

/* client_must(k, what, wanted, got): 0, or -1 after what came instead. */
int client_must(const struct client *, const char *, long, long);
#endif
