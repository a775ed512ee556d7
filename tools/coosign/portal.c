#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/coosign/portal.h"
#include "tools/coosign/terminal.h"

#define FILE_MAX	((size_t)65536)

/* ---- the address ---- */

static struct text
part(struct ctx *c, CURLU *u, CURLUPart which)
{
	char *s = NULL;
	struct text t = { "", 0 };

	if (curl_url_get(u, which, &s, 0) == CURLUE_OK)
		t = text_copy(c, text_of(s));
	curl_free(s);
	return t;
}

static struct text
lower(struct ctx *c, struct text t)
{
	char *p = (char *)(uintptr_t)text_c(c, t);

	for (size_t i = 0; i < t.n; i++)
		p[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] + 32) : p[i];
	return (struct text){ p, t.n };
}

static bool
is_local(struct text host)
{
	return text_is(host, "localhost") || text_is(host, "127.0.0.1") || text_is(host, "[::1]");
}

static bool
is_token(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
		    t.p[i]) == NULL || t.p[i] == '\0')
			return false;
	return t.n >= 16 && t.n <= 128;
}

/* A job has one of two paths and a token; other addresses are not asked, whoever names them. */
static bool
is_job(struct text path)
{
	static const char *const begin[] = { "/api/application-signing/", "/api/certificate-signing/" };

	for (size_t i = 0; i < COUNT(begin); i++)
		if (text_starts(path, begin[i]))
			return is_token(text_sub(path, strlen(begin[i]), path.n));
	return false;
}

/* Scheme, host and port, with the usual port left out. */
static struct text
origin_of(struct ctx *c, CURLU *u, struct text *scheme, struct text *host)
{
	struct text port = part(c, u, CURLUPART_PORT);

	*scheme = lower(c, part(c, u, CURLUPART_SCHEME));
	*host = lower(c, part(c, u, CURLUPART_HOST));
	if (port.n == 0 || (text_is(*scheme, "https") && text_is(port, "443")) ||
	    (text_is(*scheme, "http") && text_is(port, "80")))
		return text_fmt(c, "%.*s://%.*s", TEXT_F(*scheme), TEXT_F(*host));
	return text_fmt(c, "%.*s://%.*s:%.*s", TEXT_F(*scheme), TEXT_F(*host), TEXT_F(port));
}

static enum outcome
judge_address(struct ctx *c, CURLU *u, struct portal *out)
{
	struct text scheme, host, path = part(c, u, CURLUPART_PATH);

	out->origin = origin_of(c, u, &scheme, &host);
	out->local = is_local(host);
	out->url = text_fmt(c, "%.*s%.*s", TEXT_F(out->origin), TEXT_F(path)).p;
	if (!text_is(scheme, "https") && !(text_is(scheme, "http") && out->local))
		return fail(REFUSED, "%.*s is not protected: the address has to begin with https://",
		    TEXT_F(out->origin));
	if (part(c, u, CURLUPART_USER).n > 0 || part(c, u, CURLUPART_PASSWORD).n > 0 ||
	    part(c, u, CURLUPART_QUERY).n > 0 || part(c, u, CURLUPART_FRAGMENT).n > 0 || !is_job(path))
		return fail(REFUSED, "this is not the address of something to sign");
	return DONE;
}

/*
 * A name in another script can look like one that is known, and so can one behind percent signs: it
 * has to be written as it is asked for.
 */
static bool
is_as_asked(const char *s)
{
	while (*s > ' ' && *s <= '~' && *s != '%')
		s++;
	return *s == '\0';
}

enum outcome
portal_read(struct ctx *c, const char *address, struct portal *out)
{
	CURLU *u = curl_url();
	enum outcome how;

	if (u == NULL || strlen(address) > 2048 || !is_as_asked(address) ||
	    curl_url_set(u, CURLUPART_URL, address, 0) != CURLUE_OK)
		how = fail(REFUSED, "this is not an address");
	else
		how = judge_address(c, u, out);
	curl_url_cleanup(u);
	return how;
}

/* ---- the list ---- */

static bool
path_of_list(struct ctx *c, bool make, const char **out)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	const char *dir;

	if (config != NULL && config[0] == '/')
		dir = text_fmt(c, "%s/coosign", config).p;
	else if (home != NULL && home[0] == '/') {
		config = text_fmt(c, "%s/.config", home).p;
		dir = text_fmt(c, "%s/coosign", config).p;
	} else
		return false;
	if (make && ((mkdir(config, 0700) != 0 && errno != EEXIST) ||
	    (mkdir(dir, 0700) != 0 && errno != EEXIST)))
		return false;
	*out = text_fmt(c, "%s/portals", dir).p;
	return true;
}

static bool
is_listed(struct ctx *c, struct text origin)
{
	const char *path;
	char *p = ctx_alloc(c, FILE_MAX);
	struct text all = { p, 0 };
	struct cursor cur;
	FILE *f;

	if (!path_of_list(c, false, &path) || (f = fopen(path, "re")) == NULL)
		return false;
	all.n = fread(p, 1, FILE_MAX, f);
	(void)fclose(f);
	for (cur = cursor_of(all); cur.left > 0;)
		if (text_eq(text_trim(take_word(&cur, '\n')), origin))
			return true;
	return false;
}

static void
remember(struct ctx *c, struct text origin)
{
	const char *path;
	int fd = -1;
	bool good;

	if (path_of_list(c, true, &path))
		fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	good = fd >= 0 && dprintf(fd, "%.*s\n", TEXT_F(origin)) > 0;
	if (fd >= 0 && close(fd) != 0)
		good = false;
	if (!good)
		(void)fprintf(stderr, "coosign: the portal could not be remembered\n");
}

enum outcome
portal_accept(struct ctx *c, const struct options *o, const struct portal *p)
{
	for (size_t i = 0; i < o->nallow; i++)
		if (text_is(p->origin, o->allow[i]))
			return DONE;
	if (p->local || is_listed(c, p->origin))
		return DONE;
	if (terminal_there()) {
		(void)printf("This portal is not known here:\n");
		terminal_line("", p->origin);
		if (terminal_yes("Do you know it, and may it ask you for signatures from now on?")) {
			remember(c, p->origin);
			return DONE;
		}
	}
	return fail(REFUSED, "%.*s is not one of your portals: --allow it, or write it into "
	    "~/.config/coosign/portals", TEXT_F(p->origin));
}
