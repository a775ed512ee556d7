#include <inttypes.h>

#include "base/clock.h"
#include "fcgi/verify/words.h"

static const struct { const char *name, *say[LANGUAGES]; } words[] = {
	{ "title", { "Certificate check", "प्रमाणपत्र की जाँच" } },
	{ "site", { "Certificates of origin", "उत्पत्ति प्रमाणपत्र" } },
	{ "skip", { "Skip to the answer", "सीधे जवाब पर जाएँ" } },
	{ "nav", { "Site", "साइट" } },
	{ "nav_verify", { "Verify", "सत्यापन" } },
	{ "nav_guide", { "How to apply", "आवेदन कैसे करें" } },
	{ "nav_fees", { "Fees", "शुल्क" } },
	{ "nav_agencies", { "Agencies", "एजेंसियाँ" } },
	{ "nav_help", { "Help", "सहायता" } },
	{ "sign_in", { "Sign in", "साइन इन" } },
	{ "agencies", { "See the agencies of this portal", "इस पोर्टल की एजेंसियाँ देखें" } },
	{ "doubt", { "In doubt?", "शक है?" } },
	{ "doubt_says", { "Ask the agency that issued it. It knows the whole file.",
	    "जारीकर्ता एजेंसी से पूछें। पूरी फ़ाइल उसी के पास है।" } },
	{ "file_says", { "If you have the certificate as a PDF, compare the file itself.",
	    "प्रमाणपत्र PDF में हो तो फ़ाइल ही मिला लें।" } },
	{ "other", { "हिन्दी", "English" } },
	{ "demo", { "Demonstration: nothing here is official.",
	    "डेमो: यहाँ कुछ भी आधिकारिक नहीं है।" } },
	{ "valid", { "Valid", "मान्य" } },
	{ "valid_says", { "This certificate was issued and is in force.",
	    "यह प्रमाणपत्र जारी हुआ है और मान्य है।" } },
	{ "cancelled", { "Cancelled", "रद्द" } },
	{ "cancelled_says", { "This certificate is no longer good. Do not accept it. Cancelled on",
	    "यह प्रमाणपत्र अब मान्य नहीं है। इसे स्वीकार न करें। रद्द होने की तारीख:" } },
	{ "replaced", { "Replaced", "बदला गया" } },
	{ "replaced_says", { "Another certificate stands in its place. Do not accept this one. "
	    "Replaced on", "इसकी जगह दूसरा प्रमाणपत्र जारी हुआ है। इसे स्वीकार न करें। बदलने की तारीख:" } },
	{ "replaced_by", { "Replaced by", "नया प्रमाणपत्र" } },
	{ "reason", { "Reason", "कारण" } },
	{ "unknown", { "No such certificate", "ऐसा कोई प्रमाणपत्र नहीं" } },
	{ "unknown_says", { "No certificate with this number was issued here. Do not rely on this "
	    "paper. Tell the agency it names, through an address you know from elsewhere.",
	    "इस नंबर का कोई प्रमाणपत्र यहाँ से जारी नहीं हुआ। इस कागज़ पर भरोसा न करें। उस पर लिखी "
	    "एजेंसी को बताएँ, ऐसे पते पर जो आपको कहीं और से मालूम हो।" } },
	{ "mistyped", { "Mistyped number", "नंबर में टाइपिंग की गलती" } },
	{ "mistyped_says", { "The last character does not fit the rest, so one or more characters "
	    "are wrong. Type the number again from the paper.",
	    "आखिरी अक्षर बाकी नंबर से मेल नहीं खाता, यानी कोई अक्षर गलत है। कागज़ देखकर नंबर दोबारा लिखें।" } },
	{ "malformed", { "This is not a certificate number", "यह प्रमाणपत्र नंबर नहीं है" } },
	{ "malformed_says", { "A certificate number looks like NP-NCE-26-0000123-W. It stands in "
	    "the upper right of the certificate.",
	    "प्रमाणपत्र नंबर NP-NCE-26-0000123-W जैसा होता है। यह प्रमाणपत्र पर ऊपर दाईं ओर लिखा होता है।" } },
	{ "typed", { "You asked for", "आपने यह पूछा" } },
	{ "number", { "Certificate number", "प्रमाणपत्र नंबर" } },
	{ "code", { "Check code", "जाँच कोड" } },
	{ "code_hint", { "10 letters and digits, printed below the number",
	    "10 अक्षर और अंक, नंबर के पास छपे हुए" } },
	{ "code_ask", { "See the full certificate", "पूरा प्रमाणपत्र देखें" } },
	{ "code_why", { "With the check code printed below the number you see all that stands on "
	    "the certificate.", "नंबर के पास छपे जाँच कोड से आप प्रमाणपत्र पर लिखी हर बात देख सकते हैं।" } },
	{ "code_wrong", { "This check code does not belong to this certificate. The number alone "
	    "may have been copied: take care.",
	    "यह जाँच कोड इस प्रमाणपत्र का नहीं है। हो सकता है नंबर कहीं से नकल किया गया हो: सावधान रहें।" } },
	{ "code_right", { "The check code is right: this is the full certificate as issued.",
	    "जाँच कोड सही है: जारी किया गया पूरा प्रमाणपत्र यह है।" } },
	{ "show", { "Show the certificate", "प्रमाणपत्र दिखाएँ" } },
	{ "again", { "Check another number", "दूसरा नंबर जाँचें" } },
	{ "check", { "Check", "जाँचें" } },
	{ "compare", { "Compare with your paper", "अपने कागज़ से मिलाएँ" } },
	{ "compare_says", { "Compare every particular below with your paper. A true number can be "
	    "copied onto a false paper.",
	    "नीचे दी गई हर बात अपने कागज़ से मिलाएँ। सही नंबर जाली कागज़ पर भी लिखा जा सकता है।" } },
	{ "file", { "Compare your PDF", "अपनी PDF मिलाएँ" } },
	{ "preferential", { "A non-preferential certificate says where the goods were made. It "
	    "gives no right to reduced duty.",
	    "नॉन-प्रेफ़रेंशियल प्रमाणपत्र बताता है कि माल कहाँ बना। इससे ड्यूटी में छूट का कोई अधिकार नहीं मिलता।" } },
	{ "facts", { "What was issued", "क्या जारी हुआ" } },
	{ "applicant", { "Exporter", "निर्यातक" } },
	{ "goods", { "Goods", "माल" } },
	{ "origin", { "Country of origin", "उत्पत्ति का देश" } },
	{ "destination", { "Country of destination", "गंतव्य देश" } },
	{ "issued", { "Issued on", "जारी होने की तारीख" } },
	{ "agency", { "Issuing agency", "जारीकर्ता एजेंसी" } },
	{ "office", { "Office", "कार्यालय" } },
	{ "contact", { "Questions to", "पूछताछ" } },
	{ "email", { "E-mail", "ई-मेल" } },
	{ "phone", { "Telephone", "टेलीफ़ोन" } },
	{ "website", { "Website", "वेबसाइट" } },
	{ "face", { "The full certificate", "पूरा प्रमाणपत्र" } },
	{ "exporter", { "Exporter", "निर्यातक" } },
	{ "consignee", { "Consignee", "Consignee (माल पाने वाला)" } },
	{ "transport", { "Means of transport and route", "परिवहन का साधन और रूट" } },
	{ "official", { "For official use", "कार्यालय के उपयोग के लिए" } },
	{ "item", { "Item", "आइटम" } },
	{ "marks", { "Marks and numbers", "Marks और नंबर" } },
	{ "packages", { "Packages", "पैकेज" } },
	{ "criterion", { "Origin criterion", "उत्पत्ति का आधार" } },
	{ "weight", { "Weight or quantity", "वज़न या मात्रा" } },
	{ "invoices", { "Invoices", "इनवॉइस" } },
	{ "total", { "Total", "कुल" } },
	{ "produced_in", { "Produced in", "उत्पादन का देश" } },
	{ "importing_country", { "Importing country", "आयात करने वाला देश" } },
	{ "declared", { "Declared by the exporter", "निर्यातक ने घोषणा की" } },
	{ "certified", { "Certified by the agency", "एजेंसी ने प्रमाणित किया" } },
	{ "place", { "Place", "स्थान" } },
	{ "date", { "Date", "तारीख" } },
	{ "by", { "By", "हस्ताक्षरकर्ता" } },
	{ "designation", { "Position", "पदनाम" } },
	{ "signed_at", { "Signed electronically", "इलेक्ट्रॉनिक हस्ताक्षर" } },
	{ "sha256", { "SHA-256 of the issued PDF", "जारी PDF का SHA-256" } },
	{ "copy", { "This answer was given on", "जवाब का समय:" } },
};

