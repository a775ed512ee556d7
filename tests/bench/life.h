/*
 * life - the whole life of a certificate, as the website and the signers' programs ask for it.
 *
 * Draft with one item, three uploads, check; the exporter's signature; fee at the simulated gateway;
 * queue, examination, approval; number, page, the officer's signature, issue.  Sessions are kept;
 * paper copies are drawn on request and are no part.
 *
 * Trust:   as client.
 * Memory:  the caller's.
 * Fails:   a life that does not come to its end is -1, after a sentence.
 * Needs:   the demo's people, and their keys.
 */
#ifndef BENCH_LIFE_H
#define BENCH_LIFE_H
#include <openssl/evp.h>

#include "base/ctx.h"
#include "tests/bench/client.h"

struct people {				/* shared by all lives, and not written */
	char	filer[128], signatory[128], officer[128];	/* cookies */
	EVP_PKEY *signatory_key, *officer_key;
	const char *content;		/* JSON of the application */
	const char *documents;		/* the folder of the samples */
};

struct life {
	struct client	*k;
	const struct people *people;
	struct ctx	*c;
	int64_t		id, version, payment;
	char		job[512], checkout[512], number[40];
	double		waited;		/* seconds in which the payment's programs were waited for */
};

struct step { const char *name; int (*does)(struct life *); };
extern const struct step life_steps[];
extern const size_t life_nsteps;
#endif
