# test.sh - all tests, in a world of their own below var/test.
# shellcheck shell=sh disable=SC2034,SC2154,SC2015	# the parts share their names

# test: what has a long and a short version runs the short one.  test full: the long one (ECOO_FULL).
lengths() {
	case ${1:-} in
	'') ECOO_FULL=no test_seconds=${ECOO_TEST_SECONDS:-890} suite_seconds=330 ;;
	full) ECOO_FULL=yes test_seconds=${ECOO_TEST_SECONDS:-57600} suite_seconds=$test_seconds ;;
	*) die "test knows only \"full\", not \"$1\"" ;;
	esac
	export ECOO_FULL
}
passed=0
failed=0

free_port() {
	candidate=$((20000 + $$ % 20000))
	while [ -n "$(ss -Hltn "sport = :$candidate")" ]; do
		candidate=$((candidate + 1))
	done
	say "$candidate"
}

test_over() {
	trap - EXIT HUP INT TERM
	for p in ${running:-} ${beside:-}; do
		kill "$p" 2>/dev/null || :
	done
	! is_running || take_down
	say "$passed passed, $failed failed"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && exit 0
	exit 1
}
test_broken() { failed=$((failed + 1)); test_over; }

# bounded COMMAND...: no terminal, and no longer than what is left of the time; in the short version what hangs
# leaves some of it to the others.
bounded() {
	left=$((began + test_seconds - 60 - $(date +%s)))
	[ $left -gt 0 ] || { say "not ok - out of time"; return 124; }
	[ $left -le "$suite_seconds" ] || left=$suite_seconds
	timeout -k 10 $left "$@" </dev/null 9>&- &
	running=$!
	rc=0
	wait $running || rc=$?
	running=
	return $rc
}

# why LOG: what failed, and what was said about it: whoever reads this may not have the log.
why() {
	awk '/^ *not ok / { left = 24; match($0, /^ */); end = "^" substr($0, 1, RLENGTH) "  \\.\\.\\.$" }
	    /^ *ok / || (end != "" && $0 ~ end) { left = 0 }
	    left-- > 0 && !/^ *(duration_ms: |type: .(test|suite).$|---$)/' "$1" |
	    cut -c 1-300 | sed 's/^/            /' | head -n 60
}

# skipped LOG: what was left out, and why.
# cmocka calls that "not ok".
skipped() {
	sed -n 's/^1\.\.0 # SKIP */all: /p; s/^ *ok [0-9]* - \(.*\) # SKIP */\1: /p; s/^not ok [0-9]* # SKIP *//p' "$1"
}

