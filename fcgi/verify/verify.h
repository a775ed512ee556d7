/*
 * verify - anyone in the world asks whether a certificate is good.
 *
 * By number alone it tells what the ICC's verification site tells (date, applicant, goods, origin,
 * destination, whom to ask) and the state; with the check code printed beside the number, the whole
 * face.  A file is compared with the one that was issued.
 *
 * Talks to:  nginx, MariaDB.      May read: nothing.      May write: nothing.
 * Secrets:   check codes of issued certificates, in its one view.
 * If taken over: it can read what is printed on issued certificates, and lie to those who ask it;
 *            it sees no session, no person, no application, and can change nothing.
 */
#ifndef VERIFY_H
#define VERIFY_H
#include "host/program.h"
#include "rules/number.h"

enum { ST_NUMBER, ST_FACE, ST_SHA256, ST_RANGE, VERIFY_STMTS };
extern const struct stmt verify_stmt[VERIFY_STMTS];

struct public_row {
	struct text number, check_code, applicant, goods, origin_country, destination_country;
	struct text agency, agency_name, agency_email, agency_phone, agency_website, office;
	struct text state, issued_at, ended_at, reason, replaced_by;
	struct text sha256, range_sha256;
	int64_t size;
};
struct face_row { struct text face; };

/* What an enquiry comes to. */
struct finding {
	enum number_verdict verdict;
	struct number	number;		/* for NUMBER_OK */
	struct text	code;		/* as given, without blanks and dashes, in capitals */
	bool		found, code_right;
	struct public_row row;		/* if found */
	struct text	face;		/* JSON, with the right code only */
};

struct ask { struct text number, code, lang; };

/* verify_find(k, ask, out): one row is asked for whether the number exists or not. */
int verify_find(struct call *, const struct ask *, struct finding *) MUST_CHECK;
/* verify_facts(k, row, o): what anyone may know, as members of ${o}. */
void verify_facts(struct call *, const struct public_row *, struct json_object *);

/* verify_start(conf): the page's template; 0, or -1 after a sentence. */
int verify_start(const struct config *);

handler on_number, on_page, on_file;
#endif
