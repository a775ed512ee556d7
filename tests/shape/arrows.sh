#!/bin/sh
# Includes run downwards, and a library stays in the layer that wraps it (DESIGN 2).
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# What a layer may include besides itself.  A folder that is not listed is a mistake.
cat >"$dir/layers" <<'END'
base
data	base
web	base
rules	base
keys	base
files	base
paper	base
net	base
gateway	base
people	base data rules
dossier	base rules paper
host	base data web rules people keys files paper net
record	base data web rules people keys files paper dossier host
fcgi	base data web rules people keys files paper net gateway dossier host record
tools	base data web rules people keys files paper net gateway dossier host record
END
# Where the header of a library may be included.
cat >"$dir/wrapped" <<'END'
mysql.h	modules/data
mysqld_error.h	modules/data
fcgiapp.h	modules/web
magic.h	fcgi/inspect
openssl/	modules/keys modules/paper modules/people tools/coosign
json-c/	modules/base modules/web modules/dossier tools/coosign
curl/	modules/net tools/coosign
seccomp.h	modules/host
linux/landlock.h	modules/host
pthread.h	modules/host fcgi/certificate
cairo/	modules/paper
pango/	modules/paper
qpdf/	modules/paper fcgi/inspect
poppler.h	fcgi/inspect
tiffio.h	modules/paper fcgi/inspect
png.h	fcgi/inspect
jpeglib.h	modules/paper fcgi/inspect
p11-kit/	tools/coosign
END
# The rules of the subject do no input and no output, and do not look at a clock.
pure='inttypes.h stdint.h stddef.h stdbool.h stdlib.h string.h limits.h strings.h'

# over TREE COMMAND...: one run of it over all the sources; a process for each would take a minute.
over() ( cd "$1" && shift && find modules fcgi tools -name '*.[ch]' -type f | sort | xargs "$@" )

# Say every include that goes the wrong way.
arrows() {
	over "$1" grep -HE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"[a-z]*/' |
	    sed 's|^\([^:]*\):[^"]*"\([a-z]*\)/\([a-z_-]*\).*|\1 \2 \3|' | awk -v layers="$dir/layers" '
		BEGIN {
			while ((getline line < layers) > 0) {
				n = split(line, w, /[ \t]+/)
				known[w[1]] = 1
				for (i = 2; i <= n; i++)
					may[w[1], w[i]] = 1
			}
		}
		{
			split($1, p, "/")
			if (p[1] == "modules")
				layer = p[2]
			else
				layer = p[1]
			if (!(layer in known)) {
				print $1 ": " layer " is not a layer"; bad = 1
			} else if ($2 == "fcgi" || $2 == "tools") {
				if ($2 != p[1] || $3 != p[2]) { print $1 ": includes " $2 "/" $3; bad = 1 }
			} else if ($2 != layer && !((layer, $2) in may)) {
				print $1 ": " layer " may not include " $2; bad = 1
			}
		}
		END { exit bad || NR < 100 }'
}

wrapped() {
	over "$1" grep -HE '^[[:space:]]*#[[:space:]]*include[[:space:]]*<' |
	    sed 's|^\([^:]*\):[^<]*<\([^>]*\)>.*|\1 \2|' | awk -v rules="$dir/wrapped" -v pure="$pure" '
		BEGIN {
			while ((getline line < rules) > 0) {
				n = split(line, w, /[ \t]+/)
				prefix[w[1]] = 1
				for (i = 2; i <= n; i++)
					may[w[1], w[i]] = 1
			}
			n = split(pure, w, " ")
			for (i = 1; i <= n; i++)
				plain[w[i]] = 1
		}
		{
			split($1, p, "/")
			place = p[1] "/" p[2]
			for (x in prefix)
				if (index($2, x) == 1 && !((x, place) in may)) {
					print $1 ": <" $2 "> is not for " place; bad = 1
				}
			if (place == "modules/rules" && !($2 in plain)) {
				print $1 ": <" $2 "> in the rules"; bad = 1
			}
		}
		END { exit bad || NR < 50 }'
}

short() {
	over "$1" wc -l | awk '$2 != "total" && $1 >= 500 { print $2 ": " $1 " lines"; bad = 1 } END { exit bad }'
}

holds 'includes run downwards' arrows "$root"
holds 'libraries stay where they are wrapped' wrapped "$root"
holds 'files are shorter than 500 lines' short "$root"

# And each of the three can fail: FILE gets a line more, or many.
mkdir "$dir/tree"
( cd "$root" && find modules fcgi tools -name '*.[ch]' -type f | tar -cf - -T - ) | tar -C "$dir/tree" -xf -
with() {
	cp "$dir/tree/$2" "$dir/saved"
	printf '%s\n' "$3" >>"$dir/tree/$2"
	rc=0
	"$1" "$dir/tree" || rc=$?
	cp "$dir/saved" "$dir/tree/$2"
	return $rc
}
holds 'the copy is as good' arrows "$dir/tree"
refuses 'rules that reach for the database' 'rules may not include data' \
    with arrows modules/rules/fee.c '#include "data/db.h"'
refuses 'web that sees rows' 'web may not include data' with arrows modules/web/reply.c '#include "data/db.h"'
refuses 'a layer that includes the host' 'paper may not include host' \
    with arrows modules/paper/pen.h '#include "host/program.h"'
refuses 'a program inside another' 'includes fcgi/review' \
    with arrows fcgi/login/login.c '#include "fcgi/review/review.h"'
refuses 'the database in a program' '<mysql.h> is not for fcgi/login' \
    with wrapped fcgi/login/login.c '#include <mysql.h>'
refuses 'OpenSSL in the web' '<openssl/evp.h> is not for modules/web' \
    with wrapped modules/web/link.c '#  include <openssl/evp.h>'
refuses 'libmagic outside inspect' '<magic.h> is not for' with wrapped modules/files/store.c '#include <magic.h>'
refuses 'rules that print' '<stdio.h> in the rules' with wrapped modules/rules/fee.c '#include <stdio.h>'
refuses 'a file of 500 lines' 'fee.c' with short modules/rules/fee.c "$(yes // | head -n 499)"
finish
