#!/bin/sh
# The API description is a correct OpenAPI 3.1 document, and describes what the programs do.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
prog=${ECOO_VAR:?names where ./ecoo built the programs}/prog
document=$prog/share/ecoo/static/api/openapi.json
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
# Packages are looked for beside the script: it is copied to where they are.
tool=$ECOO_VAR/npm/openapi.$$.mjs
cp "$root/tests/lib/openapi.mjs" "$tool"
trap 'rm -rf "$dir" "$tool"' EXIT

programs=$(for f in "$root"/nginx/ecoo/programs/*.conf; do
	p=${f##*/} p=$prog/libexec/ecoo/${p%.conf}
	[ ! -x "$p" ] || [ ! -d "$root/fcgi/${p##*/}" ] || echo "$p"
done)
judge() { node "$tool" lint "$1"; }
# shellcheck disable=SC2086
whole() { node "$tool" whole "$1" $programs; }
# broken PROGRAM: the document, changed by a line of JavaScript.
broken() {
	node -e 'const fs = require("fs"), o = JSON.parse(fs.readFileSync(process.argv[1]));
		const p = Object.keys(o.paths)[0], m = Object.keys(o.paths[p])[0], op = o.paths[p][m];
		'"$1"'; console.log(JSON.stringify(o))' "$document" >"$dir/broken.json"
	judge "$dir/broken.json" || return 1
	whole "$dir/broken.json"
}

holds 'make install made a description' test -s "$document"
holds 'a strict linter has nothing to say' judge "$document"
holds 'it has every route of every program, and no other' whole "$document"
refuses 'an operation without a name' 'operationId' broken 'delete op.operationId'
refuses 'a reference that leads nowhere' 'resolve' broken 'op.responses["400"].$ref += "x"'
refuses 'a parameter of the path that is not described' 'path-parameters-defined' \
    broken 'o.paths["/api/nowhere/{id}"] = o.paths[p]; delete o.paths[p]'
refuses 'an operation that has gone' 'is not described' broken 'delete o.paths[p][m]'
refuses 'one that nobody has' 'no program has it' broken 'o.paths["/api/nowhere"] = { [m]: { ...op, operationId: "x" } }'
finish
