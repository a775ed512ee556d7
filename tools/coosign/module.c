#include <dlfcn.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/coosign/module.h"

#define VALUE_MAX	((CK_ULONG)16384)
#define ID_MAX		((CK_ULONG)512)

/* Where the modules of the tokens that are sold in India install themselves, and the general ones. */
static const char *const known[] = {
	"/usr/lib/libcastle_v2.so.1.0.0",			/* Feitian ePass2003, HYP2003 */
	"/usr/lib/libcastle.so.1.0.0",
	"/usr/lib/ePass2003-Linux-x64/libcastle_v2.so.1.0.0",
	"/opt/ePass2003-Castle-*/x64/redist/libcastle.so.1.0.0",
	"/usr/lib/WatchData/ProxKey/lib/libwdpkcs_SignatureP11.so",	/* WatchData ProxKey */
	"/usr/lib/TRUSTKEY/libtrustkeyP11.so",			/* TrustKey */
	"/usr/lib/libcryptoida_pkcs11.so",			/* mToken CryptoID */
	"/usr/lib/libeToken.so", "/usr/lib/libeTPkcs11.so",	/* SafeNet eToken */
	"/usr/lib/*/opensc-pkcs11.so", "/usr/lib*/opensc-pkcs11.so",
	"/usr/lib/*/softhsm/libsofthsm2.so", "/usr/lib/softhsm/libsofthsm2.so",
	"/usr/lib/*/p11-kit-proxy.so", "/usr/lib*/p11-kit-proxy.so",
};

static const char *
own_path(struct ctx *c, const char *path)
{
	char *real = realpath(path, NULL);
	const char *own = text_fmt(c, "%s", real != NULL ? real : path).p;

	free(real);
	return own;
}

static size_t
add(struct module *out, size_t n, const char *path)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(out[i].path, path) == 0)
			return n;
	if (n < MODULES_MAX)
		out[n++] = (struct module){ .path = path };
	return n;
}

size_t
modules_find(struct ctx *c, const char *path, struct module *out)
{
	size_t n = 0;

	if (path != NULL)
		return add(out, 0, path);
	for (size_t i = 0; i < COUNT(known); i++) {
		glob_t g;

		if (glob(known[i], 0, NULL, &g) != 0)
			continue;
		for (size_t j = 0; j < g.gl_pathc; j++)
			n = add(out, n, own_path(c, g.gl_pathv[j]));
		globfree(&g);
	}
	return n;
}

static bool
unusable(struct module *m, const char *why)
{
	m->why = why;
	m->f = NULL;
	return false;
}

bool
module_open(struct ctx *c, struct module *m)
{
	void *library = dlopen(m->path, RTLD_NOW | RTLD_LOCAL);
	CK_C_GetFunctionList list;
	CK_RV rv;

	if (library == NULL)
		return unusable(m, text_fmt(c, "cannot be loaded: %s", dlerror()).p);
	*(void **)&list = dlsym(library, "C_GetFunctionList");
	if (list == NULL || list(&m->f) != CKR_OK || m->f == NULL)
		return unusable(m, "is no PKCS#11 module");
	rv = m->f->C_Initialize(NULL);
	if (rv != CKR_OK && rv != CKR_CRYPTOKI_ALREADY_INITIALIZED)
		return unusable(m, text_fmt(c, "does not start (0x%lx): is its service running?", rv).p);
	m->why = NULL;
	return true;
}

void
module_close(struct module *m)
{
	if (m->f != NULL)
		(void)m->f->C_Finalize(NULL);
	m->f = NULL;
}

/* Fixed fields are filled up with blanks. */
static struct text
field(struct ctx *c, const unsigned char *p, size_t n)
{
	return text_copy(c, text_trim((struct text){ (const char *)p, n }));
}

size_t
module_slots(struct ctx *c, const struct module *m, struct slot *out)
{
	CK_SLOT_ID id[SLOTS_MAX];
	CK_ULONG n = SLOTS_MAX;
	size_t k = 0;

	if (m->f->C_GetSlotList(CK_TRUE, id, &n) != CKR_OK)
		return 0;
	for (CK_ULONG i = 0; i < n && i < SLOTS_MAX; i++) {
		CK_TOKEN_INFO t;

		if (m->f->C_GetTokenInfo(id[i], &t) != CKR_OK || (t.flags & CKF_TOKEN_INITIALIZED) == 0)
			continue;
		out[k++] = (struct slot){ m, id[i], field(c, t.label, sizeof t.label),
		    field(c, t.model, sizeof t.model), t.flags };
	}
	return k;
}

bool
slot_session(const struct slot *s, CK_SESSION_HANDLE *out)
{
	return s->module->f->C_OpenSession(s->id, CKF_SERIAL_SESSION, NULL, NULL, out) == CKR_OK;
}

/* An attribute of any length up to a limit; the empty text if it is not there. */
static struct text
attribute(struct ctx *c, CK_FUNCTION_LIST *f, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
    CK_ATTRIBUTE_TYPE type, CK_ULONG limit)
{
	CK_ATTRIBUTE a = { type, NULL, 0 };

	if (f->C_GetAttributeValue(session, object, &a, 1) != CKR_OK || a.ulValueLen == 0 ||
	    a.ulValueLen > limit)
		return T("");
	a.pValue = ctx_alloc(c, a.ulValueLen);
	if (f->C_GetAttributeValue(session, object, &a, 1) != CKR_OK || a.ulValueLen > limit)
		return T("");
	return (struct text){ a.pValue, a.ulValueLen };
}

static CK_ULONG
find(CK_FUNCTION_LIST *f, CK_SESSION_HANDLE session, CK_ATTRIBUTE *like, CK_ULONG nlike,
    CK_OBJECT_HANDLE *out, CK_ULONG max)
{
	CK_ULONG n = 0;

	if (f->C_FindObjectsInit(session, like, nlike) != CKR_OK)
		return 0;
	if (f->C_FindObjects(session, out, max, &n) != CKR_OK || n > max)
		n = 0;
	(void)f->C_FindObjectsFinal(session);
	return n;
}

size_t
slot_certificates(struct ctx *c, const struct slot *s, CK_SESSION_HANDLE session, struct found *out)
{
	CK_FUNCTION_LIST *f = s->module->f;
	CK_OBJECT_CLASS class = CKO_CERTIFICATE;
	CK_ATTRIBUTE like[] = { { CKA_CLASS, &class, sizeof class } };
	CK_OBJECT_HANDLE object[CERTIFICATES_MAX];
	CK_ULONG n = find(f, session, like, 1, object, CERTIFICATES_MAX);
	size_t k = 0;

	for (CK_ULONG i = 0; i < n; i++) {
		struct text der = attribute(c, f, session, object[i], CKA_VALUE, VALUE_MAX);

		out[k].id = attribute(c, f, session, object[i], CKA_ID, ID_MAX);
		if (key_certificate_read(c, der, &out[k].certificate) == 0)
			k++;
		else
			problem_clear(&c->problem);
	}
	return k;
}

bool
slot_object(const struct slot *s, CK_SESSION_HANDLE session, CK_OBJECT_CLASS class, struct text id,
    CK_OBJECT_HANDLE *out)
{
	CK_ATTRIBUTE like[] = {
		{ CKA_CLASS, &class, sizeof class }, { CKA_ID, (void *)(uintptr_t)id.p, id.n },
	};

	return id.n > 0 && find(s->module->f, session, like, COUNT(like), out, 1) == 1;
}
