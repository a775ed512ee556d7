#!/bin/sh
# What makes a program that is taken over harder to use, as it stands in the file: it is loaded anywhere, its
# stack is no code, and all its addresses are found before its first line runs and are read-only then.
# shellcheck disable=SC2317	# the functions are called through holds
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$here/lib/tap.sh"
prog=${ECOO_VAR:?names where ./ecoo built the programs}/prog

# says OPTION PATTERN: readelf does, of $file.
says() { LC_ALL=C readelf -W "$1" "$file" | grep -qE "$2"; }
hard() {
	says -h '^ *Type: *DYN' || { echo 'is loaded at a fixed place'; return 1; }
	says -l '^ *GNU_STACK .* RW ' || { echo 'its stack can be run'; return 1; }
	says -l '^ *GNU_RELRO' || { echo 'its addresses can be written'; return 1; }
	says -d 'BIND_NOW|Flags:.*NOW' || { echo 'finds addresses while it runs'; return 1; }
}

for file in "$prog/libexec/ecoo/"* "$prog/bin/"*; do
	LC_ALL=C readelf -h "$file" >/dev/null 2>&1 || continue		# a script
	holds "$(basename "$file") is hard to turn" hard
done
# What readelf does not know is left out above: all eight programs and coosign have to be more than that.
holds 'programs were read' test "$tap_n" -ge 9
finish
