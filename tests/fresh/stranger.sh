#!/bin/sh
# stranger - README.md's two commands on a bare Debian 12, as root and as somebody with sudo.
#
# usage: stranger.sh [--test]		inside the root that fresh.sh makes
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
ecoo=/root/ecoo/ecoo theirs=/home/stranger/ecoo/ecoo
# shellcheck source=tests/lib/tap.sh
. /root/ecoo/tests/lib/tap.sh

as_stranger() { runuser -u stranger -- env HOME=/home/stranger "$@"; }

# One sentence of the launcher and a failure.
one_sentence() {
	rc=0
	out=$("$@" 2>&1) || rc=$?
	printf '%s\n' "$out"
	[ "$(printf '%s\n' "$out" | grep -c '^ecoo: ')" -eq 1 ] || { echo 'not one sentence'; return 0; }
	return $rc
}
sorry() { what=$1 words=$2; shift 2; refuses "$what" "ecoo: $words" one_sentence "$@"; }

# --- what it says where it cannot
small_disk() {
	mkdir -p /srv/small
	mount -t tmpfs -o size=200m,mode=755 tmpfs /srv/small
	rc=0
	ECOO_VAR=/srv/small/var $ecoo start || rc=$?
	umount /srv/small
	return $rc
}
sorry 'without sudo it says so' 'this needs root, and there is no sudo' as_stranger $theirs start
sorry 'a disk that is too small is named' 'the disk below /srv/small/var is nearly full' small_disk
sorry 'without a network it says so' 'these packages could not be installed (is there a network?)' \
    unshare --net $ecoo start
sorry 'an unknown option is named' 'start does not know "--prot"' $ecoo start --prot 1
sorry 'a port that is none is named' 'eighty is not a port number' $ecoo start --port eighty

# --- the first command.  8080 may be taken: the network is the machine's.
listening() { grep -qs ":$(printf %04X "$1") [0-9A-F]*:0000 0A " /proc/net/tcp /proc/net/tcp6; }
port=8080
while listening $port; do
	port=$((port + 7))
done
[ $port -eq 8080 ] || export ECOO_PORT=$port
site=http://localhost:$port

start() { "$@" start >/tmp/start.out 2>&1 || { cat /tmp/start.out; return 1; }; }
said() { grep -qF "$1" /tmp/start.out || { cat /tmp/start.out; return 1; }; }
programs() { for p in /proc/[0-9]*; do readlink "$p/exe" || :; done 2>/dev/null; }
page() { curl -sSf --max-time 10 "$site$1" | grep -qF "$2"; }
sign_in() {
	curl -sS --max-time 10 -o /tmp/answer -w '%{http_code}' -H 'Content-Type: application/json' \
	    -H 'Sec-Fetch-Site: same-origin' "$site/api/session" \
	    -d "{\"email\": \"filer@palarveni.example\", \"password\": \"$1\"}" | grep -qx "$2" ||
	    { cat /tmp/answer; return 1; }
}
unknown() { curl -sS --max-time 10 "$site/api/verify/NP-NCE-26-0000001-F" | grep -q '/problems/not-found'; }
blocked() { printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d; }
no_service() { [ "$(programs | grep -c /mariadbd)" -eq 1 ] && [ ! -e /run/mysqld/mysqld.sock ] && [ ! -e /run/nginx.pid ]; }
nothing_left() { ! programs | grep -v '/\(dash\|grep\|readlink\)$'; }

rm /usr/sbin/policy-rc.d	# the launcher has to see to it by itself
holds './ecoo start works as root on a bare system' start $ecoo
holds 'no service of a package was started' no_service
holds 'it leaves the policy for services as it was' test ! -e /usr/sbin/policy-rc.d
blocked

holds 'it says where the site is' said "  $site/"
holds 'it says who the people of the demo are' said 'filer@palarveni.example'
holds 'it says their password' said 'origin-demo-2026'
holds 'the home page answers' page / eCoO
holds 'the sign-in page is there' page /sign-in 'sign-in'
holds 'a person of the demo signs in' sign_in origin-demo-2026 201
holds 'another password is refused' sign_in origin-demo-2027 401
holds 'an unknown number is unknown' unknown

# --- again, and where somebody is in the way
standing() { cat /root/ecoo/var/run/status; }
before=$(standing)
holds './ecoo start again does no harm' start $ecoo
holds 'and says so' said 'It is running already.'
holds 'nothing was restarted by it' test "$before" = "$(standing)"
sorry 'a busy port is named, with who has it' "port $port is in use by nginx" \
    env ECOO_VAR=/srv/other ECOO_PORT=$port $ecoo start
rm -rf /srv/other
holds './ecoo status says that all is well' $ecoo status
holds './ecoo stop works' $ecoo stop
holds 'nothing is left of it' nothing_left
holds './ecoo stop again does no harm' $ecoo stop

# --- as somebody with sudo
install_sudo() { apt-get install -y --no-install-recommends sudo; }
allow() { echo 'stranger ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/stranger; }
holds 'sudo can be installed' install_sudo
sorry 'who may not use sudo is told' 'this needs root, and sudo did not allow it' as_stranger $theirs start
allow
holds './ecoo start works by sudo' start as_stranger $theirs
holds 'the home page answers' page / eCoO
holds 'a person of the demo signs in' sign_in origin-demo-2026 201
holds './ecoo stop works by sudo' as_stranger $theirs stop
holds 'nothing is left of it' nothing_left

# --- the second command
all_tests() { $ecoo test >/tmp/test.out 2>&1 || { grep -v '^  ok' /tmp/test.out; return 1; }; }
if [ "${1:-}" = --test ]; then
	holds './ecoo test is green' all_tests
	sed -n '/^  skip /s/^/#/p; $s/^/# /p' /tmp/test.out
	holds 'nothing is left of it' nothing_left
fi
finish
