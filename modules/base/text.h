/*
 * text - borrowed bytes, and the cursor that reads them.
 *
 * A struct text is a pointer and a length into memory that somebody else owns; it is not
 * NUL-terminated.  What comes from outside is carried as text, never as a bare char *, and is
 * parsed with a cursor, which cannot run past the end.
 *
 * Trust:   the bytes may be anybody's; nothing here interprets them.
 * Memory:  borrows; see ctx.h for the functions that allocate.
 * Fails:   a cursor that runs dry turns bad and stays bad: check it once, at the end.
 * Needs:   nothing.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_CHECK	__attribute__((warn_unused_result))
#define PRINTF(a, b)	__attribute__((format(printf, a, b)))
#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define KIB		((size_t)1024)
#define MIB		(KIB * 1024)

struct text { const char *p; size_t n; };

/* A text from a string literal, and one for printf's "%.*s". */
#define T(s)		((struct text){ (s), sizeof(s) - 1 })
#define TEXT_F(t)	(int)(t).n, (t).p

/* text_of(s): the text of a NUL-terminated string; NULL gives the empty text. */
struct text text_of(const char *);

bool text_eq(struct text, struct text);
bool text_is(struct text, const char *);
bool text_is_nocase(struct text, const char *);	/* ASCII letters only */
bool text_starts(struct text, const char *);
bool text_ends(struct text, const char *);

/* text_compare(a, b): as memcmp(); a shorter text that begins a longer one comes first. */
int text_compare(struct text, struct text);

/* text_find(t, byte): index of the first ${byte}, or t.n. */
size_t text_find(struct text, char);

/* text_trim(t): without blanks, tabs and line ends at either side. */
struct text text_trim(struct text);

/* text_sub(t, from, n): the part that exists of t[from .. from+n). */
struct text text_sub(struct text, size_t, size_t);

/* text_cut(t, n): at most ${n} bytes of UTF-8, cut between characters. */
struct text text_cut(struct text, size_t);

/* text_int(t, out): whole decimal number, optional '-'; false if malformed or too large. */
bool text_int(struct text, int64_t *) MUST_CHECK;

/*
 * text_decimal(t, places, out): "84.05" with ${places} = 3 gives 84050.  No sign, no exponent;
 * more decimals than ${places}, or a value that does not fit, is refused.
 */
bool text_decimal(struct text, unsigned, int64_t *) MUST_CHECK;

/* text_utf8(t): well-formed UTF-8 without surrogates or overlong forms. */
bool text_utf8(struct text) MUST_CHECK;

struct cursor { const unsigned char *p; size_t left; bool bad; };

struct cursor cursor_of(struct text);
uint8_t	 take_u8(struct cursor *);
uint16_t take_be16(struct cursor *);
uint32_t take_be32(struct cursor *);
struct text take_bytes(struct cursor *, size_t);
/* take_until(c, byte): up to ${byte}, which is consumed but not returned; bad if absent. */
struct text take_until(struct cursor *, char);
/* take_word(c, byte): up to ${byte} or the end, whichever comes first. */
struct text take_word(struct cursor *, char);
bool	 at_end(const struct cursor *);		/* everything read, nothing missing */
#endif
