#!/bin/sh
# The bugs that tests/fault/seeded-bugs.sh plants still fit into the sources, to the line.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
for f in "$root/tests/fault/seeded-bugs/"*.patch; do
	holds "${f##*/} can be planted" patch -s -F0 --dry-run -d "$root" -p1 -i "$f"
done
finish
