#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/text.h"
#include "table.h"

struct line { char *word[WORDS_MAX + 1]; size_t n; };

static int
group_of(const char *name, gid_t *out)
{
	const struct group *g = getgrnam(name);

	if (g == NULL) {
		(void)fprintf(stderr, "there is no group %s\n", name);
		return -1;
	}
	*out = g->gr_gid;
	return 0;
}

static int
set_user(struct entry *e, const struct line *l)
{
	const struct passwd *p = getpwnam(l->word[1]);

	if (p == NULL) {
		(void)fprintf(stderr, "there is no user %s\n", l->word[1]);
		return -1;
	}
	e->uid = p->pw_uid;
	e->gid = p->pw_gid;
	return 0;
}

static int
set_groups(struct entry *e, const struct line *l)
{
	if (l->n - 1 > GROUPS_MAX)
		return -1;
	for (size_t i = 1; i < l->n; i++)
		if (group_of(l->word[i], &e->groups[e->ngroups++]) != 0)
			return -1;
	return 0;
}

/* socket TYPE PATH MODE GROUP */
static int
set_socket(struct entry *e, const struct line *l)
{
	if (l->n != 5)
		return -1;
	e->type = strcmp(l->word[1], "stream") == 0 ? SOCK_STREAM :
	    strcmp(l->word[1], "seqpacket") == 0 ? SOCK_SEQPACKET : 0;
	e->socket = l->word[2];
	e->mode = (mode_t)strtoul(l->word[3], NULL, 8);
	if (strlen(e->socket) >= sizeof(((struct sockaddr_un *)0)->sun_path)) {
		(void)fprintf(stderr, "the socket path %s is too long for the kernel (107 bytes)\n",
		    e->socket);
		return -1;
	}
	return e->type == 0 || e->mode == 0 ? -1 : group_of(l->word[4], &e->socket_gid);
}

static int
set_wait(struct entry *e, const struct line *l)
{
	e->wait = l->word[1];
	return 0;
}

static int
set_once(struct entry *e, const struct line *l)
{
	(void)l;
	e->once = true;
	return 0;
}

static int
set_stop(struct entry *e, const struct line *l)
{
	static const struct { const char *name; int sig; } known[] = {
		{ "TERM", SIGTERM }, { "QUIT", SIGQUIT }, { "INT", SIGINT },
	};

	for (size_t i = 0; i < COUNT(known); i++)
		if (strcmp(l->word[1], known[i].name) == 0) {
			e->stop = known[i].sig;
			return 0;
		}
	return -1;
}

static int
set_rest(struct entry *e, const struct line *l)
{
	e->rest = atoi(l->word[1]);
	return e->rest > 0 ? 0 : -1;
}

static int
set_threads(struct entry *e, const struct line *l)
{
	(void)e;
	return atoi(l->word[1]) > 0 ? 0 : -1;
}

static int
set_exec(struct entry *e, const struct line *l)
{
	for (size_t i = 1; i < l->n; i++)
		e->argv[i - 1] = l->word[i];
	return l->word[1][0] == '/' ? 0 : -1;
}

static const struct {
	const char *word;
	size_t	    least;		/* words on the line */
	int	  (*set)(struct entry *, const struct line *);
} keywords[] = {
	{ "user", 2, set_user },	{ "groups", 2, set_groups },
	{ "socket", 5, set_socket },	{ "wait", 2, set_wait },
	{ "once", 1, set_once },	{ "stop", 2, set_stop },
	{ "threads", 2, set_threads },	{ "rest", 2, set_rest },
	{ "exec", 2, set_exec },
};

static int
apply(struct table *t, const struct line *l)
{
	if (strcmp(l->word[0], "program") == 0) {
		if (l->n != 2 || t->n == ENTRIES_MAX)
			return -1;
		t->entry[t->n++] = (struct entry){ .name = l->word[1], .stop = SIGTERM, .fd = -1,
			.rest = REST_MS };
		return 0;
	}
	for (size_t i = 0; t->n > 0 && i < COUNT(keywords); i++)
		if (strcmp(l->word[0], keywords[i].word) == 0)
			return l->n < keywords[i].least ? -1 :
			    keywords[i].set(&t->entry[t->n - 1], l);
	return -1;
}

/* Words stay where they are in the text; blanks become their ends. */
static int
split(char *text, struct line *l)
{
	char *save = NULL;

	*l = (struct line){ .n = 0 };
	for (char *w = strtok_r(text, " \t\r", &save); w != NULL;
	    w = strtok_r(NULL, " \t\r", &save)) {
		if (l->n == 0 && w[0] == '#')
			break;
		if (l->n == WORDS_MAX)
			return -1;
		l->word[l->n++] = w;
	}
	return 0;
}

static int
check(const struct table *t, const char *path)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->entry[i].argv[0] == NULL) {
			(void)fprintf(stderr, "%s: program %s has no exec line\n", path,
			    t->entry[i].name);
			return -1;
		}
	if (t->n == 0)
		(void)fprintf(stderr, "%s: names no program\n", path);
	return t->n == 0 ? -1 : 0;
}

static int
load(const char *path, struct table *t)
{
	FILE *f = fopen(path, "re");
	size_t n = 0;

	if (f != NULL) {
		n = fread(t->text, 1, sizeof t->text, f);
		(void)fclose(f);
	}
	if (f == NULL || n == sizeof t->text) {
		(void)fprintf(stderr, "%s: %s\n", path, f == NULL ? strerror(errno) : "too long");
		return -1;
	}
	t->text[n] = '\0';
	return 0;
}

int
table_read(const char *path, struct table *t)
{
	char *rest = t->text, *text;
	struct line l;

	t->n = 0;
	if (load(path, t) != 0)
		return -1;
	for (int number = 1; (text = strsep(&rest, "\n")) != NULL; number++)
		if (split(text, &l) != 0 || (l.n > 0 && apply(t, &l) != 0)) {
			(void)fprintf(stderr, "%s:%d: this line is not understood\n", path, number);
			return -1;
		}
	return check(t, path);
}
