#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/codec.h"
#include "tools/coosign/options.h"

static const char usage[] =
"coosign - sign for an eCoO portal with your own certificate\n"
"\n"
"  coosign job ADDRESS [KEY] [--yes] [--allow ORIGIN] [--cacert FILE]\n"
"        sign what a portal has ready; the portal's page shows the address\n"
"  coosign 'coosign:job?u=ADDRESS'\n"
"        the same, as a browser calls it\n"
"  coosign sign --in FILE --out FILE.p7s [KEY]\n"
"        make a detached signature (CMS) over a file\n"
"  coosign tokens [--module FILE.so]\n"
"        list modules, tokens and certificates, and why one cannot sign\n"
"\n"
"KEY:\n"
"  (nothing)            the first token found that has the certificate asked for\n"
"  --module FILE.so     the PKCS#11 module of your token\n"
"  --slot N             only this slot of it\n"
"  --token LABEL        only the token of this label\n"
"  --certificate HEX    the certificate whose SHA-256 fingerprint begins so\n"
"  --p12 FILE           a key file instead of a token\n"
"  --pin-file FILE      PIN from a file that only you can read; otherwise it is asked for\n"
"\n"
"  --yes                do not ask before signing: needed where there is no terminal\n"
"  --allow ORIGIN       accept this portal (https://host), this time\n"
"  --cacert FILE        root certificate of the portal's TLS, in PEM\n"
"\n"
"Portals you accepted stand in ~/.config/coosign/portals, one origin a line.\n"
"A PIN is never tried twice: tokens lock after a few wrong ones.\n"
"\n"
"Exit codes:\n";

void
options_help(void)
{
	(void)fputs(usage, stdout);
#define X(id, code, words) (void)printf("  %d  %s\n", (code), (words));
	OUTCOMES(X)
#undef X
}

#define WORD(name, member) { (name), offsetof(struct options, member) }
static const struct { const char *name; size_t at; } with_value[] = {
	WORD("--p12", p12), WORD("--module", module), WORD("--slot", slot), WORD("--token", token),
	WORD("--certificate", certificate), WORD("--pin-file", pin_file), WORD("--in", in),
	WORD("--out", out), WORD("--cacert", cacert),
};

static const char **
member_of(struct options *o, const char *name)
{
	for (size_t i = 0; i < COUNT(with_value); i++)
		if (strcmp(name, with_value[i].name) == 0)
			return (const char **)(void *)((char *)o + with_value[i].at);
	if (strcmp(name, "--allow") == 0 && o->nallow < ALLOW_MAX)
		return &o->allow[o->nallow++];
	return NULL;
}

/* "%3A" and the like; anything malformed is refused. */
static bool
unescape(struct ctx *c, struct text t, const char **out)
{
	char *p = ctx_alloc(c, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		unsigned char b = (unsigned char)t.p[i];

		if (b == '%') {
			if (!hex_decode(text_sub(t, i + 1, 2), &b, 1))
				return false;
			i += 2;
		}
		if (b <= ' ' || b >= 0x7f)
			return false;
		p[n++] = (char)b;
	}
	*out = p;
	return n > 0;
}

static bool
read_link(struct ctx *c, struct text t, struct options *o)
{
	static const char *const begin[] = { "coosign:job?u=", "coosign://job?u=", "coosign://job/?u=" };

	o->command = "job";
	o->from_link = true;
	for (size_t i = 0; i < COUNT(begin); i++)
		if (text_starts(t, begin[i]))
			return unescape(c, text_sub(t, strlen(begin[i]), t.n), &o->url);
	return false;
}

static enum outcome
read_word(struct options *o, const char *word)
{
	if (strcmp(word, "--yes") == 0)
		o->yes = true;
	else if (word[0] != '-' && strcmp(o->command, "job") == 0 && o->url == NULL)
		o->url = word;
	else
		return fail(MISUSED, "%s is not understood: see coosign --help", word);
	return DONE;
}

static enum outcome
fits_together(const struct options *o)
{
	bool job = strcmp(o->command, "job") == 0, sign = strcmp(o->command, "sign") == 0;

	if (!job && !sign && strcmp(o->command, "tokens") != 0)
		return fail(MISUSED, "%s is no command: see coosign --help", o->command);
	if (job && o->url == NULL)
		return fail(MISUSED, "the address of the job is missing");
	if (sign && (o->in == NULL || o->out == NULL))
		return fail(MISUSED, "sign needs --in FILE and --out FILE");
	if (o->p12 != NULL && (o->module != NULL || o->slot != NULL || o->token != NULL))
		return fail(MISUSED, "the key is in a file or on a token, not in both");
	if (o->slot != NULL && o->module == NULL)
		return fail(MISUSED, "--slot is a number of one module: name it with --module");
	return DONE;
}

enum outcome
options_read(struct ctx *c, int n, char **word, struct options *o)
{
	enum outcome how;

	*o = (struct options){ .command = n > 1 ? word[1] : "help" };
	if (text_starts(text_of(o->command), "coosign:")) {
		if (!read_link(c, text_of(word[1]), o))
			return fail(MISUSED, "the link is not one that a portal makes");
	} else if (strcmp(o->command, "--help") == 0 || strcmp(o->command, "-h") == 0 ||
	    strcmp(o->command, "--version") == 0 || strcmp(o->command, "help") == 0) {
		o->command += o->command[0] == '-' ? strspn(o->command, "-") : 0;
		return DONE;
	}
	for (int i = 2; i < n; i++) {
		const char **to = member_of(o, word[i]);

		if (to != NULL && i + 1 == n)
			return fail(MISUSED, "%s needs a value", word[i]);
		if (to != NULL)
			*to = word[++i];
		else if ((how = read_word(o, word[i])) != DONE)
			return how;
	}
	return fits_together(o);
}
