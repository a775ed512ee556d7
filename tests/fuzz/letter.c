/*
 * A letter from a job's payload: its head has the lines that it should, and no others, and its text
 * is the text.
 */
#include "fcgi/courier/letter.h"
#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 4 * MIB;	/* of courier */

void
fuzz_start(void)
{
}

static const char *const fields[] = { "From: ", "To: ", "Subject: ", "Date: ", "Message-ID: ",
	"Auto-Submitted: ", "MIME-Version: ", "Content-Type: ", "Content-Transfer-Encoding: " };

/* The head, field by field; a folded line belongs to the subject.  What is left is the body. */
static struct text
head(struct text all)
{
	size_t n = 0, at;

	for (;; all = text_sub(all, at + 2, all.n)) {
		const char *end = memmem(all.p, all.n, "\r\n", 2);

		MUST(end != NULL);
		at = (size_t)(end - all.p);
		if (at == 0)
			break;
		if (all.p[0] == ' ') {
			MUST(n == 3);
			continue;
		}
		MUST(n < COUNT(fields) && text_starts(all, fields[n]));
		n++;
	}
	MUST(n == COUNT(fields));
	return text_sub(all, 2, all.n);
}

/* RFC 5322 and 5321: ASCII, CR and LF only together, no line too long. */
static void
lines(struct text all)
{
	size_t column = 0;

	for (size_t i = 0; i < all.n; i++) {
		MUST(all.p[i] > 0 && (all.p[i] != '\n' || (i > 0 && all.p[i - 1] == '\r')));
		MUST(all.p[i] != '\r' || (i + 1 < all.n && all.p[i + 1] == '\n'));
		MUST((unsigned char)all.p[i] >= ' ' || strchr("\t\r\n", all.p[i]) != NULL);
		column = all.p[i] == '\n' ? 0 : column + 1;
		MUST(column <= 998);
	}
}

static int
hex(char b)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *at = b == '\0' ? NULL : strchr(digits, b);

	MUST(at != NULL);
	return (int)(at - digits);
}

/* RFC 2045, read back. */
static struct text
decoded(struct ctx *c, struct text body, bool quoted)
{
	char *p = ctx_alloc(c, body.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < body.n; i++) {
		if (body.p[i] == '\r')
			continue;
		if (!quoted || body.p[i] != '=') {
			p[n++] = body.p[i];
			continue;
		}
		MUST(i + 2 < body.n);
		if (body.p[i + 1] != '\r')
			p[n++] = (char)(hex(body.p[i + 1]) << 4 | hex(body.p[i + 2]));
		i += 2;
	}
	return (struct text){ p, n };
}

static struct text
wanted(struct ctx *c, const struct letter *l)
{
	char *p = ctx_alloc(c, 200 * KIB);
	size_t n = 0;

	for (size_t i = 0; i < json_object_array_length(l->lines); i++) {
		struct json_object *line = json_object_array_get_idx(l->lines, i);
		size_t length = (size_t)json_object_get_string_len(line);

		memcpy(p + n, json_object_get_string(line), length);
		n += length;
		p[n++] = '\n';
	}
	memcpy(p + n, l->footer.p, l->footer.n);
	return (struct text){ p, n + l->footer.n };
}

void
fuzz(struct ctx *c, struct text in)
{
	struct letter l = { .from = T("no-reply@ecoo.example"), .footer = T("\n-- \nhttps://ecoo.example\n"),
		.once = T("mail/1"), .host = letter_host(in), .now = 1796083245 };
	struct json_object *o;
	struct text out, body;
	bool quoted;

	MUST(letter_host(T("https://[::1]:8080")).n == 5 && l.host.n <= in.n);
	l.host = T("ecoo.example");
	if (in.n > 128 * KIB || json_read(c, in, &o) != 0 || !json_object_is_type(o, json_type_object))
		return;
	l.to = json_member(o, "to");
	l.subject = json_member(o, "subject");
	l.lines = json_object_object_get(o, "lines");
	if (letter_write(c, &l, &out) != 0) {
		MUST(c->problem.kind == PROBLEM_SYNTAX || c->problem.kind == PROBLEM_LARGE);
		return;
	}
	lines(out);
	body = head(out);
	quoted = text_ends(text_sub(out, 0, out.n - body.n), "-Encoding: quoted-printable\r\n\r\n");
	MUST(text_eq(decoded(c, body, quoted), wanted(c, &l)));
}
