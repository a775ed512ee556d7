#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/codec.h"
#include "paper/pades.h"
#include "paper/pdf.h"

#define RANGE	"1111111111 1111111111 1111111111"	/* replaced once the offsets are known */
#define DOCMDP	"<< /Type /SigRef /TransformMethod /DocMDP " \
	"/TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>"

static int
no_signature(struct ctx *c)
{
	return problem_say(c, PROBLEM_FILE, "The file carries no signature that covers it.");
}

static void
put(struct ctx *c, qpdf_data q, qpdf_oh dict, const char *key, struct text t)
{
	if (t.n != 0)
		qpdf_oh_replace_key(q, dict, key, qpdf_oh_new_unicode_string(q, text_c(c, t)));
}

/* The signature dictionary; qpdf writes /Contents of a /Type /Sig with /ByteRange in hexadecimal. */
static qpdf_oh
signature(struct ctx *c, qpdf_data q, const struct pades_note *note)
{
	char *hole = ctx_alloc(c, PADES_HOLE), when[32];
	qpdf_oh sig = qpdf_make_indirect_object(q, qpdf_oh_parse(q, "<< /Type /Sig /Filter /Adobe.PPKLite "
	    "/SubFilter /ETSI.CAdES.detached /ByteRange [0 " RANGE "] /Reference [" DOCMDP "] >>"));
	time_t t = (time_t)note->time;
	struct tm tm;

	(void)gmtime_r(&t, &tm);
	(void)strftime(when, sizeof when, "D:%Y%m%d%H%M%SZ", &tm);
	qpdf_oh_replace_key(q, sig, "/M", qpdf_oh_new_string(q, when));
	qpdf_oh_replace_key(q, sig, "/Contents", qpdf_oh_new_binary_string(q, hole, PADES_HOLE));
	put(c, q, sig, "/Name", note->name);
	put(c, q, sig, "/Reason", note->reason);
	put(c, q, sig, "/Location", note->location);
	return sig;
}

/* An invisible widget on page 1; the catalog says that nothing may change after it. */
static void
add_field(qpdf_data q, qpdf_oh sig)
{
	qpdf_oh page = qpdf_get_page_n(q, 0), root = qpdf_get_root(q);
	qpdf_oh field = qpdf_make_indirect_object(q, qpdf_oh_parse(q, "<< /Type /Annot /Subtype /Widget "
	    "/FT /Sig /T (Issuer) /F 132 /Rect [0 0 0 0] >>"));
	qpdf_oh form = qpdf_oh_parse(q, "<< /SigFlags 3 >>"), perms = qpdf_oh_new_dictionary(q);

	qpdf_oh_replace_key(q, field, "/V", sig);
	qpdf_oh_replace_key(q, field, "/P", page);
	qpdf_oh_replace_key(q, page, "/Annots", qpdf_oh_wrap_in_array(q, field));
	qpdf_oh_replace_key(q, form, "/Fields", qpdf_oh_wrap_in_array(q, field));
	qpdf_oh_replace_key(q, root, "/AcroForm", form);
	qpdf_oh_replace_key(q, perms, "/DocMDP", sig);
	qpdf_oh_replace_key(q, root, "/Perms", perms);
}

static bool
hash(struct text pdf, const struct pades_range *r, unsigned char *out)
{
	EVP_MD_CTX *m = EVP_MD_CTX_new();
	bool ok = m != NULL && EVP_DigestInit_ex(m, EVP_sha256(), NULL) == 1 &&
	    EVP_DigestUpdate(m, pdf.p + r->at[0], r->at[1]) == 1 &&
	    EVP_DigestUpdate(m, pdf.p + r->at[2], r->at[3]) == 1 && EVP_DigestFinal_ex(m, out, NULL) == 1;

	EVP_MD_CTX_free(m);
	return ok;
}

/* Write the offsets over the placeholder, padded to its width; our own file, so both are there. */
static bool
close_range(struct text pdf, struct pades_range *r)
{
	char *open = memmem(pdf.p, pdf.n, "/Contents <00000000", 19), *range, text[64];
	size_t a, b;

	if (open == NULL)
		return false;
	open += 10;
	a = (size_t)(open - pdf.p);
	b = a + 2 + 2 * PADES_HOLE;
	range = memmem(pdf.p, a, RANGE, sizeof RANGE - 1);
	if (range == NULL || b >= pdf.n || pdf.p[b - 1] != '>')
		return false;
	(void)snprintf(text, sizeof text, "%-10zu %-10zu %-10zu", a, b, pdf.n - b);
	(void)memcpy(range, text, sizeof RANGE - 1);
	*r = (struct pades_range){ { 0, a, b, pdf.n - b } };
	return true;
}

int
pades_prepare(struct ctx *c, struct text pdf, const struct pades_note *note, struct prepared *out)
{
	AUTO_PDF q = pdf_new();

	if (pdf_read(c, q, pdf) != 0)
		return -1;
	if (qpdf_oh_has_key(q, qpdf_get_root(q), "/AcroForm"))
		return problem_say(c, PROBLEM_FILE, "The file has a form already and cannot be signed.");
	add_field(q, signature(c, q, note));
	if (pdf_write(c, q, &out->pdf) != 0)
		return -1;
	if (!close_range(out->pdf, &out->range) || !hash(out->pdf, &out->range, out->sha256))
		return problem_set(c, PROBLEM_INTERNAL, "the hole for the signature is not where it was put");
	return 0;
}

