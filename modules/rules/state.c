#include "rules/state.h"

static const struct { const char *name; enum waiting waits; bool editable; } rows[] = {
#define X(id, name, waits, edit) [id] = { name, waits, edit },
	APPLICATION_STATES(X)
#undef X
};

static const char *const certificate_names[] = {
#define X(id, name) [id] = name,
	CERTIFICATE_STATES(X)
#undef X
};

/* Domain section 8.  A filer takes back what he has not submitted; after that only answers. */
static const struct { enum application_state from, to; unsigned by; } moves[] = {
	{ APPLICATION_DRAFT,	   APPLICATION_SIGN,	    BY_FILER },
	{ APPLICATION_DRAFT,	   APPLICATION_WITHDRAWN,   BY_FILER },
	{ APPLICATION_DRAFT,	   APPLICATION_EXPIRED,	    BY_SYSTEM },
	{ APPLICATION_SIGN,	   APPLICATION_DRAFT,	    BY_FILER },
	{ APPLICATION_SIGN,	   APPLICATION_PAYMENT,	    BY_SIGNATORY },
	/* Paid before it was edited again: money that came late is not asked for twice. */
	{ APPLICATION_SIGN,	   APPLICATION_SUBMITTED,   BY_SIGNATORY },
	/* The answer to a query changed what had been signed: back to it, or signed anew. */
	{ APPLICATION_SIGN,	   APPLICATION_QUERY,	    BY_FILER },
	{ APPLICATION_SIGN,	   APPLICATION_RESUBMITTED, BY_SIGNATORY },
	{ APPLICATION_SIGN,	   APPLICATION_WITHDRAWN,   BY_FILER },
	{ APPLICATION_PAYMENT,	   APPLICATION_DRAFT,	    BY_FILER },
	{ APPLICATION_PAYMENT,	   APPLICATION_SUBMITTED,   BY_PAYMENT },
	{ APPLICATION_PAYMENT,	   APPLICATION_WITHDRAWN,   BY_FILER },
	{ APPLICATION_SUBMITTED,   APPLICATION_REVIEW,	    BY_OFFICER },
	{ APPLICATION_SUBMITTED,   APPLICATION_WITHDRAWN,   BY_FILER },
	{ APPLICATION_REVIEW,	   APPLICATION_QUERY,	    BY_OFFICER },
	{ APPLICATION_REVIEW,	   APPLICATION_REJECTED,    BY_OFFICER },
	{ APPLICATION_REVIEW,	   APPLICATION_APPROVED,    BY_OFFICER },
	{ APPLICATION_QUERY,	   APPLICATION_SIGN,	    BY_FILER },
	{ APPLICATION_QUERY,	   APPLICATION_RESUBMITTED, BY_FILER },
	{ APPLICATION_RESUBMITTED, APPLICATION_REVIEW,	    BY_OFFICER },
	/* What was approved and cannot be printed goes back to the exporter. */
	{ APPLICATION_APPROVED,	   APPLICATION_QUERY,	    BY_OFFICER },
	{ APPLICATION_APPROVED,	   APPLICATION_ISSUED,	    BY_OFFICER | BY_SYSTEM },
	{ APPLICATION_ISSUED,	   APPLICATION_CANCELLED,   BY_OFFICER },
	{ APPLICATION_ISSUED,	   APPLICATION_REPLACED,    BY_SYSTEM },
};

static const struct { enum certificate_state from, to; unsigned by; } certificate_moves[] = {
	{ CERTIFICATE_PREPARED, CERTIFICATE_SIGNING,   BY_OFFICER },
	{ CERTIFICATE_PREPARED, CERTIFICATE_VOID,      BY_OFFICER | BY_SYSTEM },
	/* A signing job that ran out may be asked for again. */
	{ CERTIFICATE_SIGNING,	CERTIFICATE_PREPARED,  BY_OFFICER | BY_SYSTEM },
	{ CERTIFICATE_SIGNING,	CERTIFICATE_ISSUED,    BY_OFFICER | BY_SYSTEM },
	{ CERTIFICATE_SIGNING,	CERTIFICATE_VOID,      BY_OFFICER | BY_SYSTEM },
	{ CERTIFICATE_ISSUED,	CERTIFICATE_CANCELLED, BY_OFFICER },
	{ CERTIFICATE_ISSUED,	CERTIFICATE_REPLACED,  BY_SYSTEM },
};

bool
state_may(enum application_state from, enum application_state to, enum mover by)
{
	for (size_t i = 0; i < COUNT(moves); i++)
		if (moves[i].from == from && moves[i].to == to)
			return (moves[i].by & by) != 0;
	return false;
}

bool
certificate_may(enum certificate_state from, enum certificate_state to, enum mover by)
{
	for (size_t i = 0; i < COUNT(certificate_moves); i++)
		if (certificate_moves[i].from == from && certificate_moves[i].to == to)
			return (certificate_moves[i].by & by) != 0;
	return false;
}

bool
state_read(struct text t, enum application_state *out)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (text_is(t, rows[i].name)) {
			*out = (enum application_state)i;
			return true;
		}
	return false;
}

bool
certificate_state_read(struct text t, enum certificate_state *out)
{
	for (size_t i = 0; i < COUNT(certificate_names); i++)
		if (text_is(t, certificate_names[i])) {
			*out = (enum certificate_state)i;
			return true;
		}
	return false;
}

const char *
state_name(enum application_state s)
{
	return rows[s].name;
}

const char *
certificate_state_name(enum certificate_state s)
{
	return certificate_names[s];
}

bool
state_editable(enum application_state s)
{
	return rows[s].editable;
}

enum waiting
state_waiting(enum application_state s)
{
	return rows[s].waits;
}

const char *
waiting_name(enum waiting w)
{
	static const char *const names[] = {
		[WAITS_EXPORTER] = "exporter", [WAITS_AGENCY] = "agency",
		[WAITS_NOBODY] = "nobody",
	};

	return names[w];
}
