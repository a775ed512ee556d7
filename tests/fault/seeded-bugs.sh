#!/bin/sh
# Plants bugs, one after the other, into the world under test, and sees that the history checker finds
# each: a checker that was never seen to fail proves nothing.
#
#	seeded-bugs.sh [NAME...]	NAME: of seeded-bugs/NAME.patch
#
# It needs what ./ecoo test gives its suites, and leaves the world as it was.  A patch begins with
# lines that say what it does ("what"), which promises it breaks ("breaks": a pattern for the names of the
# history's checks), which SQL takes another guard away ("sql", "undo"), and for how many whole lives a
# round waits where people have to meet ("lives").  Only a red check of those promises has caught the bug;
# others are told.  ECOO_TRIES rounds of ECOO_KILLS kills are played before a bug counts as missed.
#
# Before each bug, and after the last, a round without one has to be green in all its checks, and the
# schema has to be what it was: else the harm that one bug left would catch the next, or did it already.
#
# ECOO_SEED=N plays the rounds of a bug with the seeds N, N+1, ...: the one that caught it is told, and stands
# in seeded-bugs/README.md.  The lines of that table are left in log/tests/seeded.md of the world.
# shellcheck disable=SC2317	# over is called through trap
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
[ "$(id -u)" -eq 0 ] || { echo '1..0 # SKIP needs root'; exit 0; }
bugs=$root/tests/fault/seeded-bugs
src=${ECOO_VAR:?names the world under test}/src
log=$ECOO_VAR/log/tests
mkdir -p "$log"
: >"$log/seeded.md"
planted=

of() { sed -n "s/^$1: //p" "$bugs/$2.patch"; }
sql() { mariadb --no-defaults --default-character-set=utf8mb4 --socket="${ECOO_DB:?}" ecoo -e "$1"; }
build() { make -s -C "${ECOO_BUILD:?}" -j "$(nproc)" install >"$log/seeded-build.log" 2>&1; }
# What a bug's SQL may change.
schema() {
	mariadb-dump --no-defaults --socket="$ECOO_DB" --no-data --routines --triggers --skip-dump-date \
	    --skip-comments ecoo | sed 's/ AUTO_INCREMENT=[0-9]*//; s/,$//' | sort
	sql "SHOW GLOBAL VARIABLES LIKE 'innodb_snapshot_isolation'"
}
plant() {
	cp "$bugs/$1.patch" "$log/seeded.patch"
	patch -s --no-backup-if-mismatch -d "$src" -p1 <"$log/seeded.patch" || return 1
	planted=$1
	build || return 1
	[ -z "$(of sql "$1")" ] || sql "$(of sql "$1")"
}
# Programs with the bug are replaced before its SQL is undone: they would go on meanwhile.
pull() {
	[ -n "$planted" ] || return 0
	patch -s -R --no-backup-if-mismatch -d "$src" -p1 <"$log/seeded.patch"
	build
	in_place enter leave
	[ -z "$(of undo "$planted")" ] || sql "$(of undo "$planted")"
	planted=
}
# in_place STEP...: of tests/fault/history/place.mjs.
in_place() {
	for step; do set -- "$@" "await p.$step();"; shift; done
	( cd "$src" && ECOO_KEPT=${kept-yes} node --input-type=module \
	    -e "const p = new (await import('$root/tests/fault/history/place.mjs')).Place(); $*" )
}
over() {
	pull
	kept='' in_place leave
}
trap over EXIT
trap 'exit 1' HUP INT TERM

# round NAME SEED KILLS LIVES: the checks that were red, by name; of a round that did not come to its
# checks, that.
round() {
	( cd "$src" && ECOO_FULL=no ECOO_KEPT=yes ECOO_SEED=$2 ECOO_KILLS=$3 ECOO_LIVES=$4 timeout 400 \
	    node --test --test-reporter=tap "$root/tests/fault/history.test.mjs" ) >"$log/seeded-$1.log" 2>&1 || :
	sed -n 's/^ *not ok [0-9]* - \([Pw].*\)/\1/p' "$log/seeded-$1.log"
}
seed_of() { sed -n 's/.*ECOO_SEED=\([0-9]*\).*/\1/p' "$log/seeded-$1.log"; }
semicolons() { printf %s "$1" | tr '\n' ';'; }

# control WHEN: the world has no bug.
control() {
	red=$(round "control-$tap_n" '' 2 2)
	if schema | cmp -s "$log/seeded.schema" - && grep -q '^# fail 0$' "$log/seeded-control-$tap_n.log"; then
		tap_say ok "$1: without a bug all is well"
	else
		tap_say 'not ok' "$1: without a bug all is well"
		printf '# red: %s\n' "$(semicolons "$red")"
		schema | diff "$log/seeded.schema" - | sed 's/^/# schema: /'
	fi
}
# Plays until a check of the promises that it breaks is red; those are $found, all of them $red.
play() {
	lives=$(of lives "$1")
	for try in $(seq "${ECOO_TRIES:-12}"); do
		red=$(round "$1-$try" "${ECOO_SEED:+$((ECOO_SEED + try - 1))}" "${ECOO_KILLS:-8}" "${lives:-5}")
		found=$(printf '%s\n' "$red" | grep -wE "$(of breaks "$1")") && return 0
		[ -z "$red" ] || printf '# %s: round %s: only %s\n' "$1" "$try" "$(semicolons "$red")"
	done
	return 1
}
# A line of the table: the bug, what it is, which promise it breaks, when and by what it was caught.
try_bug() {
	began=$(date +%s)
	if ! plant "$1"; then
		tap_say 'not ok' "$1 can be planted"
	elif play "$1"; then
		tap_say ok "$1: $(of what "$1")"
		took=$(($(date +%s) - began)) seed=$(seed_of "$1-$try")
		printf '# caught by seed %s in round %s, after %s s, by: %s\n' "$seed" "$try" "$took" "$(semicolons "$found")"
		others=$(printf '%s\n' "$red" | grep -vwE "$(of breaks "$1")") &&
		    printf '# red beside it: %s\n' "$(semicolons "$others")"
		# shellcheck disable=SC2016	# marks of the table
		printf '| `%s` | %s | %s | %s | %s | %s | %s |\n' "$1" "$(of what "$1")" "$(of breaks "$1")" "$seed" "$try" \
		    "$(semicolons "$found" | sed 's/;/; /g')" "$took" >>"$log/seeded.md"
	else
		tap_say 'not ok' "$1: $(of what "$1")"
		printf '# not seen in %s rounds, %s s\n' "$try" $(($(date +%s) - began))
	fi
}

[ $# -gt 0 ] || for f in "$bugs/"*.patch; do
	f=${f##*/}
	set -- "$@" "${f%.patch}"
done
schema >"$log/seeded.schema"
for bug; do
	control "before $bug"
	try_bug "$bug"
	pull
done
control 'after the last'
finish
