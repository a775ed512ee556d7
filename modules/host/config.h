/*
 * config - one file of "key = value" lines, named by ECOO_CONF, read before the jail.
 *
 * Trust:   the file is the operator's.
 * Memory:  allocated once, for the life of the process.
 * Fails:   an unreadable file, an unknown key or a missing one ends the program with a sentence.
 * Needs:   read access at start.
 */
#ifndef HOST_CONFIG_H
#define HOST_CONFIG_H
#include "base/text.h"

struct config {
	const char *db_socket;		/* of MariaDB */
	const char *db_schema;		/* ecoo */
	const char *origin;		/* https://coo.example: what browsers see, without a slash */
	const char *files;		/* root of the document store */
	const char *document_max;	/* bytes of one uploaded document; nginx has its own limit */
	const char *inspect_socket;	/* of the inspect program */
	const char *trust;		/* PEM: roots of accepted signing certificates */
	const char *fonts;		/* fonts.conf for the certificate page */
	const char *templates;		/* HTML made by programs */
	const char *gateway_key;	/* id and secret of the payment gateway */
	const char *gateway_secret_file;
	const char *gateway_url;	/* where orders are made, by courier */
	const char *notice_url;		/* where it hands in what it found; usually by origin */
	const char *mail_from;
	const char *mail_url;		/* smtp://host:port, or file:///directory in the demo */
	const char *demo;		/* yes: say so on every page and certificate */
	const char *threads;		/* per program: the same number nginx was generated with */
};

/* config_read(out): 0, or -1 after saying why on standard error. */
int config_read(struct config *) MUST_CHECK;
bool config_yes(const char *);
#endif
