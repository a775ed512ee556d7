#!/bin/sh
# The nginx files are made whole, or not at all.
# shellcheck disable=SC2120,SC2119,SC2317,SC2086	# called through holds and refuses
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
dir=$(mktemp -d)
serving=
leave() {
	[ -z "$serving" ] || { kill "$serving" && wait "$serving"; } 2>/dev/null || :
	rm -rf "$dir"
}
trap leave EXIT
trap 'exit 1' HUP INT TERM

# Two free ports, one behind the other.
port=$((18000 + $$ % 9000))
while [ -n "$(ss -Hltn "sport = :$port or sport = :$((port + 1))")" ]; do
	port=$((port + 2))
done

# A table of all programs with ${1} threads each.
table() {
	for p in login application review payment certificate verify paysim; do
		printf 'program %s\n\tuser nobody\n\tsocket stream %s/%s.sock 0660 www-data\n' "$p" "$dir" "$p"
		printf '\tthreads %s\n\texec /bin/true\n' "$1"
	done
}
make_it() {
	mkdir -p "$dir/tmp" "$dir/out"
	"$root/tools/nginx-conf" "$dir/table" "$root/nginx" "$dir/out" run="$dir" tmp="$dir/tmp" \
	    log="$dir" static="$root/static" files="$dir" port="$port" "$@"
}
keeps() { [ "$(grep -c "keepalive $1;" "$dir/out/ecoo/upstreams.conf")" = 7 ]; }
filled() { ! grep -rn '@[a-z]*@' "$dir/out" --include='*.conf' --include='*.html'; }
checked() { nginx -t -q -e stderr -c "$dir/out/nginx.conf"; }
only() {
	table 8 | awk -v name="$1" '$1 == "program" { on = $2 == name } on' >"$dir/table"
	make_it && [ "$(ls "$dir/out/ecoo/programs")" = "$1.conf" ]
}

for row in '8 2 3' '16 2 6' '3 2 1' '2 1 1' '16 4 3'; do
	set -- $row
	table "$1" >"$dir/table"
	holds "$1 threads and $2 workers are made" make_it workers="$2"
	holds "with $3 kept connections a worker" keeps "$3"
done
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=x \
    -keyout "$dir/key" -out "$dir/pem" 2>/dev/null
holds 'so are those for HTTPS' make_it host=coo.example certificate="$dir/pem" key="$dir/key" inner=$((port + 1))
holds 'which nginx accepts, too' checked
holds 'with the simulator inside' grep -q "listen 127.0.0.1:$((port + 1))" "$dir/out/ecoo/site.conf"
nginx -e stderr -c "$dir/out/nginx.conf" 2>"$dir/errors" &
serving=$!
listens() {
	for _ in $(seq 100); do
		ss -Hltnp "sport = :$port" | grep -q "pid=$serving," && return 0
		sleep 0.1
	done
	cat "$dir/errors"
	return 1
}
# A handshake as a client that knows only this would do it; -cipher @SECLEVEL=0 lets ours offer anything.
speaks() { timeout 10 openssl s_client -connect "127.0.0.1:$port" -servername coo.example "$@" </dev/null >"$dir/said" 2>&1; }
# refused ALERT WORDS...: it says so itself; whatever else goes wrong is no refusal.
refused() { alert=$1; shift; ! speaks "$@" && grep -q "alert $alert" "$dir/said"; }
holds 'and serves with' listens
holds 'in TLS 1.3' speaks -tls1_3
for cipher in AES128-GCM-SHA256 AES256-GCM-SHA384 CHACHA20-POLY1305; do
	holds "in TLS 1.2 with $cipher" speaks -tls1_2 -cipher "ECDHE-ECDSA-$cipher"
done
for cipher in ECDHE-ECDSA-AES128-SHA ECDHE-ECDSA-AES256-SHA384 ECDHE-ECDSA-AES128-CCM; do
	holds "but not with $cipher" refused 'handshake failure' -tls1_2 -cipher "$cipher:@SECLEVEL=0"
done
holds 'nor in TLS 1.1' refused 'protocol version' -tls1_1 -cipher 'ALL:@SECLEVEL=0'
refuses 'a certificate for no name' 'needs host=NAME' make_it certificate="$dir/pem" key="$dir/key"
table 16 >"$dir/table"
holds 'and once more without' make_it
holds 'no word is left unfilled' filled
holds 'nginx accepts them' checked
table 2 >"$dir/table"
refuses '2 threads for 2 workers' 'need at least 3 threads' make_it workers=2
refuses 'automatic workers' 'never auto' make_it workers=auto
refuses 'a port that is more than a number' 'not usable' make_it 'port=80;'
refuses 'an unknown word' 'unknown word' make_it colour=red
for p in login application review payment certificate verify; do
	holds "$p alone in the table gets its addresses, and no other program any" only "$p"
	holds 'which nginx accepts' checked
done
finish
