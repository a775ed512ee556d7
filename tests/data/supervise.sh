#!/bin/sh
# supervise starts in order, starts the dead again, keeps their sockets, and stops everything.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
supervise=${ECOO_BUILD:?names the folder of the build}/tools/supervise/supervise
[ "$(id -u)" -eq 0 ] || { echo '1..0 # SKIP needs root'; exit 0; }
dir=$(mktemp -d)
mkdir "$dir/run" "$dir/log"
chmod 755 "$dir"
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; wait; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

# Answers "uid groups pid"; the word die ends it.
cat >"$dir/echo.mjs" <<'END'
import net from 'node:net';
net.createServer((c) => c.on('data', (d) => {
	if (String(d) === 'die') process.exit(3);
	c.end(`${process.getuid()} ${process.getgroups().join(',')} ${process.pid}`);
})).listen({ fd: 0 });
END
cat >"$dir/ask.mjs" <<'END'
import net from 'node:net';
const c = net.connect(process.argv[2], () => c.write(process.argv[3]));
c.on('data', (d) => process.stdout.write(String(d)));
c.on('error', () => process.exit(1));
END
ask() { node "$dir/ask.mjs" "$dir/run/echo.sock" "$1"; }
cat >"$dir/programs" <<END
program first
	user root
	once
	exec /bin/sleep 0.5
program echo
	user nobody
	groups www-data
	socket stream $dir/run/echo.sock 0660 www-data
	exec $(command -v node) $dir/echo.mjs
program family
	user nobody
	exec /bin/sh $dir/family.sh
program fails
	user nobody
	exec /bin/false
program hasty
	user nobody
	rest 100
	exec /bin/false
END
# Has a child, which would outlive it.
echo 'sleep 1000 & wait' >"$dir/family.sh"
state() { awk -v n="$1" '$1 == n { print $2 }' "$dir/run/status"; }
pid_of() { awk -v n="$1" '$1 == n { print $3 }' "$dir/run/status"; }
become() {
	for _ in $(seq 50); do
		[ "$(state "$1")" != "$2" ] || return 0
		sleep 0.1
	done
	return 1
}
run() {
	ASAN_OPTIONS=detect_leaks=1 "$supervise" run "$dir" 2>"$dir/log/supervise.log" &
	pid=$!
}
answers_as() { ask who | grep -q "^$(id -u nobody) [0-9,]*$(getent group www-data | cut -d : -f 3)"; }
another_pid() { new=$(ask who) && [ "${new##* }" != "$old" ]; }
# Leaves the exit status in $rc: wait knows only children of this very shell.
finished() { rc=0; wait "$pid" || rc=$?; pid=; }
gone() { ! kill -0 "$1" 2>/dev/null; }
dies() {
	for _ in $(seq 30); do
		! gone "$1" || return 0
		sleep 0.1
	done
	return 1
}
# Compared with one that does not: how much time has passed is the machine's business.
backs_off() {
	sleep 2
	n=$(starts fails) m=$(starts hasty)
	echo "$n starts, and $m of the hasty one"
	[ "$n" -ge 3 ] && [ "$m" -gt $((n + n / 2)) ]
}
starts() { grep -c "started program=\"$1\"" "$dir/log/supervise.log"; }

run
sleep 0.3
holds 'what comes after a command waits for it' [ "$(state echo)" = waiting ]
holds 'and starts when it ended well' become echo running
holds 'the program has its user, its groups and its socket' answers_as
holds 'the socket is open to its group alone' \
    [ "$(stat -c '%a %U %G' "$dir/run/echo.sock")" = '660 root www-data' ]
refuses 'a second one for the same place' 'another one is running here' "$supervise" run "$dir"
old=$(pid_of echo)
ask die || :
holds 'a connection made while the program is down is answered by the next one' another_pid
old=$(pid_of echo)
kill -9 "$old"
holds 'so it is after SIGKILL' another_pid
old=$(pid_of echo)
kill -HUP "$pid"
sleep 0.3
holds 'SIGHUP brings a successor' another_pid
holds 'a program that dies at once is started again, ever less often, or as often as the table says' backs_off
parent=$(pid_of family)
child=$(pgrep -P "$parent")
kill -9 "$parent"
holds 'what a dead program leaves running goes with it' dies "$child"
old=$(pid_of echo)
kill "$pid"
finished
holds 'SIGTERM ends it well' [ "$rc" -eq 0 ]
holds 'and the program with it' gone "$old"
refuses 'status where nothing runs' 'nothing is running' "$supervise" status "$dir"

nobody_hands_over() {
	rc=0
	timeout -k 1 10 "$ECOO_BUILD/fcgi/inspect/inspect" </dev/null 2>"$dir/words" || rc=$?
	[ $rc -eq 1 ] && grep -q 'no socket' "$dir/words"
}
holds 'inspect without its socket says so and ends' nobody_hands_over

sed -i 's,/bin/sleep 0.5,/bin/false,' "$dir/programs"
run
finished
holds 'a command that fails ends everything, and says so' [ "$rc" -eq 1 ]
for row in 'colour red' 'user nobody-of-that-name' 'socket stream x' 'rest 0' 'exec false'; do
	printf 'program x\n\t%s\n' "$row" >"$dir/programs"
	refuses "the line \"$row\"" '' "$supervise" run "$dir"
done
finish
