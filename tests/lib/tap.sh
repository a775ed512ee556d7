# tap.sh - sentences that hold or do not, for tests written in shell.
#
#	. tests/lib/tap.sh
#	holds 'a sentence' command...		passes when the command succeeds
#	refuses 'a sentence' 'words' command...	passes when it fails and says the words
#	skips 'a sentence' 'a reason'		says what is left out on this machine, and why: it is counted as that
#	finish					last line of the test
#
# shellcheck shell=sh
tap_n=0 tap_bad=0

tap_say() {
	tap_n=$((tap_n + 1))
	[ "$1" = ok ] || tap_bad=$((tap_bad + 1))
	printf '%s %d - %s\n' "$1" "$tap_n" "$2"
}

holds() {
	tap_what=$1
	shift
	if tap_out=$("$@" 2>&1); then
		tap_say ok "$tap_what"
	else
		tap_say 'not ok' "$tap_what"
		printf '%s\n' "$tap_out" | sed 's/^/# /'
	fi
}

refuses() {
	tap_what=$1 tap_words=$2
	shift 2
	if tap_out=$("$@" 2>&1); then
		tap_say 'not ok' "$tap_what"
		printf '# it was accepted: %s\n' "$*"
		return
	fi
	case $tap_out in
	*"$tap_words"*) tap_say ok "$tap_what" ;;
	*)	tap_say 'not ok' "$tap_what"
		printf '%s\n' "$tap_out" | sed 's/^/# /' ;;
	esac
}

skips() { tap_say ok "$1 # SKIP $2"; }

finish() {
	printf '1..%d\n' "$tap_n"
	[ "$tap_bad" -eq 0 ]
	exit
}
