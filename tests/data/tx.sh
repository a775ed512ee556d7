#!/bin/sh
# Transactions: what is tried again, what never, and what is undone.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tests/lib/mariadb.sh
. "$here/lib/mariadb.sh"
throwaway_start
mariadb --no-defaults --socket="$db_socket" <<'END'
CREATE DATABASE ecoo;
CREATE TABLE ecoo.account (id BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL);
INSERT INTO ecoo.account VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0);
DELIMITER $$
CREATE FUNCTION ecoo.refuse() RETURNS BIGINT NO SQL BEGIN
	SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213;
	RETURN 0;
END$$
END
CMOCKA_MESSAGE_OUTPUT=TAP "${ECOO_BUILD:?names where ./ecoo builds}/tests/data/tx" "$db_socket" \
    "$(id -un)"
