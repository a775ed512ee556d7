/*
 * module - PKCS#11 modules: where they are, what tokens and certificates they show.
 *
 * Trust:   a module's answers are checked for their lengths and given up on when they make no sense.
 * Memory:  the ctx; a module stays loaded until the process ends: many do not bear unloading.
 * Fails:   a module that cannot be used says why, in ${why}.
 * Needs:   nothing.
 */
#ifndef COOSIGN_MODULE_H
#define COOSIGN_MODULE_H
#include <p11-kit/pkcs11.h>

#include "keys/certificate.h"
#include "tools/coosign/options.h"

#define MODULES_MAX	24
#define SLOTS_MAX	32
#define CERTIFICATES_MAX 16

struct module { const char *path, *why; CK_FUNCTION_LIST *f; };

struct slot {
	const struct module *module;
	CK_SLOT_ID	id;
	struct text	label, model;
	CK_FLAGS	flags;		/* of the token */
};

struct found {
	struct key_certificate certificate;
	struct text	id;		/* CKA_ID: any length */
};

/* modules_find(c, path or NULL, out): that one, or all known ones that are installed; their number. */
size_t modules_find(struct ctx *, const char *, struct module *);
/* module_open(m): loads it; false, with m->why. */
bool module_open(struct ctx *, struct module *);
void module_close(struct module *);
/* module_slots(c, m, out): those with a token in them. */
size_t module_slots(struct ctx *, const struct module *, struct slot *);
/* slot_session(s, out): a session that only reads. */
bool slot_session(const struct slot *, CK_SESSION_HANDLE *);
/* slot_certificates(c, s, session, out): X.509 certificates that can be read. */
size_t slot_certificates(struct ctx *, const struct slot *, CK_SESSION_HANDLE, struct found *);
/* slot_object(s, session, class, id, out): the first object of that class and CKA_ID. */
bool slot_object(const struct slot *, CK_SESSION_HANDLE, CK_OBJECT_CLASS, struct text,
    CK_OBJECT_HANDLE *);
#endif
