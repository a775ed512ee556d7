# common.sh - what the chapters of fresh.sh share.
#
#	. tests/fresh/common.sh
#	block HEADING N		the Nth fenced block below a heading of docs/operations.md
#	asked_for		install the packages of tools/packages that say "start"
#
# shellcheck shell=sh
block() {
	awk -v heading="## $1" -v n="$2" '/^## / { here = $0 == heading; k = 0 }
	     /^```/ { inside = !inside; k += inside; next } here && inside && k == n' \
	    /root/ecoo/docs/operations.md
}

asked_for() {
	apt-get update && sed -n 's/^start \([^ ]*\).*/\1/p' /root/ecoo/tools/packages |
	    xargs apt-get install -y --no-install-recommends
}
