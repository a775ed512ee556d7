# bench.sh - how fast, how large, how steady: ratios, in a world of their own below var/bench.
#
# A plain build, rates that limit nothing, every run from an empty world.  The parts are
# tests/bench/NAME.mjs.  ECOO_BENCH_SCALE=small is quick and proves only that it works.
# shellcheck shell=sh disable=SC2034,SC2154,SC2015	# the parts share their names

bench_parts='verify lives signins memory growth'

# The programs that the bench measures against stand in the table beside ours, with as many threads.
bench_table() {
	cat <<-END
	program bare
		user ecoo_verify
		socket stream $VAR/run/bare.sock 0660 www-data
		threads $threads
		exec $VAR/build/tests/bench/bare $threads $VAR/mariadb/mariadb.sock ecoo
	program php
		user ecoo_verify
		socket stream $VAR/run/php.sock 0660 www-data
		threads $threads
		exec $VAR/src/tests/bench/php-fpm.sh $VAR/run/php-fpm.conf $VAR/run/php.sock
	END
}

bench_php() {
	cp "$root/tests/bench/verify.php" "$VAR/run/bench.php"
	put "$VAR/run/php-fpm.conf" <<-END
	[global]
	error_log = /dev/null
	[bench]
	listen = $VAR/run/php.sock
	pm = static
	pm.max_children = $threads
	env[BENCH_DB] = $VAR/mariadb/mariadb.sock
	END
}

# Our nginx files and two more.
bench_templates() {
	rm -rf "$VAR/run/nginx"
	cp -R "$root/nginx" "$VAR/run/nginx"
	cp "$root/tests/bench/nginx/"*.conf "$VAR/run/nginx/ecoo/programs/"
	templates=$VAR/run/nginx
}

bench_over() {
	trap - EXIT HUP INT TERM
	[ -z "${running:-}" ] || kill "$running" 2>/dev/null || :
	! is_running || take_down
	exit "${1:-1}"
}

bench() {
	for part; do
		case " $bench_parts " in
		*" $part "*) ;;
		*) die "bench knows $bench_parts, not \"$part\"" ;;
		esac
	done
	VAR=$VAR/bench
	[ -z "${ECOO_VAR:-}" ] || VAR=$ECOO_VAR
	ECOO_VAR=$VAR
	choose_var
	take_lock
	trap bench_over EXIT
	trap 'exit 1' HUP INT TERM
	! is_running || take_down
	for part in mariadb files keys mail; do		# each run begins with an empty world
		rm -rf "${VAR:?}/$part"
	done
	rm -f "$VAR/stamp/keys"

	host='' port=${ECOO_PORT:-} rate=${ECOO_RATE:-100000} sanitizer=none also_table=bench_table
	check_disk
	install_packages bench
	[ -n "$port" ] || port=$(free_port)
	mkdir -p "$VAR/run"
	bench_php
	bench_templates
	also_built=bench
	bring_up bench
	PORTAL=$origin ECOO_BUILD=$VAR/build ECOO_DB=$VAR/mariadb/mariadb.sock BENCH_THREADS=$threads BENCH_WORKERS=$workers
	export PORTAL ECOO_VAR ECOO_BUILD ECOO_DB BENCH_THREADS BENCH_WORKERS
	cd "$VAR/src" || exit 1
	[ $# -gt 0 ] || set -- $bench_parts
	timeout -k 10 "${ECOO_BENCH_SECONDS:-2400}" node tests/bench/bench.mjs "$@" </dev/null 9>&- &
	running=$!
	rc=0
	wait $running || rc=$?
	running=
	bench_over $rc
}
