#!/bin/sh
# Whose session it is: asked with each request, so it must not cost more the more people there are.
# shellcheck disable=SC2317	# the functions are called through holds
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$here/lib/tap.sh"
# shellcheck source=tests/lib/mariadb.sh
. "$here/lib/mariadb.sh"
prog=${ECOO_VAR:?names where ./ecoo built the programs}/prog/libexec/ecoo
throwaway_start
query() { mariadb --no-defaults --socket="$db_socket" -BN ecoo -e "SET innodb_snapshot_isolation = ON; $1"; }
"$here/../tools/migrate" --demo "$db_socket" ecoo "$here/../sql" >/dev/null
query "INSERT INTO person (email, name, kind, role, iec, password_hash) SELECT CONCAT(seq, '@many.example'), 'Somebody',
    'exporter', 'filer', (SELECT MIN(iec) FROM firm), '' FROM seq_1_to_2000; ANALYZE TABLE person, firm" >/dev/null
who=$("$prog/login" --statements | grep session_use | sed "s/'/''/g")

# session MINUTES-SINCE-SEEN MINUTES-LEFT: of the last of the two thousand, and of nobody else.
session() {
	query "DELETE FROM session; INSERT INTO session SELECT REPEAT('t', 32), MAX(id), UTC_TIMESTAMP(3),
	    UTC_TIMESTAMP(3) - INTERVAL $1 MINUTE, UTC_TIMESTAMP(3) + INTERVAL $2 MINUTE FROM person"
}
# ask [TOKEN-BYTE] [MORE-SQL]: the address of who it is, with MORE-SQL in the same connection.
ask() { query "PREPARE who FROM '$who'; SET @t = REPEAT('${1:-t}', 32); EXECUTE who USING @t; ${2:-}" | cut -f 3; }
reads() {
	query "PREPARE who FROM '$who'; SET @t = REPEAT('t', 32); FLUSH STATUS; EXECUTE who USING @t;
	    SELECT 'reads', SUM(variable_value) FROM information_schema.session_status
	    WHERE variable_name LIKE 'handler_read%'" | sed -n 's/^reads	//p'
}
few_reads() { n=$(reads) && echo "$n rows" && [ "$n" -gt 0 ] && [ "$n" -lt 20 ]; }
is() { said=$(ask "$@") && echo "\"$said\"" && [ "$said" = "${wanted-2000@many.example}" ]; }
nobody() { wanted='' is "$@"; }
seen_just_now() { [ "$(query 'SELECT seen_at > UTC_TIMESTAMP(3) - INTERVAL 20 SECOND FROM session')" = "$1" ]; }

session 0 480
holds 'a session is its person' is
holds 'among two thousand people it is found by keys alone' few_reads
holds 'another token is nobody' nobody u
session 5 480
holds 'used again after minutes it is still theirs' is
holds 'and that it was used is noted' seen_just_now 1
query "UPDATE session SET seen_at = UTC_TIMESTAMP(3) - INTERVAL 40 SECOND"
holds 'used again within the minute it is theirs' is
holds 'and nothing is written for that' seen_just_now 0
session 5 480
query 'BEGIN; UPDATE session SET seen_at = UTC_TIMESTAMP(3); SELECT SLEEP(2); COMMIT' >/dev/null &
other=$!
sleep 1
holds 'while another request of it is noted it is still theirs' is
wait "$other"
session 61 480
holds 'idle for an hour it is nobody' nobody
holds 'and asking does not bring it back' seen_just_now 0
session 0 -1
holds 'after its eight hours it is nobody' nobody
session 0 480
query "UPDATE person SET active = FALSE WHERE email = '2000@many.example'"
holds 'a person who was removed is nobody' nobody
finish
