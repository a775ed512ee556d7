#include <inttypes.h>

#include "base/codec.h"
#include "base/digest.h"
#include "host/audit.h"
#include "host/stmts.h"

struct text
audit_hash(struct ctx *c, struct text prev, struct text line)
{
	return sha256_text(c, text_fmt(c, "%.*s\n%.*s",
	    TEXT_F(hex_text(c, prev.p, prev.n)), TEXT_F(line)));
}

int
audit_add(struct call *k, const char *what, struct text object, struct text detail)
{
	struct ctx *c = k->c;
	struct audit_head head = { 0, { "", 0 } };
	struct text writer = text_fmt(c, "%s/%u", k->program->name, k->thread), line;

	detail = text_cut(detail, 400);
	if (db_one(c, k->d, HOST_AUDIT_HEAD, ARGS(A_TEXT(writer)), &head) < 0)
		return -1;
	line = text_fmt(c, "%.*s %" PRId64 " %" PRId64 " %" PRId64 " %s %.*s %s %.*s",
	    TEXT_F(writer), head.seq + 1, c->now, k->who->person, what, TEXT_F(object), c->id,
	    TEXT_F(detail));
	if (db_run(c, k->d, HOST_AUDIT_ADD, ARGS(A_TEXT(writer), A_INT(head.seq + 1),
	    A_INT(c->now), A_INT(k->who->person), A_TEXT(text_of(what)), A_TEXT(object),
	    A_TEXT(detail), A_TEXT(text_of(c->id)), A_TEXT(audit_hash(c, head.hash, line)))) < 0) {
		db_rival(k->d);		/* of the same name, in a restart: it wrote this number first */
		return -1;
	}
	return 0;
}
