# world.sh - users, database, configuration, processes.
# shellcheck shell=sh disable=SC2034,SC2154,SC2015	# the parts share their names

threads=8
workers=2
users='login application review payment certificate verify inspect courier paysim'
behind_nginx='login application review payment certificate verify paysim'

check_settings() {
	certificate='' key=''
	[ -n "$port" ] || { port=8080; [ -z "$host" ] || port=8443; }
	case $port in '' | *[!0-9]* | ??????*) die "$port is not a port number" ;; esac
	[ "$port" -ge 1 ] && [ "$port" -le 65535 ] || die "$port is not a port number"
	case $rate in '' | *[!0-9]* | 0) die "ECOO_RATE has to be a number of requests per second" ;; esac
	case $host in *[!A-Za-z0-9.:-]* | -* | .*) die "$host is not a host name or address" ;; esac
	case $host in
	'') origin=http://localhost:$port ;;
	*:*) origin=https://[$host]:$port ;;
	*) origin=https://$host:$port ;;
	esac
	[ "$port" != 443 ] || origin=${origin%:443}
	inner='' gateway=$origin
	if [ -n "$host" ]; then
		inner=$((port + 1))
		gateway=http://127.0.0.1:$inner
	fi
}

load_settings() {
	host='' port=8080
	# shellcheck source=/dev/null
	[ ! -f "$VAR/settings" ] || . "$VAR/settings"
}

# put FILE: write what comes in; note that something changed if it was not so already.
put() {
	cat >"$1.new"
	if cmp -s "$1.new" "$1"; then
		rm "$1.new"
	else
		mv "$1.new" "$1"
		changed=yes
	fi
}

group() { getent group "$1" >/dev/null || groupadd --system "$1"; }
member() { id -nG "$1" | tr ' ' '\n' | grep -qx "$2" || usermod -a -G "$2" "$1"; }

make_users() {
	for u in $users; do
		id "ecoo_$u" >/dev/null 2>&1 || useradd --system --user-group --no-create-home \
		    --home-dir /nonexistent --shell /usr/sbin/nologin "ecoo_$u"
	done
	for g in ecoo_documents ecoo_certificates; do
		group $g
		member www-data $g
	done
	member ecoo_application ecoo_documents
	member ecoo_review ecoo_documents
	member ecoo_certificate ecoo_documents
	member ecoo_certificate ecoo_certificates
}

# own MODE USER GROUP DIRECTORY
own() {
	mkdir -p "$4"
	chown "$2:$3" "$4"
	chmod "$1" "$4"
}

make_places() {
	own 755 root root "$VAR/files"
	for d in documents documents/incoming; do
		own 2750 ecoo_application ecoo_documents "$VAR/files/$d"
	done
	for d in certificates certificates/incoming; do
		own 2750 ecoo_certificate ecoo_certificates "$VAR/files/$d"
	done
	own 755 ecoo_courier ecoo_courier "$VAR/mail"
	own 755 root root "$VAR/keys"
	own 755 root root "$VAR/nginx"
	own 755 root root "$VAR/nginx/tmp"
	if [ ! -f "$VAR/keys/gateway.secret" ]; then
		( umask 077; { openssl rand -hex 24; openssl rand -hex 24; } >"$VAR/keys/gateway.secret" )
		chgrp ecoo_payment "$VAR/keys/gateway.secret"
		chmod 640 "$VAR/keys/gateway.secret"
	fi
}

# Certificates and keys of the demo's people: made here, never committed.
make_keys() {
	maker=$root/tools/demo-keys/demo-keys.sh
	[ -f "$maker" ] || return 0
	wanted=$(sha256sum <"$maker")
	stamped keys "$wanted" && return
	doing "Making keys for the people of the demo"
	quietly demo-keys "$maker" "$VAR/keys" || die "the demo's keys could not be made"
	stamp keys "$wanted"
	changed=yes
}

make_database() {
	own 755 mysql mysql "$VAR/mariadb"
	{
		cat "$root/sql/mariadb.cnf"
		cat <<-END
		# This machine's.
		user = mysql
		datadir = $VAR/mariadb/data
		socket = $VAR/mariadb/mariadb.sock
		pid_file = $VAR/mariadb/mariadb.pid
		skip_networking
		innodb_buffer_pool_size = 256M
		END
	} | put "$VAR/mariadb/my.cnf"
	[ ! -d "$VAR/mariadb/data/mysql" ] || return 0
	doing "Making a database"
	rm -rf "$VAR/mariadb/data"
	quietly mariadb-install mariadb-install-db --no-defaults --user=mysql \
	    --datadir="$VAR/mariadb/data" --auth-root-authentication-method=socket \
	    --auth-root-socket-user=root --skip-test-db || die "the database could not be made"
}

