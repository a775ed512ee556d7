#!/bin/sh
# php-fpm.sh - PHP-FPM with the listening socket that was handed over on descriptor 0.
#
#	php-fpm.sh CONFIGURATION SOCKET
#
# FPM opens /dev/null as descriptor 0; a socket that it inherits is named in FPM_SOCKETS.
set -eu
for php in /usr/sbin/php-fpm8.* /usr/sbin/php-fpm; do
	[ ! -x "$php" ] || break
done
[ -x "$php" ] || { echo "php-fpm is not installed" >&2; exit 1; }
exec 3<&0 </dev/null
FPM_SOCKETS="$2=3"
export FPM_SOCKETS
exec "$php" --nodaemonize --force-stderr --fpm-config "$1"
