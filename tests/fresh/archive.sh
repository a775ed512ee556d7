#!/bin/sh
# archive - make distcheck out of a clean clone, and what the archive holds.
#
# usage: archive.sh			inside the root that fresh.sh makes
#
# By somebody who is not root: for root nothing is read-only.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
# shellcheck source=tests/lib/tap.sh
. /root/ecoo/tests/lib/tap.sh
# shellcheck source=tests/fresh/common.sh
. /root/ecoo/tests/fresh/common.sh
work=/home/stranger/dist

by_them() { runuser -u stranger -- sh -ec "cd $work && $1"; }
holds 'the packages that say start' asked_for
runuser -u stranger -- cp -r /home/stranger/ecoo $work
rm -f $work/var

# Built in the tree first, as docs/operations.md has it: nothing of that may get into the archive.
holds 'it configures' by_them 'autoreconf -fi && ./configure -q'
holds 'it builds in the tree' by_them "make -s -j $(nproc)"
holds 'make distcheck passes' by_them "make distcheck -j $(nproc)"

# What git has and the archive must have, and the other way round.
listed() { tar -tf "$work"/ecoo-*.tar.xz | sed -n 's|^[^/]*/\(.*[^/]\)$|\1|p' | sort; }
tracked() { grep -v '^\.ci/\|^\.gitignore$' /home/stranger/tracked | sort; }
made='^(configure|config\.h\.in|aclocal\.m4|Makefile\.in|build-aux/.*)$'
listed >/tmp/listed
tracked >/tmp/tracked
complete() { ! comm -13 /tmp/listed /tmp/tracked | grep .; }
clean() { ! comm -23 /tmp/listed /tmp/tracked | grep -Ev "$made"; }
holds 'the archive has all that is tracked' complete
holds 'and nothing else but what autotools make' clean
can_run() { tar -tvf "$work"/ecoo-*.tar.xz | grep -q '^-rwxr-xr-x .*/ecoo$'; }
holds 'the launcher in it can be run' can_run
finish
