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
# Exposure, as systemd counts it, in tenths of 10: never more than 10, and for each what it has.
limit_of() {
	case $1 in
	ecoo-courier) echo 10 ;;
	ecoo-migrate) echo 5 ;;
	*) echo 2 ;;
	esac
}
tight() {
	systemd-analyze security --offline=yes --threshold="$(limit_of "$(basename "$1" .service)")" \
	    "$1" >"$dir/security" 2>&1 ||
	    { tail -n 1 "$dir/security"; return 1; }
}
# As it comes, no other machine is reached.  For systemd-analyze "any" is one more network: it is looked for here.
closed() {
	grep '^IPAddress' "$1"
	grep -qx 'IPAddressDeny=any' "$1" && ! grep '^IPAddressAllow=' "$1" | grep -qvx 'IPAddressAllow=localhost'
}
# opened UNIT: with the lines that docs/operations.md has an operator write.
opened() {
	drop=$(sed -n '/^sudo systemctl edit ecoo-courier/,/^## /p' "$root/docs/operations.md" | grep '^IPAddress')
	[ -n "$drop" ] || return 1
	{ cat "$1"; printf '[Service]\n%s\n' "$drop"; } >"$dir/opened.service"
	mv "$dir/opened.service" "$1"
	understood "$1" && tight "$1" && ! closed "$1"
}
# The groups of a unit are those the programs have in the demo, where tests/walls tries them.
groups() { sed -nE 's/^(Supplementary)?Groups?=//p' "$1" | xargs -n 1 | grep -vx "ecoo_$2" | xargs; }
same_groups() { [ "$(groups "$1" "$2")" = "$(groups_of "$2")" ] || { groups "$1" "$2"; return 1; }; }
# shellcheck source=tools/launcher/common.sh
. "$root/tools/launcher/common.sh"
# shellcheck source=tools/launcher/world.sh
. "$root/tools/launcher/world.sh"

# What the jail of each program calls, by name: systemd's groups differ from version to version.
lets_in() {
	for call in seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self; do
		grep -q "^SystemCallFilter=[^~].* $call\( \|\$\)" "$1" || { echo "$call"; return 1; }
	done
}
for f in "$root"/fcgi/*/; do
	name=$(basename "$f")
	unit=$dir/ecoo-$name.service
	holds "$name has a unit" test -f "$unit"
	holds "$name's unit has the groups of the demo" same_groups "$unit" "$name"
	holds "$name's unit lets it enter its jail" lets_in "$unit"
done
for unit in "$dir"/ecoo-*.service; do
	name=$(basename "$unit" .service)
	holds "$name is understood" understood "$unit"
	holds "$name is tight" tight "$unit"
	holds "$name comes closed to other machines" closed "$unit"
done
holds 'the courier is tight when an operator has opened it' opened "$dir/ecoo-courier.service"
behind_all() { grep -qx 'CPUWeight=idle' "$1" && ! grep -q '^Nice=' "$1"; }
holds 'password hashes are behind all other work' behind_all "$dir/ecoo-login.service"
! behind_all "$dir/ecoo-verify.service" || holds 'and this can fail' false
# And this test can fail.
looser() { sed "/^$1=/d" "$dir/ecoo-login.service" >"$dir/ecoo-loose.service"; tight "$dir/ecoo-loose.service"; }
for line in CapabilityBoundingSet PrivateNetwork RestrictAddressFamilies IPAddressDeny ProtectSystem \
    ProtectHome PrivateTmp PrivateDevices PrivateMounts PrivateUsers ProtectProc ProtectClock \
    RestrictNamespaces SystemCallArchitectures SystemCallFilter; do
	refuses "login without $line" 'exposure' looser $line
done
finish
