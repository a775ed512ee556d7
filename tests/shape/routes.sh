#!/bin/sh
# Every route is guarded, described, and reached: read from the programs themselves.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

routes_of() { "$ECOO_VAR/prog/libexec/ecoo/$1" --routes >"$dir/$1.json" || { rm "$dir/$1.json"; return 1; }; }
: "${ECOO_VAR:?names where ./ecoo built the programs}"
for f in "$root"/nginx/ecoo/programs/*.conf; do
	p=${f##*/} p=${p%.conf}
	[ ! -d "$root/fcgi/$p" ] || holds "$p prints its routes" routes_of "$p"
done

check() { node "$root/tests/lib/routes.mjs" "$root/nginx" "$@"; }
holds 'all routes are guarded, described and reached' check "$dir"/*.json

# with PROGRAM CODE: the program's routes "r", changed by a line of JavaScript.
with() {
	for f in "$dir"/*.json; do
		cp "$f" "$f.so"
	done
	node -e 'const fs = require("fs"), f = process.argv[1], o = JSON.parse(fs.readFileSync(f));
		const r = (name) => o.routes.find((x) => `${x.method} ${x.path}` === name);
		'"$2"'; fs.writeFileSync(f, JSON.stringify(o))' "$dir/$1.json.so"
	check "$dir"/*.so
}
one='GET /api/applications/{id}'
refuses 'a write from anywhere' 'a write with a cookie from anywhere' \
    with application 'r("POST /api/applications").origin_checked = false'
refuses 'a route that reads no cookie' 'is not on the list' \
    with application "r(\"$one\").guard_none = true"
refuses 'a route for anyone' 'is for anyone' with application "r(\"$one\").who = 'anyone'"
refuses 'a silent route' 'says nothing' with login 'r("GET /api/session").summary = ""'
refuses 'a certificate without a key' 'needs an Idempotency-Key' \
    with certificate 'r("POST /api/certificates").idempotency_key = false'
refuses 'an address given twice' 'twice, in' \
    with review "o.routes.push({ ...r('GET /api/review/queue'), path: '/api/applications/{id}' })"
refuses 'a route behind another' 'hidden by' \
    with application "o.routes.push({ ...r('$one'), path: '/api/applications/mine', params: [] })"
refuses 'an address that nginx does not know' 'nginx brings it to nobody' \
    with login "o.routes[0].path = '/api/sessions'; o.routes[0].guard_none = false; o.routes[0].who = 'officer'"
refuses 'an address of another program' 'not to login' \
    with login "o.routes.push({ ...r('GET /api/session'), path: '/api/review/session' })"
refuses 'an upload that nginx stops' 'does not let it through' \
    with application "r('POST /api/applications/{id}/documents').path = '/api/applications/{id}/files'"
finish
