#!/bin/sh
# The grants: each program's statements prepare under its own account, and what it must never do is
# refused by the server, whoever has taken the program over.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$here/lib/tap.sh"
# shellcheck source=tests/lib/mariadb.sh
. "$here/lib/mariadb.sh"
prog=${ECOO_VAR:?names where ./ecoo built the programs}/prog/libexec/ecoo
[ "$(id -u)" -eq 0 ] || { echo '1..0 # SKIP accounts are known by unix users: this needs root'; exit 0; }
throwaway_start
"$here/../tools/migrate" "$db_socket" ecoo "$here/../sql" >/dev/null

# as PROGRAM: standard input as SQL, under the program's unix user and account.
as() {
	setpriv --reuid="ecoo_$1" --regid="ecoo_$1" --clear-groups mariadb --no-defaults \
	    --socket="$db_socket" --user="ecoo_$1" --force -BN ecoo 2>&1
}
root_says() { mariadb --no-defaults --socket="$db_socket" -BN ecoo -e "$1"; }
prepared() {
	"$prog/$1" --statements >"$db_dir/statements"
	[ -s "$db_dir/statements" ] || { echo "$1 has no statements"; return 1; }
	sed -e 's/\\/\\\\/g' -e "s/'/''/g" -e "s/.*/PREPARE s FROM '&';/" "$db_dir/statements" |
	    as "$2" >"$db_dir/out" || :
	[ ! -s "$db_dir/out" ] || { head -n 5 "$db_dir/out"; return 1; }
}
# Denied, and not just wrong.
denied() {
	if echo "$2" | as "$1" >"$db_dir/out" && ! grep -q ERROR "$db_dir/out"; then
		echo "$1 may: $2"
		return 1
	fi
	grep -qE 'denied|ERROR (1044|1045|1142|1143|1227|1370|1410)' "$db_dir/out" ||
	    { cat "$db_dir/out"; return 1; }
}

# What nobody may, then what only those named after "-" may.
cat >"$db_dir/never" <<'END'
-	UPDATE audit SET what = 'x'
-	DELETE FROM audit
-	UPDATE certificate_issue SET sha256 = 'x'
-	DELETE FROM certificate_issue
-	UPDATE certificate_status SET state = 'valid'
-	DELETE FROM certificate_status
-	UPDATE ledger_entry SET amount_paise = 0
-	DELETE FROM ledger_entry
-	DELETE FROM payment_fact
-	UPDATE receipt SET document = '{}'
-	DELETE FROM receipt
-	DELETE FROM payment
-	DELETE FROM application
-	DELETE FROM certificate
-	UPDATE certificate SET number = 'x'
-	UPDATE certificate SET check_code = 'x'
-	UPDATE application SET iec = 'x'
- payment application	UPDATE application SET number = 'x'
-	UPDATE application_signature SET signer = 'x'
-	DELETE FROM application_signature
-	UPDATE application_event SET text = 'x'
-	DELETE FROM application_event
-	UPDATE decision SET text = 'x'
-	DELETE FROM decision
-	UPDATE person SET password_hash = 'x'
-	UPDATE person SET role = 'operator'
-	INSERT INTO person (email) VALUES ('x')
-	UPDATE firm SET name = 'x'
-	UPDATE agency SET name = 'x'
-	INSERT INTO dsc (person_id) VALUES (1)
-	UPDATE dsc SET active = 1
-	UPDATE rule_fee SET fee_paise = 0
-	UPDATE idempotency SET body = ''
-	SELECT * FROM session
-	SELECT token_hash, person_id FROM session
-	UPDATE session SET person_id = 1
-	CREATE TABLE x (a INT)
-	DROP TABLE person
-	ALTER TABLE audit DROP COLUMN hash
-	TRUNCATE TABLE audit
-	CREATE USER x@localhost
-	GRANT SELECT ON ecoo.* TO ecoo_verify@localhost
-	SELECT * FROM mysql.global_priv
-	SELECT 1 INTO OUTFILE '/tmp/x'
-	LOAD DATA INFILE '/etc/passwd' INTO TABLE audit
-	SET GLOBAL general_log = 1
-	SET GLOBAL read_only = 1
-	SELECT * FROM schema_migration
- login	SELECT password_hash FROM person
- login	INSERT INTO session (token_hash) VALUES ('x')
- login	DELETE FROM session
- login	SELECT * FROM sign_in_delay
- certificate	INSERT INTO certificate_issue (number) VALUES ('x')
- certificate	INSERT INTO certificate_status (number) VALUES ('x')
- certificate	UPDATE certificate SET state = 'issued'
- certificate	UPDATE certificate SET state = 'void'
- application review	SELECT certificate_void(1)
- certificate	INSERT INTO certificate (number) VALUES ('x')
- certificate	SELECT * FROM image
- payment	INSERT INTO ledger_entry (payment_id) VALUES (1)
- payment	UPDATE payment SET state = 'paid'
- payment	INSERT INTO payment_fact (status) VALUES ('x')
- payment	UPDATE application SET paid = 1
- payment	INSERT INTO receipt (number) VALUES ('x')
- review	INSERT INTO decision (text) VALUES ('x')
- application	UPDATE application SET content = '{}'
- application	INSERT INTO application_signature (signer) VALUES ('x')
- application	INSERT INTO document (name) VALUES ('x')
- courier	UPDATE job SET state = 'done'
- verify certificate	SELECT check_code FROM certificate_issue
- verify	SELECT check_code FROM public_certificate
END

programs=$(for f in "$here"/../sql/grants/*.sql; do basename "$f" .sql; done)
for p in $programs; do
	holds "$p's statements prepare under its account" prepared "$p" "$p"
	while IFS='	' read -r who statement; do
		case " $who " in *" $p "*) continue ;; esac
		holds "$p may not: $statement" denied "$p" "$statement"
	done <"$db_dir/never"
done

# verify: one view, whatever tables there are or will be.
root_says 'SHOW TABLES' >"$db_dir/tables"
holds 'the schema has tables' test -s "$db_dir/tables"
while read -r table; do
	[ "$table" = public_certificate ] ||
	    holds "verify may not read $table" denied verify "SELECT 1 FROM $table"
done <"$db_dir/tables"
holds 'verify may not ask about sessions' denied verify "SELECT session_person('x')"

# An account is known by its unix user: taking over one program gives nobody else's account.
stranger() {
	setpriv --reuid=ecoo_login --regid=ecoo_login --clear-groups mariadb --no-defaults \
	    --socket="$db_socket" --user=ecoo_certificate -e 'SELECT 1' ecoo
}
refuses 'login under the name of certificate' 'Access denied' stranger

# And this test can fail.
refuses "login under verify's account" 'denied' prepared login verify
root_says 'GRANT DELETE ON audit TO ecoo_review@localhost'
refuses 'a grant too many' 'review may' denied review 'DELETE FROM audit'
root_says 'REVOKE SELECT ON public_certificate FROM ecoo_verify@localhost'
refuses 'a grant that is missing' 'denied' prepared verify verify
finish