static bool
take_number(struct cursor *k, size_t *out)
{
	size_t n = 0, digits = 0;

	while (k->left > 0 && (*k->p == ' ' || *k->p == '\n' || *k->p == '\r'))
		(void)take_u8(k);
	for (; k->left > 0 && *k->p >= '0' && *k->p <= '9' && digits < 12; digits++)
		n = n * 10 + (size_t)(take_u8(k) - '0');
	*out = n;
	return digits > 0;
}

static const char *
last(struct text t, const char *what)
{
	size_t n = strlen(what);

	for (const char *p = t.p + t.n - n; t.n >= n && p >= t.p; p--)
		if (memcmp(p, what, n) == 0)
			return p;
	return NULL;
}

/*
 * The last /ByteRange in the file, and whether all it leaves out is one string in hexadecimal.  The
 * text is searched, not the objects: what counts is covered by the hash, wherever it was found.
 */
static bool
find_range(struct text pdf, struct pades_range *r)
{
	const char *at = last(pdf, "/ByteRange");
	struct cursor k;

	if (at == NULL)
		return false;
	k = cursor_of((struct text){ at + 10, (size_t)(pdf.p + pdf.n - at) - 10 });
	(void)take_word(&k, '[');
	for (int i = 0; i < 4; i++)
		if (!take_number(&k, &r->at[i]))
			return false;
	if (r->at[0] != 0 || r->at[2] < r->at[1] + 2 || r->at[2] > pdf.n || r->at[3] > pdf.n - r->at[2])
		return false;
	if (pdf.p[r->at[1]] != '<' || pdf.p[r->at[2] - 1] != '>')
		return false;
	for (size_t i = r->at[1] + 1; i < r->at[2] - 1; i++)
		if (memchr("0123456789abcdefABCDEF", pdf.p[i], 22) == NULL)
			return false;
	return true;
}

int
pades_range_hash(struct ctx *c, struct text pdf, struct pades_range *range, unsigned char *sha256)
{
	struct pades_range r = { { 0 } };

	if (!find_range(pdf, &r))
		return no_signature(c);
	if (range != NULL)
		*range = r;
	if (sha256 != NULL && !hash(pdf, &r, sha256))
		return problem_set(c, PROBLEM_INTERNAL, "SHA-256 failed");
	return 0;
}

int
pades_embed(struct ctx *c, struct text pdf, struct text cms, struct text *out)
{
	struct heap *h = heap_new(c);
	struct pades_range r = { { 0 } };
	char *hex;

	if (pades_range_hash(c, pdf, &r, NULL) != 0)
		return -1;
	if (r.at[2] + r.at[3] != pdf.n)
		return no_signature(c);
	if (2 * cms.n > r.at[2] - r.at[1] - 2)
		return problem_say(c, PROBLEM_SIGNATURE, "The signature is larger than the room kept for it.");
	heap_add(h, pdf.p, pdf.n);
	if (h->failed)
		return problem_set(c, PROBLEM_BUSY, "no memory for a PDF");
	hex = ctx_alloc(c, 2 * cms.n + 1);
	hex_encode(hex, cms.p, cms.n);
	(void)memset(h->p + r.at[1] + 1, '0', r.at[2] - r.at[1] - 2);
	(void)memcpy(h->p + r.at[1] + 1, hex, 2 * cms.n);
	*out = heap_text(h);
	return 0;
}

/* The length of a DER SEQUENCE with its head; what follows is padding.  0: there is none. */
static size_t
der_length(struct text t)
{
	struct cursor k = cursor_of(t);
	size_t n;

	if (take_u8(&k) != 0x30)
		return 0;
	n = take_u8(&k);
	if (n == 0x81)
		n = take_u8(&k);
	else if (n == 0x82)
		n = take_be16(&k);
	else if (n == 0x83)
		n = (size_t)take_u8(&k) << 16 | take_be16(&k);
	else if (n >= 0x80)
		return 0;
	n += t.n - k.left;
	return !k.bad && n <= t.n ? n : 0;
}

int
pades_extract(struct ctx *c, struct text pdf, struct pades_found *out)
{
	size_t n;
	unsigned char *bytes;

	*out = (struct pades_found){ .appended = false };
	if (pades_range_hash(c, pdf, &out->range, out->sha256) != 0)
		return -1;
	n = (out->range.at[2] - out->range.at[1] - 2) / 2;
	bytes = ctx_alloc(c, n);
	if (!hex_decode(text_sub(pdf, out->range.at[1] + 1, 2 * n), bytes, n))
		return no_signature(c);
	out->cms = (struct text){ (const char *)bytes, der_length((struct text){ (const char *)bytes, n }) };
	out->appended = out->range.at[2] + out->range.at[3] != pdf.n;
	return 0;
}
