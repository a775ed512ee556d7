#!/bin/sh
# The audit's chains: whole as programs write them, and every tampering shows.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$here/lib/tap.sh"
# shellcheck source=tests/lib/mariadb.sh
. "$here/lib/mariadb.sh"
: "${ECOO_BUILD:?names where ./ecoo builds}"
throwaway_start
"$here/../tools/migrate" "$db_socket" ecoo "$here/../sql" >/dev/null

query() { mariadb --no-defaults --socket="$db_socket" -BN ecoo -e "$1"; }
write() { "$ECOO_BUILD/tests/data/chain" "$db_socket" "$(id -un)" "$@"; }
check() { "$ECOO_BUILD/tools/audit-check/audit-check" "$db_socket" ecoo "$(id -un)"; }
says() { check | grep -qF "$1"; }
# spoiled STATEMENT: look at the chain after it, then put all back.
spoiled() {
	query "CREATE OR REPLACE TABLE kept AS SELECT * FROM audit; $1"
	rc=0
	check || rc=$?
	query 'DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; DROP TABLE kept'
	return $rc
}

holds 'an empty audit is whole' says '0 rows in 0 chains, 0 faults'
holds 'a program writes its rows' write 20
holds 'they are whole' says '20 rows in 1 chains, 0 faults'
holds 'a program that overlaps with its successor writes on' write 1 beside
holds 'and both their rows are in one chain' says 'chain/3: 22 rows'
holds 'which is whole' says '0 faults'
query "INSERT INTO audit SELECT 'chain/9', seq, at, person_id, what, object, detail, request, hash FROM audit
	WHERE seq = 1"
refuses 'a row copied to another writer' 'chain/9: row 1 was changed' check
query "DELETE FROM audit WHERE writer = 'chain/9'"
refuses 'a row taken out' 'row 7 is missing' spoiled 'DELETE FROM audit WHERE seq = 7'
refuses 'the first row taken out' 'row 1 is missing' spoiled 'DELETE FROM audit WHERE seq = 1'
for column in 'at = at + INTERVAL 1 SECOND' 'person_id = 8' "what = 'other'" "object = 'thing/1'" \
    "detail = ''" "request = REVERSE(request)" 'hash = UNHEX(SHA2(1, 256))'; do
	refuses "a row with another ${column%% *}" 'row 5 was changed' \
	    spoiled "UPDATE audit SET $column WHERE seq = 5"
done
refuses 'a row put in between' 'row 3 was changed' spoiled \
    'UPDATE audit SET seq = seq + 1 WHERE seq > 2 ORDER BY seq DESC;
	INSERT INTO audit SELECT writer, 3, at, person_id, what, object, detail, request, hash FROM audit WHERE seq = 2'
refuses 'two rows in each other'"'"'s place' 'was changed' spoiled \
    'UPDATE audit SET seq = 900 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5;
	UPDATE audit SET seq = 5 WHERE seq = 900'
holds 'the whole chain is good again' says '22 rows in 1 chains, 0 faults'
holds 'a long chain is walked in pages' write 1200
holds 'to its end' says '1222 rows in 1 chains, 0 faults'
refuses 'a server that is not there' 'audit-check:' "$ECOO_BUILD/tools/audit-check/audit-check" \
    "$db_dir/nobody" ecoo root
finish
