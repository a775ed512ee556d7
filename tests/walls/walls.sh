#!/bin/sh
# Every wall from inside every program: the installed programs start under their own users, enter their
# jails and then try all of tests/walls/acts themselves (inside.h says how).  What tests/walls/may does not name
# must be refused; what it names must work.
#
# Four rounds: as it is; with the jail of Linux 6.1 (Landlock ABI 2), which is Debian 12's; the users and
# modes alone, without a jail; the jail alone, with everything in the world's folder open to everybody.  Where there
# is a jail, the child that inspect starts for a question tries them, too.  Then no program may start where the
# kernel has no jail, or only says so.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
# shellcheck disable=SC2154,SC2034	# the launcher's parts share their names
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$here/lib/tap.sh"
# shellcheck source=tests/lib/mariadb.sh
. "$here/lib/mariadb.sh"
installed=${ECOO_VAR:?names where ./ecoo built the programs}
inside=${ECOO_BUILD:?names where ./ecoo builds}/tests/walls/inside.so
[ "$(id -u)" -eq 0 ] || { echo '1..0 # SKIP programs have users of their own: this needs root'; exit 0; }

for part in common world; do
	# shellcheck source=/dev/null
	. "$here/../tools/launcher/$part.sh"
done
VAR=$(mktemp -d /tmp/ecoo-walls.XXXXXX)
dir=$VAR pid='' targets='' changed=''
leave() {
	[ -z "$pid" ] || { kill "$pid"; wait "$pid"; } 2>/dev/null || :
	# shellcheck disable=SC2086
	[ -z "$targets" ] || kill $targets 2>/dev/null || :
	throwaway_stop
	rm -rf "$dir"
}
throwaway_start
trap leave EXIT
"$here/../tools/migrate" --demo "$db_socket" ecoo "$here/../sql" >/dev/null

# --- a world by the launcher's own words, of the installed programs
chmod 755 "$dir"
mkdir -p "$dir/run" "$dir/log" "$dir/acts" "$dir/mariadb"
chmod 750 "$dir/log"
ln -s "$installed/prog" "$dir/prog"
ln -s "$db_socket" "$dir/mariadb/mariadb.sock"
threads=2 origin=http://localhost:1 gateway=$origin sanitizer=none
make_places
cp "$installed/keys/trust.pem" "$dir/keys/"
make_conf
make_table

# store NAME USER: what a round finds in it, one file to delete for each who tries.
fill() {
	own 2750 "ecoo_$2" "ecoo_$1" "$dir/files/$1/aa"
	echo kept >"$dir/files/$1/aa/kept"
	for p in $users inspect-child; do
		echo kept >"$dir/files/$1/aa/kept-$p-$round"
	done
	chmod 640 "$dir/files/$1/aa/"kept*
	chown "ecoo_$2:ecoo_$1" "$dir/files/$1/aa/"kept*
}
letter() { echo letter >"$dir/mail/letter"; chown ecoo_courier "$dir/mail/letter"; }

# A process under each program's user, outside of any jail.
for p in $users; do
	setpriv --reuid="ecoo_$p" --regid="ecoo_$p" --clear-groups sleep 600 &
	targets="$targets $!"
	echo $! >"$dir/acts/$p.pid"
done
target() { cat "$dir/acts/$1.pid"; }

# list WALLS PROGRAM [USER]: the acts that one of these walls is to refuse.
list() {
	user=${3:-$2} them=login
	[ "$user" != login ] || them=verify
	grep -v '^#' "$here/walls/acts" | awk -F '\t' -v OFS='\t' -v walls="[$1]" 'NF == 4 && $2 ~ walls {
		print $1, $3, $4 }' | sed -e "s,@me,$user,g" -e "s,@dir,$dir,g" -e "s,@db,$db_dir,g" \
	    -e "s,@mine,$(target "$user"),g" -e "s,@other,$(target $them),g" -e "s,@them,$them,g" \
	    -e "s,@n,$round,g"
}

# Sanitizers want to come first.
preload=$(ldd "$dir/prog/libexec/ecoo/login" | awk '/lib[at]san/ { print $3 ":" }')$inside

# table WHAT SETTING...: the launcher's table, each program with ours inside; or no program, but its user.
table() {
	with=$1
	shift
	awk -v with="$with" -v env="/usr/bin/env LD_PRELOAD=$preload $*" -v dir="$dir" '
		$1 == "program" { name = $2; skip = name ~ /^(mariadb|migrate|nginx)$/ }
		skip { next }
		$1 == "exec" && with == "users" { print "\texec", env, "WALLS_ACTS=" dir "/acts/" name, "/bin/sleep 600"; next }
		$1 == "exec" { $1 = ""; print "\texec", env, "WALLS_ACTS=" dir "/acts/" name $0; next }
		{ print }' "$dir/programs.all" >"$dir/programs"
}
mv "$dir/programs" "$dir/programs.all"

run() {
	ECOO_CONF=$dir/ecoo.conf ASAN_OPTIONS=${ASAN_OPTIONS:-} "$dir/prog/libexec/ecoo/supervise" run "$dir" \
	    2>"$dir/log/supervise.log" &
	pid=$!
}
halt() {
	kill "$pid"
	wait "$pid" || :
	pid=
}
# until_all WORDS...: every program has said them, or its time is over.
until_all() {
	for _ in $(seq 600); do
		left=
		for p in $users; do
			"$@" "$p" || left=$p
		done
		[ -n "$left" ] || return 0
		sleep 0.1
	done
	echo "not $left"
	tail -n 5 "$dir/log/$left.log"
	return 1
}
is_done() { grep -q '^walls self' "$dir/log/$1.log" 2>/dev/null; }
# child_tries: inspect is asked by nobody of the world, so by us, from outside of all walls.  A question without
# words will do: its child tries before it reads.
child_tries() {
	printf 'ask\tpackets\t%s\n' "$dir/run/inspect.sock" >"$dir/acts/ask"
	env LD_PRELOAD="$preload" WALLS_NOW=yes WALLS_ACTS="$dir/acts/ask" /bin/true | grep -x 'wall self ask done' || return 1
	for _ in $(seq 600); do
		! grep -q '^walls child' "$dir/log/inspect.log" || return 0
		sleep 0.1
	done
	return 1
}

