#!/bin/sh
# Plants bugs, one after the other, into the world under test, and sees that the history checker finds
# each: a checker that was never seen to fail proves nothing.
#
#	seeded-bugs.sh [NAME...]	NAME: of seeded-bugs/NAME.patch
#
# It needs what ./ecoo test gives its suites, and leaves the world as it was.  A patch begins with
# lines that say what it does ("what"), which SQL takes another guard away ("sql", "undo"), and for how
# many whole lives a round waits where people have to meet ("lives").  ECOO_TRIES rounds of ECOO_KILLS
# kills are played before a bug counts as missed.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
[ "$(id -u)" -eq 0 ] || { echo '1..0 # SKIP needs root'; exit 0; }
bugs=$root/tests/fault/seeded-bugs
src=${ECOO_VAR:?names the world under test}/src
log=$ECOO_VAR/log/tests
mkdir -p "$log"
planted=

of() { sed -n "s/^$1: //p" "$bugs/$2.patch"; }
sql() { mariadb --no-defaults --socket="${ECOO_DB:?}" ecoo -e "$1"; }
build() { make -s -C "${ECOO_BUILD:?}" -j "$(nproc)" install >"$log/seeded-build.log" 2>&1; }
plant() {
	cp "$bugs/$1.patch" "$log/seeded.patch"
	patch -s --no-backup-if-mismatch -d "$src" -p1 <"$log/seeded.patch" || return 1
	planted=$1
	build || return 1
	[ -z "$(of sql "$1")" ] || sql "$(of sql "$1")"
}
# The next one to be planted is built with it; the last one at the end.
pull() {
	[ -n "$planted" ] || return 0
	patch -s -R --no-backup-if-mismatch -d "$src" -p1 <"$log/seeded.patch"
	[ -z "$(of undo "$planted")" ] || sql "$(of undo "$planted")"
	planted=
}
leave() { ( cd "$src" && node --input-type=module -e "await new (await import('$root/tests/fault/history/place.mjs')).Place().leave()" ); }
over() {
	pull
	build
	leave
}
trap over EXIT
trap 'exit 1' HUP INT TERM

# Plays until something is not ok; the tests that saw it are in $found.
play() {
	found='' lives=$(of lives "$1")
	for try in $(seq "${ECOO_TRIES:-12}"); do
		( cd "$src" && ECOO_FULL=no ECOO_KEPT=yes ECOO_KILLS="${ECOO_KILLS:-8}" \
		    ECOO_LIVES="${lives:-5}" timeout 400 node --test \
		    --test-reporter=tap "$root/tests/fault/history.test.mjs" ) >"$log/seeded-$1-$try.log" 2>&1 || :
		found=$(sed -n 's/^ *not ok [0-9]* - \(P[0-9].*\|what any.*\)/\1/p' "$log/seeded-$1-$try.log")
		[ -z "$found" ] || return 0
	done
	return 1
}
# A line of the table: the bug, what it is, when it was seen, by what.
try_bug() {
	began=$(date +%s)
	if ! plant "$1"; then
		tap_say 'not ok' "$1 can be planted"
	elif play "$1"; then
		tap_say ok "$1: $(of what "$1")"
		printf '# caught in round %s, after %s s, by: %s\n' "$try" $(($(date +%s) - began)) \
		    "$(printf %s "$found" | tr '\n' ';')"
	else
		tap_say 'not ok' "$1: $(of what "$1")"
		printf '# not seen in %s rounds, %s s\n' "$try" $(($(date +%s) - began))
	fi
}

[ $# -gt 0 ] || for f in "$bugs/"*.patch; do
	f=${f##*/}
	set -- "$@" "${f%.patch}"
done
for bug; do
	pull
	try_bug "$bug"
done
finish
