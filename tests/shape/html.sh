#!/bin/sh
# Pages are whole HTML: checked by the Nu checker where there is a Java, one frame around all of them,
# every message of the API with its page, and nothing that the Content-Security-Policy would stop.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
cd "$root"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
find static -path static/vendor -prune -o -name '*.html' -print >"$dir/pages"
printf '%s\n' nginx/ecoo/errors/*.html >>"$dir/pages"

# The header of ${1}, or its footer.
part() {
	sed -n "/^<$2 class=/,/<\/$2>/p" "$1"
}
frame_of() {
	part "$1" header && part "$1" footer
}
framed() {
	frame_of static/index.html >"$dir/frame"
	[ "$(wc -l <"$dir/frame")" -gt 10 ] && frame_of "$1" | diff "$dir/frame" -
}
while read -r page; do
	holds "$page has the frame of all pages" framed "$page"
done <"$dir/pages"

# Rows of the table in problem.h: X(ID, status, "slug", "title")
sed -n 's/^[[:space:]]*X(PROBLEM_[A-Z]*,.*"\([a-z-]*\)", *"\(.*\)").*/\1 \2/p' modules/base/problem.h \
    >"$dir/problems"
explained() {
	grep -qF ">$2</h1>" "static/problems/$1.html" && grep -qF "href=\"/problems/$1\"" static/problems.html
}
holds 'there are problems' test "$(wc -l <"$dir/problems")" -gt 20
while read -r slug title; do
	holds "$slug is explained under its title" explained "$slug" "$title"
done <"$dir/problems"
no_other() {
	for page in static/problems/*.html; do
		slug=${page##*/}
		grep -q "^${slug%.html} " "$dir/problems" || { echo "$page explains nothing"; return 1; }
	done
}
holds 'and nothing else is explained' no_other

inline() {
	xargs grep -nE ' style="| on[a-z]+="|<style|<script>|javascript:' <"$dir/pages" fcgi/verify/result.html
}
unsafe() {
	grep -rnE 'innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|styleMap|document\.write|eval\(' \
	    static/js
}
nothing() { ! "$@"; }
holds 'no page brings a script or a style of its own' nothing inline
holds 'no script makes markup out of text' nothing unsafe

# What a page loads, and what a module imports, is there (the vendor files come with npm).
there() {
	xargs grep -ohE '(href|src)="/(css|js|img)/[^"#]*' fcgi/verify/result.html <"$dir/pages" | sed 's/.*"//' |
	    sort -u >"$dir/wanted"
	grep -rohE 'from "/js/[^"]*' static/js | sed 's/.*"//' >>"$dir/wanted"
	[ -s "$dir/wanted" ] || return 1
	while read -r file; do
		[ -f "static$file" ] || { echo "static$file is not there"; return 1; }
	done <"$dir/wanted"
}
holds 'everything that pages load is there' there
icons() {
	xargs grep -ohE 'icons\.svg#[a-z-]+' fcgi/verify/result.html <"$dir/pages" | sed 's/.*#//' | sort -u |
	    while read -r name; do
		grep -q "id=\"$name\"" static/img/icons.svg || { echo "no icon $name"; return 1; }
	done
}
holds 'every icon is in the sprite' icons

vnu=${ECOO_VAR:-$root}/npm/node_modules/vnu-jar/build/dist/vnu.jar
[ -f "$vnu" ] || vnu=$root/node_modules/vnu-jar/build/dist/vnu.jar
if ! command -v java >/dev/null; then
	skips 'the Nu HTML checker' 'there is no java'
elif [ ! -f "$vnu" ]; then
	skips 'the Nu HTML checker' 'npm has not fetched vnu-jar'
else
	holds 'the Nu HTML checker has nothing to say' xargs java -Xss4m -jar "$vnu" --Werror <"$dir/pages"
fi
finish