static const char *const months[LANGUAGES][12] = {
	{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
	{ "जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून", "जुल॰", "अग॰", "सित॰", "अक्टू॰", "नव॰", "दिस॰" },
};
static const char *const codes[LANGUAGES] = { "en", "hi" };

const char *
language_code(enum language l)
{
	return codes[l];
}

/* The first of ours in the order the browser gives: it lists what it likes best first. */
enum language
language_of(struct text asked, struct text header)
{
	struct cursor k = cursor_of(header);

	for (int l = 0; l < LANGUAGES; l++)
		if (text_is(asked, codes[l]))
			return (enum language)l;
	while (!at_end(&k)) {
		struct text tag = text_sub(text_trim(take_word(&k, ',')), 0, 2);

		for (int l = 0; l < LANGUAGES; l++)
			if (text_is_nocase(tag, codes[l]))
				return (enum language)l;
	}
	return ENGLISH;
}

bool
words_known(struct text name)
{
	for (size_t i = 0; i < COUNT(words); i++)
		if (text_is(name, words[i].name))
			return true;
	return false;
}

struct json_object *
words_json(struct ctx *c, enum language l)
{
	struct json_object *o = json_new(c);

	for (size_t i = 0; i < COUNT(words); i++)
		json_set_text(o, words[i].name, text_of(words[i].say[l]));
	return o;
}

/* "2026-11-24T20:00:00Z" -> seconds since 1970; the text is ours. */
static int64_t
seconds(struct text t)
{
	int64_t day = 0, h = 0, m = 0;

	if (!clock_date(text_sub(t, 0, 10), &day) || !text_int(text_sub(t, 11, 2), &h) ||
	    !text_int(text_sub(t, 14, 2), &m))
		return 0;
	return day * 86400 + h * 3600 + m * 60;
}

struct text
words_date(struct ctx *c, enum language l, struct text t)
{
	struct text day;
	int64_t d = 1, m = 1;

	if (t.n < 16)
		return (struct text){ "", 0 };
	day = clock_ist_date(c, seconds(t));
	if (!text_int(text_sub(day, 8, 2), &d) || !text_int(text_sub(day, 5, 2), &m) || m < 1 || m > 12)
		return day;
	return text_fmt(c, "%" PRId64 " %s %.*s", d, months[l][m - 1], TEXT_F(text_sub(day, 0, 4)));
}

struct text
words_moment(struct ctx *c, enum language l, int64_t t)
{
	struct text day = words_date(c, l, clock_rfc3339(c, t)), said = clock_ist(c, t);

	return text_fmt(c, "%.*s, %.*s", TEXT_F(day),
	    TEXT_F(text_sub(said, said.n - (sizeof "14:30 IST" - 1), said.n)));
}
