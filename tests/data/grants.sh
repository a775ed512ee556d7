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
"$here/../tools/migrate" --demo "$db_socket" ecoo "$here/../sql" >/dev/null

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
# denied PROGRAM: of the statements in never.PROGRAM, one a line, those that are not, in one go.  Denied, and
# not just wrong.
denied() {
	# shellcheck disable=SC2094
	as "$1" <"$db_dir/never.$1" | sed -nE 's/^ERROR (1044|1045|1142|1143|1227|1370|1410|1698) .* at line ([0-9]+):.*/\2/p' |
	    awk 'FILENAME == "-" { denied[$1]; next } !(FNR in denied)' - "$db_dir/never.$1"
}
none_done() { denied "$1" >"$db_dir/done"; cat "$db_dir/done"; [ ! -s "$db_dir/done" ]; }
# none PROGRAM: a sentence for each of them.
none() {
	sed -i 's/;*$/;/' "$db_dir/never.$1"
	denied "$1" >"$db_dir/done"
	while IFS= read -r statement; do
		verdict=ok
		! grep -qxF -e "$statement" "$db_dir/done" || verdict='not ok'
		tap_say "$verdict" "$1 may not: $statement"
	done <"$db_dir/never.$1"
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
	awk -F '\t' -v p="$p" 'index(" " $1 " ", " " p " ") == 0 { print $2 }' "$db_dir/never" >"$db_dir/never.$p"
	none "$p"
done

# verify: one view, whatever tables there are or will be.
root_says 'SHOW TABLES' >"$db_dir/tables"
holds 'the schema has tables' test -s "$db_dir/tables"
sed -e '/^public_certificate$/d' -e 's/.*/SELECT 1 FROM &/' "$db_dir/tables" >"$db_dir/never.verify"
echo "SELECT session_use('x')" >>"$db_dir/never.verify"
none verify

# An account is known by its unix user: taking over one program gives nobody else's account.
stranger() {
	setpriv --reuid=ecoo_login --regid=ecoo_login --clear-groups mariadb --no-defaults \
	    --socket="$db_socket" --user=ecoo_certificate -e 'SELECT 1' ecoo
}
refuses 'login under the name of certificate' 'Access denied' stranger

# --- the server's own answer: every statement under every account, and what each single right is for
mariadb --no-defaults --socket="$db_socket" -e 'CREATE DATABASE probe CHARACTER SET utf8mb4'
probe() { mariadb --no-defaults --socket="$db_socket" -BN probe "$@"; }
probe <"$here/data/matrix.sql"
for p in $programs paysim; do
	home=ecoo
	[ "$p" != paysim ] || home=ecoo_paysim
	echo "CALL make_try('$p', '$home');"
	"$prog/$p" --statements | sed -e 's/\\/\\\\/g' -e "s/'/''/g" |
	    awk -v p="$p" '{ printf "INSERT INTO statement VALUES (\047%s\047, %d, \047%s\047);\n", p, NR, $0 }'
done | probe
probe -e 'CALL ask_all(); CALL list_grants(); CALL weigh()'

# What an account may send that is not among its program's own statements, against the list.
probe -e "SELECT DISTINCT a.asker, s.text FROM answer a JOIN statement s USING (owner, n) WHERE a.answer = 'yes'
	AND NOT EXISTS (SELECT 1 FROM statement o WHERE o.owner = a.asker AND o.text = s.text)" >"$db_dir/more"
unlisted() {
	awk -F '\t' 'NR == FNR { if (!/^#/ && NF > 1) { n = split($1, who, " ")
			for (i = 1; i <= n; i++) wanted[who[i] "\t" $2] = NF > 2 ? $3 : 1 }
			next }
		{ found = 0
		  for (r in wanted) { split(r, w, "\t"); if (w[1] == $1 && index($2, w[2]) == 1) { found = 1; had[r]++ } }
		  if (!found) { print $1 " may: " $2; bad = 1 } }
		END { for (r in wanted) if (had[r] + 0 != wanted[r]) {
			print had[r] + 0 " and not " wanted[r] ": " r; bad = 1 }
		exit bad }' "$here/data/shared" "$1"
}
nothing() { probe -e "$1" >"$db_dir/out"; cat "$db_dir/out"; [ ! -s "$db_dir/out" ]; }
holds 'every program has statements' nothing \
    'SELECT program FROM account LEFT JOIN statement ON owner = program WHERE owner IS NULL'
holds 'a statement is prepared or denied, and nothing else' nothing \
    "SELECT * FROM answer WHERE answer NOT IN ('yes', 'denied')"
holds 'each account may send its own' nothing "SELECT * FROM answer WHERE asker = owner AND answer <> 'yes'"
holds 'and of others what is shared on purpose' unlisted "$db_dir/more"
for p in $programs paysim; do
	holds "$p needs each right it has" nothing "SELECT give FROM grants WHERE program = '$p' AND NOT needed"
