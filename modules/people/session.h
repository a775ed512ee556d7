/*
 * session - who is calling, from an opaque cookie.
 *
 * A token is 32 random bytes; the database keeps only its SHA-256, so that reading the table gives
 * nobody a session.  A new token is made at every sign-in.
 *
 * Trust:   the cookie is the client's; everything in struct who is ours.
 * Memory:  results live in the ctx.
 * Fails:   an absent, wrong or expired token is no session, not a failure.
 * Needs:   EXECUTE on session_use(), SELECT on the view who.
 */
#ifndef PEOPLE_SESSION_H
#define PEOPLE_SESSION_H
#include "data/db.h"

/* Who may use a route: a set of these. */
#define WHO_ANYONE		0u
#define WHO_FILER		1u	/* of the exporter's firm */
#define WHO_SIGNATORY		2u
#define WHO_FIRM_ADMIN		4u
#define WHO_OFFICER		8u
#define WHO_ADMINISTRATOR	16u	/* of an agency */
#define WHO_OPERATOR		32u
#define WHO_EXPORTER		(WHO_FILER | WHO_SIGNATORY | WHO_FIRM_ADMIN)
#define WHO_SIGNED_IN		63u

struct who {
	int64_t		person;		/* 0: nobody */
	struct text	name, email, designation, kind, role;
	struct text	iec, firm, agency, agency_name;
	unsigned	may;		/* the one WHO_ bit of this person */
};

#define SESSION_COOKIE	"__Host-sid"

/* session_token(c, cookie header): SHA-256 of the token, or the empty text. */
struct text session_token(struct ctx *, struct text);
/* session_make(c, cookie): SHA-256 of a new token; ${cookie} gets the Set-Cookie value. */
struct text session_make(struct ctx *, struct text *);
/* session_drop(): the Set-Cookie value that ends it. */
struct text session_drop(void);
/* who_may(w): the WHO_ bit of kind and role; 0 for nobody. */
unsigned who_may(const struct who *);
/* who_word(may): "exporter" etc., for the API description. */
const char *who_word(unsigned);
#endif
