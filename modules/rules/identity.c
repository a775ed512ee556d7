#include <string.h>

#include "rules/identity.h"

#define GSTIN_LENGTH 15

static const struct gst_state states[] = {
	{ "01", "Jammu and Kashmir", false },	{ "02", "Himachal Pradesh", false },
	{ "03", "Punjab", false },		{ "04", "Chandigarh", true },
	{ "05", "Uttarakhand", false },		{ "06", "Haryana", false },
	{ "07", "Delhi", false },		{ "08", "Rajasthan", false },
	{ "09", "Uttar Pradesh", false },	{ "10", "Bihar", false },
	{ "11", "Sikkim", false },		{ "12", "Arunachal Pradesh", false },
	{ "13", "Nagaland", false },		{ "14", "Manipur", false },
	{ "15", "Mizoram", false },		{ "16", "Tripura", false },
	{ "17", "Meghalaya", false },		{ "18", "Assam", false },
	{ "19", "West Bengal", false },		{ "20", "Jharkhand", false },
	{ "21", "Odisha", false },		{ "22", "Chhattisgarh", false },
	{ "23", "Madhya Pradesh", false },	{ "24", "Gujarat", false },
	{ "26", "Dadra and Nagar Haveli and Daman and Diu", true },
	{ "27", "Maharashtra", false },		{ "29", "Karnataka", false },
	{ "30", "Goa", false },			{ "31", "Lakshadweep", true },
	{ "32", "Kerala", false },		{ "33", "Tamil Nadu", false },
	{ "34", "Puducherry", false },		{ "35", "Andaman and Nicobar Islands", true },
	{ "36", "Telangana", false },		{ "37", "Andhra Pradesh", false },
	{ "38", "Ladakh", true },
	/* Numbers given before these were merged or divided still begin so. */
	{ "25", "Daman and Diu", true },	{ "28", "Andhra Pradesh (before division)", false },
	{ "97", "Other Territory", false },	{ "99", "Centre Jurisdiction", false },
};

/* ${form}: A a letter, 0 a digit, * either; anything else stands for itself. */
static bool
has_form(struct text t, const char *form)
{
	if (t.n != strlen(form))
		return false;
	for (size_t i = 0; i < t.n; i++) {
		bool digit = t.p[i] >= '0' && t.p[i] <= '9';
		bool letter = t.p[i] >= 'A' && t.p[i] <= 'Z';
		bool fits = form[i] == 'A' ? letter : form[i] == '0' ? digit :
		    form[i] == '*' ? letter || digit : t.p[i] == form[i];

		if (!fits)
			return false;
	}
	return true;
}

/* Fourth letter: association, body, company, firm, government, family, juridical, trust ... */
static bool
is_pan(struct text t)
{
	return has_form(t, "AAAAA0000A") && memchr("ABCFGHJKLPT", t.p[3], 11) != NULL;
}

static struct text
tidy(struct ctx *c, struct text t)
{
	return text_upper(c, text_trim(t));
}

enum identity_verdict
iec_read(struct ctx *c, struct text t, struct text *out)
{
	*out = tidy(c, t);
	return is_pan(*out) || has_form(*out, "0000000000") ? IDENTITY_OK : IDENTITY_MALFORMED;
}

enum identity_verdict
pan_read(struct ctx *c, struct text t, struct text *out)
{
	*out = tidy(c, t);
	return is_pan(*out) ? IDENTITY_OK : IDENTITY_MALFORMED;
}

char
gstin_check(struct text t)
{
	static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	int sum = 0;

	if (t.n < GSTIN_LENGTH - 1)
		return '\0';
	for (size_t i = 0; i < GSTIN_LENGTH - 1; i++) {
		const char *at = memchr(alphabet, t.p[i], sizeof alphabet - 1);
		int v;

		if (at == NULL)
			return '\0';
		v = (int)(at - alphabet) * (i % 2 == 0 ? 1 : 2);
		sum += v / 36 + v % 36;
	}
	return alphabet[(36 - sum % 36) % 36];
}

enum identity_verdict
gstin_read(struct ctx *c, struct text t, struct text *out)
{
	*out = tidy(c, t);
	if (!has_form(*out, "00AAAAA0000A*Z*") || out->p[12] == '0' || gst_state(*out) == NULL)
		return IDENTITY_MALFORMED;
	return gstin_check(*out) == out->p[14] ? IDENTITY_OK : IDENTITY_MISTYPED;
}

struct text
gstin_pan(struct text t)
{
	return text_sub(t, 2, 10);
}

const struct gst_state *
gst_state(struct text t)
{
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(text_sub(t, 0, 2), states[i].code))
			return &states[i];
	return NULL;
}

const struct gst_state *
gst_state_named(struct text t)
{
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is_nocase(text_trim(t), states[i].name))
			return &states[i];
	return NULL;
}
