#!/bin/sh
# migrate goes forwards only, and says why when it refuses.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$here/lib/tap.sh"
# shellcheck source=tests/lib/mariadb.sh
. "$here/lib/mariadb.sh"
throwaway_start

sql=$db_dir/sql
mkdir -p "$sql/schema" "$sql/grants" "$sql/seed/reference" "$sql/seed/demo"
echo 'CREATE TABLE one (a INT PRIMARY KEY);' >"$sql/schema/0001_one.sql"
echo 'CREATE TABLE two (a INT);' >"$sql/schema/0002_two.sql"
echo "CREATE USER IF NOT EXISTS reader@localhost; GRANT SELECT ON one TO reader@localhost;" \
    >"$sql/grants/reader.sql"
echo 'INSERT INTO one VALUES (1) ON DUPLICATE KEY UPDATE a = a;' >"$sql/seed/reference/one.sql"
echo 'INSERT INTO one VALUES (2) ON DUPLICATE KEY UPDATE a = a;' >"$sql/seed/demo/one.sql"
cp -a "$sql" "$db_dir/good"

run() { "$here/../tools/migrate" "$@" "$db_socket" ecoo "$sql"; }
query() { mariadb --no-defaults --socket="$db_socket" -BN ecoo -e "$1"; }
is() { [ "$(query "$2")" = "$1" ] || { query "$2"; return 1; }; }
again() { rm -rf "$sql"; cp -a "$db_dir/good" "$sql"; }

holds 'an empty database gets everything' run
holds 'files are remembered in order' is '0001_one.sql 0002_two.sql' \
    "SELECT GROUP_CONCAT(name ORDER BY number SEPARATOR ' ') FROM schema_migration"
holds 'without --demo there is no demo row' is 1 'SELECT COUNT(*) FROM one'
holds 'a second run changes nothing' run
holds 'the demo comes when asked for' run --demo
holds 'its row is there' is 2 'SELECT COUNT(*) FROM one'
query 'DELETE FROM one WHERE a = 2'
holds 'an unchanged seed is left alone' run --demo
holds 'its row is still gone' is 1 'SELECT COUNT(*) FROM one'
echo 'INSERT INTO one VALUES (3) ON DUPLICATE KEY UPDATE a = a;' >>"$sql/seed/demo/one.sql"
holds 'a changed seed is applied again' run --demo
holds 'with both rows' is 3 'SELECT COUNT(*) FROM one'

echo '-- later' >>"$sql/schema/0001_one.sql"
refuses 'a changed file' '0001_one.sql was changed after it was applied' run
again
mv "$sql/schema/0002_two.sql" "$sql/schema/0002_other.sql"
refuses 'a renamed file' '0002_two.sql was changed after it was applied' run
again
rm "$sql/schema/0002_two.sql"
refuses 'a missing file at the end' '0002_two.sql was applied to this database and is missing' run
again
rm "$sql/schema/0001_one.sql"
refuses 'a missing file at the beginning' 'number 0001 is missing' run
again
echo 'SELECT 1;' >"$sql/schema/0002_zwo.sql"
refuses 'a number given twice' 'the number 0002 is given twice' run
again
echo 'CREATE TABLE four (a INT);' >"$sql/schema/0004_four.sql"
refuses 'a number left out' 'number 0003 is missing' run
holds 'and nothing of it was applied' is 0 \
    "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'four'"
again
echo 'SELECT 1;' >"$sql/schema/three.sql"
refuses 'a name without a number' 'three.sql: the name has to be' run
again
query 'DELETE FROM schema_migration WHERE number = 1'
refuses 'a file put in below an applied one' 'number 0001 was never applied' run
query "INSERT INTO schema_migration VALUES (1, '0001_one.sql', '$(sha256sum "$sql/schema/0001_one.sql" |
    cut -d ' ' -f 1)', NOW(6))"
holds 'the repaired table is accepted' run
echo 'CREATE TABLE three (a INT); CREATE TABLE three (a INT);' >"$sql/schema/0003_three.sql"
refuses 'a file that fails in the middle' '0003_three.sql failed' run
refuses 'which stays in the way' '0003_three.sql began on this database and did not end' run
holds 'until it is repaired by hand' query "DROP TABLE three; DELETE FROM schema_migration WHERE number = 3"
echo 'CREATE TABLE three (a INT);' >"$sql/schema/0003_three.sql"
holds 'and then goes on' run
refuses 'a schema name that is not one' 'is not a name for a schema' \
    "$here/../tools/migrate" "$db_socket" 'a;b' "$sql"
refuses 'a server that is not there' 'does not answer' \
    "$here/../tools/migrate" "$db_dir/nobody" ecoo "$sql"
finish
