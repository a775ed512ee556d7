#include <stdio.h>

#include "base/clock.h"
#include "tools/coosign/module.h"
#include "tools/coosign/terminal.h"
#include "tools/coosign/tokens.h"

static void
pin_state(const struct slot *s)
{
	static const struct { CK_FLAGS flag; const char *words; } row[] = {
		{ CKF_USER_PIN_LOCKED, "the PIN is LOCKED: the issuer can unlock it" },
		{ CKF_USER_PIN_FINAL_TRY, "the next wrong PIN locks the token" },
		{ CKF_USER_PIN_COUNT_LOW, "a wrong PIN was given before" },
	};

	for (size_t i = 0; i < COUNT(row); i++)
		if ((s->flags & row[i].flag) != 0) {
			(void)printf("    %s\n", row[i].words);
			return;
		}
}

static bool
list_one(struct ctx *c, const struct found *f)
{
	const struct key_certificate *k = &f->certificate;
	enum key_fault why = key_certificate_fit(k, clock_now());
	struct text until = clock_ist_date(c, k->not_after);

	(void)printf("    ");
	terminal_print(stdout, k->subject);
	(void)printf(" (");
	terminal_print(stdout, k->organisation.n > 0 ? k->organisation : T("no organisation"));
	(void)printf(")\n      fingerprint %.*s\n      issued by ", TEXT_F(k->fingerprint));
	terminal_print(stdout, k->issuer);
	(void)printf(", until %.*s\n      ", TEXT_F(until));
	if (f->id.n == 0 && why == KEY_FIT)
		(void)printf("cannot sign: it has no identifier (CKA_ID) to find its key by\n");
	else if (why == KEY_FIT)
		(void)printf("can sign\n");
	else
		(void)printf("cannot sign (%s): %s\n", key_words[why].code, key_words[why].words);
	return why == KEY_FIT && f->id.n > 0;
}

static size_t
list_slot(struct ctx *c, const struct slot *s)
{
	struct found all[CERTIFICATES_MAX];
	CK_SESSION_HANDLE session;
	size_t n = 0, good = 0;

	(void)printf("  slot %lu, token ", s->id);
	terminal_print(stdout, s->label);
	(void)printf(" (");
	terminal_print(stdout, s->model);
	(void)printf(")\n");
	pin_state(s);
	if (!slot_session(s, &session)) {
		(void)printf("    cannot be opened\n");
		return 0;
	}
	n = slot_certificates(c, s, session, all);
	for (size_t i = 0; i < n; i++)
		good += list_one(c, &all[i]);
	if (n == 0)
		(void)printf("    no certificate is on it\n");
	(void)s->module->f->C_CloseSession(session);
	return good;
}

static size_t
list_module(struct ctx *c, struct module *m)
{
	struct slot slot[SLOTS_MAX];
	size_t n, good = 0;

	if (!module_open(c, m)) {
		(void)printf("%s\n  %s\n", m->path, m->why);
		return 0;
	}
	(void)printf("%s\n", m->path);
	n = module_slots(c, m, slot);
	for (size_t i = 0; i < n; i++)
		good += list_slot(c, &slot[i]);
	if (n == 0)
		(void)printf("  no token is in its readers\n");
	module_close(m);
	return good;
}

enum outcome
tokens_list(struct ctx *c, const struct options *o)
{
	struct module module[MODULES_MAX];
	size_t n = modules_find(c, o->module, module), good = 0;

	for (size_t i = 0; i < n; i++)
		good += list_module(c, &module[i]);
	if (n == 0)
		return fail(NO_KEY, "no PKCS#11 module is installed in the usual places: name the one of your "
		    "token with --module");
	return good > 0 ? DONE : fail(NO_KEY, "no certificate here can sign");
}