done
holds 'no program has a right beyond tables and functions' nothing "
	SELECT GRANTEE, PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES
	WHERE GRANTEE LIKE '%ecoo\_%' AND PRIVILEGE_TYPE <> 'USAGE'
	UNION ALL SELECT GRANTEE, PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES WHERE GRANTEE LIKE '%ecoo\_%'
	UNION ALL SELECT User, Role FROM mysql.roles_mapping WHERE User LIKE 'ecoo\_%'"

# Who writes what, as sql/OWNERS.md has it: the same pairs of table and program.
probe -e "SELECT DISTINCT TABLE_NAME, SUBSTRING_INDEX(SUBSTRING(GRANTEE, 7), '''', 1) FROM (
	SELECT TABLE_SCHEMA, TABLE_NAME, GRANTEE, PRIVILEGE_TYPE FROM information_schema.TABLE_PRIVILEGES UNION ALL
	SELECT TABLE_SCHEMA, TABLE_NAME, GRANTEE, PRIVILEGE_TYPE FROM information_schema.COLUMN_PRIVILEGES) g
	WHERE GRANTEE LIKE '%ecoo\_%' AND TABLE_SCHEMA = 'ecoo' AND PRIVILEGE_TYPE <> 'SELECT'" |
    tr '\t' ' ' | sort >"$db_dir/writes"