make_conf() {
	put "$VAR/ecoo.conf" <<-END
	db_socket = $VAR/mariadb/mariadb.sock
	db_schema = ecoo
	origin = $origin
	files = $VAR/files
	inspect_socket = $VAR/run/inspect.sock
	trust = $VAR/keys/trust.pem
	fonts = $VAR/prog/share/ecoo/fonts.conf
	templates = $VAR/prog/share/ecoo/templates
	gateway_key = rzp_test_demo
	gateway_secret_file = $VAR/keys/gateway.secret
	gateway_url = $gateway/paysim
	notice_url = $gateway/api/gateway/notice
	mail_from = no-reply@ecoo.example
	mail_url = file://$VAR/mail
	demo = yes
	threads = $threads
	END
}

groups_of() {
	case $1 in
	application) say ecoo_documents ecoo_inspect ;;
	review) say ecoo_documents ecoo_inspect ;;
	certificate) say ecoo_documents ecoo_certificates ecoo_inspect ;;
	paysim) say ecoo_payment ;;
	courier) say ecoo_payment ;;
	esac
}

# one NAME [SOCKET-LINE]: a program's lines in the table, if it is built.
one() {
	[ -x "$VAR/prog/libexec/ecoo/$1" ] || return 0
	printf 'program %s\n\tuser ecoo_%s\n' "$1" "$1"
	extra=$(groups_of "$1")
	[ -z "$extra" ] || printf '\tgroups %s\n' "$extra"
	[ -z "${2:-}" ] || printf '\tsocket %s\n\tthreads %s\n' "$2" $threads
	[ "$sanitizer" = none ] || printf '\trest 200\n'	# the tests kill it often
	printf '\texec %s\n' "$VAR/prog/libexec/ecoo/$1"
}

make_table() {
	also=
	for f in "$VAR/keys/"*.sql; do
		[ ! -f "$f" ] || also="$also --also $f"
	done
	{
		cat <<-END
		program mariadb
			user mysql
			wait $VAR/mariadb/mariadb.sock
			exec /usr/sbin/mariadbd --defaults-file=$VAR/mariadb/my.cnf
		program migrate
			user root
			once
			exec $VAR/prog/libexec/ecoo/migrate --demo$also $VAR/mariadb/mariadb.sock ecoo $VAR/prog/share/ecoo/sql
		END
		one inspect "seqpacket $VAR/run/inspect.sock 0660 ecoo_inspect"
		for p in $behind_nginx; do
			one "$p" "stream $VAR/run/$p.sock 0660 www-data"
		done
		one courier
		cat <<-END
		program nginx
			user root
			stop QUIT
			exec /usr/sbin/nginx -e stderr -c $VAR/nginx/nginx.conf
		END
		${also_table:-:}
	} | put "$VAR/programs"
}

make_nginx() {
	"$root/tools/nginx-conf" "$VAR/programs" "${templates:-$root/nginx}" "$VAR/nginx" port="$port" \
	    host="${host:-localhost}" certificate="$certificate" key="$key" workers=$workers \
	    static="$VAR/prog/share/ecoo/static" files="$VAR/files" run="$VAR/run" \
	    tmp="$VAR/nginx/tmp" log="$VAR/log" rate="$rate" inner="$inner" || die "nginx could not be configured"
}

make_world() {
	doing "Preparing users, database and configuration"
	make_users
	make_places
	[ -z "$host" ] || make_tls
	make_keys
	make_database
	make_conf
	make_table
	make_nginx
	put "$VAR/settings" <<-END
	host='$host' port='$port' origin='$origin' rate='$rate' sanitizer='$sanitizer'
	END
}

# The process that the pid file names, if it is ours: a number alone proves nothing.
supervisor() {
	pid=$(cat "$VAR/run/supervise.pid" 2>/dev/null) && [ -n "$pid" ] &&
	    case $(readlink "/proc/$pid/exe") in */supervise*) ;; *) false ;; esac &&
	    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF " run $VAR " && say "$pid"
}
is_running() { supervisor >/dev/null 2>&1; }

