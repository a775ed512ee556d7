#!/bin/sh
# scan.sh - foreign scanners against a world of the plain build, by hand: what they say is judged by
# people, and what they found so far stands in docs/security.md.  It fails when they find anything that is not
# explained there: of TLS the lines of tests/scan/explained, of wapiti those below.
#
#	tests/scan/scan.sh [sqlmap] [wapiti] [slow] [tls]	as root; all four without a word
#
# The packages are the lines "scan" of tools/packages; each scan needs its own.  The world and the reports lie in ECOO_VAR
# (var/scan).  SCAN_SECONDS (60) bounds each request of sqlmap and each module of wapiti.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
ECOO_VAR=${ECOO_VAR:-$root/var/scan}
export ECOO_VAR
seconds=${SCAN_SECONDS:-60}
bad=0

say() { printf '%s\n' "$*"; }
fault() { say "FINDING: $*"; bad=$((bad + 1)); }

[ $# -gt 0 ] || set -- sqlmap wapiti slow tls
for what; do
	case $what in slow) p=slowhttptest ;; tls) p=testssl.sh ;; *) p=$what ;; esac
	grep -qx "scan $p" "$root/tools/packages" || { say "there is no scan \"$what\""; exit 2; }
	dpkg-query -W "$p" >/dev/null 2>&1 || { say "this needs the package $p"; exit 1; }
done

# A free port, and the one after it for what --host needs.
port=$((21000 + $$ % 9000))
while [ -n "$(ss -Hltn "sport = :$port or sport = :$((port + 1))")" ]; do
	port=$((port + 2))
done
begin() { ECOO_RATE=$1 "$root/ecoo" start --port "$port" ${2:+--host "$2"} >"$ECOO_VAR/start.log" || { cat "$ECOO_VAR/start.log"; exit 1; }; }
doors=
finish() {
	exec 3>&-
	[ -z "$doors" ] || wait "$doors" || :
	"$root/ecoo" stop >/dev/null
}
mkdir -p "$ECOO_VAR"
trap finish EXIT
trap 'exit 1' HUP INT TERM
out=$(mktemp -d "$ECOO_VAR/scan.XXXXXX")
mkdir "$out/requests"

# The doors stay open until descriptor 3 closes.
open_doors() {
	[ -z "$doors" ] || return 0
	[ -d "$ECOO_VAR/src/node_modules" ] || { say "no node_modules in $ECOO_VAR/src"; exit 1; }
	mkfifo "$out/end"
	( cd "$ECOO_VAR/src" && PORTAL=http://localhost:$port exec node tests/scan/doors.mjs "$out/requests" ) <"$out/end" >"$out/doors.log" 2>&1 &
	doors=$!
	exec 3>"$out/end"
	for _ in $(seq 100); do
		[ ! -f "$out/requests/doors" ] || return 0
		sleep 0.2
	done
	cat "$out/doors.log"
	exit 1
}

# The database is the better witness: a statement that input could change would fail to parse sooner
# or later, and the program would log it.
scan_sqlmap() {
	begin 100000
	open_doors
	for f in "$out/requests/"*.http; do
		timeout "$seconds" sqlmap -r "$f" --ignore-stdin --batch --flush-session --level 1 --risk 2 --dbms mysql --ignore-code '*' --threads 4 \
		    --disable-coloring --output-dir "$out/sqlmap" </dev/null >"$f.log" 2>&1 || [ $? -eq 124 ] || say "${f##*/}: sqlmap failed"
		! grep -q 'is vulnerable\|identified the following injection' "$f.log" || fault "sqlmap: ${f##*/}: see $f.log"
	done
	say "sqlmap: $(find "$out/requests" -name '*.log' | wc -l) requests, $(cat "$out/requests/"*.log | grep -c 'does not seem to be injectable\|do not appear to be') parameters without a finding"
	! grep -h 'error in your SQL syntax\|statement [0-9]*: 1064' "$ECOO_VAR/log/"*.log >"$out/syntax" || fault "statements that did not parse: see $out/syntax"
	! grep -h 'status="500"' "$ECOO_VAR/log/"*.log >"$out/500" || fault "answers of 500: see $out/500"
}

# A header that browsers have dropped, and one that belongs to HTTPS alone.
explained='X-XSS-Protection is not set
Strict-Transport-Security is not set'
scan_wapiti() {
	begin 100000
	open_doors
	for who in anyone exporter officer; do
		at=$(sed -n "s/^$who //p" "$out/requests/doors")
		wapiti -u "http://127.0.0.1:$at/" --flush-session -m all --max-scan-time "$((seconds * 5))" --max-attack-time "$seconds" --max-links-per-page 200 \
		    -s "http://127.0.0.1:$at/verify?number=x" -s "http://127.0.0.1:$at/verify/$(cat "$out/requests/number")?code=x&lang=en" \
		    -s "http://127.0.0.1:$at/api/applications?state=draft&limit=10" -s "http://127.0.0.1:$at/api/review/queue" \
		    -f txt -o "$out/wapiti-$who.txt" --no-bugreport --color </dev/null >"$out/wapiti-$who.log" 2>&1 || say "wapiti ended with $?"
		found=$(grep -B 1 '^Evil request:' "$out/wapiti-$who.txt" | grep -vx 'Evil request:\|--' | grep -vcxF "$explained" || :)
		[ "$found" -eq 0 ] || fault "wapiti as $who: $found, see $out/wapiti-$who.txt"
	done
}

# While one address is slow, another is served: counted are verifications that failed or took 2 s.
serves() {
	good=0 late=0
	while [ ! -f "$out/slow.over" ]; do
		[ "$(curl -s -o /dev/null -w '%{http_code}' --max-time 2 --interface 127.0.0.2 "http://127.0.0.1:$port/api/verify/$number")" = 200 ] &&
		    good=$((good + 1)) || late=$((late + 1))
		sleep 0.5
	done
	say "$good $late" >"$out/slow.count"
}
scan_slow() {
	begin "$1"
	open_doors
	number=$(cat "$out/requests/number")
	for how in -H -B -R -X; do
		case $how in -B) at=/api/verify verb=POST ;; -X) at=/vendor/bootstrap/bootstrap.min.css verb=GET ;; *) at=/ verb=GET ;; esac
		rm -f "$out/slow.over"
		serves &
		serving=$!
		slowhttptest $how -c 1000 -r 200 -i 5 -l 40 -p 2 -x 20 -t $verb -u "http://127.0.0.1:$port$at" >"$out/slow$how-$1.log" 2>&1 || :
		: >"$out/slow.over"
		wait $serving
		read -r good late <"$out/slow.count"
		say "slowhttptest $how, rate $1: $good verifications served meanwhile, $late not"
		[ "$late" -eq 0 ] || fault "slowhttptest $how: verifications were not served"
	done
}

scan_tls() {
	"$root/ecoo" stop >/dev/null
	begin 10 ecoo.test
	testssl --quiet --color 0 --warnings batch --ip 127.0.0.1 --jsonfile "$out/tls.json" "ecoo.test:$port" </dev/null >"$out/tls.txt" 2>&1 || :
	node "$root/tests/scan/tls.mjs" "$out/tls.json" "$root/tests/scan/explained" >"$out/tls.found"
	while IFS= read -r found; do
		fault "tls: $found"
	done <"$out/tls.found"
	"$root/ecoo" stop >/dev/null
}

for what; do
	case $what in
	slow) scan_slow 10; scan_slow 100000 ;;
	*) "scan_$what" ;;
	esac
done
say "$bad findings; reports in $out"
[ "$bad" -eq 0 ]
