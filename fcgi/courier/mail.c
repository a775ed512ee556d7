/*
 * Letters: to a mail server, or in the demo into a folder.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/courier/courier.h"
#include "fcgi/courier/letter.h"
#include "net/net.h"

static int
write_all(int fd, struct text t)
{
	while (t.n > 0) {
		ssize_t n = write(fd, t.p, t.n);

		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			t = text_sub(t, (size_t)n, t.n);
	}
	return 0;
}

/* Whole or not at all; the same letter again takes the place of the first. */
static int
keep(struct ctx *c, struct text name, struct text message)
{
	const char *path = text_c(c, text_fmt(c, "%s/%.*s.eml", courier_mail_dir, TEXT_F(name)));
	const char *part = text_c(c, text_fmt(c, "%s/.%.*s.part", courier_mail_dir, TEXT_F(name)));
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
	bool ok = fd >= 0 && write_all(fd, message) == 0 && fsync(fd) == 0;

	if (fd >= 0 && close(fd) != 0)
		ok = false;
	if (ok && rename(part, path) == 0)
		return 0;
	return problem_set(c, PROBLEM_FULL, "a letter cannot be written: %s", strerror(errno));
}

static struct text
footer(struct call *k)
{
	return text_fmt(k->c, "\n-- \n%s\n%s", k->conf->origin, config_yes(k->conf->demo) ?
	    "This is a demonstration: nothing in it is real.\n" : "");
}

int
act_mail(struct call *k, struct job *j)
{
	struct letter l = { .from = text_of(k->conf->mail_from),
		.to = json_member(j->payload, "to"), .subject = json_member(j->payload, "subject"),
		.lines = json_object_object_get(j->payload, "lines"), .footer = footer(k),
		.once = j->row.once, .host = letter_host(text_of(k->conf->origin)),
		.now = k->c->now };
	struct letter_out out = { text_of(k->conf->mail_url), l.from, l.to, { NULL, 0 } };

	j->again = -1;
	if (letter_write(k->c, &l, &out.message) != 0) {
		j->hopeless = true;
		return -1;
	}
	return courier_mail_dir != NULL ? keep(k->c, letter_name(k->c, l.once), out.message) :
	    net_mail(k->c, &out, &j->hopeless);
}
