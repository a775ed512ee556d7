#!/bin/sh
# What is over goes by itself; what is in use stays.
# shellcheck disable=SC2317	# the functions are called through holds
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$here/lib/tap.sh"
# shellcheck source=tests/lib/mariadb.sh
. "$here/lib/mariadb.sh"
throwaway_start
"$here/../tools/migrate" --demo "$db_socket" ecoo "$here/../sql" >/dev/null

query() { mariadb --no-defaults --socket="$db_socket" -BN ecoo -e "$1"; }
# is NUMBER SELECT: asked until it is so, at most ten seconds.
is() {
	for _ in $(seq 100); do
		[ "$(query "$2")" != "$1" ] || return 0
		sleep 0.1
	done
	printf 'it is %s\n' "$(query "$2")"
	return 1
}

now='UTC_TIMESTAMP(3)'
query "INSERT INTO session VALUES
    (REPEAT('a', 32), 1, $now - INTERVAL 9 HOUR, $now, $now - INTERVAL 1 HOUR),
    (REPEAT('b', 32), 1, $now - INTERVAL 2 HOUR, $now - INTERVAL 2 HOUR, $now + INTERVAL 6 HOUR),
    (REPEAT('c', 32), 1, $now, $now, $now + INTERVAL 8 HOUR);
    INSERT INTO sign_in_delay VALUES (REPEAT('a', 32), 9, $now - INTERVAL 2 DAY),
    (REPEAT('b', 32), 9, $now + INTERVAL 1 MINUTE);
    INSERT INTO idempotency VALUES (1, 'old', REPEAT('a', 32), 200, '{}', $now - INTERVAL 31 DAY),
    (1, 'new', REPEAT('a', 32), 200, '{}', $now)"
holds 'the event is there and enabled' is 1 "SELECT COUNT(*) FROM information_schema.events
    WHERE event_schema = 'ecoo' AND event_name = 'housekeeping' AND status = 'ENABLED'"
query "SET GLOBAL event_scheduler = ON; ALTER EVENT housekeeping ON SCHEDULE EVERY 1 SECOND"
holds 'sessions that ran out or idled are gone, the living one stays' is c \
    'SELECT GROUP_CONCAT(LEFT(token_hash, 1)) FROM session'
holds 'so are delays' is b 'SELECT GROUP_CONCAT(LEFT(subject, 1)) FROM sign_in_delay'
holds 'and answers of last month' is new 'SELECT GROUP_CONCAT(name) FROM idempotency'
finish
