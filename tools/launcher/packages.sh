# packages.sh - what Debian and npm have to bring.
# shellcheck shell=sh disable=SC2034,SC2154,SC2015	# the parts share their names

fcgi_fixed=2.4.2-2+deb12u1	# the first with the fix of CVE-2025-23016

missing_packages() {
	wanted=$(while read -r when package command; do
		case $when in
		start) ;;
		test | bench) [ "$1" = "$when" ] || continue ;;
		full) [ "$1 ${ECOO_FULL:-no}" = "test yes" ] || continue ;;
		*) continue ;;
		esac
		[ -z "$command" ] || ! command -v "$command" >/dev/null || continue
		say "$package"
	done <"$root/tools/packages")
	# shellcheck disable=SC2086
	dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' $wanted 2>/dev/null |
	    sed -n 's/^ii *//p' >"$VAR/run/packages"
	say "$wanted" | grep -vxFf "$VAR/run/packages" || :
}

# Services that come with packages (MariaDB, nginx) are not to start by themselves.
get_packages() (
	if [ ! -e /usr/sbin/policy-rc.d ]; then
		trap 'rm -f /usr/sbin/policy-rc.d' EXIT
		trap 'exit 1' HUP INT TERM
		printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
		chmod 755 /usr/sbin/policy-rc.d
	fi
	DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 \
	    install -y --no-install-recommends "$@"
)

install_packages() {
	command -v apt-get >/dev/null && command -v dpkg-query >/dev/null ||
	    die "this needs Debian 12 or newer: there is no apt-get here"
	missing=$(missing_packages "$1" | tr '\n' ' ')
	if [ -n "${missing% }" ]; then
		doing "Installing packages: $missing"
		quietly apt-update apt-get -o DPkg::Lock::Timeout=120 update ||
		    die "the package lists could not be fetched: is there a network?  Missing: $missing"
		# shellcheck disable=SC2086
		quietly apt-install get_packages $missing ||
		    die "these packages could not be installed (is there a network?): $missing"
	fi
	dpkg --compare-versions "$(dpkg-query -W -f '${Version}' libfcgi-dev)" ge $fcgi_fixed ||
	    die "libfcgi-dev is older than $fcgi_fixed and has a known hole: run apt-get upgrade"
	[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] ||
	    die "node is older than 18: Debian 12's package is new enough"
}

# The website's libraries, for the tests also the browser driver and axe.
fetch_vendor() {
	omit=--omit=dev
	[ "$1" != test ] || omit=
	wanted="$1 $(cat "$root/package-lock.json" "$root/.npmrc" "$root/tools/vendor" | sha256sum)"
	stamped npm "$wanted" && [ -d "$VAR/src/static/vendor/lit-html" ] && return
	doing "Fetching npm packages"
	mkdir -p "$VAR/npm" "$VAR/src/static/vendor"
	cp "$root/package.json" "$root/package-lock.json" "$root/.npmrc" "$VAR/npm/"
	( cd "$VAR/npm" && quietly npm npm ci $omit --prefer-offline --no-progress ) ||
	    die "the npm packages could not be fetched: is there a network?"
	"$root/tools/vendor" "$VAR/npm/node_modules" "$VAR/src/static/vendor"
	ln -sfn "$VAR/npm/node_modules" "$VAR/src/node_modules"
	rm -f "$VAR/stamp/build"
	stamp npm "$wanted"
}
