#include <string.h>
#include <time.h>

#include "base/codec.h"
#include "base/digest.h"
#include "fcgi/courier/letter.h"

#define LINE_MAX_PLAIN	900	/* RFC 5322: 998 */
#define LINE_MAX_QP	76
#define WORD_BYTES	45	/* of UTF-8 in an encoded word of 75 characters */
#define SUBJECT_MAX	300
#define LETTER_MAX	(64 * KIB)

struct out { char *p; size_t n, cap, column; };

/* The room was measured before: three characters a byte, and the soft line ends. */
static void
put(struct out *o, const char *p, size_t n)
{
	if (n > o->cap - o->n)
		n = o->cap - o->n;
	(void)memcpy(o->p + o->n, p, n);
	o->n += n;
	o->column += n;
}

static void
put_line_end(struct out *o)
{
	put(o, "\r\n", 2);
	o->column = 0;
}

bool
address_ok(struct text t)
{
	size_t at = text_find(t, '@'), others = 0;

	for (size_t i = 0; i < t.n; i++) {
		others += t.p[i] == '@';
		if (t.p[i] <= ' ' || t.p[i] > '~' || strchr("\"(),:;<>[\\]", t.p[i]) != NULL)
			return false;
	}
	return others == 1 && at > 0 && at + 1 < t.n && t.n <= 254 && t.p[0] != '-';
}

struct text
letter_name(struct ctx *c, struct text once)
{
	return text_sub(sha256_hex(c, once), 0, 32);
}

struct text
letter_host(struct text origin)
{
	struct cursor in = cursor_of(origin);
	struct text host;

	(void)take_until(&in, '/');
	(void)take_until(&in, '/');
	host = take_word(&in, '/');
	return text_sub(host, 0, host.n > 0 && host.p[0] == '[' ? text_find(host, ']') + 1 :
	    text_find(host, ':'));
}

static bool
is_plain(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (((unsigned char)t.p[i] < 0x20 && t.p[i] != '\t') || t.p[i] > '~' || t.p[i] < 0)
			return false;
	return true;
}

/* How much of ${t} goes into the next word: whole characters only. */
static size_t
word_length(struct text t)
{
	size_t n = t.n < WORD_BYTES ? t.n : WORD_BYTES;

	while (n > 1 && n < t.n && ((unsigned char)t.p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* RFC 2047; control characters have no business in a subject. */
static struct text
subject_text(struct ctx *c, struct text t)
{
	char *p = ctx_alloc(c, t.n + 1);
	struct text clean = { p, t.n }, out = T("");

	for (size_t i = 0; i < t.n; i++)
		p[i] = (unsigned char)t.p[i] < 0x20 || t.p[i] == 0x7f ? ' ' : t.p[i];
	if (is_plain(clean) && clean.n <= LINE_MAX_QP - 10 && strstr(text_c(c, clean), "=?") == NULL)
		return clean;
	while (clean.n > 0) {
		size_t n = word_length(clean);

		out = text_fmt(c, "%.*s%s=?UTF-8?B?%.*s?=", TEXT_F(out), out.n > 0 ? "\r\n " : "",
		    TEXT_F(base64_text(c, text_sub(clean, 0, n))));
		clean = text_sub(clean, n, clean.n);
	}
	return out;
}

static struct text
date_text(struct ctx *c, int64_t now)
{
	char *p = ctx_alloc(c, 64);
	time_t t = (time_t)now;
	struct tm tm;

	(void)gmtime_r(&t, &tm);
	return (struct text){ p, strftime(p, 64, "%a, %d %b %Y %H:%M:%S +0000", &tm) };
}

/* RFC 2045 6.7, for one line without its end. */
static void
put_quoted(struct out *o, struct text line)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < line.n; i++) {
		unsigned char b = (unsigned char)line.p[i];
		char code[3] = { '=', digits[b >> 4], digits[b & 15] };
		bool last = i + 1 == line.n;
		bool plain = (b > ' ' && b <= '~' && b != '=') || ((b == ' ' || b == '\t') && !last);

		if (o->column + (plain ? 1 : 3) >= LINE_MAX_QP) {
			put(o, "=", 1);
			put_line_end(o);
		}
		put(o, plain ? line.p + i : code, plain ? 1 : 3);
	}
}

static void
put_body(struct out *o, struct text body, bool quoted)
{
	struct cursor in = cursor_of(body);

	while (!at_end(&in)) {
		struct text line = take_word(&in, '\n');

		if (quoted)
			put_quoted(o, line);
		else
			put(o, line.p, line.n);
		put_line_end(o);
	}
}

static bool
needs_quoting(struct text body)
{
	struct cursor in = cursor_of(body);

	while (!at_end(&in)) {
		struct text line = take_word(&in, '\n');

		if (!is_plain(line) || line.n > LINE_MAX_PLAIN)
			return true;
	}
	return false;
}

static int
body_text(struct ctx *c, const struct letter *l, struct text *out)
{
	struct out o = { ctx_alloc(c, LETTER_MAX), 0, LETTER_MAX, 0 };

	for (size_t i = 0; i < json_object_array_length(l->lines); i++) {
		struct json_object *line = json_object_array_get_idx(l->lines, i);

		if (!json_object_is_type(line, json_type_string))
			return problem_set(c, PROBLEM_SYNTAX, "a line of a letter is no text");
		put(&o, json_object_get_string(line), (size_t)json_object_get_string_len(line));
		put(&o, "\n", 1);
	}
	put(&o, l->footer.p, l->footer.n);
	if (o.n == o.cap)
		return problem_set(c, PROBLEM_LARGE, "a letter of more than %zu bytes", o.cap);
	*out = (struct text){ o.p, o.n };
	return 0;
}

int
letter_write(struct ctx *c, const struct letter *l, struct text *out)
{
	struct text body, head;
	struct out o;
	bool quoted;

	if (!address_ok(l->to) || !address_ok(l->from))
		return problem_set(c, PROBLEM_SYNTAX, "not an address");
	if (l->subject.n == 0 || l->subject.n > SUBJECT_MAX || !text_utf8(l->subject) ||
	    !json_object_is_type(l->lines, json_type_array))
		return problem_set(c, PROBLEM_SYNTAX, "a letter without a subject or text");
	if (body_text(c, l, &body) != 0)
		return -1;
	quoted = needs_quoting(body);
	head = text_fmt(c, "From: %.*s\r\nTo: %.*s\r\nSubject: %.*s\r\nDate: %.*s\r\n"
	    "Message-ID: <%.*s@%.*s>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: %s\r\n\r\n",
	    TEXT_F(l->from), TEXT_F(l->to), TEXT_F(subject_text(c, l->subject)),
	    TEXT_F(date_text(c, l->now)), TEXT_F(letter_name(c, l->once)), TEXT_F(l->host),
	    quoted ? "utf-8" : "us-ascii", quoted ? "quoted-printable" : "7bit");
	o = (struct out){ ctx_alloc(c, head.n + 4 * body.n + 4), 0, head.n + 4 * body.n + 4, 0 };
	put(&o, head.p, head.n);
	o.column = 0;
	put_body(&o, body, quoted);
	*out = (struct text){ o.p, o.n };
	return 0;
}
