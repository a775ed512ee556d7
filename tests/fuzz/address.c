/*
 * The address that a web page hands to coosign: only a job's, over TLS or on this machine, and as it
 * is read so it stays.  What coosign says of it does not move a terminal's cursor.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/screen.h"
#include "tools/coosign/portal.h"

const size_t fuzz_memory = 8 * MIB;	/* of coosign */

void
fuzz_start(void)
{
	screen_start();
}

static void
one(struct ctx *c, const char *address)
{
	struct portal p, again;

	if (portal_read(c, address, &p) != DONE)
		return;
	MUST(text_starts(p.origin, "https://") || (p.local && text_starts(p.origin, "http://")));
	MUST(text_starts(text_of(p.url), text_c(c, p.origin)));
	MUST(strpbrk(p.url, "?#@ \"<>\\") == NULL);
	for (const char *s = p.url; *s != '\0'; s++)
		MUST(*s > ' ' && *s <= '~');
	MUST(portal_read(c, p.url, &again) == DONE);
	MUST(text_eq(p.origin, again.origin) && strcmp(p.url, again.url) == 0 && p.local == again.local);
}

void
fuzz(struct ctx *c, struct text in)
{
	char *word[] = { (char *)(uintptr_t)"coosign", (char *)(uintptr_t)text_c(c, in), NULL };
	struct options o;

	if (text_starts(in, "coosign:") && options_read(c, 2, word, &o) == DONE) {
		MUST(strcmp(o.command, "job") == 0 && o.from_link && !o.yes && o.nallow == 0);
		one(c, o.url);
	} else
		one(c, word[1]);
	screen_look();
}
