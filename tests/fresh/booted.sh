#!/bin/sh
# booted - docs/operations.md from make install on, on a machine that systemd runs.
#
# usage: booted.sh			started by boot.sh, after operator.sh
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
# shellcheck source=tests/lib/tap.sh
. /root/ecoo/tests/lib/tap.sh
# shellcheck source=tests/fresh/common.sh
. /root/ecoo/tests/fresh/common.sh
site=https://coo.example socket=/run/mysqld/mysqld.sock
programs='login application review payment certificate verify'
cd /root

# A block as the document has it, by somebody with sudo and a real shell.
follow() { [ -n "$1" ] && runuser -u stranger -- bash -ec "cd /home/stranger/src
$1" >/tmp/follow.log 2>&1 || { tail -n 20 /tmp/follow.log; return 1; }; }
mode() { stat -c '%a %U %G' "$2" | grep -qx "$1" || { stat "$2"; return 1; }; }

# --- users and directories
holds 'users, directories and units are made' follow "$(block Install 1 | tail -n 1)"
stores=/var/lib/ecoo/files
holds 'the store of documents is its program'\''s' mode '2750 ecoo_application ecoo_documents' $stores/documents
holds 'the store of certificates is its program'\''s' \
    mode '2750 ecoo_certificate ecoo_certificates' $stores/certificates
holds 'the directory of sockets is root'\''s' mode '755 root root' /run/ecoo

# --- configuration: the document's own, with what it cannot know
configure() {
	mkdir -p /etc/ecoo
	block Configure 1 >/etc/ecoo/ecoo.conf
	openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj '/CN=A root' -keyout /root/ca.key \
	    -out /etc/ecoo/trust.pem
	openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=coo.example \
	    -addext subjectAltName=DNS:coo.example -keyout /etc/ecoo/tls.key -out /etc/ecoo/tls.pem
	( umask 077; { openssl rand -hex 24; openssl rand -hex 24; } >/etc/ecoo/gateway.secret )
	chgrp ecoo_payment /etc/ecoo/gateway.secret
	chmod 640 /etc/ecoo/gateway.secret
	chmod 600 /etc/ecoo/tls.key
}
holds 'the configuration is written' configure
holds 'MariaDB takes its file' follow "$(block Configure 2)"
variable() { mariadb -N -e "SELECT @@$1" | grep -qx "$2"; }
holds 'and behaves so' variable innodb_snapshot_isolation 1
holds 'nginx takes its files' follow "$(block Configure 3)"
holds 'the programs start' follow "$(block Configure 4)"

# --- the units: sockets, users, groups, and that they stay
groups_of() { sed -n 's/^Groups://p' "/proc/$1/status" | xargs -n 1 getent group | cut -d : -f 1 | sort | xargs; }
pid_of() { systemctl show -P MainPID "ecoo-$1.service"; }
runs_as() {
	[ "$(ps_uid "$1")" = "ecoo_$1" ] && [ "$(groups_of "$(pid_of "$1")")" = "$2" ] ||
	    { ps_uid "$1"; groups_of "$(pid_of "$1")"; systemctl status --no-pager -n 20 "ecoo-$1"; return 1; }
}
ps_uid() { stat -c %U "/proc/$(pid_of "$1")"; }
get() { curl -sS --max-time 20 --cacert /etc/ecoo/tls.pem --resolve coo.example:443:127.0.0.1 "$@"; }
healthy() { get -f "$site/api/health/$1" | grep -q '"ok": *true'; }
for p in $programs; do
	holds "$p has its socket" mode '660 root www-data' /run/ecoo/$p.sock
	holds "$p answers" healthy $p
done
holds 'inspect has its socket' mode '660 root ecoo_inspect' /run/ecoo/inspect.sock
wanted_groups() { systemctl show -P SupplementaryGroups "ecoo-$1" | xargs -n 1 echo "ecoo_$1" | tr ' ' '\n' | sort -u | xargs; }
for p in $programs courier; do
	holds "$p runs under its own user" runs_as $p "$(wanted_groups $p)"
done

# The kernel's word for CPUWeight=idle, and for addresses: asked for from the courier's own control group.
group_of() { echo "/sys/fs/cgroup$(systemctl show -P ControlGroup "ecoo-$1")"; }
behind_all() { grep -qx 1 "$(group_of login)/cpu.idle"; }
reaches() { curl -sSk -o /dev/null --max-time 5 "https://$1/"; }
as_courier() { ( sh -c 'echo $PPID' >"$(group_of courier)/cgroup.procs" && reaches "$1" ); }
closed() { ip address add 192.0.2.7/32 dev lo && reaches 192.0.2.7 && as_courier 127.0.0.1 && ! as_courier 192.0.2.7; }
if grep -sqw cpu /sys/fs/cgroup/cgroup.controllers; then
	holds 'password hashes are behind all other work' behind_all
	holds 'the courier reaches this machine and no other' closed
else
	skips 'password hashes are behind all other work' 'control groups have no "cpu" of version 2 here'
	skips 'the courier reaches this machine and no other' 'nor filters of addresses'
fi

# --- the site
page() { get -f "$site$1" | grep -qF "$2"; }
post() {
	path=$1
	shift
	get -o /tmp/answer -w '%{http_code}' -H 'Sec-Fetch-Site: same-origin' \
	    -H "Idempotency-Key: $(openssl rand -hex 16)" "$@" "$site$path"
}
json() { post "$1" -H 'Content-Type: application/json' -d "$2"; }
code() { wanted=$1; shift; got=$("$@"); [ "$got" = "$wanted" ] || { echo "$got"; cat /tmp/answer; return 1; }; }
sign_in() { json /api/session "{\"email\": \"$1\", \"password\": \"a good word for tests\"}"; }
unknown() { get "$site/api/verify/NP-XCC-26-0000001-3" | grep -q '/problems/not-found'; }
holds 'the home page answers' page / eCoO
holds 'the API describes itself' page /api/openapi.json '"openapi"'
holds 'nobody signs in' code 401 sign_in nobody@coo.example
holds 'an unknown number is unknown' unknown

# --- the first people
first=$(block 'The first people' 1)
holds 'the first people are written' follow "$(printf '%s\n' "$first" | sed '$d')"
holds 'none signs in before there is a password' code 401 sign_in filer@firm.example
passwords() {
	for who in operator@coo.example filer@firm.example; do
		echo 'a good word for tests' | follow "$(printf '%s\n' "$first" |
		    sed -n "\$s/operator@coo.example/$who/p")" || return 1
	done
}
holds 'they get passwords' passwords
signed_in() { code 201 sign_in "$1" && get -o /dev/null -c "/tmp/$1" -H 'Content-Type: application/json' \
    -H 'Sec-Fetch-Site: same-origin' -d "{\"email\": \"$1\", \"password\": \"a good word for tests\"}" \
    "$site/api/session"; }