check_port() {
	for p in $port $inner; do
		busy=$(ss -Hltnp "sport = :$p" | head -n 1)
		[ -n "$busy" ] || continue
		name=$(say "$busy" |
		    sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/ by \1 (process \2)/p')
		die "port $p is in use$name: stop that, or choose another with --port N"
	done
}

# Through nginx, as a browser would, but always to this machine.
get() {
	if [ -n "$host" ]; then
		curl -sS --max-time 5 --cacert "$VAR/keys/tls/root.pem" \
		    --connect-to "::127.0.0.1:$port" "$@"
	else
		curl -sS --max-time 5 --connect-to "::127.0.0.1:$port" "$@"
	fi
}
unhealthy() {
	get -o /dev/null "$origin/" 2>/dev/null || { say nginx; return; }
	for p in $behind_nginx; do
		grep -qx "program $p" "$VAR/programs" || continue
		get -f -o /dev/null "$origin/api/health/$p" 2>/dev/null || { say "$p"; return; }
	done
}
is_healthy() { [ -z "$(unhealthy)" ]; }

blame() {
	tail -n 15 "$VAR/log/$1.log" 2>/dev/null | sed 's/^/    /' >&2
	! is_running || take_down
	die "$1 did not start: see $VAR/log/$1.log"
}

run_world() {
	doing "Starting"
	rm -f "$VAR/run/status"
	for f in "$VAR/log/"*.log; do		# a start begins a new log, one old one is kept
		[ ! -s "$f" ] || mv "$f" "$f.old"
	done
	ECOO_CONF=$VAR/ecoo.conf setsid "$VAR/prog/libexec/ecoo/supervise" run "$VAR" \
	    </dev/null >"$VAR/log/supervise.log" 2>&1 9>&- &
	beginning=$!
	limit=$(($(date +%s) + ${ECOO_PATIENCE:-90}))
	while :; do
		if ! is_running && ! kill -0 $beginning 2>/dev/null; then
			! grep -q '^migrate stopped' "$VAR/run/status" 2>/dev/null || blame migrate
			blame supervise
		fi
		if grep -q '^nginx running' "$VAR/run/status" 2>/dev/null; then
			late=$(unhealthy)
			[ -n "$late" ] || return 0
		else
			late=$(awk '$2 != "running" && $2 != "done" { print $1; exit }' "$VAR/run/status" \
			    2>/dev/null) || late=supervise
		fi
		dying=$(awk '$2 == "resting" && $5 >= 5 { print $1; exit }' "$VAR/run/status" 2>/dev/null) || :
		[ -z "$dying" ] || blame "$dying"
		[ "$(date +%s)" -lt $limit ] || blame "${late:-supervise}"
		sleep 0.2
	done
}

take_down() {
	pid=$(supervisor) || return 0
	kill -TERM "$pid"
	for _ in $(seq 900); do
		is_running || return 0
		sleep 0.1
	done
	die "the programs did not stop within 90 seconds: process $pid"
}

say_where() {
	say ""
	say "  $origin/"
	say "  verify a certificate:  $origin/verify"
	[ -z "$host" ] || say "  root certificate:      $VAR/keys/tls/root.pem (import it into the browser)"
	say "  mail of the demo:      $VAR/mail"
	say "  logs:                  $VAR/log"
	accounts=$VAR/prog/share/ecoo/sql/seed/demo/accounts.txt
	if [ -f "$accounts" ]; then
		say ""
		sed 's/^/  /' "$accounts"
	fi
}

# signer_of JOB: whose key the job asks for, by the fingerprint of the certificate.
signer_of() {
	wanted=$(get "$1" 2>/dev/null | sed -n 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/p')
	for f in "$VAR/keys/"*.pem; do
		print=$(openssl x509 -in "$f" -noout -fingerprint -sha256 2>/dev/null |
		    sed 's/.*=//' | tr -d : | tr '[:upper:]' '[:lower:]')
		[ -z "$wanted" ] || [ "$print" != "$wanted" ] || { basename "$f" .pem; return; }
	done
}

sign_job() {
	load_settings
	signer=$VAR/prog/bin/coosign
	[ -x "$signer" ] || die "coosign is not built: ./ecoo start"
	who=$2
	[ -n "$who" ] || who=$(signer_of "$1")
	[ -n "$who" ] || die "this job is for nobody of the demo, or it is over: ask the page for a new one"
	p12=$VAR/keys/$who.p12
	[ -f "$p12" ] || die "there is no key of \"$who\" below $VAR/keys"
	set -- "$1" --yes --p12 "$p12" --pin-file "$VAR/keys/$who.pin"
	[ -z "$host" ] || set -- "$@" --allow "$origin" --cacert "$VAR/keys/tls/root.pem"
	"$signer" job "$@"
}
