# doc.sh - the commands of docs/operations.md, as they stand there.
#
#	. tests/fresh/doc.sh
#	block HEADING N		the Nth fenced block below a heading
#
# shellcheck shell=sh
block() {
	awk -v heading="## $1" -v n="$2" '/^## / { here = $0 == heading; k = 0 }
	     /^```/ { inside = !inside; k += inside; next } here && inside && k == n' \
	    /root/ecoo/docs/operations.md
}
