/*
 * state - where an application and a certificate can stand, and who may move them.
 *
 * The moves are one table.  A program asks it before it writes, and then writes by compare-and-set
 * on the state that it read: the table says what is allowed, the row says what is still true.
 *
 * Trust:   state names come from the database or from a query string.
 * Memory:  constant tables.
 * Fails:   an unknown name is not read; a move that is not in the table is not allowed.
 * Needs:   nothing.
 */
#ifndef RULES_STATE_H
#define RULES_STATE_H
#include "base/text.h"

/* Who has the ball. */
enum waiting { WAITS_EXPORTER, WAITS_AGENCY, WAITS_NOBODY };

/* id, name in the database and the API, who has the ball, whether the exporter may edit */
#define APPLICATION_STATES(X)						\
	X(APPLICATION_DRAFT,	 "draft",	    WAITS_EXPORTER, true)	\
	X(APPLICATION_SIGN,	 "sign_pending",    WAITS_EXPORTER, false)	\
	X(APPLICATION_PAYMENT,	 "payment_pending", WAITS_EXPORTER, false)	\
	X(APPLICATION_SUBMITTED, "submitted",	    WAITS_AGENCY,   false)	\
	X(APPLICATION_REVIEW,	 "under_review",    WAITS_AGENCY,   false)	\
	X(APPLICATION_QUERY,	 "query",	    WAITS_EXPORTER, true)	\
	X(APPLICATION_RESUBMITTED, "resubmitted",   WAITS_AGENCY,   false)	\
	X(APPLICATION_REJECTED,	 "rejected",	    WAITS_NOBODY,   false)	\
	X(APPLICATION_APPROVED,	 "approved",	    WAITS_AGENCY,   false)	\
	X(APPLICATION_ISSUED,	 "issued",	    WAITS_NOBODY,   false)	\
	X(APPLICATION_CANCELLED, "cancelled",	    WAITS_NOBODY,   false)	\
	X(APPLICATION_REPLACED,	 "replaced",	    WAITS_NOBODY,   false)	\
	X(APPLICATION_WITHDRAWN, "withdrawn",	    WAITS_NOBODY,   false)	\
	X(APPLICATION_EXPIRED,	 "expired",	    WAITS_NOBODY,   false)

#define CERTIFICATE_STATES(X)			\
	X(CERTIFICATE_PREPARED,	 "prepared")	\
	X(CERTIFICATE_SIGNING,	 "signing")	\
	X(CERTIFICATE_ISSUED,	 "issued")	\
	X(CERTIFICATE_CANCELLED, "cancelled")	\
	X(CERTIFICATE_REPLACED,	 "replaced")	\
	X(CERTIFICATE_VOID,	 "void")

enum application_state {
#define X(id, name, waits, edit) id,
	APPLICATION_STATES(X)
#undef X
	APPLICATION__MAX
};

enum certificate_state {
#define X(id, name) id,
	CERTIFICATE_STATES(X)
#undef X
	CERTIFICATE__MAX
};

/* In which role somebody moves it; a move may be open to several. */
enum mover {
	BY_FILER = 1,		/* the exporter's user, or an agent with a mandate */
	BY_SIGNATORY = 2,	/* a verified signature of the exporter */
	BY_PAYMENT = 4,		/* a fact from the gateway */
	BY_OFFICER = 8,		/* an issuing officer of the office */
	BY_SYSTEM = 16		/* the sweeper, or the issue of a replacement */
};

bool state_may(enum application_state, enum application_state, enum mover) MUST_CHECK;
bool certificate_may(enum certificate_state, enum certificate_state, enum mover) MUST_CHECK;

/* state_read(name, out): false if there is no such state. */
bool state_read(struct text, enum application_state *) MUST_CHECK;
bool certificate_state_read(struct text, enum certificate_state *) MUST_CHECK;

const char *state_name(enum application_state);
const char *certificate_state_name(enum certificate_state);

bool state_editable(enum application_state);
enum waiting state_waiting(enum application_state);
const char *waiting_name(enum waiting);		/* "exporter", "agency", "nobody" */
#endif