# tally NAME RC LOG [TOOK]: count what a suite said: node's summary, TAP lines, or its exit alone.  What is
# left out is no success; in the long version, which is there to prove, it is a failure.
tally() {
	left_out=$(skipped "$3" | grep -c . || :)
	skipped "$3" | sed "s,^,  skip        $1: ,"
	good=$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$3" | tail -n 1)
	if [ -n "$good" ]; then
		bad=$(awk '/^# (fail|cancelled) [0-9]+$/ { n += $3 } END { print n + 0 }' "$3")
	else
		good=$(grep '^ok ' "$3" | grep -vc ' # SKIP' || :)
		bad=$(grep '^not ok ' "$3" | grep -vc ' # SKIP' || :)
	fi
	[ "$2" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
	[ "$2" -ne 0 ] || [ $((good + bad + left_out)) -gt 0 ] || good=1
	[ "$ECOO_FULL" = no ] || bad=$((bad + left_out))
	passed=$((passed + good)) failed=$((failed + bad))
	if [ "$bad" -eq 0 ]; then
		[ "$good" -eq 0 ] || printf '  ok    %4d  %s%s\n' "$good" "$1" "${4:-}"
		return
	fi
	printf '  FAIL  %4d of %d  %s: see %s\n' "$bad" $((good + bad)) "$1" "$3"
	why "$3"
}

suite() {
	name=$1
	shift
	log=$VAR/log/tests/$(printf %s "$name" | tr / -).log
	rc=0 start=$(date +%s)
	bounded "$@" >"$log" 2>&1 || rc=$?
	tally "$name" $rc "$log" " $(($(date +%s) - start)) s"
}

# cmocka speaks TAP; a program that crashed is a failure without a line.
unit_tests() {
	doing "Unit tests"
	rc=0
	rm -f "$VAR/build/tests/unit/"*.trs	# of tests that are no more
	CMOCKA_MESSAGE_OUTPUT=TAP bounded make -k -j "$(nproc)" -C "$VAR/build" check \
	    >"$VAR/log/tests/check.log" 2>&1 || rc=$?
	seen=no
	for trs in "$VAR/build/tests/unit/"*.trs; do
		[ -f "$trs" ] || continue
		seen=yes one=0
		grep -q '^:test-result: PASS' "$trs" || one=1
		name=${trs##*/}
		tally "tests/unit/${name%.trs}" $one "${trs%.trs}.log"
	done
	if [ $rc -ne 0 ] && { [ $seen = no ] || ! grep -q '^# FAIL: *[1-9]\|^# ERROR: *[1-9]' \
	    "$VAR/log/tests/check.log"; }; then
		tally 'make check' 1 "$VAR/log/tests/check.log"
		tail -n 15 "$VAR/log/tests/check.log" | sed 's/^/    /'
	fi
}

# each COMMAND FILE...: a suite for each file.
each() {
	with=$1
	shift
	for t in "$@"; do
		[ ! -f "$t" ] || suite "${t#"$root/"}" $with "$t"
	done
}

# Two lanes, since all of them wait a lot: what uses the world of this test, with what hurts it at the end,
node='node --test --test-reporter=tap'
pages='tests/browser/public.test.mjs tests/browser/paysim.test.mjs'
in_world() {
	cd "$VAR/src" || exit 1
	each "$node" tests/http/*.test.mjs
	is_over http
	for t in tests/browser/*.test.mjs; do
		case " $pages " in *" $t "*) ;; *) each "$node" "$t" ;; esac
	done
	await pages
	for t in tests/fault/*.test.mjs; do
		# ThreadSanitizer is for the long version
		[ "$ECOO_FULL" = no ] && [ "${t##*/}" = threads.test.mjs ] || each "$node" "$t"
	done
}
# and what needs none or has its own; with the pages that change nothing in it, when nobody else's
# tests change what they show.  The fuzzers take what time they are given: the others go first.
beside_it() {
	unit_tests
	each sh "$root/tests/shape/"*.sh "$root/tests/data/"*.sh
	cd "$VAR/src" || exit 1
	await http
	# shellcheck disable=SC2086	# words
	each "$node" $pages
	is_over pages
	each sh "$root/tests/walls/"*.sh
	each 'nice sh' "$root/tests/fuzz/"*.sh
}

# is_over NAME, await NAME: between the lanes.
is_over() { : >"$VAR/run/over-$1"; }
await() {
	until [ -e "$VAR/run/over-$1" ] || [ "$(date +%s)" -ge $((began + test_seconds - 60)) ]; do
		sleep 1
	done
}
begin_beside() {
	rm -f "$VAR/run/over-"* "$VAR/run/beside"
	(
		trap 'kill ${running:-} 2>/dev/null; exit 1' HUP INT TERM
		passed=0 failed=0
		beside_it
		say "$passed $failed" >"$VAR/run/beside"
	) >"$VAR/log/tests/beside.log" 2>&1 &
	beside=$!
}
end_beside() {
	wait "$beside" || :
	beside=
	grep -av '^\[' "$VAR/log/tests/beside.log" || :
	read -r good bad <"$VAR/run/beside" || { say "  FAIL  the tests beside the world ended early"; good=0 bad=1; }
	passed=$((passed + good)) failed=$((failed + bad))
}

# A bare Debian in a place of its own, and both of the README's commands there: an hour, so only in the
# long version.
fresh_machine() {
	[ "$ECOO_FULL" = yes ] || return 0
	doing "A fresh machine"
	suite tests/fresh/fresh.sh sh "$root/tests/fresh/fresh.sh" --test "$VAR/fresh"
}

# The whole of it is bounded too: whatever hangs is ended, and counts as a failure.
run_tests() {
	lengths "$@"
	if [ -z "${ECOO_BOUNDED:-}" ]; then
		export ECOO_BOUNDED=yes
		exec timeout -k 10 "$test_seconds" "$root/ecoo" test "$@"
	fi
	VAR=$VAR/test
	[ -z "${ECOO_VAR:-}" ] || VAR=$ECOO_VAR
	ECOO_VAR=$VAR
	choose_var
	take_lock
	trap test_broken EXIT
	trap 'exit 1' HUP INT TERM
	! is_running || take_down
	mkdir -p "$VAR/log/tests"
	rm -f "$VAR/log/tests/"*
	for part in mariadb files keys mail; do		# each run begins with an empty world
		rm -rf "${VAR:?}/$part"
	done
	rm -f "$VAR/stamp/keys"

	host='' port=${ECOO_PORT:-} rate=${ECOO_RATE:-100000} sanitizer=asan
	check_disk
	install_packages test
	[ -n "$port" ] || port=$(free_port)
	ASAN_OPTIONS=detect_leaks=0:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
	export ASAN_OPTIONS UBSAN_OPTIONS
	bring_up test
	ASAN_OPTIONS=detect_leaks=1
	CHROMIUM=$(command -v chromium-headless-shell) PORTAL=$origin ECOO_BUILD=$VAR/build
	ECOO_DB=$VAR/mariadb/mariadb.sock
	export CHROMIUM PORTAL ECOO_VAR ECOO_BUILD ECOO_DB

	doing "Units, shape, database, walls and hostile bytes; beside them HTTP, browser and faults"
	begin_beside
	in_world
	end_beside
	[ "$ECOO_FULL" = no ] || each sh "$root/tests/fault/"*.sh
	fresh_machine
	test_over
}
