# mariadb.sh - a throw-away MariaDB for a test: own directory, own socket, no network.
#
#	. tests/lib/mariadb.sh
#	throwaway_start		sets $db_dir and $db_socket; stopped and removed when the test ends
#
# Runs as root (the server itself as mysql) or as any user.
# shellcheck shell=sh

throwaway_stop() {
	[ -z "${db_pid:-}" ] || { kill "$db_pid" 2>/dev/null; wait "$db_pid" 2>/dev/null; }
	rm -rf "$db_dir"
}

throwaway_start() {
	db_dir=$(mktemp -d /tmp/ecoo-db.XXXXXX)
	db_socket=$db_dir/s
	chmod 755 "$db_dir"
	db_user=$(id -un)
	[ "$db_user" != root ] || { db_user=mysql; chown mysql "$db_dir"; }
	trap throwaway_stop EXIT
	trap 'exit 1' HUP INT TERM
	mariadb-install-db --no-defaults --user="$db_user" --datadir="$db_dir/data" \
	    --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" \
	    --skip-test-db >"$db_dir/install.log" 2>&1 || { cat "$db_dir/install.log"; exit 1; }
	mariadbd --no-defaults --user="$db_user" --datadir="$db_dir/data" --socket="$db_socket" \
	    --skip-networking --innodb-flush-log-at-trx-commit=0 --sql-mode=TRADITIONAL \
	    --character-set-server=utf8mb4 >"$db_dir/server.log" 2>&1 &
	db_pid=$!
	for _ in $(seq 100); do
		! mariadb --no-defaults --socket="$db_socket" -e 'SELECT 1' >/dev/null 2>&1 || return 0
		sleep 0.1
	done
	cat "$db_dir/server.log"
	exit 1
}