holds 'the operator signs in' signed_in operator@coo.example
holds 'the filer signs in' signed_in filer@firm.example

# --- through every wall of the units: a draft, an upload, its picture, its download, the paper
filer() { post "$@" -b /tmp/filer@firm.example; }
draft() { filer /api/applications -H 'Content-Type: application/json' -d '{"agency": "XCC", "office_id": 1}'; }
upload() { filer '/api/applications/1/documents?kind=invoice' \
    -F file=@/root/ecoo/tests/samples/good/shoes-invoice.pdf; }
fetched() { get -f -b /tmp/filer@firm.example "$site$1" -o /tmp/fetched && head -c 5 /tmp/fetched | grep -qaF "$2"; }
halt_switch() { follow "P=$site; cp /tmp/operator@coo.example jar; curl() { command curl -sSf \
    --cacert /etc/ecoo/tls.pem --resolve coo.example:443:127.0.0.1 -H 'Sec-Fetch-Site: same-origin' \"\$@\"; }
$(block 'The halt switch' 1)"; }
chmod 644 /tmp/operator@coo.example 2>/dev/null || :
holds 'a draft is made' code 201 draft
holds 'a document is taken in' code 201 upload
holds 'and can be fetched' fetched /api/applications/1/documents/1 %PDF-
holds 'the paper is drawn' fetched /api/applications/1/preview %PDF-
holds 'the halt switch works' halt_switch

# --- what an operator looks at
audit() { /usr/libexec/ecoo/audit-check $socket ecoo; }
holds 'audit-check finds nothing amiss' audit
steady() { [ "$(systemctl show -P NRestarts "ecoo-$1")" = 0 ] || { systemctl status --no-pager "ecoo-$1"; return 1; }; }
for p in $programs inspect courier; do
	holds "$p has not been restarted" steady $p
done
quiet() { ! journalctl -q --no-pager -u 'ecoo-*' -g 'Z (jail|database|job_failed)( |$)'; }
holds 'no event to watch has happened' quiet
again() { systemctl restart ecoo-migrate && systemctl restart 'ecoo-*.service' && healthy verify; }
holds 'migrate and restart do no harm' again
ended() { systemctl stop 'ecoo-*.socket' 'ecoo-*.service' && ! pgrep -u ecoo_verify,ecoo_login,ecoo_application; }
holds 'they end when they are told to' ended
finish
