#!/bin/sh
# The systemd units are understood and tight; every program has one.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
command -v systemd-analyze >/dev/null || { echo '1..0 # SKIP there is no systemd-analyze'; exit 0; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for f in "$root"/fcgi/*/*.service "$root"/fcgi/*/*.socket "$root"/tools/install/*.service; do
	sed -e 's|@libexecdir@/[a-z]*|/bin/true|' -e 's|@[a-z]*dir@|/usr|g' "$f" >"$dir/${f##*/}"
done
printf '[Service]\nExecStart=/bin/true\n' >"$dir/mariadb.service"

understood() {
	! SYSTEMD_UNIT_PATH=$dir: systemd-analyze verify --man=no --recursive-errors=no "$1" 2>&1 |
	    grep -F "$dir"
}
# Exposure of 10: below 2 for what has no network, below 3 for the courier.
tight() {
	systemd-analyze security --offline=yes --threshold="$2" "$1" >"$dir/security" 2>&1 ||
	    { tail -n 1 "$dir/security"; return 1; }
}
for f in "$root"/fcgi/*/; do
	name=$(basename "$f")
	unit=$dir/ecoo-$name.service
	holds "$name has a unit" test -f "$unit"
	holds "$name's unit is understood" understood "$unit"
	limit=20
	[ "$name" != courier ] || limit=30
	holds "$name's unit is tight" tight "$unit" "$limit"
done
finish
