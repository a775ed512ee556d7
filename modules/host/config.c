#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/config.h"

static const struct { const char *key; size_t off; const char *standard; } rows[] = {
#define ROW(m, standard) { #m, offsetof(struct config, m), standard }
	ROW(db_socket, NULL), ROW(db_schema, "ecoo"), ROW(origin, NULL), ROW(files, ""),
	ROW(document_max, "10485760"),
	ROW(inspect_socket, ""), ROW(trust, ""), ROW(fonts, ""), ROW(templates, ""),
	ROW(gateway_key, ""), ROW(gateway_secret_file, ""), ROW(gateway_url, ""),
	ROW(notice_url, ""), ROW(mail_from, ""), ROW(mail_url, ""), ROW(demo, "no"),
	ROW(threads, "8"),
#undef ROW
};

static const char **
member(struct config *c, size_t i)
{
	return (const char **)(void *)((char *)c + rows[i].off);
}

static int
set(struct config *c, struct text key, struct text value)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (text_is(key, rows[i].key)) {
			*member(c, i) = strndup(value.p, value.n);
			return *member(c, i) == NULL ? -1 : 0;
		}
	(void)fprintf(stderr, "configuration: unknown key \"%.*s\"\n", TEXT_F(key));
	return -1;
}

static int
read_lines(struct config *c, FILE *f)
{
	char line[1024];
	int rc = 0;

	while (rc == 0 && fgets(line, sizeof line, f) != NULL) {
		struct text t = text_trim(text_of(line));
		size_t eq = text_find(t, '=');

		if (t.n == 0 || t.p[0] == '#')
			continue;
		rc = set(c, text_trim(text_sub(t, 0, eq)), text_trim(text_sub(t, eq + 1, t.n)));
	}
	return rc;
}

int
config_read(struct config *c)
{
	const char *path = getenv("ECOO_CONF");
	FILE *f = path == NULL ? NULL : fopen(path, "re");
	int rc;

	if (f == NULL) {
		(void)fprintf(stderr, "configuration: cannot read the file named by ECOO_CONF (%s)\n",
		    path == NULL ? "not set" : path);
		return -1;
	}
	for (size_t i = 0; i < COUNT(rows); i++)
		*member(c, i) = rows[i].standard;
	rc = read_lines(c, f);
	(void)fclose(f);
	for (size_t i = 0; rc == 0 && i < COUNT(rows); i++)
		if (*member(c, i) == NULL) {
			(void)fprintf(stderr, "configuration: %s is missing\n", rows[i].key);
			rc = -1;
		}
	return rc;
}

bool
config_yes(const char *value)
{
	return strcmp(value, "yes") == 0;
}
