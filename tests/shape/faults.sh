#!/bin/sh
# Points to die at are in builds that ask for them, and nothing of them in any other.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$root"
grep -lE '\<FAULT\(|WITH_FAULTS' -r modules fcgi --include='*.c' | sort >"$dir/files"
sed -n 's/.*\<FAULT("\([a-z_]*\)").*/\1/p' modules/*/*.c fcgi/*/*.c | sort -u >"$dir/points"
holds 'there are points' test "$(wc -l <"$dir/points")" -ge 9

# compiled FILE [FLAG]: an object as a plain configure would make it, or with the flag.
flags=$(pkg-config --cflags json-c libmariadb libsodium libcrypto pangocairo)
compiled() {
	# shellcheck disable=SC2086
	"${CC:-cc}" -std=gnu17 -O1 -D_GNU_SOURCE -Imodules -I. $flags ${2:-} -c "$1" -o "$dir/object.o"
}
# Names of points, of the module, and of the header, in the last object.
traces() {
	{ strings -a "$dir/object.o"; nm "$dir/object.o" | awk '{ print $NF }'; } |
	    grep -xF -f "$dir/points" -e HTTP_X_ECOO_FAULT -e X-Ecoo-Faults -e fault_at -e fault_begin \
	    -e fault_list -e fault_passed -e __start_fault_points -e --faults
}
plain() { compiled "$1" && ! traces; }
armed() { compiled "$1" -DWITH_FAULTS && traces >/dev/null; }
while read -r f; do
	holds "$f is plain in a plain build" plain "$f"
	holds "and would show it otherwise" armed "$f"
done <"$dir/files"

# The flag comes from --enable-faults alone, and the launcher gives that to builds with a sanitizer.
flag() {
	[ "$(grep -rlE 'WITH_FAULTS|FAULT_FLAGS' configure.ac Makefile.am ecoo modules fcgi tools --include='*.mk' \
	    --include='*.am' --include='*.ac' --include='*.sh' --include=ecoo | sort | tr '\n' ' ')" = 'Makefile.am configure.ac ' ] &&
	    grep -q 'enable_faults" = xyes.*FAULT_FLAGS' configure.ac
}
launched() {
	grep -rhe --enable-faults ecoo tools .ci >"$dir/asked"
	[ -s "$dir/asked" ] && ! grep -vF '[ "$sanitizer" = none ] || flags=' "$dir/asked"
}
holds 'the flag comes from configure --enable-faults' flag
holds 'which only builds with a sanitizer ask for' launched
finish