# judge ROUND: each act of each program against the table, as "ok" or "not ok" and a sentence.
judge() {
	for p in $users; do
		sed -n "s/^wall self/$p/p" "$dir/log/$p.log"
	done >"$dir/results"
	sed -n 's/^wall child/inspect-child/p' "$dir/log/inspect.log" | sort -u >>"$dir/results"
	awk -v round="$1" '
		FILENAME ~ /may$/ && !/^#/ { for (i = 2; i <= NF; i++) {
			split($i, w, "@"); if (w[2] == "" || w[2] == round) may[$1, w[1]] = 1 } next }
		FILENAME ~ /may$/ { next }
		{ good = ($1, $2) in may ? $3 == "done" : $3 ~ /^(EACCES|EPERM|EXDEV|denied)$/
		  printf "%s\t%s: %s %s %s", good ? "ok" : "not ok", round, $1, ($1, $2) in may ? "may" : "may not", $2
		  printf "%s\n", good ? "" : " (" $3 " " $4 " " $5 " " $6 " " $7 ")" }' \
	    "$here/walls/may" "$dir/results"
}
# complete WHO...
complete() {
	for p; do
		n=$(grep -c "^$p " "$dir/results" || :)
		[ "$n" -eq "$(wc -l <"$dir/acts/$p")" ] || { echo "$p: $n acts"; return 1; }
	done
}

# a_round NAME WALLS WITH SETTING...
a_round() {
	name=$1 walls=$2 with=$3 who=$users
	shift 3
	[ "$with" = users ] || who="$users inspect-child"
	rm -f "$dir/log/"*
	fill documents application
	fill certificates certificate
	letter
	[ "$name" != jail ] || chmod -R a+rwX "$dir/files" "$dir/mail" "$dir/keys" "$dir/log" "$dir/ecoo.conf"
	for p in $users; do
		list "$walls" "$p" >"$dir/acts/$p"
	done
	# It has no sockets at all: the jail alone refuses it what users and the database refuse others.
	list mjd- inspect-child inspect >"$dir/acts/inspect-child"
	table "$with" "$@"
	run
	holds "$name: every program tries" until_all is_done
	[ "$name" != jail ] || chmod a+rw "$dir/run/"*.sock
	[ "$with" = users ] || holds "$name: and a child of inspect" child_tries
	halt
	judge "$name" >"$dir/verdicts"
	while IFS='	' read -r verdict sentence; do
		tap_say "$verdict" "$sentence"
	done <"$dir/verdicts"
	# shellcheck disable=SC2086	# names
	holds "$name: all of it was tried" complete $who
	round=$((round + 1))
}
round=1
a_round here mjd- programs
a_round abi2 mjd- programs WALLS_ABI=2
a_round mode m users WALLS_NOW=yes
a_round jail j- programs WALLS_ABI=2

# What the grants cannot refuse, a row with a wrong hash in a program's own chain, shows.
for p in login application review payment certificate; do
	refuses "$p's forged row is found" "$p/9: row 1 was changed" \
	    "$ECOO_BUILD/tools/audit-check/audit-check" "$db_socket" ecoo root
done

# --- no jail, no program
for p in $users inspect-child; do
	rm "$dir/acts/$p"
done
# once PROGRAM SETTING: started without the supervisor, which would start it again; its exit status.
once() {
	groups=$(groups_of "$1" | tr ' ' ,)
	groups=${groups:+--groups=$groups} rc=0
	timeout -k 1 60 setpriv --reuid="ecoo_$1" --regid="ecoo_$1" "${groups:---clear-groups}" \
	    env LD_PRELOAD="$preload" "$2" ECOO_CONF="$dir/ecoo.conf" \
	    "$dir/prog/libexec/ecoo/$1" </dev/null >"$dir/log/$1.once" 2>&1 || rc=$?
	echo "$rc" >"$dir/log/$1.rc"
}
says_no() { [ "$(cat "$dir/log/$1.rc")" = 1 ] || { cat "$dir/log/$1.rc" "$dir/log/$1.once"; return 1; }; }
for setting in WALLS_ABI=0 WALLS_LIE=landlock WALLS_LIE=seccomp; do
	started=
	for p in $users; do
		once "$p" $setting &
		started="$started $!"
	done
	# shellcheck disable=SC2086
	wait $started
	for p in $users; do
		holds "$setting: $p does not start" says_no "$p"
	done
done

# Linux 5.13 to 5.18: enough for those who write no files.
has_decided() { grep -qE 'ready program=|^jail: ' "$dir/log/$1.log" 2>/dev/null; }
starts() { grep -q 'ready program=' "$dir/log/$1.log"; }
rm -f "$dir/log/"*
table programs WALLS_ABI=1
run
holds 'ABI 1: every program has made up its mind' until_all has_decided
halt
for p in $users; do
	case $p in
	application | certificate | courier)
		refuses "ABI 1: $p, which writes files" 'needs Landlock ABI 2' eval "starts $p || ! cat $dir/log/$p.log" ;;
	*) holds "ABI 1: $p starts" starts "$p" ;;
	esac
done
finish
