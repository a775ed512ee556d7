/*
 * db_private - what the files of this layer share.  Nobody else includes it.
 */
#ifndef DATA_DB_PRIVATE_H
#define DATA_DB_PRIVATE_H
#include <mysql.h>

#include "data/db.h"

#define DB_MAX_ARG	40
#define DB_MAX_ROW	1024

struct db {
	MYSQL		*my;
	MYSQL_STMT	**ready;
	const struct stmt *stmt;
	unsigned	 nstmt;
	bool		 in_tx, lost;
	enum db_fault	 fault;		/* what the last failure was */
	unsigned	 retries;	/* of transactions, since the connection opened */
	int64_t		 used_ms;
};

int db_fail_stmt(struct ctx *, struct db *, unsigned);
int db_fail_conn(struct ctx *, struct db *);
int db_start(struct ctx *, struct db *, unsigned, const struct arg *, size_t);
#endif