awk -F ' *[|] *' '$2 == "table" || $2 ~ /^---/ || NF < 5 { next }
	{ if ($2 != "") tables = $2
	  if ($4 ~ /^through/ || $3 ~ /^migrate/) next
	  sub(/^all .*/, "login, application, review, payment, certificate", $3)
	  n = split(tables, t, /[`, ]+/); m = split($3, p, /, */)
	  for (i = 1; i <= n; i++) for (j = 1; j <= m; j++) if (t[i] != "") print t[i], p[j] }' \
    "$here/../sql/OWNERS.md" | sort >"$db_dir/owners"
holds 'who writes which table is what sql/OWNERS.md says' diff "$db_dir/owners" "$db_dir/writes"

# --- what grants cannot tell (schema/0010_walls.sql): moves from state to state, and what was signed
names=$(sed -n 's/.*X(APPLICATION_[A-Z]*,[^"]*"\([a-z_]*\)".*/\1/p' "$here/../modules/rules/state.h")
n=0
for state in $names; do
	n=$((n + 1))
	echo "INSERT INTO application (id, iec, agency, office_id, rule_set, state, paid, content, exporter, created_by,
	    created_at, updated_at) VALUES (1000 + $n, 'x', 'x', 1, 'x', '$state', 1, '{}', '{}', 1, NOW(), NOW());"
done | mariadb --no-defaults --socket="$db_socket" --init-command='SET foreign_key_checks = 0' ecoo
# moves_of PROGRAM: each move that the server lets it make.
moves_of() {
	n=0
	for from in $names; do
		n=$((n + 1))
		for to in $names; do
			[ "$from" = "$to" ] || echo "BEGIN; UPDATE application SET state = '$to' WHERE id = 1000 + $n;" \
			    "SELECT '$from', state FROM application WHERE id = 1000 + $n AND state = '$to'; ROLLBACK;"
		done
	done | as "$1" | sed -n 's/^\([a-z_]*\)\t\([a-z_]*\)$/\1 \2/p' | sort
}
# moves PROGRAM FROM:TO,TO...
moves() {
	who=$1
	shift
	for row; do
		for to in $(echo "${row#*:}" | tr , ' '); do
			echo "${row%:*} $to"
		done
	done | sort >"$db_dir/wanted"
	moves_of "$who" | diff "$db_dir/wanted" -
}
holds "application moves what is the exporter's to move" moves application draft:sign_pending,withdrawn \
    sign_pending:draft,payment_pending,submitted,query,resubmitted,withdrawn \
    payment_pending:draft,withdrawn submitted:withdrawn query:sign_pending,resubmitted
holds 'payment moves what is paid' moves payment payment_pending:submitted
holds "review moves what is the officer's to move" moves review submitted:under_review \
    resubmitted:under_review under_review:query,rejected,approved approved:query
holds 'certificate moves what is issued' moves certificate approved:issued issued:cancelled
for state in submitted under_review resubmitted approved issued; do
	for change in "content = '{\"a\": 1}'" "exporter = '[]'" "signed_text = 'x'" "signed_sha256 = 'x'" 'signature_id = 9'; do
		echo "UPDATE application SET $change WHERE state = '$state'"
	done
done >"$db_dir/never.application"
for given in "'approved', 0, NULL" "'draft', 1, NULL" "'draft', 0, 'x'"; do
	echo "INSERT INTO application (state, paid, number, iec, agency, office_id, rule_set, content, exporter," \
	    "created_by, created_at, updated_at) VALUES ($given, 'x', 'x', 1, 'x', '{}', '{}', 1, NOW(), NOW())"
done >>"$db_dir/never.application"
none application

# --- nothing for nothing (schema/0014_charge.sql): what is paid, submitted and issued
root_says "SET foreign_key_checks = 0;
	INSERT INTO application (id, iec, agency, office_id, rule_set, state, paid, content, exporter, created_by,
	    created_at, updated_at) SELECT 1100 + seq, 'x', 'NCE', 1, 'x', IF(seq < 3, 'sign_pending', 'approved'), seq = 2, '{}',
	    '{}', 1, NOW(), NOW() FROM seq_1_to_4;
	INSERT INTO payment (id, application_id, live_application, iec, agency, state, fee_paise, cgst_paise, sgst_paise, igst_paise,
	    total_paise, sac, place_of_supply, gateway_payment, created_by, created_at) SELECT seq, 1100 + seq, 1100 + seq, 'x', 'NCE',
	    'paid', 1, 0, 0, 0, 1, 'x', 'x', CONCAT('pay_', seq), 1, NOW() FROM seq_1_to_4;
	INSERT INTO ledger_entry (payment_id, gateway_payment, account, amount_paise, at) VALUES
	    (1, 'pay_1', 'gateway:NCE', 1, NOW()), (2, 'pay_2', 'fees:NCE', -1, NOW()), (3, 'pay_3', 'fees:NCE', -2, NOW()),
	    (4, 'pay_4', 'fees:NCE', -1, NOW());
	INSERT INTO certificate (number, compact, check_code, application_id, agency, fy, serial, office_id, iec, state, face, created_at)
	    SELECT CONCAT('N-', seq), CONCAT('N', seq), 'X', 1100 + seq, 'NCE', 2026, 900 + seq, 1, 'x', 'signing', '{}', NOW()
	    FROM seq_1_to_4"
# issue NUMBER APPLICATION: a row of the register.
issue() {
	echo "INSERT INTO certificate_issue (number, application_id, check_code, face, applicant, goods, origin_country," \
	    "destination_country, agency, agency_name, agency_email, agency_phone, agency_website, office, pages, sha256, range_sha256," \
	    "size, issued_by, issued_by_name, fingerprint, issued_at) VALUES ('$1', $2, 'X', '{}', '', '', 'IN', 'DE', 'NCE', '', ''," \
	    "'', '', '', 1, '$1', '$1', 1, 1, '', '', NOW())"
}
# allowed PROGRAM STATEMENT: one row, and taken back.
allowed() { [ "$(echo "BEGIN; $2; SELECT ROW_COUNT(); ROLLBACK;" | as "$1")" = 1 ]; }
holds 'application submits what is paid' allowed application "UPDATE application SET state = 'submitted' WHERE id = 1102"
holds 'payment marks as paid what is booked' allowed payment 'UPDATE application SET paid = 1 WHERE id = 1104'
for to in submitted resubmitted; do
	echo "UPDATE application SET state = '$to' WHERE id = 1101"
done >"$db_dir/never.application"
none application
for id in 1101 1103; do
	echo "UPDATE application SET paid = 1 WHERE id = $id"
done >"$db_dir/never.payment"
echo 'UPDATE application SET paid = 0 WHERE id = 1102' >>"$db_dir/never.payment"
none payment
holds 'certificate issues what was approved, numbered and charged' allowed certificate "$(issue N-4 1104)"
{ issue N-2 1102; issue N-3 1103; issue N-1 1104; issue N-4 1102; issue N-9 9999; } >"$db_dir/never.certificate"
none certificate

for p in login application review payment certificate; do
	echo "INSERT INTO audit VALUES ('other/1', 1, NOW(), 0, 'x', 'x', 'x', 'x', REPEAT('x', 32))" >"$db_dir/never.$p"
	none "$p"
done

# And this test can fail.
refuses "login under verify's account" 'denied' prepared login verify
root_says 'GRANT DELETE ON audit TO ecoo_review@localhost; GRANT SELECT (seen_at) ON session TO ecoo_login@localhost'
probe -e 'DELETE FROM grants; CALL list_grants(); CALL weigh()'
refuses 'a right nobody needs' 'DELETE ON ecoo.audit' nothing 'SELECT give FROM grants WHERE NOT needed'
refuses 'a column nobody needs' 'SELECT (seen_at)' nothing 'SELECT give FROM grants WHERE NOT needed'
printf 'verify\tSELECT 1\n' | cat "$db_dir/more" - >"$db_dir/other"
refuses 'a statement shared without a word' 'verify may: SELECT 1' unlisted "$db_dir/other"
row='certificate	SELECT id FROM dsc'
echo "$row, person" | cat "$db_dir/more" - >"$db_dir/other"
refuses 'one that begins like another' "2 and not 1: $row" unlisted "$db_dir/other"
grep -v "^$row" "$db_dir/more" >"$db_dir/other"
refuses 'one that is no longer shared' "0 and not 1: $row" unlisted "$db_dir/other"
echo 'DELETE FROM audit;' >"$db_dir/never.review"
refuses 'a grant too many' 'DELETE FROM audit' none_done review
root_says 'REVOKE SELECT ON public_certificate FROM ecoo_verify@localhost'
refuses 'a grant that is missing' 'denied' prepared verify verify
finish
