#!/bin/sh
# boot - boot a root directory as a machine, run a command in it, end the machine.
#
# usage: boot ROOT COMMAND...
#
# The machine is systemd's own, in namespaces, with a loopback alone for network.
set -eu
root=$1
shift

say_no() { echo "ok - the machine boots # SKIP $*"; exit 0; }

# The first process inside is the child of systemd-nspawn.
first() { cat "/proc/$machine/task/$machine/children" 2>/dev/null | cut -d ' ' -f 1; }
inside() { nsenter --target "$(first)" --all --wdns=/ -- "$@"; }
up() { inside systemctl is-system-running --wait 2>/dev/null | grep -qx 'running\|degraded'; }

halt() {
	kill -TERM "$machine" 2>/dev/null || :
	for _ in $(seq 300); do
		kill -0 "$machine" 2>/dev/null || break
		sleep 0.1
	done
	kill -KILL "$machine" 2>/dev/null || :
	wait "$machine" 2>/dev/null || :
	# systemd-nspawn leaves its control groups; those in use stay
	find /sys/fs/cgroup/*/payload /sys/fs/cgroup/*/supervisor -depth -type d -exec rmdir {} + 2>/dev/null || :
}

log=$root/../boot.log
# Debian 12's systemd-nspawn does not let Landlock in by itself, a real machine does.
systemd-nspawn --quiet --directory="$root" --boot --private-network --register=no --keep-unit \
    --console=pipe --hostname=ecoo </dev/null >"$log" 2>&1 \
    --system-call-filter='landlock_create_ruleset landlock_add_rule landlock_restrict_self' &
machine=$!
trap halt EXIT
trap 'exit 1' HUP INT TERM
for _ in $(seq 60); do
	! up || break
	kill -0 $machine 2>/dev/null || say_no "systemd-nspawn cannot here: $(tail -n 1 "$log")"
	sleep 1
done
up || say_no 'no system came up within a minute'
inside env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb "$@"
