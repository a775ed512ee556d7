# common.sh - words, root, the place where everything lies.
# shellcheck shell=sh disable=SC2034,SC2154,SC2015	# the parts share their names

say() { printf '%s\n' "$*"; }
die() { printf 'ecoo: %s\n' "$*" >&2; exit 1; }

# doing WORDS: one line that says what takes time, with the minutes since the beginning.
began=$(date +%s)
doing() {
	elapsed=$(($(date +%s) - began))
	printf '[%d:%02d] %s\n' $((elapsed / 60)) $((elapsed % 60)) "$*"
}

# quietly NAME COMMAND...: output to a log; its end is shown when the command fails.
quietly() {
	quiet_log=$VAR/log/$1.log
	shift
	"$@" >"$quiet_log" 2>&1 </dev/null && return 0
	tail -n 15 "$quiet_log" | sed 's/^/    /' >&2
	return 1
}

become_root() {
	[ "$(id -u)" -ne 0 ] || return 0
	command -v sudo >/dev/null ||
	    die "this needs root, and there is no sudo: run it as root, or install sudo"
	sudo -v || die "this needs root, and sudo did not allow it"
	exec sudo -- env ${ECOO_VAR:+ECOO_VAR="$ECOO_VAR"} ${ECOO_PORT:+ECOO_PORT="$ECOO_PORT"} \
	    ${ECOO_RATE:+ECOO_RATE="$ECOO_RATE"} ${ECOO_BENCH_SCALE:+ECOO_BENCH_SCALE="$ECOO_BENCH_SCALE"} \
	    "$root/ecoo" "$@"
}

# May a program's user get to this directory?
reachable() { setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$1" 2>/dev/null; }

# Paths end up in nginx files, tables and unix sockets: plain characters, and 107 bytes for the
# longest socket, also that of the tests.
plain() { case $1 in *[!A-Za-z0-9_./-]*) return 1 ;; esac; }
short() { [ $((${#1} + ${#2})) -le 107 ]; }

# var/ is a directory of the checkout, or a link where the programs' users could not get there.
choose_var() {
	VAR=${ECOO_VAR:-}
	if [ -z "$VAR" ]; then
		VAR=$root/var
		if [ -L "$VAR" ]; then
			mkdir -p "$(readlink "$VAR")"
		elif [ ! -d "$VAR" ]; then
			place_var
		fi
	fi
	mkdir -p "$VAR" || die "$VAR cannot be made: set ECOO_VAR to another place"
	VAR=$(cd "$VAR" && pwd -P)
	chmod 755 "$VAR"
	plain "$VAR" || die "$VAR: use a place with letters, digits, dots and dashes in its path (ECOO_VAR)"
	short "$VAR" /run/certificate.sock ||
	    die "$VAR: the path is too long for unix sockets (107 bytes): use a shorter place (ECOO_VAR)"
	reachable "$VAR" ||
	    die "$VAR cannot be reached by the programs' users: use another place (ECOO_VAR), or remove $VAR"
	mkdir -p "$VAR/log" "$VAR/run" "$VAR/stamp"
	chmod 750 "$VAR/log"
}

place_var() {
	if reachable "$root" && plain "$root" && short "$root" /var/test/run/certificate.sock; then
		mkdir "$VAR" || die "$root cannot be written: set ECOO_VAR to another place"
		return
	fi
	elsewhere=/var/lib/ecoo-$(printf %s "$root" | sha256sum | cut -c 1-8)
	mkdir -p "$elsewhere"
	ln -s "$elsewhere" "$VAR" || die "$root cannot be written: set ECOO_VAR to another place"
	say "Other users cannot reach this checkout (or its path is unusual): var/ is $elsewhere."
}

# One launcher at a time.  What stays in the background closes descriptor 9.
take_lock() {
	exec 9>"$VAR/lock"
	flock -n 9 || die "another ./ecoo is at work on $VAR"
}

check_disk() {
	free=$(df -Pk "$VAR" | awk 'NR == 2 { print $4 }')
	[ "$free" -ge 1048576 ] ||
	    die "the disk below $VAR is nearly full: $((free / 1024)) MiB are free, 1024 are needed"
}

# stamped NAME VALUE: was this step done for this very value?  Then stamp it when it is done.
stamped() { [ "$(cat "$VAR/stamp/$1" 2>/dev/null)" = "$2" ]; }
stamp() { printf '%s\n' "$2" >"$VAR/stamp/$1"; }
