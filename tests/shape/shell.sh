#!/bin/sh
# Every shell file parses in dash and is clean for shellcheck.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
cd "$root"
find . \( -path ./var -o -path './var.*' -o -name node_modules -o -name .git -o -path ./build-aux \
    -o -name autom4te.cache -o -path ./configure -o -path ./tests/samples \) -prune -o -type f -print |
    while read -r f; do
	case $f in
	*.sh) echo "$f" ;;
	*) [ "$(head -c 9 "$f" | tr -d '\0')" != '#!/bin/sh' ] || echo "$f" ;;
	esac
done >/tmp/shell-files.$$
trap 'rm -f /tmp/shell-files.$$' EXIT
holds 'there are shell files' test -s /tmp/shell-files.$$
while read -r f; do
	holds "$f parses in dash" dash -n "$f"
	holds "$f is clean for shellcheck" shellcheck -x -S warning -s sh "$f"
done </tmp/shell-files.$$
finish
