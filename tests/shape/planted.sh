#!/bin/sh
# The bugs that tests/fault/seeded-bugs.sh plants still fit into the sources, to the line; each names a
# promise that the history checks, and stands in the table of what caught it.
# shellcheck disable=SC2317	# the functions are called through holds
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
bugs=$root/tests/fault/seeded-bugs
promised() {
	pattern=$(sed -n 's/^breaks: //p' "$1")
	[ -n "$pattern" ] && sed -n "s/^	'\(.*\)': .*,$/\1/p" "$root/tests/fault/history.test.mjs" | grep -qwE "$pattern"
}
for f in "$bugs/"*.patch; do
	name=${f##*/}
	holds "$name can be planted" patch -s -F0 --dry-run -d "$root" -p1 -i "$f"
	holds "$name breaks a promise that is checked" promised "$f"
	holds "$name has a line in the table" grep -qF "| \`${name%.patch}\` |" "$bugs/README.md"
done
finish
