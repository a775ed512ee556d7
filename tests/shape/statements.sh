#!/bin/sh
# SQL stands where it is reviewed beside its grants, and is never put together from pieces.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# A program's statements; lists that several programs' stmts.c include; the connection itself.
is_place() {
	case $1 in
	fcgi/*/stmts.c | modules/*/stmts.h | tools/*/stmts.c) ;;
	modules/record/signing.h | modules/record/view.h) ;;
	modules/data/db.c | modules/data/tx.c) ;;
	*) return 1 ;;
	esac
}

sql='"[^"]*\<(SELECT [^"]*|INSERT (IGNORE )?INTO |UPDATE [a-z_]+ SET |DELETE FROM |REPLACE INTO |TRUNCATE |START TRANSACTION|COMMIT"|ROLLBACK|GRANT |SET SESSION )'
sources() { ( cd "$1" && find modules fcgi tools -name '*.[ch]' -type f | sort ); }

elsewhere() {
	sources "$1" | while read -r f; do
		is_place "$f" || grep -nE "$sql" "$1/$f" | sed "s|^|$f:|"
	done | grep . && return 1
	return 0
}

# Texts with gaps to be filled, or made by a function, are no statements.
fixed() {
	( cd "$1" && grep -nE 'text_fmt|printf|strcat|%(\.\*)?[sduzl]' fcgi/*/stmts.c modules/*/stmts.h ) && return 1
	return 0
}

# Only the data layer speaks to the server.
spoken() {
	( cd "$1" && grep -rnE '\<mysql_[a-z_]+\(' modules fcgi tools --include='*.[ch]' ) |
	    grep -v '^modules/data/' && return 1
	return 0
}

# Every program that has statements has its grants, and the other way round.
granted() {
	for f in "$1"/fcgi/*/stmts.c; do
		p=$(basename "$(dirname "$f")")
		[ -f "$1/sql/grants/$p.sql" ] || { echo "$p has no grants"; return 1; }
	done
	for f in "$1"/sql/grants/*.sql; do
		p=$(basename "$f" .sql)
		[ -d "$1/fcgi/$p" ] || { echo "$p has grants and is no program"; return 1; }
		grep -q "ecoo_$p@localhost" "$f" && ! grep -oE 'ecoo_[a-z]+@' "$f" | grep -qv "ecoo_$p@" ||
		    { echo "$p.sql grants to somebody else"; return 1; }
		grep -qE 'ALL PRIVILEGES ON|GRANT ALL|WITH GRANT OPTION|\*\.\*|ON \*' "$f" &&
		    { echo "$p.sql grants everything"; return 1; }
	done
	return 0
}

# Looked for by anything else, rows that are not there lock the gaps where others put theirs.  Leases
# that ran out are looked for by one thread of the courier, which tries again; signing_end() wants that lock.
by_key() {
	for f in $(cd "$1" && ls fcgi/*/stmts.c modules/*/stmts.h modules/record/signing.h); do
		tr -d '\n\t\\' <"$1/$f" | sed 's/" *"//g; s/DO(/\n&/g' | grep -oE '^DO\("(UPDATE|DELETE) [^"]*"' |
		    grep -vE " WHERE ([a-z]\.)?(id|name|token_hash|subject|application_id) = [?']|the lease ran out|^DO..UPDATE signing_job SET expires_at" | sed "s|^|$f: |"
	done | grep . && return 1
	return 0
}

holds 'SQL stands in the statements alone' elsewhere "$root"
holds 'statements are whole texts' fixed "$root"
holds 'the data layer alone speaks to the server' spoken "$root"
holds 'each program with statements has grants of its own' granted "$root"
holds 'rows are changed by their key' by_key "$root"

mkdir "$dir/tree"
( cd "$root" && find modules fcgi tools sql -type f \( -name '*.[ch]' -o -name '*.sql' -o -name local.mk \) |
    tar -cf - -T - ) | tar -C "$dir/tree" -xf -
with() {
	cp "$dir/tree/$2" "$dir/saved"
	printf '%s\n' "$3" >>"$dir/tree/$2"
	rc=0
	"$1" "$dir/tree" || rc=$?
	cp "$dir/saved" "$dir/tree/$2"
	return $rc
}
refuses 'a change of whatever rows there are' 'review/stmts.c' with by_key fcgi/review/stmts.c \
    'static const struct stmt x = DO("UPDATE job SET state = ? " "WHERE kind = ? AND state = ?");'
refuses 'a statement in a handler' 'login.c' with elsewhere fcgi/login/login.c \
    'static const char *const x = "SELECT id FROM person WHERE id = ?";'
refuses 'one that goes on in the next line' 'login.c' with elsewhere fcgi/login/login.c \
    'static const char *const x = "DELETE FROM person "'
refuses 'a statement put together' 'stmts.c' with fixed fcgi/login/stmts.c 'text_fmt(c, "x");'
refuses 'a call of the client library' 'login.c' with spoken fcgi/login/login.c 'int x = mysql_ping(my);'
refuses 'a grant to another account' 'somebody else' with granted sql/grants/login.sql \
    'GRANT SELECT ON firm TO ecoo_review@localhost;'
refuses 'a grant of everything' 'everything' with granted sql/grants/login.sql \
    'GRANT ALL ON firm TO ecoo_login@localhost;'
rm "$dir/tree/sql/grants/login.sql"
refuses 'a program without grants' 'login has no grants' granted "$dir/tree"
finish
