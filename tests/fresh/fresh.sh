#!/bin/sh
# fresh - a bare Debian 12, and in it what a stranger and an operator do.
#
# usage: fresh.sh [--test] [--keep] [--only CHAPTER]... [PLACE]
#
# Makes PLACE/root (below /var/tmp/ecoo-fresh unless said; 4 GB) with debootstrap and nothing but the
# smallest Debian, puts a clean clone of HEAD there, and runs as chapters:
#
#	stranger	README.md: ./ecoo start and what it says when it cannot; as root and by sudo;
#			with --test also ./ecoo test
#	archive		make distcheck, and what the archive holds
#	operator	docs/operations.md up to make install
#	booted		the rest of it, on that machine booted by systemd (needs "operator" before it): with Debian's
#			own kernel where there is qemu, else in namespaces of this one's
#
# Takes half an hour, with --test a quarter more; each chapter is bounded.  With --test it is part of
# ./ecoo test full.
#
# Needs:   root, debootstrap, git, systemd-nspawn; the caller's Debian mirror and npm registry, which are
#          taken from the caller's settings, as are resolver, hosts and root certificates.
# Leaves:  nothing.  Chapters run in mount and process namespaces of their own, so that what they
#          mount and start ends with them even if this is killed.  --keep leaves PLACE, and a copy of the
#          bare system in it for the next time.
set -eu
tree=$(cd "$(dirname "$0")/../.." && pwd -P)
here=$tree/tests/fresh
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

die() { printf 'fresh: %s\n' "$*" >&2; exit 1; }
skip() { echo "1..0 # SKIP $*"; exit 0; }

keep=no test='' only='' place=/var/tmp/ecoo-fresh
while [ $# -gt 0 ]; do
	case $1 in
	--keep) keep=yes ;;
	--test) test=--test ;;
	--only) only="$only ${2:?names a chapter} "; shift ;;
	-*) sed -n '4p' "$0" >&2; exit 2 ;;
	*) place=$1 ;;
	esac
	shift
done
root=$place/root

# --- the place
check() {
	[ "$(id -u)" -eq 0 ] || skip 'this needs root'
	for tool in debootstrap git systemd-nspawn unshare; do
		command -v $tool >/dev/null || skip "there is no $tool"
	done
	unshare --mount --pid --fork true 2>/dev/null || skip 'no namespaces can be made here'
	git -C "$tree" rev-parse -q --verify HEAD >/dev/null || skip 'this is no clone'
	[ ! -e "$place" ] || [ -f "$place/ecoo-fresh" ] || die "$place is there and not mine: name another place"
	mkdir -p "$place"
	: >"$place/ecoo-fresh"
	place=$(cd "$place" && pwd -P) root=$place/root
	[ "$(df -Pk "$place" | awk 'NR == 2 { print $4 }')" -ge 5242880 ] || die "$place: 5 GB are needed"
}

# bounded SECONDS [--mount-proc] COMMAND...: in mount and process namespaces of its own.  Whatever it
# mounts and starts ends with unshare, however that ends.
bounded() {
	limit=$1
	shift
	timeout -s KILL "$limit" unshare --mount --pid --ipc --fork --kill-child "$@" </dev/null &
	echo $! >"$place/running"
	rc=0
	wait $! || rc=$?
	rm -f "$place/running"
	return $rc
}

leave() {
	if running=$(cat "$place/running" 2>/dev/null); then
		# shellcheck disable=SC2046	# one process
		kill -KILL $(cat "/proc/$running/task/$running/children") 2>/dev/null || :
		while kill -0 "$running" 2>/dev/null; do
			sleep 0.1
		done
	fi
	rm -f "$place/running"
	[ $keep = yes ] || rm -rf --one-file-system "$place"
}

# --- the machine
# The caller's own sources of Debian 12, as lines: address, release, component.
sources() {
	apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' \
	    'Created-By: Packages' | sed -n 's/^Debian \([^ ]* bookworm[^ ]* main\)$/\1/p' | sort -u
}

