#!/bin/sh
# A number is used up with its application, through one function that can do nothing else.
# shellcheck disable=SC2317	# the functions are called through holds
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$here/lib/tap.sh"
# shellcheck source=tests/lib/mariadb.sh
. "$here/lib/mariadb.sh"
throwaway_start
query() { mariadb --no-defaults --socket="$db_socket" -BN ecoo -e "$1"; }
migrate() { "$here/../tools/migrate" --demo "$db_socket" ecoo "$1" >/dev/null; }

# The database of before, with numbers that were left behind.
cp -R "$here/../sql" "$db_dir/sql"
find "$db_dir/sql/schema" -name '*.sql' | awk -F / '$NF >= "0009"' | xargs rm "$db_dir/sql/grants/"*.sql
migrate "$db_dir/sql"

# pair SERIAL APPLICATION-STATE CERTIFICATE-STATE
pair() {
	query "INSERT INTO application (iec, agency, office_id, rule_set, state, content, exporter, created_by, created_at,
	    updated_at) SELECT iec, 'NCE', 1, 'NP-BASE', '$2', '{}', '{}', id, NOW(), NOW() FROM person
	    WHERE email = 'filer@palarveni.example';
	    INSERT INTO certificate (number, compact, check_code, application_id, agency, fy, serial, office_id, iec, state,
	    face, created_at) SELECT 'N-$1', 'N$1', 'X', id, agency, 2026, $1, 1, iec, '$3', '{}', NOW() FROM application
	    ORDER BY id DESC LIMIT 1"
}
n=0
for before in 'rejected prepared' 'withdrawn signing' 'issued issued' 'query prepared' 'approved prepared'; do
	n=$((n + 1))
	# shellcheck disable=SC2086
	pair $n $before
done
migrate "$here/../sql"
left() { [ "$(query 'SELECT GROUP_CONCAT(state ORDER BY serial) FROM certificate')" = "$1" ]; }
holds 'what was left behind before is void, and nothing else' left 'void,void,issued,prepared,prepared'

# becomes SERIAL APPLICATION-STATE CERTIFICATE-STATE SAID AFTERWARDS
becomes() {
	pair "$1" "$2" "$3"
	said=$(query "SET @a = (SELECT application_id FROM certificate WHERE serial = $1);
	    SELECT COALESCE(certificate_void(@a), 'nothing'); SELECT state FROM certificate WHERE serial = $1" | tr '\n' ' ')
	[ "$said" = "$(echo "$4" | sed "s/^N/N-$1/") $5 " ] || { echo "$said"; return 1; }
}
while read -r application certificate said afterwards; do
	n=$((n + 1))
	holds "$application, $certificate: $afterwards" becomes $n "$application" "$certificate" "$said" "$afterwards"
done <<'END'
under_review prepared N void
sign_pending prepared N void
under_review signing N void
approved prepared nothing prepared
approved signing nothing signing
issued issued nothing issued
under_review issued nothing issued
sign_pending void nothing void
rejected prepared nothing prepared
END
holds 'without a number there is nothing to say' \
    [ "$(query 'SELECT COALESCE(certificate_void(999999), 0)')" = 0 ]
finish
