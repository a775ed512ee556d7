#!/bin/sh
# operator - docs/operations.md followed to the letter, as far as make install.
#
# usage: operator.sh			inside the root that fresh.sh makes
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
# shellcheck source=tests/lib/tap.sh
. /root/ecoo/tests/lib/tap.sh
# shellcheck source=tests/fresh/common.sh
. /root/ecoo/tests/fresh/common.sh
work=/home/stranger/src

# --- what a server has and this root lacks, and what the document asks for
machine() { apt-get update && apt-get install -y --no-install-recommends systemd systemd-sysv dbus sudo; }
holds 'a server has systemd' machine
holds 'the packages that say start can be installed' asked_for
echo 'stranger ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/stranger
runuser -u stranger -- cp -r /home/stranger/ecoo $work
rm -f $work/var

# --- the block of commands; its last line is for a machine that runs
commands=$(block Install 1 | sed '$d')
holds 'the document has the commands' test -n "$commands"
follow() { runuser -u stranger -- env HOME=/home/stranger sh -ec "cd $work
$1" >/tmp/follow.log 2>&1 || { tail -n 20 /tmp/follow.log; return 1; }; }
install_line=$(printf '%s\n' "$commands" | tail -n 1)
holds 'its commands before make work' follow "$(printf '%s\n' "$commands" | sed '$d')"

# --- DESTDIR first: a package would be made so
staged() { ( cd /tmp/stage && find . -type f -o -type l ) | sort; }
outside() { for f in /usr/libexec/ecoo /usr/share/ecoo /usr/bin/coosign /usr/lib/systemd/system/ecoo-*; do
	[ ! -e "$f" ] || { echo "$f"; return 1; }; done; }
same() { staged | while read -r f; do cmp "/tmp/stage/$f" "/$f" || exit 1; done; }
lone() { find /usr/libexec/ecoo /usr/share/ecoo /usr/lib/systemd/system/ecoo-* -type f |
    while read -r f; do [ -e "/tmp/stage$f" ] || { echo "$f"; exit 1; }; done; }
holds 'make works' follow "make -s -j $(nproc)"
holds 'make install to a DESTDIR works' follow 'make -s install DESTDIR=/tmp/stage'
holds 'and leaves the machine alone' outside
holds 'make and make install work' follow "$install_line"
holds 'they put in place what the DESTDIR has' same
holds 'and nothing else' lone

# --- what is where
mode() { stat -c '%a %U %G' "$2" | grep -qx "$1" || { stat "$2"; return 1; }; }
for p in login application payment review certificate verify inspect courier; do
	holds "$p can be run" mode '755 root root' /usr/libexec/ecoo/$p
	holds "$p has its unit" mode '644 root root' /usr/lib/systemd/system/ecoo-$p.service
done
for p in coosign ecoo-admin; do
	holds "$p is for everybody" mode '755 root root' /usr/bin/$p
done
for f in sql/schema/0001_people.sql static/index.html static/vendor/lit-html/lit-html.js nginx/ecoo/http.conf \
    fonts.conf static/api/openapi.json templates/verify-result.html; do
	holds "$f is there to be read" mode '644 root root' /usr/share/ecoo/$f
done
words() { ! grep -rn '@[a-z]*dir@' /usr/lib/systemd/system/ecoo-* /usr/lib/sysusers.d/ecoo.conf \
    /usr/lib/tmpfiles.d/ecoo.conf; }
holds 'every word of the units is filled in' words
finish