make_bare() {
	[ ! -f "$place/bare.tar" ] || { tar -C "$place" -xf "$place/bare.tar"; return; }
	mirror=$(sources | awk '$2 == "bookworm" { print $1; exit }')
	[ -n "$mirror" ] || die 'apt names no mirror of Debian 12 (bookworm) here'
	bounded 1800 --mount-proc debootstrap --variant=minbase bookworm "$root" "$mirror" \
	    >"$place/debootstrap.log" 2>&1 || { tail -n 5 "$place/debootstrap.log" >&2; die 'no bare Debian'; }
	[ $keep = no ] || tar -C "$place" -cf "$place/bare.tar" root
}

# What the caller's network asks for: names, mirror, registry, root certificates.
settle() {
	cp -L /etc/hosts /etc/resolv.conf "$root/etc/"
	sources | sed 's/^/deb /' >"$root/etc/apt/sources.list"
	apt-config dump Acquire | grep -v '^Acquire::IndexTargets' >"$root/etc/apt/apt.conf.d/90caller"
	registry=$(npm config get registry 2>/dev/null || printf %s "${npm_config_registry:-}")
	[ -z "$registry" ] || echo "registry=$registry" >"$root/root/.npmrc"
	bundle=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
	[ ! -f "$bundle" ] || {
		mkdir -p "$root/etc/ssl"
		cp -L "$bundle" "$root/etc/ssl/caller.crt"
		echo 'cafile=/etc/ssl/caller.crt' >>"$root/root/.npmrc"
		echo 'Acquire::https::CaInfo "/etc/ssl/caller.crt";' >>"$root/etc/apt/apt.conf.d/90caller"
	}
	echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/fast"	# the root is thrown away
	printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
	chmod 755 "$root/usr/sbin/policy-rc.d"
}

# A clone in root's home, one in the home of somebody who is not root: neither lets others in.
settle_people() {
	chroot "$root" useradd --create-home --shell /bin/bash stranger
	chmod 700 "$root/root" "$root/home/stranger"
	cp "$root/root/.npmrc" "$root/home/stranger/" 2>/dev/null || :
	for home in root home/stranger; do
		git clone -q --no-hardlinks "file://$tree" "$root/$home/ecoo"
	done
	git -C "$tree" ls-files >"$root/home/stranger/tracked"
	chroot "$root" chown -R stranger: /home/stranger
}

# --- the chapters
wanted() { case ${only:- $1 } in *" $1 "*) ;; *) return 1 ;; esac; }

ended() {
	[ "$2" -ne 137 ] || { echo "not ok - $1: out of time"; return; }
	[ "$2" -eq 0 ] || echo "not ok - $1: ended with $2"
}

# chapter NAME SECONDS [WORD]: tests/fresh/NAME.sh in the root, as its root without standard input.
chapter() {
	wanted "$1" || return 0
	echo "# $1"
	# shellcheck disable=SC2086	# no word, no argument
	bounded "$2" sh "$here/room.sh" "$root" sh "/root/ecoo/tests/fresh/$1.sh" ${3:-} || :
	ended "$1" $rc
}

# The same on the machine booted.
booted() {
	wanted booted || return 0
	echo '# booted'
	how=machine
	command -v qemu-system-x86_64 >/dev/null || how=boot
	bounded 1800 --mount-proc sh "$here/$how.sh" "$root" sh /root/ecoo/tests/fresh/booted.sh || :
	ended booted $rc
}

chapters() {
	chapter stranger 5400 $test
	chapter archive 3600
	chapter operator 3600
	booted
}

# One count for all chapters; what is not a line of TAP goes along as a remark.
count() {
	awk '/^(not )?ok( |$)/ { sub(/ok( [0-9]+)?/, "ok " ++n); if (/^not/) bad = 1; print; fflush(); next }
	     /^1\.\.[0-9]/ { next }
	     { print /^#/ ? $0 : "# " $0; fflush() }
	     END { print "1.." n; exit bad || !n }'
}

check
trap leave EXIT
trap 'exit 1' HUP INT TERM
rm -rf --one-file-system "$root"
make_bare
settle
settle_people
chapters | count &
wait $!
