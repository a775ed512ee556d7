/*
 * A file that somebody wants verified: what in it leads to a certificate.  The database is taken away
 * from under verify's own file; it answers by what it is asked.
 */
#include "fcgi/verify/file.c"

#include "tests/fuzz/fuzz.h"

const size_t fuzz_memory = 16 * MIB;	/* of verify */

static struct text whole;
static size_t asked;

void
fuzz_start(void)
{
}

void
verify_facts(struct call *k, const struct public_row *r, struct json_object *o)
{
	(void)k;
	(void)r;
	(void)o;
}

int
db_one(struct ctx *c, struct db *d, unsigned st, const struct arg *a, size_t n, void *out)
{
	struct public_row *row = out;
	struct number number;

	(void)d;
	MUST(n == 1 && ++asked <= CANDIDATES + 1);
	if (st == ST_RANGE) {
		MUST(a[0].t.n == 64);
		return 0;
	}
	MUST(st == ST_NUMBER && number_read(c, a[0].t, &number) == NUMBER_OK);
	if (number.serial % 2 == 0)
		return 0;
	*row = (struct public_row){ .number = number.text, .size = (int64_t)(whole.n / 2) };
	row->sha256 = sha256_hex(c, text_sub(whole, 0, whole.n / 2));
	return 1;
}

void
fuzz(struct ctx *c, struct text in)
{
	struct call k = { .c = c };
	struct public_row row = { .size = 0 };
	const char *answer = "";
	struct text given = fuzz_line(&in);
	int rc;

	whole = in;
	asked = 0;
	rc = find(&k, in, given, &row, &answer);
	MUST(rc == 0 || rc == 1);
	MUST(strcmp(answer, rc == 0 ? "unknown" : in.n > 0 ? "extended" : "different") == 0);
	(void)on_file;
}
